import { ViewsUnavailable } from '#libs/views/errors';
import { memoryViews } from '#libs/views/memory';
import type { Backend } from '#libs/views/unit-of-work';
import type { Projection, Views, ViewSet } from '#libs/views/views';
import type { Plant } from '#test/simulation/plants';
import type { Host } from '#test/simulation/scheduler';
import type { SimulatedStore } from '#test/simulation/simulated-store';
import { countedIn, kept, lastCounted, tally } from '#test/simulation/tally';
import type { World } from '#test/simulation/world';

export type SimulatedViews = ReturnType<typeof simulatedViews>;

/**
 * The database of the views, the real engine in memory, and clients of it. A unit of work lives in
 * its client: what it has not committed goes with the client's host.
 */
export function simulatedViews(world: World, store: SimulatedStore, plant: Plant | undefined) {
  const { time, net, fault } = world;
  const server = net.join('views');
  const past: ReadonlyMap<string, bigint>[] = [];
  let caller: Host | undefined;
  const database = memoryViews(kept, (backend) => (caller ? reached(caller, backend) : backend));
  return { server, database, client };

  function client(host: Host): Views {
    const ask = <T>(what: string, act: () => Promise<T> | T) =>
      net.call({ from: host, to: server, what, act, unknown });
    const named = (wanted: readonly Projection[]) => `${wanted.length} views`;
    const opened = (act: () => Promise<ViewSet>) => () => {
      caller = host;
      const set = act();
      caller = undefined;
      return set;
    };
    return {
      reader: {
        get: (table, key) => ask(`get ${table.name}`, () => database.reader.get(table, key)),
        list: (table, where, options) =>
          ask(`list ${table.name}`, () => database.reader.list(table, where, options)),
      },
      positions: () => ask('positions', positions),
      live: async (wanted) => {
        const set = await ask(
          `live ${named(wanted)}`,
          opened(() => database.live(wanted)),
        );
        return plant === 'double' ? behind(set) : set;
      },
      next: (wanted) =>
        ask(
          `next ${named(wanted)}`,
          opened(() => database.next(wanted)),
        ),
      prepare: (wanted) => ask(`prepare ${named(wanted)}`, () => database.prepare(wanted)),
      swap: (wanted) => ask(`swap ${named(wanted)}`, () => database.swap(wanted)),
      abandon: (wanted) => ask(`abandon ${named(wanted)}`, () => database.abandon(wanted)),
      close: () => Promise.resolve(),
    };
  }

  async function positions(): Promise<ReadonlyMap<string, bigint>> {
    const now = await database.positions();
    if (plant !== 'stale-reader') return now;
    past.push(now);
    return time.random.chance(0.1) ? time.random.pick(past) : now;
  }

  /** What a unit of work of the host asks for and writes goes over the network. */
  function reached(host: Host, backend: Backend): Backend {
    const ask = <T>(what: string, act: () => Promise<T>) =>
      net.call({ from: host, to: server, what, act, unknown });
    return {
      fetch: (table, key) => ask(`fetch ${table.name}`, () => backend.fetch(table, key)),
      query: (table, where, options) =>
        ask(`query ${table.name}`, () => backend.query(table, where, options)),
      flush: (changes, positions) => {
        const isLosing = plant === 'lost-position' && time.random.chance(0.1);
        const written = isLosing ? new Map<Projection, bigint>() : positions;
        return ask('commit', () => checked(host, backend, changes, written));
      },
    };
  }

  /** A commit that counts other events than those behind the last one is found at once. */
  async function checked(host: Host, backend: Backend, ...commit: Parameters<Backend['flush']>) {
    const [changes, positions] = commit;
    const to = positions.get(tally);
    const from = to === undefined ? 0n : await lastCounted(backend.fetch);
    try {
      await backend.flush(...commit);
    } catch (error) {
      time.note(`${host.name} commits in vain`);
      throw error;
    }
    if (to === undefined) return;
    const range = store.after(from).filter(({ position }) => position <= to);
    const due = range.map(({ position }) => position).join(' ');
    const counted = countedIn(changes).join(' ');
    if (counted !== due) fault(`${host.name} committed ${counted} after ${from} up to ${to}`);
  }

  /** A set that says of itself to be one event behind. */
  function behind(set: ViewSet): ViewSet {
    const before = (position: bigint) =>
      store.log.findLast((event) => event.position < position)?.position ?? 0n;
    return { ...set, position: (projection) => before(set.position(projection)) };
  }

  function unknown(problem: string): Error {
    return new ViewsUnavailable('the simulation', 'failed', problem);
  }
}
