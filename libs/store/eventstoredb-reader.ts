import { CorruptRecord } from '#libs/store/errors';
import type { Connection } from '#libs/store/eventstoredb-connection';
import type { StreamRange } from '#libs/store/eventstoredb-client';
import { linkOf, type Found, type Link } from '#libs/store/eventstoredb-record';
import { persist, type Timing } from '#libs/store/eventstoredb-retry';
import type { KnownStreams } from '#libs/store/known-streams';
import { wanted } from '#libs/store/revisions';
import type { ReadOptions, RecordedEvent } from '#libs/store/store';

type Parts = Readonly<{
  connection: Connection;
  known: KnownStreams;
  ledger: string;
  prefix: string;
  place: string;
  timing: Timing;
}>;

export type StreamReader = Readonly<{
  read: (stream: string, options?: ReadOptions) => Promise<readonly RecordedEvent[]>;
  /** The stream from its start, with the hashes of its events. */
  whole: (stream: string) => Promise<readonly Link[]>;
}>;

/**
 * Reads single streams. Every event is checked against its hash, against its place and against the
 * event before it; a stream that does not begin where it was asked to was cut off by retention.
 */
export function streamReader(parts: Parts): StreamReader {
  const { connection, known, ledger, prefix, place, timing } = parts;

  async function found(stream: string, range: StreamRange): Promise<readonly Found[]> {
    const { answer } = await persist(timing, async () => {
      const events: Found[] = [];
      for await (const batch of connection.read(prefix + stream, range)) events.push(...batch);
      return events;
    });
    return answer;
  }

  /** `events` in the order of the stream. */
  function chained(stream: string, events: readonly Found[]): readonly Link[] {
    const links: Link[] = [];
    for (const each of events) {
      const link = linkOf(each, stream, ledger, place);
      const before = links.at(-1);
      const { revision, position } = link.event;
      const expected = before ? before.event.revision + 1 : revision;
      const prev = before?.hash ?? (revision === 0 ? '' : link.prev);
      if (revision !== expected || link.prev !== prev) {
        throw new CorruptRecord(
          place,
          position,
          `${stream}@${revision} does not follow what is before`,
        );
      }
      known.saw(stream, revision, link.event.meta.id, link.hash);
      links.push(link);
    }
    return links;
  }

  async function forwards(stream: string, from: number, most?: number): Promise<readonly Link[]> {
    const links = chained(
      stream,
      await found(stream, { from, ...(most !== undefined && { most }) }),
    );
    const first = links[0]?.event;
    if (!first && from <= (known.get(stream)?.revision ?? -1)) {
      throw new CorruptRecord(place, undefined, `${stream}: recorded events are gone`);
    }
    if (first && first.revision !== from) {
      throw new CorruptRecord(
        place,
        first.position,
        `${stream} begins at revision ${first.revision}: what was before is gone`,
      );
    }
    return links;
  }

  async function backwards(
    stream: string,
    options: ReadOptions,
  ): Promise<readonly RecordedEvent[]> {
    const [head] = await found(stream, { backwards: true, most: 1 });
    const { low, high } = wanted(head?.revision ?? -1, options);
    if (!head || high < low) return [];
    const most = high - low + 1;
    const events =
      most === 1 && high === head.revision
        ? [head]
        : await found(stream, { backwards: true, from: high, most });
    const links = chained(stream, [...events].reverse());
    if (links.length !== most) {
      throw new CorruptRecord(
        place,
        undefined,
        `${stream}: ${most - links.length} events are gone`,
      );
    }
    return links.map(({ event }) => event).reverse();
  }

  async function read(stream: string, options: ReadOptions = {}) {
    if (options.direction === 'backwards') return backwards(stream, options);
    const { low, high } = wanted(Infinity, options);
    if (high < low) return [];
    const most = high === Infinity ? undefined : high - low + 1;
    return (await forwards(stream, low, most)).map(({ event }) => event);
  }

  return { read, whole: (stream) => forwards(stream, 0) };
}
