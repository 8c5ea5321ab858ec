import type Database from 'better-sqlite3';
import { crc32 } from 'node:zlib';
import { admit } from '#libs/store/admit';
import { emptyStream, type Entry, type Head } from '#libs/store/envelope';
import { CorruptRecord } from '#libs/store/errors';
import { codeOf } from '#libs/store/sqlite-errors';
import { markEvery } from '#libs/store/sqlite-file';
import { openTail, usualTail } from '#libs/store/sqlite-tail';

/** An append that passed `checkEntries`; each entry is `[id, leaf, hash]`. */
export type Request = Readonly<{
  stream: string;
  expectedRevision: number;
  entries: readonly Pick<Entry, 'id' | 'prev' | 'leaf' | 'hash'>[];
}>;

/** What became of an append: where it ended, or why it was refused. */
export type Outcome =
  Readonly<{ revision: number; position: number }> | Readonly<{ error: unknown }>;

type Placed = Head & Readonly<{ position: number }>;

const nowhere: Placed = { ...emptyStream, position: 0 };
const headsKept = 65_536;

/**
 * The writing side of a ledger file. `commit` brings many appends to disk with one sync; each is
 * placed or refused on its own. When it throws, nothing of the group was written.
 */
export function openLog(db: Database.Database, file: string, size = usualTail) {
  db.pragma('cache_size = -65536');
  db.pragma('temp_store = MEMORY');
  const tail = openTail(db, file, size);
  const insert = db.prepare<[number, string, number, number, number, string, string]>(
    'INSERT INTO events (position, stream, revision, before, crc, hash, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const mark = db.prepare<[string, number, number]>(
    'INSERT INTO marks (stream, revision, position) VALUES (?, ?, ?)',
  );
  const place = db.prepare<[number], Placed>(
    'SELECT position, revision, hash FROM events WHERE position = ?',
  );
  const leafAt = db.prepare<[number], string>('SELECT leaf FROM events WHERE position = ?').pluck();
  const begin = db.prepare('BEGIN IMMEDIATE');
  const end = db.prepare('COMMIT');
  const heads = new Map<string, Placed>();
  let last = tail.end;

  function head(stream: string): Placed {
    const cached = heads.get(stream);
    if (cached) return cached;
    const position = tail.headOf(stream);
    if (position === undefined) return nowhere;
    const found = place.get(position);
    if (!found) throw new CorruptRecord(file, BigInt(position), `the head of ${stream} is missing`);
    return found;
  }

  function keep(stream: string, placed: Placed): void {
    heads.delete(stream);
    heads.set(stream, placed);
    if (heads.size <= headsKept) return;
    for (const oldest of heads.keys()) {
      heads.delete(oldest);
      return;
    }
  }

  function leafOf(id: string): string | undefined {
    const position = tail.positionOf(id);
    if (position === undefined) return undefined;
    const leaf = leafAt.get(position);
    if (leaf === undefined) throw new CorruptRecord(file, BigInt(position), 'the event is missing');
    return leaf;
  }

  function append({ stream, expectedRevision, entries }: Request): Outcome {
    const onRecord = admit(stream, expectedRevision, entries, { head, leafOf });
    let { revision, position: before } = head(stream);
    for (let i = onRecord; i < entries.length; i++) {
      const { id, leaf, hash } = entries[i] as Request['entries'][number];
      last += 1;
      revision += 1;
      insert.run(last, stream, revision, before, crc32(leaf), hash, leaf);
      tail.addId(id, last);
      if (revision > 0 && revision % markEvery === 0) mark.run(stream, revision, last);
      before = last;
      if (i === entries.length - 1) {
        tail.addHead(stream, last);
        keep(stream, { revision, hash, position: last });
        return { revision, position: last };
      }
    }
    const position = tail.positionOf(entries.at(-1)?.id ?? '') ?? 0;
    return { revision: expectedRevision + entries.length, position };
  }

  function attempt(request: Request): Outcome {
    const before = last;
    try {
      return append(request);
    } catch (error) {
      if (last !== before || !isRefusal(error)) throw error;
      return { error };
    }
  }

  function commit(requests: readonly Request[]): readonly Outcome[] {
    const before = last;
    try {
      begin.run();
      const outcomes = requests.map(attempt);
      if (last > before) tail.settle(last);
      end.run();
      return outcomes;
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      last = before;
      heads.clear();
      tail.undo(last);
      throw error;
    }
  }

  return { commit, end: () => last };
}

const refusals = new Set(['wrong-revision', 'id-reused', 'broken-chain']);

function isRefusal(error: unknown): boolean {
  return refusals.has(codeOf(error) ?? '');
}
