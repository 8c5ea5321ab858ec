import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PartyRole, Weight } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { heal } from '#libs/ledger/heal';
import { type Ledger, openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import type { StoneCommand } from '#libs/stone/stone-command';
import { memoryStore } from '#libs/store/memory';
import type { EventStore } from '#libs/store/store';

const now = '2025-04-04T12:00:00Z';
const all: readonly PartyRole[] = ['operator', 'producer', 'cutter', 'dealer'];
const exactly = (mct: number): Weight => ({ mct, qualifier: 'eq', basis: 'weighed' });

let store: EventStore;
let ledger: Ledger;
let ids = 0;

function meta(by: string): CommandMeta {
  ids += 1;
  const id = `01960000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
  return { id, by, roles: all, now, at: { time: now, precision: 'instant' } };
}

type Without<T> = T extends unknown ? Omit<T, 'meta'> : never;

function stone(id: string, command: Without<StoneCommand>, by = 'kgk'): Promise<unknown> {
  return ledger.execute({
    category: 'stone',
    id,
    command: { ...command, meta: meta(by) },
  } as LedgerCommand);
}

function parcel(id: string, command: Without<ParcelCommand>): Promise<unknown> {
  return ledger.execute({
    category: 'parcel',
    id,
    command: { ...command, meta: meta('kgk') },
  } as LedgerCommand);
}

async function types(stream: string): Promise<readonly string[]> {
  return (await store.read(stream)).map(({ type }) => type);
}

async function refusal(act: Promise<unknown>): Promise<string | undefined> {
  try {
    await act;
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

const open = (id: string, by = 'kgk', mct = 1_000) =>
  stone(
    id,
    {
      type: 'OpenHistory',
      form: 'polished',
      weight: exactly(mct),
      origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
      owner: by,
      basis: 'bought',
    },
    by,
  );

beforeEach(async () => {
  store = memoryStore({ ledger: 'ledger.example/test' });
  ledger = openLedger(store, () => now);
  for (const id of ['kgk', 'graff']) {
    const command = { type: 'RegisterParty', name: id, country: 'IN', roles: all } as const;
    await ledger.execute({ category: 'party', id, command: { ...command, meta: meta('kgk') } });
  }
});

describe('a broken stone', () => {
  it('leaves pieces with what was known of it', async () => {
    await open('gem');
    await stone('gem', { type: 'DiscloseTreatment', kind: 'hpht', permanent: true });
    const pieces = [{ weight: exactly(600) }, { weight: exactly(300) }];
    await stone('gem', { type: 'BreakStone', cause: 'fall', pieces, loss: exactly(100) });
    const [opened] = await store.read('stone-gem.2');
    expect(opened).toMatchObject({
      type: 'StoneOpened',
      data: { form: 'polished', weight: exactly(300), custodian: 'kgk', treatments: ['hpht'] },
    });
  });
});

describe('a parcel', () => {
  const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
  const history = (form: 'rough' | 'polished', mct: number, pieces: number) =>
    parcel('lot', {
      type: 'OpenParcelHistory',
      form,
      content: { weight: exactly(mct), pieces },
      origin,
      owner: 'kgk',
      ...(form === 'polished' && { sieve: '+6.5' }),
      basis: 'stock',
    });

  it('gives what is laboratory-grown a stream of its own, which stays apart', async () => {
    await history('polished', 7_500, 300);
    const content = { weight: exactly(75), pieces: 3 };
    await parcel('lot', { type: 'TakeOutLaboratoryGrown', instrument: 'screen', content });
    const [opened] = await store.read('parcel-lot.1');
    expect(opened?.data).toMatchObject({
      content,
      form: 'polished',
      laboratoryGrown: true,
      sieve: '+6.5',
    });
    const back = parcel('lot.1', { type: 'MixParcel', parcelId: 'lot.1', into: 'lot' });
    expect(await refusal(back)).toBe('other-form');
  });

  it('opens the polished goods that were cut of it', async () => {
    await history('rough', 100_000, 50);
    await parcel('lot', { type: 'StartManufacturing', orderNo: '1' });
    const content = { weight: exactly(7_500), pieces: 300 };
    await parcel('lot', { type: 'ProducePolishedParcel', content, sieve: '+6.5' });
    const [opened] = await store.read('parcel-lot.1');
    expect(opened?.data).toMatchObject({ content, form: 'polished', sieve: '+6.5' });
    await parcel('lot.1', { type: 'SingleOutStone', weight: exactly(25) });
    const [single] = await store.read('stone-lot.1~1');
    expect(single?.data).toMatchObject({ form: 'polished', weight: exactly(25) });
  });
});

describe('two records of one stone', () => {
  const giveUp = { type: 'GiveUpIdentity', stoneId: 'b', survivor: 'a' } as const;

  it('become one when one party holds both', async () => {
    await open('a');
    await open('b');
    await stone('b', giveUp);
    expect(await types('stone-a')).toEqual(['HistoryOpened', 'IdentitiesMerged']);
    expect(await types('stone-b')).toEqual(['HistoryOpened', 'IdentityGivenUp']);
  });

  it('do not when the other holder has not agreed, and nothing is recorded', async () => {
    await open('a', 'graff');
    await open('b');
    expect(await refusal(stone('b', giveUp))).toBe('not-agreed');
    expect(await refusal(stone('b', { ...giveUp, survivor: 'nothing' }))).toBe('unknown-stone');
    expect(await types('stone-b')).toEqual(['HistoryOpened']);
    await stone('a', { type: 'AgreeToMerge', merged: 'b', reason: 'one scan' }, 'graff');
    await stone('b', giveUp);
    expect((await types('stone-a')).at(-1)).toBe('IdentitiesMerged');
  });

  it('stand as before when the survivor changed in between, once', async () => {
    await open('a');
    await open('b');
    const command = { ...giveUp, meta: meta('kgk') };
    const quiet = openLedger(
      {
        ...store,
        read: async (stream, options) =>
          options?.from === undefined ? store.read(stream, options) : [],
      },
      () => now,
    );
    await quiet.execute({ category: 'stone', id: 'b', command });
    await stone('a', { type: 'BreakStone', cause: 'fall', pieces: [], loss: exactly(1_000) });
    const places = [{ stream: 'stone-b', revision: 1 }];
    await heal(ledger, places);
    await heal(ledger, places);
    expect(await types('stone-a')).toEqual([
      'HistoryOpened',
      'StoneBroken',
      'IdentityMergeRefused',
    ]);
    expect(await types('stone-b')).toEqual([
      'HistoryOpened',
      'IdentityGivenUp',
      'IdentityRestored',
    ]);
  });

  it('come apart again as a stone of its own', async () => {
    await open('a');
    await stone('a', { type: 'SplitIdentity', weight: exactly(998), reason: 'two stones' });
    expect(await types('stone-a.1')).toEqual(['StoneOpened']);
  });
});
