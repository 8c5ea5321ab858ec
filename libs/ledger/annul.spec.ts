import { beforeEach, describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { deciderOf } from '#libs/ledger/ledger-command';
import type { Stone } from '#libs/stone/stone-state';
import {
  act,
  annul,
  codeOf,
  correct,
  ledger,
  newLedger,
  recovered,
  released,
  state,
  typesOf,
} from '#test/support/correcting';
import { mct } from '#test/support/given';

beforeEach(newLedger);

describe('an annulment', () => {
  it('takes an event out of what counts, with all that its command recorded', async () => {
    await recovered();
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: 'O' });
    await act('stone-dawn', { type: 'ProducePolished', weight: mct(50_000) });
    await act('stone-dawn.1', {
      type: 'SubmitToLaboratory',
      laboratory: 'office',
      service: 'full',
    });
    await annul('stone-dawn', 1, 'office').catch(() => undefined);
    await act('stone-dawn.1', { type: 'NameStone', name: 'Wrong' });
    await annul('stone-dawn.1', 3);
    expect(await typesOf('stone-dawn.1')).toEqual([
      'StoneOpened',
      'SubmittedToLaboratory',
      'CustodyReleased',
      'StoneNamed',
      'EventAnnulled',
    ]);
    expect(await codeOf(annul('stone-dawn.1', 3))).toBe('annulled');
  });

  it('is refused when a later act rests on the event', async () => {
    await recovered();
    await act('stone-dawn', released);
    await act('stone-dawn', { type: 'AcceptCustody' }, 'broker');
    await expect(annul('stone-dawn', 1)).rejects.toMatchObject({
      code: 'later-act-falls',
      details: { revision: 2, code: 'not-released' },
    });
    expect(await codeOf(annul('stone-dawn', 0))).toBe('later-act-falls');
  });

  it('is an officer’s alone where another party was given something', async () => {
    await recovered();
    await act('stone-dawn', { type: 'TransferTitle', to: 'broker', basis: 'gift' });
    expect(await codeOf(annul('stone-dawn', 1))).toBe('role-needed');
    await annul('stone-dawn', 1, 'office');
    expect((await state<Stone>('stone-dawn')).holding.owner).toBe('alrosa');
  });

  it('is refused of what has a record of its own elsewhere', async () => {
    await recovered();
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: 'O' });
    await act('stone-dawn', { type: 'ProducePolished', weight: mct(50_000) });
    expect(await codeOf(annul('stone-dawn', 2))).toBe('not-annullable');
    expect(await codeOf(annul('stone-dawn.1', 0))).toBe('not-annullable');
  });

  it('undoes a correction, and what followed from it, here and on other streams', async () => {
    await recovered();
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: 'O' });
    await act('stone-dawn', { type: 'ProducePolished', weight: mct(50_000) });
    await correct('stone-dawn', 0, 'data.mineId', 'bw-jwaneng');
    await annul('stone-dawn', 3);
    for (const stream of ['stone-dawn', 'stone-dawn.1']) {
      const { origin } = await state<Stone>(stream);
      expect(origin.countries.map(({ country }) => country)).toEqual(['RU']);
    }
  });

  it('is undone by an annulment of it', async () => {
    await recovered();
    await act('stone-dawn', { type: 'NameStone', name: 'Dawn' });
    await annul('stone-dawn', 1);
    await annul('stone-dawn', 2);
    expect(fold(deciderOf('stone'), await ledger.store.read('stone-dawn'))).not.toBeNull();
    expect(await codeOf(annul('stone-dawn', 1))).toBeUndefined();
  });

  it('is refused of keys and roles', async () => {
    expect(await codeOf(annul('party-alrosa', 0, 'office'))).toBe('not-annullable');
  });
});
