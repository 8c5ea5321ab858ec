import { admit, checkEntries } from '#libs/store/admit';
import { emptyStream, type Entry } from '#libs/store/envelope';
import { IdReused, StoreUnavailable, TooLarge, WrongRevision } from '#libs/store/errors';
import type { Connection } from '#libs/store/eventstoredb-connection';
import { ServerFailure } from '#libs/store/eventstoredb-failure';
import { proposedOf } from '#libs/store/eventstoredb-record';
import { persist, type Timing } from '#libs/store/eventstoredb-retry';
import type { StreamReader } from '#libs/store/eventstoredb-reader';
import type { KnownStreams } from '#libs/store/known-streams';
import type { Appended } from '#libs/store/store';

type Parts = Readonly<{
  connection: Connection;
  reader: StreamReader;
  known: KnownStreams;
  prefix: string;
  place: string;
  timing: Timing;
  /** Appends that may wait before more are refused as `overloaded`. */
  queueLimit: number;
}>;

/** Lost races are looked at again so often; each time somebody else got on. */
const mostLooks = 5;

/**
 * The contract's append on a server that promises less. It keeps the expected revision for us, and
 * takes a repeat of the same ids at the same revision for the same append, without comparing what
 * they say: so its ids stand for the bytes (`serverId`). What it does not know is looked up: that
 * the chain goes on, and that no id is in the stream already. Mostly that is known from the read or
 * append before; else the stream is read. An id in *another* stream is refused when this process
 * read or wrote that stream lately; the server has no index that could tell more.
 */
export function appender(parts: Parts) {
  const { connection, reader, known, prefix, place, timing, queueLimit } = parts;

  return async function append(
    stream: string,
    expectedRevision: number,
    entries: readonly Entry[],
  ): Promise<Appended> {
    checkEntries(stream, expectedRevision, entries);
    if (connection.waiting() >= queueLimit) {
      throw new StoreUnavailable('overloaded', `${place} has too many appends waiting`);
    }
    for (const { id } of entries) {
      const other = known.streamOf(id);
      if (other !== undefined && other !== stream) throw new IdReused(id);
    }
    const clear = follows(stream, expectedRevision, entries);
    let found = clear ? { onRecord: 0 } : await lookUp(stream, expectedRevision, entries);
    for (let looks = 1; ; looks++) {
      if ('position' in found) {
        return { revision: expectedRevision + entries.length, position: found.position };
      }
      const rest = entries.slice(found.onRecord);
      try {
        return await store(stream, expectedRevision + found.onRecord, rest);
      } catch (error) {
        if (!(error instanceof ServerFailure) || error.reason !== 'wrong-revision') throw error;
      }
      found = await lookUp(stream, expectedRevision, entries);
      if (looks === mostLooks) {
        const actual = known.get(stream)?.revision ?? -1;
        throw new WrongRevision(stream, expectedRevision, actual);
      }
    }
  };

  /** Whether the entries can follow what is known of the stream, as far as one can tell unasked. */
  function follows(stream: string, expected: number, entries: readonly Entry[]): boolean {
    const { revision, hash } = known.get(stream) ?? emptyStream;
    if (revision !== expected || hash !== entries[0]?.prev) return false;
    return entries.every(({ id }) => known.streamOf(id) === undefined);
  }

  /** What the stream, as it is now, holds of the entries; throws when the rest cannot follow. */
  async function lookUp(
    stream: string,
    expected: number,
    entries: readonly Entry[],
  ): Promise<Readonly<{ onRecord: number; position?: bigint }>> {
    const history = await reader.whole(stream);
    const byId = new Map(history.map(({ event }) => [event.meta.id, event]));
    const last = history.at(-1);
    const onRecord = admit(stream, expected, entries, {
      head: () => (last ? { revision: last.event.revision, hash: last.hash } : emptyStream),
      leafOf: (id) => byId.get(id)?.leaf,
    });
    const position = byId.get(entries.at(-1)?.id ?? '')?.position;
    const isWhole = onRecord === entries.length && position !== undefined;
    return { onRecord, ...(isWhole && { position }) };
  }

  /**
   * Sends the same ids at the same revision until the server answers: after an answer that was lost
   * it finds them recorded. It tells then where some of them are, so the last one is looked up.
   */
  async function store(
    stream: string,
    expected: number,
    entries: readonly Entry[],
  ): Promise<Appended> {
    const events = entries.map(proposedOf);
    const revision = expected + entries.length;
    try {
      const { answer, tries } = await persist(timing, () =>
        connection.append(prefix + stream, expected, events),
      );
      for (const { id, revision: each, hash } of entries) known.saw(stream, each, id, hash);
      if (tries === 1 && answer.position !== undefined && answer.revision === revision) {
        return { revision, position: answer.position };
      }
    } catch (error) {
      if (error instanceof ServerFailure && error.reason === 'too-large') {
        const bytes = entries.reduce((sum, { leaf }) => sum + Buffer.byteLength(leaf), 0);
        throw new TooLarge(stream, bytes, error.limit ?? 0);
      }
      throw error;
    }
    const [event] = await reader.read(stream, { from: revision, limit: 1 });
    const isOurs = event?.leaf === entries.at(-1)?.leaf;
    if (!event || !isOurs) throw new ServerFailure('unknown', 'the append cannot be read back');
    return { revision, position: event.position };
  }
}
