import type Database from 'better-sqlite3';
import { leafHash } from '#libs/store/envelope';
import { CorruptRecord } from '#libs/store/errors';
import { wanted } from '#libs/store/revisions';
import { openHeads, type StreamEnd } from '#libs/store/sqlite-heads';
import { storeError } from '#libs/store/sqlite-errors';
import { readable } from '#libs/store/sqlite-scan';
import type { ReadOptions, RecordedEvent } from '#libs/store/store';

type Link = readonly [leaf: string, before: number];

/**
 * Reads single streams of a ledger file, each event checked by its SHA-256 and the chain. The file
 * is mapped into memory, which takes a third off a read.
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
         FROM chain CROSS JOIN events ON events.position = chain.before LIMIT ?)
       SELECT events.leaf, events.before
       FROM chain CROSS JOIN events ON events.position = chain.position`,
    )
    .raw();
  const mark = db
    .prepare<[string, number], number>(
      'SELECT position FROM marks WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT 1',
    )
    .pluck();

  function read(stream: string, options?: ReadOptions): readonly RecordedEvent[] {
    try {
      const head = heads.of(stream);
      if (!head) return noEvents(options);
      const { low, high, backwards } = wanted(head.revision, options);
      if (high < low) return [];
      const marked = high < head.revision ? mark.get(stream, high) : undefined;
      const start = marked === undefined ? head : heads.at(stream, marked);
      const events = chain(stream, start, low).slice(Math.max(0, start.revision - high));
      return backwards ? events : events.reverse();
    } catch (error) {
      throw storeError(file, error);
    }
  }

  /** From `start` back to revision `low`, latest first, every link checked. */
  function chain(stream: string, start: StreamEnd, low: number): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    let { position, revision, hash } = start;
    for (const [leaf, before] of walk.all(position, revision - low + 1)) {
      if (leafHash(leaf) !== hash) throw broken(position, 'the event is not the one recorded');
      const { event, prev } = readable(file, position, leaf);
      if (event.stream !== stream || event.revision !== revision) {
        throw broken(position, `this is not revision ${revision} of ${stream}`);
      }
      events.push(event);
      hash = prev;
      position = before;
      revision -= 1;
    }
    if (revision >= low || (low === 0 && hash !== '')) {
      throw broken(position, `revision ${revision} of ${stream} is missing`);
    }
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
