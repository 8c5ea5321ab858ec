import Database from 'better-sqlite3';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CorruptRecord, WrongLedger } from '#libs/store/errors';
import { codeOf, storeError, unavailable } from '#libs/store/sqlite-errors';

/** 'ADMT', in the header of every ledger file. */
const applicationId = 0x41444d54;
const format = 1;

/**
 * `before` is the position of the stream's event before this one (0 for the first): a stream is
 * read by walking back from its head, so an append writes at the end of the file only. `heads` and
 * `ids` cover every event up to `settled`; what is behind it is found in `events` itself. `marks`
 * holds each 64th revision, so that a long stream can be entered in the middle.
 */
const schema = `
  CREATE TABLE ledger (name TEXT NOT NULL, settled INTEGER NOT NULL) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    before INTEGER NOT NULL,
    crc INTEGER NOT NULL,
    hash TEXT NOT NULL,
    leaf TEXT NOT NULL
  ) STRICT;
  CREATE TABLE heads (stream TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE ids (id TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE marks (
    stream TEXT, revision INTEGER, position INTEGER NOT NULL, PRIMARY KEY (stream, revision)
  ) STRICT, WITHOUT ROWID;
`;

/** Every how many revisions of a stream a mark is kept. */
export const markEvery = 64;

/** How long a statement waits for another process that touches the file, in ms. */
const patience = 5000;

/**
 * Takes the sole right to write `path` and answers how to give it up. It is a lock on a file
 * beside, so that readers are free and the system lets go of it when the process is killed.
 */
export function lockFile(path: string): () => void {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(`${path}-lock`, { timeout: 0 });
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    throw fileError(path, error);
  }
  return () => lock.close();
}

/** The absolute path behind links; makes the folder of a new file. */
export function ledgerPath(file: string, readOnly: boolean): string {
  const path = resolve(file);
  try {
    if (!readOnly) mkdirSync(dirname(path), { recursive: true });
    return existsSync(path) ? realpathSync(path) : path;
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Makes a new ledger file, whole or not at all. Called by the holder of the lock. */
export function createLedger(path: string, ledger: string): void {
  const draft = `${path}-new`;
  try {
    for (const rest of [draft, `${draft}-journal`]) rmSync(rest, { force: true });
    const db = new Database(draft);
    db.pragma('synchronous = FULL');
    db.transaction(() => {
      db.exec(schema);
      db.prepare('INSERT INTO ledger (name, settled) VALUES (?, 0)').run(ledger);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${format}`);
    })();
    db.close();
    renameSync(draft, path);
    const folder = openSync(dirname(path), 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Throws {@link CorruptRecord} for what is left of a ledger and must not be taken for a new one. */
export function isNew(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw unavailable(path, 'failed', new Error('it is a folder'));
  if (found?.size === 0) throw new CorruptRecord(path, undefined, 'the file is empty');
  if (found) return false;
  if (existsSync(`${path}-wal`)) {
    throw new CorruptRecord(path, undefined, 'the file is gone but its write-ahead log is there');
  }
  return true;
}

/** Opens an existing ledger file and checks that it is one, whole in size, and `ledger`'s. */
export function openLedger(path: string, ledger: string, readOnly: boolean): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: readOnly, fileMustExist: true, timeout: patience });
    if (!readOnly) db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('wal_autocheckpoint = 0');
    if (db.pragma('application_id', { simple: true }) !== applicationId) {
      throw unavailable(path, 'failed', new Error('it is a database, but not a ledger'));
    }
    const version = db.pragma('user_version', { simple: true });
    if (version !== format) {
      throw unavailable(path, 'failed', new Error(`its format ${String(version)} is not known`));
    }
    checkLedger(db, path, ledger);
    return db;
  } catch (error) {
    db?.close();
    throw fileError(path, error);
  }
}

function checkLedger(db: Database.Database, path: string, asked: string): void {
  const row = db
    .prepare<[], { name: string; settled: number; end: number }>(
      'SELECT name, settled, (SELECT coalesce(max(position), 0) FROM events) AS end FROM ledger',
    )
    .get();
  if (!row) throw new CorruptRecord(path, undefined, 'the name of the ledger is missing');
  if (row.name !== asked) throw new WrongLedger(path, row.name, asked);
  if (row.settled > row.end) {
    throw new CorruptRecord(path, BigInt(row.end + 1), 'events are missing at the end');
  }
}

const denied = new Set(['SQLITE_CANTOPEN', 'EACCES', 'EROFS', 'EPERM']);

/** Cannot-open on a path whose folder exists is a matter of permissions. */
function fileError(path: string, error: unknown): unknown {
  const code = codeOf(error) ?? '';
  if (denied.has(code)) return unavailable(path, 'read-only', error);
  return /^E[A-Z]+$/.test(code) ? unavailable(path, 'failed', error) : storeError(path, error);
}
