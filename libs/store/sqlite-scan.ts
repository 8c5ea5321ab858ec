import type Database from 'better-sqlite3';
import { crc32 } from 'node:zlib';
import { unsealLink } from '#libs/store/envelope';
import { CorruptRecord } from '#libs/store/errors';
import { storeError } from '#libs/store/sqlite-errors';
import type { RecordedEvent } from '#libs/store/store';

const batchSize = 256;

/**
 * Leaves of corrections, by their last bytes: the type is the last thing a canonical statement says.
 * Only the end of each is looked at, a twelfth of the price of a pattern.
 */
const isCorrection = ['RecordCorrected', 'EventAnnulled']
  .map((type) => `"type":"${type}"},"v":1}`)
  .map((end) => `substr(CAST(leaf AS BLOB), -${end.length}) = CAST('${end}' AS BLOB)`)
  .join(' OR ');

type Row = readonly [position: number, leaf: string, crc: number];

/**
 * Reads a ledger file from end to end: no position may be missing, and every event is checked by
 * its CRC-32. What stands before a fault is given out first. Memory stays flat: nothing is mapped.
 */
export function openScan(db: Database.Database, file: string) {
  db.pragma('cache_size = -2048');
  const next = db
    .prepare<[number, number, number], Row>(
      `SELECT position, leaf, crc FROM events WHERE position > ? AND position <= ?
       ORDER BY position LIMIT ?`,
    )
    .raw();
  const amending = db
    .prepare<[number, number], Row>(
      `SELECT position, leaf, crc FROM events
       WHERE position > ? AND (${isCorrection})
       ORDER BY position LIMIT ?`,
    )
    .raw();
  const last = db.prepare<[], number>('SELECT coalesce(max(position), 0) FROM events').pluck();

  function end(): number {
    try {
      return last.get() ?? 0;
    } catch (error) {
      throw storeError(file, error);
    }
  }

  /** The events behind `after` up to `until`, at most a batch of them. */
  function batch(after: number, until: number): readonly RecordedEvent[] {
    const events: RecordedEvent[] = [];
    try {
      collect(after, until, events);
    } catch (error) {
      if (events.length === 0) throw error;
    }
    return events;
  }

  function collect(after: number, until: number, events: RecordedEvent[]): void {
    let expected = after;
    for (const [position, leaf, crc] of rows(after, until)) {
      expected += 1;
      if (position !== expected) throw missing(expected);
      if (crc32(leaf) !== crc) {
        throw new CorruptRecord(file, BigInt(position), 'the event is not the one recorded');
      }
      events.push(readable(file, position, leaf).event);
    }
    if (expected < until && events.length < batchSize) throw missing(expected + 1);
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
          if (found.length > 0) return found;
          throw storeError(file, error, BigInt(position + 1));
        }
      }
      return found;
    }
  }

  /** The corrections and annulments behind `after`, at most a batch of them. */
  function corrections(after: number): readonly RecordedEvent[] {
    try {
      return amending.all(after, batchSize).map(([position, leaf, crc]) => {
        if (crc32(leaf) === crc) return readable(file, position, leaf).event;
        throw new CorruptRecord(file, BigInt(position), 'the event is not the one recorded');
      });
    } catch (error) {
      throw storeError(file, error);
    }
  }

  return { batch, corrections, end };
}

/** The event of stored leaf bytes, or {@link CorruptRecord} with their place. */
export function readable(file: string, position: number, leaf: string) {
  try {
    return unsealLink(leaf, BigInt(position)) as Readonly<{ event: RecordedEvent; prev: string }>;
  } catch (error) {
    throw new CorruptRecord(file, BigInt(position), 'the event is not readable', { cause: error });
  }
}
