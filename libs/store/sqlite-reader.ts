import type Database from 'better-sqlite3';
import { leafHash } from '#libs/store/envelope';
import { CorruptRecord } from '#libs/store/errors';
import { wanted } from '#libs/store/revisions';
import { openHeads } from '#libs/store/sqlite-heads';
import { storeError } from '#libs/store/sqlite-errors';
import { readable } from '#libs/store/sqlite-scan';
import type { ReadOptions, RecordedEvent } from '#libs/store/store';

type Link = readonly [position: number, leaf: string, hash: string, before: number];

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
       SELECT events.position, events.leaf, events.hash, events.before
       FROM chain CROSS JOIN events ON events.position = chain.position`,
    )
    .raw();
  const mark = db.prepare<[string, number], { position: number; revision: number }>(
    'SELECT position, revision FROM marks WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT 1',
  );

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
      const { event, prev: named } = readable(file, position, leaf);
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

  return { read };
}

function noEvents(options?: ReadOptions): readonly RecordedEvent[] {
  wanted(-1, options);
  return [];
}
