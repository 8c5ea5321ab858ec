import type Database from 'better-sqlite3';
import { CorruptRecord } from '#libs/store/errors';

type Head = Readonly<{ position: number; revision: number }>;

/**
 * Where streams end, for a reader of any process. `heads` in the file covers everything up to
 * `settled`; the newer ones are picked up from the events themselves, each time only what came
 * since the last look.
 */
export function openHeads(db: Database.Database, file: string) {
  const getSettled = db.prepare<[], number>('SELECT settled FROM ledger').pluck();
  const since = db
    .prepare<[number], [number, string]>('SELECT position, stream FROM events WHERE position > ?')
    .raw();
  const inFile = db
    .prepare<[string], number>('SELECT position FROM heads WHERE stream = ?')
    .pluck();
  const revisionAt = db
    .prepare<[number], number>('SELECT revision FROM events WHERE position = ?')
    .pluck();
  const recent = new Map<string, number>();
  let settled = 0;
  let seen = 0;

  function catchUp(): void {
    const now = getSettled.get() ?? 0;
    if (now > settled) {
      for (const [stream, position] of recent) if (position <= now) recent.delete(stream);
      settled = now;
    }
    for (const [position, stream] of since.iterate(Math.max(seen, settled))) {
      recent.set(stream, position);
      seen = position;
    }
    seen = Math.max(seen, settled);
  }

  return {
    /** The last event of a stream, as it is now; throws `CorruptRecord` when it is gone. */
    of(stream: string): Head | undefined {
      catchUp();
      const position = recent.get(stream) ?? inFile.get(stream);
      if (position === undefined) return undefined;
      const revision = revisionAt.get(position);
      if (revision === undefined) {
        throw new CorruptRecord(file, BigInt(position), `the head of ${stream} is missing`);
      }
      return { position, revision };
    },
  };
}
