import { parseStream } from '#events/streams';
import { partyRoles } from '#events/values';
import { Refused, fold } from '#libs/decider/decider';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { deciderOf } from '#libs/ledger/ledger-command';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';
import type { Goods } from '#test/support/world';
import { now } from '#test/support/world';

const uuid = (n: number) => `01960000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export type World = ReturnType<typeof newWorld>;

/** A ledger in memory under random acts of registered parties. */
function newWorld() {
  const store = memoryStore({ ledger: 'test' });
  let clock = now;
  const ledger = openLedger(store, () => clock);
  const streams = new Map<string, RecordedEvent[]>();
  const told = { acts: 0, corrected: 0, annulled: 0, followed: 0 };
  let ids = 0;
  return { store, told, attempt, histories, goods, nextId, recordFrom };

  /** From here on events are recorded at this time, whenever they happened. */
  function recordFrom(time: string): void {
    clock = time;
  }

  function nextId(): string {
    ids += 1;
    return uuid(ids);
  }

  async function attempt(command: LedgerCommand): Promise<void> {
    const end = await store.end();
    try {
      await ledger.execute(command);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    for await (const batch of store.readAll(end)) {
      for (const event of batch) {
        const { stream, type, data } = event;
        streams.set(stream, [...(streams.get(stream) ?? []), event]);
        if (type === 'EventAnnulled') told.annulled += 1;
        else if (type !== 'RecordCorrected') told.acts += 1;
        else if (data.cause === undefined) told.corrected += 1;
        else told.followed += 1;
      }
    }
  }

  function histories(): readonly (readonly RecordedEvent[])[] {
    return [...streams].flatMap(([stream, history]) =>
      /^(?:stone|parcel)-/.test(stream) ? [history] : [],
    );
  }

  function goods(): readonly Goods[] {
    return histories().flatMap((history) => {
      const named = parseStream(history[0]?.stream ?? '');
      const state = named && fold(deciderOf(named.category), history);
      return state ? [{ ...named, state } as Goods] : [];
    });
  }
}

/** A world with some parties registered. */
export async function registered(): Promise<World> {
  const world = newWorld();
  for (const id of ['alrosa', 'kgk', 'graff', 'brinks']) {
    const at = { time: '2024-01-01', precision: 'day' } as const;
    const meta = { id: world.nextId(), by: 'alrosa', roles: ['operator'], now, at } as const;
    const roles = partyRoles.filter((role) => role !== 'auditor');
    const command = { type: 'RegisterParty', name: id, country: 'RU', roles, meta } as const;
    await world.attempt({ category: 'party', id, command });
  }
  return world;
}
