import type Database from 'better-sqlite3';
import { crc32 } from 'node:zlib';
import { leafHash, unsealLink } from '#libs/store/envelope';
import { CorruptRecord } from '#libs/store/errors';
import { wanted } from '#libs/store/revisions';
import { openHeads } from '#libs/store/sqlite-heads';
import { storeError } from '#libs/store/sqlite-errors';
import type { ReadOptions, RecordedEvent } from '#libs/store/store';

const batchSize = 256;

type Row = readonly [position: number, leaf: string, crc: number];
type Link = readonly [position: number, leaf: string, hash: string, before: number];

/**
 * The reading side of a ledger file. One stream's events are checked by their SHA-256 and their
 * chain; the whole ledger is read with a CRC-32 and without gaps, which costs a tenth of that.
 */
export function openReader(db: Database.Database, file: string) {
  db.pragma('mmap_size = 17179869184');
  const heads = openHeads(db, file);
  const walk = db
    .prepare<[number, number], Link>(
      `WITH RECURSIVE chain (position, before) AS (
         SELECT position, before FROM events WHERE position = ?
         UNION ALL
         SELECT events.position, events.before
         FROM chain JOIN events ON events.position = chain.before LIMIT ?)
       SELECT events.position, events.leaf, events.hash, events.before
       FROM chain JOIN events ON events.position = chain.position`,
    )
    .raw();
  const next = db
    .prepare<[number, number, number], Row>(
      `SELECT position, leaf, crc FROM events WHERE position > ? AND position <= ?
       ORDER BY position LIMIT ?`,
    )
    .raw();
  const last = db.prepare<[], number>('SELECT coalesce(max(position), 0) FROM events').pluck();
  const mark = db.prepare<[string, number], { position: number; revision: number }>(
    'SELECT position, revision FROM marks WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT 1',
  );

  function end(): number {
    try {
      return last.get() ?? 0;
    } catch (error) {
      throw storeError(file, error);
    }
  }

  function read(stream: string, options?: ReadOptions): readonly RecordedEvent[] {
    try {
      const head = heads.of(stream);
      if (!head) return noEvents(options);
      const { low, high, backwards } = wanted(head.revision, options);
      if (high < low) return [];
      const start = high < head.revision ? (mark.get(stream, high) ?? head) : head;
      const events = chain(stream, start, low).slice(Math.max(0, start.revision - high));
      return backwards ? events : events.reverse();
    } catch (error) {
      throw storeError(file, error);
    }
  }

  /** From `start` back to revision `low`, latest first, every link checked. */
  function chain(
    stream: string,
    start: Readonly<{ position: number; revision: number }>,
    low: number,
  ): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    let revision = start.revision;
    let place = start.position;
    let prev: string | undefined;
    for (const [position, leaf, hash, before] of walk.all(start.position, revision - low + 1)) {
      const broken = (message: string) => new CorruptRecord(file, BigInt(position), message);
      if (leafHash(leaf) !== hash) throw broken('the event is not the one recorded');
      if (prev !== undefined && hash !== prev) throw broken('the next event names another hash');
      const { event, prev: named } = readable(position, leaf);
      if (event.stream !== stream) throw broken(`the event belongs to ${event.stream}`);
      if (event.revision !== revision) throw broken(`revision ${revision} is missing`);
      events.push(event);
      prev = named;
      place = before;
      revision -= 1;
    }
    if (revision >= low || (low === 0 && prev !== '')) {
      throw new CorruptRecord(file, BigInt(place), `revision ${revision} of ${stream} is missing`);
    }
    return events;
  }

  function readable(position: number, leaf: string) {
    try {
      const { event, prev } = unsealLink(leaf, BigInt(position));
      return { event: event as RecordedEvent, prev };
    } catch (error) {
      throw new CorruptRecord(file, BigInt(position), 'the event is not readable', {
        cause: error,
      });
    }
  }

  /** The events behind `after` up to `until`, at most a batch of them. */
  function batch(after: number, until: number): readonly RecordedEvent[] {
    const events: RecordedEvent[] = [];
    let expected = after;
    for (const [position, leaf, crc] of rows(after, until)) {
      expected += 1;
      if (position !== expected) throw missing(expected);
      if (crc32(leaf) !== crc) {
        throw new CorruptRecord(file, BigInt(position), 'the event is not the one recorded');
      }
      events.push(readable(position, leaf).event);
    }
    if (expected < until && events.length < batchSize) throw missing(expected + 1);
    return events;
  }

  function missing(position: number): CorruptRecord {
    return new CorruptRecord(file, BigInt(position), 'the event is missing');
  }

  /** A batch that cannot be read whole is read one by one, to name the event that cannot. */
  function rows(after: number, until: number): readonly Row[] {
    try {
      return next.all(after, until, batchSize);
    } catch {
      const found: Row[] = [];
      for (let position = after; position < Math.min(until, after + batchSize); position++) {
        try {
          found.push(...next.all(position, position + 1, 1));
        } catch (error) {
          throw storeError(file, error, BigInt(position + 1));
        }
      }
      return found;
    }
  }

  return { read, batch, end };
}

function noEvents(options?: ReadOptions): readonly RecordedEvent[] {
  wanted(-1, options);
  return [];
}
