import { existsSync, renameSync } from 'node:fs';
import { removeFile, snapshot } from '#libs/store/backup';
import {
  headOf,
  lastKnown,
  readRecord,
  recordOf,
  syncFolder,
  writeRecord,
  type BackupRecord,
} from '#libs/store/backup-record';
import { compareLedgers, copyLedger, type PartedLedgers } from '#libs/store/copy';
import { CorruptRecord, WrongLedger } from '#libs/store/errors';
import type { FsckOptions } from '#libs/store/fsck';
import { fileOf, openAt, verified, type LedgerAt } from '#libs/store/fsck-ledger';
import { isNew, ledgerPath, lockFile } from '#libs/store/sqlite-file';
import type { EventStore } from '#libs/store/store';

/** Nothing was changed: the message says what stands in the way, and what would be lost. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
  readonly code = 'restore-refused';
}

/** How far views that stand beside the ledger have counted its events. */
export type Counted = Readonly<{ views: string; position: bigint }>;

/** The backup's `file`, and where the ledger shall be. */
export type RestoreOptions = LedgerAt &
  Readonly<{
    file: string;
    counted?: Counted;
    onProgress?: FsckOptions['onProgress'];
  }>;

/**
 * Brings a ledger back from a backup. All of it is checked, every leaf and the root of its record,
 * before it is put where it serves. A place that holds a ledger, whose views have counted further,
 * or of which a later backup is known is left as it is.
 *
 * Throws {@link RestoreRefused}, `NoRecord`, `DamagedLedger`, `WrongLedger`, `CorruptRecord` and
 * `StoreUnavailable`.
 */
export async function restore(options: RestoreOptions): Promise<BackupRecord> {
  const { file, url, ledger } = options;
  const record = readRecord(recordOf(file));
  if (record.ledger !== ledger) throw new WrongLedger(file, record.ledger, ledger);
  const to = fileOf(url);
  if (to === undefined) await restoreByCopy(options, record);
  else await restoreFile(ledgerPath(to, false), options, record);
  return record;
}

async function restoreFile(
  path: string,
  options: RestoreOptions,
  record: BackupRecord,
): Promise<void> {
  const { file, ledger, counted } = options;
  if (existsSync(path)) throw await occupied(options);
  const unlock = lockFile(path);
  try {
    if (!isNew(path)) throw await occupied(options);
    refuseBehind(counted, record);
    refuseOlder(path, ledger, record);
    const draft = `${path}-restoring`;
    snapshot(file, draft, ledger);
    try {
      await asRecorded(draft, options, record);
      renameSync(draft, path);
    } finally {
      removeFile(draft);
    }
    writeRecord(headOf(path), record);
    syncFolder(path);
  } finally {
    unlock();
  }
}

async function restoreByCopy(options: RestoreOptions, record: BackupRecord): Promise<void> {
  const { file, ledger, counted, onProgress } = options;
  const target = await openAt(options, false);
  try {
    if ((await target.end()) > 0n) throw await occupied(options);
    if (counted && counted.position > 0n) {
      throw new RestoreRefused(
        `${counted.views} has counted the events of a ledger up to position ${counted.position}, ` +
          'and in this store they will have other positions: move the views away, they are made anew',
      );
    }
    await asRecorded(file, options, record);
    const source = await openAt({ url: `sqlite:${file}`, ledger }, true);
    try {
      await copyLedger(source, target, onProgress ? { onProgress } : {});
    } finally {
      await source.close();
    }
  } finally {
    await target.close();
  }
}

/** Throws unless the file is sound and holds what its record says, no more and no less. */
async function asRecorded(
  file: string,
  { file: backup, ledger, onProgress }: RestoreOptions,
  { size, root }: BackupRecord,
): Promise<void> {
  const found = await verified(file, ledger, onProgress ? { onProgress } : {});
  if (found.size === size && found.root === root) return;
  throw new CorruptRecord(
    backup,
    undefined,
    `it holds ${found.size} events with the root ${found.root}, ` +
      `but its record says ${size} with the root ${root}`,
  );
}

/** Views never count what was not in the ledger: it was longer than the backup. */
function refuseBehind(counted: Counted | undefined, { size, recordedAt }: BackupRecord): void {
  if (!counted || counted.position <= BigInt(size)) return;
  throw new RestoreRefused(
    `${counted.views} has counted the ledger up to position ${counted.position}, but the backup ` +
      `ends at ${size}: what was recorded ${since(recordedAt)} would be lost. Only if the newer ` +
      'log is gone for good, move the views away (they are made anew) and restore again',
  );
}

function refuseOlder(path: string, ledger: string, { size, recordedAt }: BackupRecord): void {
  const known = lastKnown(path, ledger);
  if (!known || known.size <= size) return;
  throw new RestoreRefused(
    `a later backup of this ledger was taken at ${known.takenAt} with ${known.size} events, this ` +
      `one has ${size}: what was recorded ${since(recordedAt)} would be lost. Only if that one is ` +
      `gone for good, move ${headOf(path)} away and restore again`,
  );
}

function since(recordedAt: string | undefined): string {
  return recordedAt === undefined ? 'in it' : `since ${recordedAt}`;
}

/** Why a ledger that is there is not written over: what it has that the backup has not. */
async function occupied(options: RestoreOptions): Promise<RestoreRefused> {
  const { file, url, ledger } = options;
  const place = fileOf(url) ?? 'the store';
  try {
    const target = await openAt(options, true);
    try {
      const source = await openAt({ url: `sqlite:${file}`, ledger }, true);
      try {
        const parted = await compareLedgers(source, target);
        return new RestoreRefused(await inTheWay(place, file, url, target, parted));
      } finally {
        await source.close();
      }
    } finally {
      await target.close();
    }
  } catch (error) {
    if (!(error instanceof CorruptRecord) && !(error instanceof WrongLedger)) throw error;
    return new RestoreRefused(
      `${place} is there and may hold what the backup does not (${error.message}): ` +
        'move it away first, then restore',
      { cause: error },
    );
  }
}

/** Addresses may hold passwords: only those of files are told. */
async function inTheWay(
  place: string,
  file: string,
  url: string,
  target: EventStore,
  parted: PartedLedgers | undefined,
): Promise<string> {
  if (!parted) return `${place} holds exactly what the backup holds: there is nothing to restore`;
  const { size, source, target: first } = parted;
  if (!first) {
    return (
      `${place} holds a ledger, the first ${size} events of the backup; ` +
      `to complete it: adamant copy --from sqlite:${file} --to ${fileOf(url) ? url : 'URL'}`
    );
  }
  let more = 1;
  let last = first;
  for await (const events of target.readAll(first.position)) {
    more += events.length;
    last = events.at(-1) ?? last;
  }
  const lost =
    `${more} events at positions ${first.position} to ${last.position}, recorded from ` +
    `${first.recordedAt} to ${last.recordedAt}, would be lost`;
  return source
    ? `${place} holds another history from event ${size + 1} on: ${lost}; move it away to accept that`
    : `${place} holds a newer ledger than the backup: ${lost}; move it away to accept that`;
}
