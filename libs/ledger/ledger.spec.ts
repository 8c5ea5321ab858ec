import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PartyRole, Weight } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { heal } from '#libs/ledger/heal';
import { type Ledger, openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import type { StoneCommand } from '#libs/stone/stone-command';
import { leafHash, seal } from '#libs/store/envelope';
import { WrongRevision } from '#libs/store/errors';
import { memoryStore } from '#libs/store/memory';
import type { EventStore } from '#libs/store/store';

const now = '2025-04-04T12:00:00Z';
const all: readonly PartyRole[] = ['operator', 'producer', 'cutter', 'dealer'];
const exactly = (mct: number): Weight => ({ mct, qualifier: 'eq', basis: 'weighed' });

let store: EventStore;
let ledger: Ledger;
let ids = 0;

function meta(over: Partial<CommandMeta> = {}): CommandMeta {
  ids += 1;
  const id = `01960000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
  return { id, by: 'alrosa', roles: all, now, at: { time: now, precision: 'instant' }, ...over };
}

type Without<T> = T extends unknown ? Omit<T, 'meta'> : never;

function stone(id: string, command: Without<StoneCommand>, over?: Partial<CommandMeta>) {
  return { category: 'stone', id, command: { ...command, meta: meta(over) } } as LedgerCommand;
}

function parcel(id: string, command: Without<ParcelCommand>, over?: Partial<CommandMeta>) {
  return { category: 'parcel', id, command: { ...command, meta: meta(over) } } as LedgerCommand;
}

function register(id: string): Promise<unknown> {
  const command = { type: 'RegisterParty', name: id, country: 'RU', roles: all } as const;
  const by = id === 'alrosa' ? {} : { by: 'alrosa' };
  return ledger.execute({ category: 'party', id, command: { ...command, meta: meta(by) } });
}

function recover(id: string, mct = 200_000, over?: Partial<CommandMeta>): LedgerCommand {
  const weight = exactly(mct);
  return stone(id, { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight }, over);
}

function recoverLot(id: string): LedgerCommand {
  const day = { time: '2025-04-01', precision: 'day' } as const;
  const content = { weight: exactly(500_000) };
  return parcel(id, { type: 'RecoverLot', mineId: 'ru-ebelyakh', from: day, to: day, content });
}

const sawn = (id: string) =>
  stone(id, {
    type: 'SawRough',
    method: 'laser',
    pieces: [{ weight: exactly(120_000) }, { weight: exactly(79_000) }],
    loss: exactly(1_000),
  });

async function types(stream: string): Promise<readonly string[]> {
  return (await store.read(stream)).map(({ type }) => type);
}

async function refusal(command: LedgerCommand): Promise<string | undefined> {
  try {
    await ledger.execute(command);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

/** A ledger as a crash leaves it: the parent's event is there, what follows from it is not. */
async function appendWithoutEffects({ command, category, id }: LedgerCommand): Promise<void> {
  const quiet = openLedger({ ...store, read: withoutLast() }, () => now);
  await quiet.execute({ category, id, command } as LedgerCommand);

  function withoutLast(): EventStore['read'] {
    return async (stream, options) =>
      options?.from === undefined ? store.read(stream, options) : [];
  }
}

beforeEach(async () => {
  store = memoryStore({ ledger: 'ledger.example/test' });
  ledger = openLedger(store, () => now);
  await register('alrosa');
});

describe('the same command again', () => {
  it('answers as it did and appends nothing', async () => {
    const command = recover('dawn');
    const first = await ledger.execute(command);
    await ledger.execute(stone('dawn', { type: 'NameStone', name: 'Рассвет' }));
    const again = await ledger.execute(command);
    expect(again).toEqual({ ...first, replayed: true });
    expect(await types('stone-dawn')).toEqual(['RoughDiamondRecovered', 'StoneNamed']);
  });

  it('answers the same when the clock has moved on and no time was said', async () => {
    const command = recover('dawn', 200_000, { id: '01960000-0000-7000-8000-00000000000a' });
    await ledger.execute(command);
    const later = '2025-04-05T00:00:00Z';
    const over = { id: command.command.meta.id, now: later };
    const at = { time: later, precision: 'instant' } as const;
    expect(await ledger.execute(recover('dawn', 200_000, { ...over, at }))).toMatchObject({
      replayed: true,
    });
  });

  it('answers the same by a clock that is behind', async () => {
    await ledger.execute(recover('dawn'));
    const id = '01960000-0000-7000-8000-00000000000b';
    const naming = (said: string) => {
      const at = { time: said, precision: 'instant' } as const;
      return stone('dawn', { type: 'NameStone', name: 'Dawn' }, { id, now: said, at });
    };
    const first = await ledger.execute(naming(now));
    const again = await ledger.execute(naming('2025-04-04T11:59:59Z'));
    expect(again).toEqual({ ...first, replayed: true });
  });

  it('is refused when it says something else', async () => {
    const command = recover('dawn');
    await ledger.execute(command);
    const { id } = command.command.meta;
    expect(await refusal(recover('dawn', 199_000, { id }))).toBe('idempotency-key-reused');
  });

  it('is refused when its id was used for another stone', async () => {
    const command = recover('dawn');
    await ledger.execute(command);
    const { id } = command.command.meta;
    expect(await refusal(recover('dusk', 200_000, { id }))).toBe('idempotency-key-reused');
    expect(await types('stone-dusk')).toEqual([]);
  });
});

describe('parties', () => {
  it('refuses an actor that is not registered', async () => {
    expect(await refusal(recover('dawn', 200_000, { by: 'nobody' }))).toBe('unknown-party');
  });

  it('refuses a receiver that is not registered and names the field', async () => {
    await ledger.execute(recover('dawn'));
    const release = stone('dawn', { type: 'ReleaseCustody', to: 'nobody', purpose: 'cutting' });
    await expect(ledger.execute(release)).rejects.toMatchObject({
      code: 'unknown-party',
      details: { field: 'to' },
    });
  });
});

describe('ids', () => {
  it.each(['', 'Dawn', 'dawn.1', 'lot~1', 'a--b', 'x'.repeat(61), '../etc'])(
    'refuses to start a stone under %j',
    async (id) => expect(await refusal(recover(id))).toBe('bad-id'),
  );
});

describe('revisions', () => {
  it('refuses a command meant for another revision', async () => {
    await ledger.execute(recover('dawn'));
    const command = stone('dawn', { type: 'NameStone', name: 'Dawn' });
    await expect(ledger.execute(command, { revision: 4 })).rejects.toBeInstanceOf(WrongRevision);
  });

  it('decides anew on fresh history when it lost a race', async () => {
    await ledger.execute(recover('dawn'));
    const names = ['Dawn', 'Рассвет'].map((name) => stone('dawn', { type: 'NameStone', name }));
    await Promise.all(names.map((command) => ledger.execute(command)));
    expect(await types('stone-dawn')).toEqual([
      'RoughDiamondRecovered',
      'StoneNamed',
      'StoneNamed',
    ]);
  });
});

describe('the chain of a stream', () => {
  it('holds in every event the hash of the one before', async () => {
    await ledger.execute(recover('dawn'));
    await ledger.execute(stone('dawn', { type: 'NameStone', name: 'Dawn' }));
    const [first, second] = await store.read('stone-dawn');
    const { statement } = JSON.parse(second?.leaf ?? '') as { statement: { prev: string } };
    expect(statement.prev).toBe(leafHash(first?.leaf ?? ''));
  });

  it('refuses an event sealed on a hash that is not the head', async () => {
    await ledger.execute(recover('dawn'));
    const named = { type: 'StoneNamed', data: { name: 'x' }, meta: meta() };
    const forged = seal(store.ledger, 'stone-dawn', { revision: 0, hash: 'x' }, now, [named]);
    await expect(store.append('stone-dawn', 0, forged)).rejects.toThrow();
  });
});

describe('parts', () => {
  beforeEach(async () => {
    await ledger.execute(recover('dawn'));
    await ledger.execute(stone('dawn', { type: 'StartManufacturing', orderNo: 'order-1' }));
  });

  it('get streams of their own, with what they inherit', async () => {
    await ledger.execute(sawn('dawn'));
    const [opened] = await store.read('stone-dawn.2');
    expect(opened).toMatchObject({
      type: 'StoneOpened',
      data: {
        parent: { stream: 'stone-dawn', revision: 2 },
        form: 'piece',
        weight: exactly(79_000),
        custodian: 'alrosa',
        owner: 'alrosa',
        orderNo: 'order-1',
        origin: { countries: [{ country: 'RU', minPpm: 1_000_000, maxPpm: 1_000_000 }] },
      },
    });
  });

  it('are opened after a crash, once, however often they are followed', async () => {
    await appendWithoutEffects(sawn('dawn'));
    expect(await types('stone-dawn.1')).toEqual([]);
    const places = [{ stream: 'stone-dawn', revision: 2 }];
    await heal(ledger, places);
    await heal(ledger, places);
    expect(await types('stone-dawn.1')).toEqual(['StoneOpened']);
    expect(await types('stone-dawn.2')).toEqual(['StoneOpened']);
  });

  it('are opened by the retry of a caller that saw no answer', async () => {
    const command = sawn('dawn');
    await appendWithoutEffects(command);
    expect(await ledger.execute(command)).toMatchObject({ replayed: true });
    expect(await types('stone-dawn.1')).toEqual(['StoneOpened']);
  });
});

describe('mixing', () => {
  beforeEach(async () => {
    await ledger.execute(recoverLot('lot-a'));
    await ledger.execute(recoverLot('lot-b'));
  });

  const mix = (id: string, into: string) => parcel(id, { type: 'MixParcel', parcelId: id, into });

  it('opens a new parcel with the first and adds the second', async () => {
    await ledger.execute(mix('lot-a', 'mix'));
    await ledger.execute(mix('lot-b', 'mix'));
    expect(await types('parcel-mix')).toEqual(['MixReceived', 'MixReceived']);
    expect(await refusal(mix('lot-a', 'mix'))).toBe('consumed');
  });

  it('is refused before anything is recorded when the other parcel cannot take it', async () => {
    await register('kgk');
    const release = { type: 'ReleaseCustody', to: 'kgk', purpose: 'vault' } as const;
    await ledger.execute(parcel('lot-b', release));
    expect(await refusal(mix('lot-a', 'lot-b'))).toBe('custody-released');
    expect(await types('parcel-lot-a')).toEqual(['ProductionLotRecovered']);
  });

  it('comes back when the other parcel changed in between, and only once', async () => {
    await register('kgk');
    await appendWithoutEffects(mix('lot-a', 'lot-b'));
    const release = { type: 'ReleaseCustody', to: 'kgk', purpose: 'vault' } as const;
    await ledger.execute(parcel('lot-b', release));
    const places = [{ stream: 'parcel-lot-a', revision: 1 }];
    await heal(ledger, places);
    await ledger.execute(parcel('lot-b', { type: 'RefuseCustody', reason: 'x' }, { by: 'kgk' }));
    await heal(ledger, places);
    expect(await types('parcel-lot-b')).toEqual([
      'ProductionLotRecovered',
      'CustodyReleased',
      'MixRefused',
      'CustodyRefused',
    ]);
    expect(await types('parcel-lot-a')).toEqual([
      'ProductionLotRecovered',
      'ParcelMixed',
      'MixReturned',
    ]);
  });

  it('is answered as it was when it is said again after it came back', async () => {
    await register('kgk');
    const command = mix('lot-a', 'lot-b');
    await appendWithoutEffects(command);
    const release = { type: 'ReleaseCustody', to: 'kgk', purpose: 'vault' } as const;
    await ledger.execute(parcel('lot-b', release));
    await heal(ledger, [{ stream: 'parcel-lot-a', revision: 1 }]);
    expect(await ledger.execute(command)).toMatchObject({ revision: 1, replayed: true });
  });

  it('refuses a derived id that no parcel has', async () => {
    expect(await refusal(mix('lot-a', 'lot-b.7'))).toBe('unknown-parcel');
  });
});
