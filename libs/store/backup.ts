import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { headOf, lastKnown, recordOf, syncFolder, writeRecord } from '#libs/store/backup-record';
import type { BackupRecord } from '#libs/store/backup-record';
import { copyLedger } from '#libs/store/copy';
import type { Progress } from '#libs/store/fsck';
import { fileOf, openAt, verified, type LedgerAt } from '#libs/store/fsck-ledger';
import { openStore } from '#libs/store/open-store';
import { codeOf, isOfWriting, storeError } from '#libs/store/sqlite-errors';
import { ledgerPath, openLedger } from '#libs/store/sqlite-file';

/** A backup is never written over another. */
export class BackupExists extends Error {
  override readonly name = 'BackupExists';
  readonly code = 'backup-exists';
  readonly file: string;

  constructor(file: string) {
    super(`${file} is there already: name a new file`);
    this.file = file;
  }
}

export type BackupOptions = LedgerAt &
  Readonly<{
    file: string;
    /** ISO 8601 UTC. */
    now: string;
    onProgress?: (progress: Progress) => void;
  }>;

/**
 * Brings a ledger, while others write to it, into one SQLite file as it was at one moment, reads
 * that back whole, and puts it in place together with a record of what it holds. An SQLite ledger
 * is copied by SQLite itself, and nothing is left of a copy that failed; of any other engine every
 * event is copied, and a copy that was broken off is gone on with. A ledger that is no longer
 * what its last backup was made of is not backed up.
 *
 * Throws `BackupExists`, `DamagedLedger`, `CorruptRecord`, `WrongLedger` and `StoreUnavailable`.
 */
export async function backup(options: BackupOptions): Promise<BackupRecord> {
  const { url, ledger, now, onProgress } = options;
  const file = resolve(options.file);
  if (existsSync(file)) throw new BackupExists(file);
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}-part`;
  const from = fileOf(url);
  const known = from === undefined ? undefined : lastKnown(from, ledger);
  try {
    let position: bigint | undefined;
    if (from === undefined) position = await copyInto(draft, options);
    else snapshot(from, draft, ledger);
    const { size, root, end, recorded } = await verified(draft, ledger, {
      ...(known && { against: [known] }),
      ...(onProgress && { onProgress }),
    });
    const record: BackupRecord = {
      ledger,
      size,
      root,
      position: position ?? end,
      takenAt: now,
      ...(recorded && { recordedAt: recorded.to }),
    };
    writeRecord(recordOf(file), record);
    renameSync(draft, file);
    syncFolder(file);
    if (from !== undefined) remember(from, record);
    return record;
  } finally {
    if (from !== undefined) removeFile(draft);
  }
}

/**
 * A copy of an SQLite ledger at one moment, without its write-ahead log, whole on disk. What cannot
 * be written is said of `to`, and nothing of it is left.
 */
export function snapshot(from: string, to: string, ledger: string): void {
  const path = ledgerPath(from, true);
  removeFile(to);
  const db = openLedger(path, ledger, true);
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } catch (error) {
    removeFile(to);
    throw storeError(isOfWriting(error) ? to : path, error);
  } finally {
    db.close();
  }
  const written = openSync(to, 'r');
  fsyncSync(written);
  closeSync(written);
}

/** Deletes a file of SQLite's with all that may stand beside it. */
export function removeFile(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal', '-lock', '-new']) {
    rmSync(`${file}${end}`, { force: true });
  }
}

async function copyInto(draft: string, options: BackupOptions): Promise<bigint> {
  const { ledger, onProgress } = options;
  const source = await openAt(options, true);
  try {
    const target = await openStore(`sqlite:${draft}`, { ledger });
    try {
      const { sourceEnd } = await copyLedger(source, target, onProgress ? { onProgress } : {});
      return sourceEnd;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
    rmSync(`${draft}-lock`, { force: true });
  }
}

/** Beside a ledger that may only be read nothing is noted. */
function remember(from: string, record: BackupRecord): void {
  try {
    writeRecord(headOf(ledgerPath(from, true)), record);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
  }
}
