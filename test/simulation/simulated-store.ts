import { unseal } from '#libs/store/envelope';
import type { Entry } from '#libs/store/envelope';
import { StoreUnavailable } from '#libs/store/errors';
import { followBy } from '#libs/store/follow';
import { memoryStore } from '#libs/store/memory';
import { rememberingStore } from '#libs/store/remembering';
import type { Appended, EventStore, RecordedEvent } from '#libs/store/store';
import type { Plant } from '#test/simulation/plants';
import type { Host } from '#test/simulation/scheduler';
import { subscriptions } from '#test/simulation/subscriptions';
import type { World } from '#test/simulation/world';

/** So few events that some are forgotten again. */
const mostRemembered = 40;

export const ledgerName = 'simulation.example/log';

export type SimulatedStore = ReturnType<typeof simulatedStore>;

/** How the clients of one world reach the ledger. */
export type StoreShape = Readonly<{
  /** Positions count 1, 2, 3 …; else they are offsets with holes, as in a cluster's log. */
  isDense: boolean;
  /** Batches are sent by the server; else the follower is woken and reads. */
  isPushed: boolean;
  mostPerBatch: number;
  /** The store is part of the one process there is, which remembers what it read and wrote. */
  isEmbedded: boolean;
}>;

/**
 * The ledger's server, the real engine in memory, and clients of it that can lose requests and
 * answers. What the server has stored it keeps, whatever happens.
 */
export function simulatedStore(world: World, shape: StoreShape, plant: Plant | undefined) {
  const { time, net } = world;
  const server = net.join('store');
  const engine = memoryStore({ ledger: ledgerName });
  const log: RecordedEvent[] = [];
  const wakes = new Set<() => void>();
  const open = subscriptions(world, server, shape, plant, { after, onGrowth: listenNow });
  return { server, engine, log, after, append, client };

  /** The server's part of an append; what is new is told to all who follow. */
  async function append(
    stream: string,
    expectedRevision: number,
    entries: readonly Entry[],
  ): Promise<Appended> {
    if (plant === 'forgotten-append' && time.now() > 0 && time.random.chance(0.02)) {
      const revision = expectedRevision + entries.length;
      return { revision, position: log.at(-1)?.position ?? 0n };
    }
    const appended = await engine.append(stream, expectedRevision, entries);
    const isNew = Number(appended.position) > log.length;
    if (isNew) {
      for (const { leaf } of entries.slice(log.length - Number(appended.position))) {
        log.push(unseal(leaf, nextPosition(leaf)) as RecordedEvent);
      }
      for (const wake of wakes) wake();
    }
    return { ...appended, position: log[Number(appended.position) - 1]?.position ?? 0n };
  }

  function nextPosition(leaf: string): bigint {
    const last = log.at(-1)?.position ?? 0n;
    return last + (shape.isDense ? 1n : BigInt(leaf.length));
  }

  /** What the log holds behind a position. */
  function after(position: bigint): readonly RecordedEvent[] {
    let first = log.length;
    while (first > 0 && (log[first - 1]?.position ?? 0n) > position) first -= 1;
    return log.slice(first);
  }

  function listenNow(wake: () => void): () => void {
    wakes.add(wake);
    return () => wakes.delete(wake);
  }

  function client(host: Host): EventStore {
    const ask = <T>(what: string, act: () => Promise<T> | T, isRepeatable = false) =>
      net.call({
        from: host,
        to: server,
        what,
        act,
        unknown,
        isRepeatable,
        isInside: shape.isEmbedded,
      });

    const own: EventStore = {
      ledger: ledgerName,
      ...(shape.isDense && { dense: true }),
      append: appendFrom,
      read: (stream, options) =>
        ask(`read ${stream}`, async () => {
          const found = await engine.read(stream, options);
          return shape.isDense ? found : found.map(({ position }) => at(Number(position)));
        }),
      readAll,
      follow: (position, signal) =>
        shape.isPushed ? open(host, position, signal) : followBy(readAll, listen, position, signal),
      end: () => ask('end', () => log.at(-1)?.position ?? 0n),
      close: () => Promise.resolve(),
    };
    return shape.isEmbedded ? rememberingStore(own, mostRemembered) : own;

    /** An append of unknown outcome is tried again with the same entries before it is given up. */
    async function appendFrom(...asked: Parameters<typeof append>): Promise<Appended> {
      const [stream, revision] = asked;
      const what = `append ${stream}@${revision + 1}`;
      for (let tries = time.random.int(0, 2); tries > 0; tries--) {
        try {
          return await ask(what, () => append(...asked), true);
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
          await time.sleep(host, time.random.int(1, 100));
        }
      }
      return ask(what, () => append(...asked), true);
    }

    /** In pages, up to the end as it is when asked. */
    async function* readAll(from: bigint): AsyncGenerator<readonly RecordedEvent[]> {
      let position = from;
      let end: bigint | undefined;
      for (;;) {
        const page = await ask('read all', () => {
          end ??= log.at(-1)?.position ?? 0n;
          const limit = end;
          const wanted = after(position).filter((event) => event.position <= limit);
          return wanted.slice(0, time.random.int(1, shape.mostPerBatch));
        });
        position = page.at(-1)?.position ?? position;
        if (page.length > 0) yield page;
        if (end === undefined || page.length === 0 || position >= end) return;
      }
    }

    function listen(wake: () => void): () => void {
      return listenNow(() => time.later(`${host.name} is woken`, net.delay(), wake, host));
    }
  }

  function at(place: number): RecordedEvent {
    const event = log[place - 1];
    if (!event) throw new RangeError(`nothing is at ${place}`);
    return event;
  }

  function unknown(problem: string): Error {
    return new StoreUnavailable('failed', problem);
  }
}
