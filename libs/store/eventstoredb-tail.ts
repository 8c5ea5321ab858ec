import type { LedgerLog } from '#libs/store/eventstoredb-log';
import type { RecordedEvent } from '#libs/store/store';

/** The newest events, which every follower of the process gets from one subscription. */
type Tail = {
  /** Everything behind this is in `events`. */
  from: bigint;
  events: RecordedEvent[];
  failure: unknown;
  readonly wakes: Set<() => void>;
  readonly stop: AbortController;
  followers: number;
};

/** How many are kept; who is further behind reads the log. */
const mostKept = 4096;

/**
 * Follows the ledger. A server allows few subscriptions; so there is one, as long as anybody
 * follows, and a follower that is behind what it keeps catches up by reading.
 */
export function follower(log: LedgerLog, closing: AbortSignal, closedError: () => Error) {
  let shared: Promise<Tail> | undefined;

  async function join(): Promise<Tail> {
    for (;;) {
      const starting = (shared ??= start());
      try {
        const tail = await starting;
        if (shared !== starting) continue;
        tail.followers += 1;
        return tail;
      } catch (error) {
        if (shared === starting) shared = undefined;
        throw error;
      }
    }
  }

  async function start(): Promise<Tail> {
    const from = await log.top();
    const tail: Tail = {
      from,
      events: [],
      failure: undefined,
      wakes: new Set(),
      stop: new AbortController(),
      followers: 0,
    };
    void fill(tail);
    return tail;
  }

  async function fill(tail: Tail): Promise<void> {
    try {
      for await (const batch of log.behind(tail.from, tail.stop.signal)) {
        tail.events.push(...batch);
        const excess = tail.events.length - mostKept;
        if (excess > 0) tail.from = tail.events.splice(0, excess).at(-1)?.position ?? tail.from;
        for (const wake of tail.wakes) wake();
      }
    } catch (error) {
      tail.failure = error;
      shared = undefined;
      for (const wake of tail.wakes) wake();
    }
  }

  function leave(tail: Tail): void {
    tail.followers -= 1;
    if (tail.followers > 0) return;
    tail.stop.abort();
    if (tail.failure === undefined) shared = undefined;
  }

  return async function* follow(
    after: bigint,
    signal: AbortSignal,
  ): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    if (signal.aborted) return;
    const tail = await join();
    let position = after;
    let wake: (() => void) | undefined;
    const stir = () => wake?.();
    tail.wakes.add(stir);
    signal.addEventListener('abort', stir);
    closing.addEventListener('abort', stir);
    try {
      while (!signal.aborted) {
        if (closing.aborted) throw closedError();
        if (position < tail.from) {
          const caughtUpTo = tail.from;
          for await (const batch of log.readAll(position)) {
            position = batch.at(-1)?.position ?? position;
            yield batch;
            if (signal.aborted) return;
            if (closing.aborted) throw closedError();
          }
          if (position < caughtUpTo) position = caughtUpTo;
          continue;
        }
        const batch = newer(tail.events, position);
        if (batch.length > 0) {
          position = batch.at(-1)?.position ?? position;
          yield batch;
        } else if (tail.failure !== undefined) throw tail.failure;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      tail.wakes.delete(stir);
      signal.removeEventListener('abort', stir);
      closing.removeEventListener('abort', stir);
      leave(tail);
    }
  };
}

/** The events behind `position`, found from the end, where followers mostly are. */
function newer(events: readonly RecordedEvent[], position: bigint): readonly RecordedEvent[] {
  let first = events.length;
  while (first > 0 && (events[first - 1]?.position ?? 0n) > position) first -= 1;
  return first === events.length ? [] : events.slice(first);
}
