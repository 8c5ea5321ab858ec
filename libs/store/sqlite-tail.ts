import type Database from 'better-sqlite3';
import { CorruptRecord } from '#libs/store/errors';
import { isUnavailable, storeError } from '#libs/store/sqlite-errors';

/**
 * `length`: how many new keys are kept in memory before the surplus is merged. `slice`: the least
 * that is worth merging at once.
 */
export type TailSize = Readonly<{ length: number; slice: number }>;

/** Where a UUID says its version. */
const versionAt = 14;

export const usualTail: TailSize = { length: 16_384, slice: 256 };

/**
 * Stream heads and event ids by key. New ones go to tables in memory; the surplus is merged into
 * the file in slices, in the order of the keys, so that a page of the file is written once for many
 * keys and no commit waits long. UUIDs of version 7 come in that order and go to the file at once.
 * All of it is one transaction with the events, and what memory held is read again from the events
 * behind `settled` when the file is opened.
 */
export function openTail(db: Database.Database, file: string, size: TailSize) {
  db.exec(`
    CREATE TEMP TABLE new_heads (key TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TEMP TABLE new_ids (key TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `);
  const end = recall(db, file, size.length);
  const addHead = db.prepare<[string, number]>(
    'INSERT INTO new_heads VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position',
  );
  const addId = db.prepare<[string, number]>('INSERT INTO new_ids VALUES (?, ?)');
  const addTimedId = db.prepare<[string, number]>('INSERT INTO ids VALUES (?, ?)');
  const headOf = db
    .prepare<[string, string], number>(
      `SELECT position FROM new_heads WHERE key = ?
       UNION ALL SELECT position FROM heads WHERE stream = ? LIMIT 1`,
    )
    .pluck();
  const positionOf = db
    .prepare<[string, string], number>(
      `SELECT position FROM new_ids WHERE key = ?
       UNION ALL SELECT position FROM ids WHERE id = ? LIMIT 1`,
    )
    .pluck();
  const positionOfTimed = db
    .prepare<[string], number>('SELECT position FROM ids WHERE id = ?')
    .pluck();
  const getSettled = db.prepare<[], number>('SELECT settled FROM ledger').pluck();
  const setSettled = db.prepare<[number]>('UPDATE ledger SET settled = ?');
  let settled = getSettled.get() ?? 0;
  const sweeps = [
    openSweep(db, 'new_heads', 'heads (stream, position)', settled, end, size),
    openSweep(db, 'new_ids', 'ids (id, position)', settled, end, size),
  ];

  return {
    /** The ledger's last position when it was opened. */
    end,
    addHead: (stream: string, position: number) => void addHead.run(stream, position),
    addId: (id: string, position: number) =>
      void (isTimed(id) ? addTimedId : addId).run(id, position),
    headOf: (stream: string) => headOf.get(stream, stream),
    positionOf: (id: string) => (isTimed(id) ? positionOfTimed.get(id) : positionOf.get(id, id)),
    /** Merges what is too much, inside the running transaction that ends at `last`. */
    settle(last: number): void {
      const reached = Math.min(...sweeps.map((sweep) => sweep.merge(last)));
      if (reached > settled) setSettled.run(reached);
      settled = reached;
    },
    /** The running transaction was undone and the ledger ends at `last` again. */
    undo(last: number): void {
      settled = getSettled.get() ?? 0;
      for (const sweep of sweeps) sweep.restart(settled, last);
    },
  };
}

const isTimed = (id: string) => id.charAt(versionAt) === '7';

/**
 * Goes round and round the keys of `from`, moving the surplus over to `into`. A round ends at the
 * greatest key there was when it began, so by then everything that was there has moved. One that
 * takes long is hurried on, so that never more than a few lengths of events lie behind `settled`.
 */
function openSweep(
  db: Database.Database,
  from: string,
  into: 'heads (stream, position)' | 'ids (id, position)',
  settled: number,
  end: number,
  { length, slice }: TailSize,
) {
  const count = db.prepare<[], number>(`SELECT count(*) FROM ${from}`).pluck();
  const greatest = db.prepare<[], string | null>(`SELECT max(key) FROM ${from}`).pluck();
  const nth = db
    .prepare<[string, string, number], string>(
      `SELECT key FROM ${from} WHERE key > ? AND key <= ? ORDER BY key LIMIT 1 OFFSET ?`,
    )
    .pluck();
  const move = db.prepare<[string, string]>(
    `INSERT INTO ${into} SELECT key, position FROM ${from} WHERE key > ? AND key <= ? ORDER BY key
     ON CONFLICT DO UPDATE SET position = excluded.position`,
  );
  const forget = db.prepare<[string, string]>(`DELETE FROM ${from} WHERE key > ? AND key <= ?`);
  let cursor = '';
  let bound = greatest.get() ?? '';
  let reached = settled;
  let began = end;
  let counted = end;

  function merge(last: number): number {
    const added = last - counted;
    if (added < slice) return reached;
    counted = last;
    const late = last - began > 2 * length;
    const surplus = late ? added : (count.get() ?? 0) - length;
    if (surplus < slice) return reached;
    const key = nth.get(cursor, bound, Math.min(surplus, 2 * added) - 1) ?? bound;
    move.run(cursor, key);
    forget.run(cursor, key);
    cursor = key;
    if (key === bound) {
      reached = began;
      begin(last);
    }
    return reached;
  }

  function begin(last: number): void {
    cursor = '';
    bound = greatest.get() ?? '';
    began = last;
  }

  function restart(settled: number, last: number): void {
    reached = settled;
    counted = last;
    begin(last);
  }

  return { merge, restart };
}

/**
 * Fills the tables in memory from the events behind `settled`; first settles those events when they
 * are many, as after many short runs. Answers the last position.
 */
function recall(db: Database.Database, file: string, length: number): number {
  const extent = db.prepare<[], { settled: number; end: number }>(
    'SELECT settled, (SELECT coalesce(max(position), 0) FROM events) AS end FROM ledger',
  );
  const { settled, end } = extent.get() ?? { settled: 0, end: 0 };
  try {
    if (end - settled > 2 * length) db.transaction(() => db.exec(settleAll))();
    db.exec(fillTail);
  } catch (error) {
    const broken = storeError(file, error);
    if (broken instanceof CorruptRecord || isUnavailable(error)) throw broken;
    throw new CorruptRecord(file, unreadable(db), 'the event is not readable', { cause: error });
  }
  return end;
}

const unsettled = 'position > (SELECT settled FROM ledger)';

const settleAll = `
  INSERT INTO heads SELECT stream, max(position) FROM events WHERE ${unsettled} GROUP BY stream
    ON CONFLICT DO UPDATE SET position = excluded.position;
  INSERT INTO ids SELECT json_extract(leaf, '$.id'), position FROM events WHERE ${unsettled}
    ON CONFLICT DO NOTHING;
  UPDATE ledger SET settled = (SELECT max(position) FROM events);
`;

const fillTail = `
  INSERT INTO new_heads
    SELECT stream, max(position) FROM events WHERE ${unsettled} GROUP BY stream;
  INSERT INTO new_ids
    SELECT json_extract(leaf, '$.id') AS id, position FROM events
    WHERE ${unsettled} AND substr(id, ${versionAt + 1}, 1) <> '7';
`;

function unreadable(db: Database.Database): bigint | undefined {
  const first = db
    .prepare<[], number | null>(
      `SELECT min(position) FROM events
       WHERE position > (SELECT settled FROM ledger) AND NOT json_valid(leaf)`,
    )
    .pluck()
    .get();
  return typeof first === 'number' ? BigInt(first) : undefined;
}
