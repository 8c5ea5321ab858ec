import type Database from 'better-sqlite3';
import { crc32 } from 'node:zlib';
import { CorruptRecord } from '#libs/store/errors';
import { wanted } from '#libs/store/revisions';
import { openHeads, type StreamEnd } from '#libs/store/sqlite-heads';
import { storeError } from '#libs/store/sqlite-errors';
import { readable } from '#libs/store/sqlite-scan';
import type { ReadOptions, RecordedEvent } from '#libs/store/store';

type Link = readonly [leaf: string, before: number, crc: number, hash: string];

/**
 * Reads single streams of a ledger file. Each event is checked by its CRC-32 and by the chain: the
 * hash recorded with it is the one the next event names. That finds what a disk or a careless hand
 * does; whoever can make a CRC-32 anew can make a SHA-256 anew, and is found out by what was
 * published of the ledger. The file is mapped into memory, which takes a third off a read.
 */
export function openReader(db: Database.Database, file: string) {
  db.pragma('mmap_size = 17179869184');
  const heads = openHeads(db, file);
  const link = db
    .prepare<[number], Link>('SELECT leaf, before, crc, hash FROM events WHERE position = ?')
    .raw();
  const begin = db.prepare('BEGIN');
  const commit = db.prepare('COMMIT');
  const mark = db
    .prepare<[string, number], number>(
      'SELECT position FROM marks WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT 1',
    )
    .pluck();

  /** One transaction for all the rows: taking a lock for each of them would double the price. */
  function read(stream: string, options?: ReadOptions): readonly RecordedEvent[] {
    try {
      begin.run();
      try {
        return readIn(stream, options);
      } finally {
        commit.run();
      }
    } catch (error) {
      throw storeError(file, error);
    }
  }

  function readIn(stream: string, options?: ReadOptions): readonly RecordedEvent[] {
    const head = heads.of(stream);
    if (!head) return noEvents(options);
    const { low, high, backwards } = wanted(head.revision, options);
    if (high < low) return [];
    const marked = high < head.revision ? mark.get(stream, high) : undefined;
    const start = marked === undefined ? head : heads.at(stream, marked);
    const events = chain(stream, start, low).slice(Math.max(0, start.revision - high));
    return backwards ? events : events.reverse();
  }

  /** From `start` back to revision `low`, latest first, every link checked. */
  function chain(stream: string, start: StreamEnd, low: number): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    let { position, hash } = start;
    for (let revision = start.revision; revision >= low; revision--) {
      const found = link.get(position);
      if (!found) throw broken(position, `revision ${revision} of ${stream} is missing`);
      const [leaf, before, crc, recorded] = found;
      if (crc32(leaf) !== crc || recorded !== hash) {
        throw broken(position, 'the event is not the one recorded');
      }
      const { event, prev } = readable(file, position, leaf);
      if (event.stream !== stream || event.revision !== revision) {
        throw broken(position, `this is not revision ${revision} of ${stream}`);
      }
      events.push(event);
      hash = prev;
      position = before;
    }
    if (low === 0 && hash !== '') throw broken(position, `${stream} begins in the middle`);
    return events;
  }

  function broken(position: number, problem: string): CorruptRecord {
    return new CorruptRecord(file, BigInt(position), problem);
  }

  return { read };
}

function noEvents(options?: ReadOptions): readonly RecordedEvent[] {
  wanted(-1, options);
  return [];
}
