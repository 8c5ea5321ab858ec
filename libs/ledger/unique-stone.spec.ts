import { describe, expect, it } from '@jest/globals';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { actingLedger } from '#test/support/acting';
import { finishedStore, ledgerOf } from '#test/support/recorded';
import { mct } from '#test/support/given';

const recover = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(60_000) };
const designate = { type: 'DesignateUnique', decree: 'Resolution 102', decisionNo: 'U-1' };
const slip = { documents: [{ type: 'slip', sha256: 'a'.repeat(64) }] };

async function world() {
  const ledger = await actingLedger({
    alrosa: ['RU', 'producer'],
    friend: ['RU', 'dealer'],
    gokhran: ['RU', 'authority'],
    customs: ['BE', 'authority'],
  });
  await ledger.act('stone-dawn', 'alrosa', recover);
  return ledger;
}

describe('the state that has the first call', () => {
  it('is that of the decree, by whom it is registered to be an authority of', async () => {
    const { act, refusal, events } = await world();
    expect(await refusal('stone-dawn', 'customs', designate)).toBe('other-state');
    await act('stone-dawn', 'gokhran', designate);
    for (const to of ['friend', 'customs']) {
      expect(await refusal('stone-dawn', 'alrosa', { type: 'OfferToState', to })).toBe(
        'not-the-state',
      );
    }
    await act('stone-dawn', 'alrosa', { type: 'OfferToState', to: 'gokhran' });
    expect((await events()).slice(-2).map(({ data }) => data)).toMatchObject([
      { country: 'RU', reliedOn: [{ stream: 'party-gokhran', revision: 0 }] },
      { to: 'gokhran', reliedOn: [{ stream: 'party-gokhran', revision: 0 }] },
    ]);
  });

  it('stands when what was said of it is corrected', async () => {
    const { act, events } = await world();
    const { revision: target } = await act('stone-dawn', 'gokhran', designate);
    await act('stone-dawn', 'alrosa', { type: 'OfferToState', to: 'gokhran' });
    const changes = [{ field: 'data.decree', to: 'Resolution 102 of 2016-02-15' }];
    const correct = { type: 'CorrectRecord', target, changes, reason: 'misread' };
    await act('stone-dawn', 'gokhran', correct, slip);
    expect((await events()).at(-1)?.type).toBe('RecordCorrected');
  });

  it('may be unknown of what was recorded before it was asked for, and is corrected all the same', async () => {
    const { events, record } = ledgerOf();
    const registered = { name: 'x', country: 'RU', roles: ['producer', 'authority'] } as const;
    record('party-alrosa', { type: 'PartyRegistered', data: registered });
    const data = { mineId: 'ru-ebelyakh', weight: mct(60_000) };
    record('stone-dawn', { type: 'RoughDiamondRecovered', data });
    const unique = { authority: 'alrosa', decree: 'Resolution 102', decisionNo: 'U-1' };
    record('stone-dawn', { type: 'UniqueStoneDesignated', data: unique });
    record('stone-dawn', { type: 'StateOfferMade', data: { to: 'gokhran' } });
    const ledger = openLedger(finishedStore(events), () => '2025-12-31T12:00:00Z');
    // That the store is asked to append shows that the correction was accepted.
    const changes = [{ field: 'data.weight', to: mct(61_000) }];
    const meta = {
      id: '01960000-0000-7000-8000-0000000000aa',
      by: 'alrosa',
      roles: ['producer'],
      now: '2025-12-31T12:00:00Z',
      at: { time: '2025-12-31', precision: 'day' },
      ...slip,
    };
    const command = { type: 'CorrectRecord', target: 0, changes, reason: 'misread', meta };
    const asked = { category: 'stone', id: 'dawn', command } as unknown as LedgerCommand;
    await expect(ledger.execute(asked)).rejects.toThrow('this ledger is finished');
  });
});
