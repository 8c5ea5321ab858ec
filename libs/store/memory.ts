import { admit, checkEntries } from '#libs/store/admit';
import { emptyStream, unseal, type Entry } from '#libs/store/envelope';
import { StoreUnavailable } from '#libs/store/errors';
import { followBy } from '#libs/store/follow';
import { wanted } from '#libs/store/revisions';
import type { Appended, EventStore, ReadOptions, RecordedEvent } from '#libs/store/store';

const batchSize = 512;

/** A ledger that lives as long as the process: for tests and dry runs. */
export function memoryStore({ ledger }: Readonly<{ ledger: string }>): EventStore {
  const log: Entry[] = [];
  const streams = new Map<string, number[]>();
  const byId = new Map<string, number>();
  const wakes = new Set<() => void>();
  let closed = false;

  const at = (index: number) => unseal(log[index]?.leaf ?? '', BigInt(index + 1)) as RecordedEvent;

  const known = {
    head: (stream: string) => log[streams.get(stream)?.at(-1) ?? -1] ?? emptyStream,
    leafOf: (id: string) => log[byId.get(id) ?? -1]?.leaf,
  };

  function open(): void {
    if (closed) throw new StoreUnavailable('closed', 'the ledger in memory is closed');
  }

  function append(stream: string, expectedRevision: number, entries: readonly Entry[]): Appended {
    open();
    checkEntries(stream, expectedRevision, entries);
    const onRecord = admit(stream, expectedRevision, entries, known);
    const places = streams.get(stream) ?? [];
    for (const entry of entries.slice(onRecord)) {
      places.push(log.length);
      byId.set(entry.id, log.length);
      log.push(entry);
    }
    streams.set(stream, places);
    for (const wake of wakes) wake();
    const last = byId.get(entries.at(-1)?.id ?? '') ?? 0;
    return { revision: expectedRevision + entries.length, position: BigInt(last + 1) };
  }

  function read(stream: string, options?: ReadOptions): readonly RecordedEvent[] {
    open();
    const places = streams.get(stream) ?? [];
    const { low, high, backwards } = wanted(places.length - 1, options);
    const events = places.slice(low, high + 1).map(at);
    return backwards ? events.reverse() : events;
  }

  async function* readAll(after: bigint): AsyncGenerator<readonly RecordedEvent[]> {
    open();
    const end = log.length;
    for (let from = Number(after); from < end; from += batchSize) {
      const size = Math.min(batchSize, end - from);
      yield Array.from({ length: size }, (_, i) => at(from + i));
      await new Promise(setImmediate);
      open();
    }
  }

  function listen(wake: () => void): () => void {
    wakes.add(wake);
    return () => wakes.delete(wake);
  }

  return {
    ledger,
    inOrder: true,
    append: async (...args) => append(...args),
    read: async (...args) => read(...args),
    readAll,
    follow: (after, signal) => followBy(readAll, listen, after, signal),
    end: async () => {
      open();
      return BigInt(log.length);
    },
    close: async () => {
      closed = true;
      for (const wake of wakes) wake();
    },
  };
}
