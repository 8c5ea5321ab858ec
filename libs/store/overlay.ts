import type { Entry } from '#libs/store/envelope';
import { leafHash, unseal } from '#libs/store/envelope';
import { BrokenChain, IdReused, WrongRevision } from '#libs/store/errors';
import { checkEntries } from '#libs/store/admit';
import { wanted } from '#libs/store/revisions';
import type { Appended, EventStore, ReadOptions, RecordedEvent } from '#libs/store/store';

/**
 * A ledger as it would be: what is appended goes on top of `base` in memory and nowhere else. For
 * dry runs of one caller: it keeps all that was appended, and what others append to `base`
 * meanwhile may clash with it.
 */
export async function overlayStore(base: EventStore): Promise<EventStore> {
  const end = await base.end();
  const added: RecordedEvent[] = [];
  const ids = new Set<string>();

  return {
    ledger: base.ledger,
    append,
    read,
    readAll,
    follow: () => {
      throw new TypeError('a ledger that is only tried out is not followed');
    },
    end: () => Promise.resolve(end + BigInt(added.length)),
    close: () => base.close(),
  };

  async function whole(stream: string): Promise<readonly RecordedEvent[]> {
    return [...(await base.read(stream)), ...added.filter((event) => event.stream === stream)];
  }

  async function append(
    stream: string,
    expectedRevision: number,
    entries: readonly Entry[],
  ): Promise<Appended> {
    checkEntries(stream, expectedRevision, entries);
    const history = await whole(stream);
    if (history.length - 1 !== expectedRevision) {
      throw new WrongRevision(stream, expectedRevision, history.length - 1);
    }
    const last = history.at(-1);
    if (last && leafHash(last.leaf) !== entries[0]?.prev) {
      throw new BrokenChain(stream, 'the first entry does not name the hash before it');
    }
    for (const { id } of entries) {
      if (ids.has(id)) throw new IdReused(id);
    }
    for (const { id, leaf } of entries) {
      ids.add(id);
      added.push(unseal(leaf, end + BigInt(added.length + 1)) as RecordedEvent);
    }
    return { revision: expectedRevision + entries.length, position: end + BigInt(added.length) };
  }

  async function read(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
    const history = await whole(stream);
    const { low, high, backwards } = wanted(history.length - 1, options);
    const events = history.slice(low, high + 1);
    return backwards ? events.reverse() : events;
  }

  async function* readAll(after: bigint): AsyncGenerator<readonly RecordedEvent[]> {
    for await (const batch of base.readAll(after)) {
      const known = batch.filter(({ position }) => position <= end);
      if (known.length > 0) yield known;
    }
    const later = added.filter(({ position }) => position > after);
    if (later.length > 0) yield later;
  }
}
