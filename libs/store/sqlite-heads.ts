import type Database from 'better-sqlite3';
import { CorruptRecord } from '#libs/store/errors';

/** An event that a walk back through its stream begins with. */
export type StreamEnd = Readonly<{ position: number; revision: number; hash: string }>;

/**
 * Where streams end, for a reader of any process. `heads` in the file covers everything up to
 * `settled`; the newer ones are picked up from the events themselves, each time only what came
 * since the last look.
 */
export function openHeads(db: Database.Database, file: string) {
  const extent = db
    .prepare<[], [settled: number, end: number]>(
      'SELECT settled, (SELECT coalesce(max(position), 0) FROM events) FROM ledger',
    )
    .raw();
  const since = db
    .prepare<[number], [number, string]>('SELECT position, stream FROM events WHERE position > ?')
    .raw();
  const settledHead = db.prepare<[string], StreamEnd>(
    `SELECT position, revision, hash FROM events
     WHERE position = (SELECT position FROM heads WHERE stream = ?)`,
  );
  const place = db.prepare<[number], StreamEnd>(
    'SELECT position, revision, hash FROM events WHERE position = ?',
  );
  const settledPosition = db
    .prepare<[string], number>('SELECT position FROM heads WHERE stream = ?')
    .pluck();
  const recent = new Map<string, number>();
  let settled = 0;
  let seen = 0;

  function catchUp(): void {
    const [settledNow, end] = extent.get() ?? [0, 0];
    if (settledNow > settled) {
      for (const [stream, position] of recent) {
        if (position <= settledNow) recent.delete(stream);
      }
      settled = settledNow;
    }
    if (end <= seen) return;
    for (const [position, stream] of since.iterate(Math.max(seen, settled))) {
      recent.set(stream, position);
      seen = position;
    }
    seen = Math.max(seen, settled);
  }

  function at(stream: string, position: number): StreamEnd {
    const found = place.get(position);
    if (found) return found;
    throw new CorruptRecord(file, BigInt(position), `an event of ${stream} is missing`);
  }

  return {
    /** The event of a stream at a position; throws `CorruptRecord` when it is gone. */
    at,
    /** The last event of a stream, as it is now. */
    of(stream: string): StreamEnd | undefined {
      catchUp();
      const position = recent.get(stream);
      if (position !== undefined) return at(stream, position);
      const found = settledHead.get(stream);
      if (found) return found;
      const lost = settledPosition.get(stream);
      return lost === undefined ? undefined : at(stream, lost);
    },
  };
}
