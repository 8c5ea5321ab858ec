import type Database from 'better-sqlite3';
import { leafHash } from '#libs/store/envelope';
import { CorruptRecord, StoreUnavailable } from '#libs/store/errors';
import type { Damage } from '#libs/store/fsck';
import { openDamages } from '#libs/store/fsck';
import { storeError } from '#libs/store/sqlite-errors';
import { ledgerPath, markEvery, openLedger } from '#libs/store/sqlite-file';

type Found = Readonly<{ position: number; problem: string }>;

/** The members of a leaf; `CASE` keeps SQLite from parsing what is no JSON. */
const member = (path: string) =>
  `CASE WHEN json_valid(leaf) THEN json_extract(leaf, '$.${path}') END`;
const settled = '(SELECT settled FROM ledger)';

/** Each finds the rows where one table is not what the events say; at most `mostOfOne` of them. */
const checks: readonly string[] = [
  `SELECT position, 'its columns are not what its leaf says' AS problem FROM events
   WHERE stream IS NOT ${member('statement.stream')}
      OR revision IS NOT ${member('statement.expectedRevision')} + 1
      OR hash IS NOT leaf_hash(leaf)`,

  `SELECT position, 'it points back to position ' || before || ', not ' || prior AS problem
   FROM (SELECT position, before,
                lag(position, 1, 0) OVER (PARTITION BY stream ORDER BY position) AS prior FROM events)
   WHERE before IS NOT prior`,

  `SELECT h.position, 'heads takes it for the end of ' || h.stream AS problem
   FROM heads AS h LEFT JOIN events AS e ON e.position = h.position
   WHERE e.stream IS NOT h.stream`,

  `SELECT e.last AS position, 'heads does not know it for the end of ' || e.stream AS problem
   FROM (SELECT stream, max(position) AS last FROM events
         WHERE position <= ${settled} GROUP BY stream) AS e
   LEFT JOIN heads AS h ON h.stream = e.stream
   WHERE h.position IS NULL OR h.position < e.last`,

  `SELECT i.position, 'ids takes it for ' || i.id AS problem
   FROM ids AS i LEFT JOIN events AS e ON e.position = i.position
   WHERE ${member('id')} IS NOT i.id`,

  `SELECT position, 'ids does not know it' AS problem FROM events AS e
   WHERE position <= ${settled}
     AND NOT EXISTS (SELECT 1 FROM ids AS i WHERE i.id = ${member('id')})`,

  `SELECT m.position, 'marks takes it for revision ' || m.revision || ' of ' || m.stream AS problem
   FROM marks AS m LEFT JOIN events AS e ON e.position = m.position
   WHERE e.stream IS NOT m.stream OR e.revision IS NOT m.revision`,

  `SELECT position, 'marks does not know it' AS problem FROM events AS e
   WHERE revision > 0 AND revision % ${markEvery} = 0 AND NOT EXISTS (
     SELECT 1 FROM marks AS m WHERE m.stream = e.stream AND m.revision = e.revision)`,
];

const mostOfOne = 200;

/**
 * Checks what a ledger file holds beside the leaves: the pages themselves (`PRAGMA
 * integrity_check`), the columns of each event and the tables that find streams and ids. All of it
 * is seen at one moment, beside a writer. Throws what opening the file throws.
 */
export function fsckFile(file: string, ledger: string): readonly Damage[] {
  const path = ledgerPath(file, true);
  const db = openLedger(path, ledger, true);
  const damages = openDamages();
  try {
    db.function('leaf_hash', { deterministic: true }, (leaf) => leafHash(String(leaf)));
    db.exec('BEGIN');
    for (const problem of brokenPages(db)) damages.add({ problem });
    for (const check of checks) {
      const found = db.prepare<[number], Found>(`${check} LIMIT ?`).all(mostOfOne);
      for (const { position, problem } of found) {
        damages.add({ position: BigInt(position), problem });
      }
    }
  } catch (thrown) {
    damages.add({
      problem: `the tables beside the events cannot be read: ${faultOf(path, thrown)}`,
    });
  } finally {
    db.close();
  }
  return damages.all().damages;
}

/** Damaged pages and missing tables are faults of the file; that it is locked, say, is none. */
function faultOf(path: string, thrown: unknown): string {
  const error = storeError(path, thrown);
  if (error instanceof CorruptRecord) return error.problem;
  if (error instanceof StoreUnavailable && error.reason === 'failed') return error.message;
  throw error;
}

function brokenPages(db: Database.Database): readonly string[] {
  const lines = db.prepare<[], string>('PRAGMA integrity_check(100)').pluck().all();
  return lines.filter((line) => line !== 'ok').map((line) => `the database is damaged: ${line}`);
}
