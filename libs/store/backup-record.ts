import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { WrongLedger } from '#libs/store/errors';
import { codeOf, unavailable } from '#libs/store/sqlite-errors';
import { ledgerPath } from '#libs/store/sqlite-file';
import type { TreeHead } from '#libs/tlog/tree';

const format = 'adamant/backup@v1';

/** What a backup is of; kept beside it, and beside the ledger as the last that is known of that. */
export type BackupRecord = TreeHead &
  Readonly<{
    ledger: string;
    /** The last position of the ledger that was backed up; another engine counts otherwise. */
    position: bigint;
    /** ISO 8601 UTC. */
    takenAt: string;
    /** `recordedAt` of the last event; absent in an empty ledger. */
    recordedAt?: string;
  }>;

/** The record of a backup is missing or is none: what the file should hold is not known. */
export class NoRecord extends Error {
  override readonly name = 'NoRecord';
  readonly code = 'no-record';
  readonly file: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${problem}`, options);
    this.file = file;
  }
}

/** Where the record of a backup stands. */
export const recordOf = (file: string) => `${file}.json`;

/** Where the record of the last backup stands beside the ledger file it was made of. */
export const headOf = (file: string) => `${file}-head.json`;

/**
 * What a ledger file is known to have held when it was last backed up: it must still begin so.
 * Throws {@link NoRecord} and `WrongLedger`.
 */
export function lastKnown(ledgerFile: string, ledger: string): BackupRecord | undefined {
  const file = headOf(ledgerPath(ledgerFile, true));
  const known = recordIn(file);
  if (known && known.ledger !== ledger) throw new WrongLedger(file, known.ledger, ledger);
  return known;
}

/** Writes it whole and durably: a crash leaves the old record or the new one. */
export function writeRecord(file: string, record: BackupRecord): void {
  const { position, ...said } = record;
  const text = JSON.stringify({ format, ...said, position: String(position) }, undefined, 2);
  const draft = `${file}-new`;
  try {
    writeFileSync(draft, `${text}\n`, { flush: true });
  } catch (error) {
    rmSync(draft, { force: true });
    throw codeOf(error) === 'ENOSPC' ? unavailable(file, 'full', error) : error;
  }
  renameSync(draft, file);
  syncFolder(file);
}

/** Makes sure that a name given to a file outlasts a power cut. */
export function syncFolder(file: string): void {
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Throws {@link NoRecord}; a record may have been written by anybody. */
export function readRecord(file: string): BackupRecord {
  const record = recordIn(file);
  if (record) return record;
  throw new NoRecord(file, 'there is no such file, so it is not known what the backup should hold');
}

/** As {@link readRecord}, but `undefined` where there is none. */
export function recordIn(file: string): BackupRecord | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new NoRecord(file, 'it cannot be read', { cause: error });
  }
  const record = parsed(text);
  if (!record) throw new NoRecord(file, 'it is not the record of a backup');
  return record;
}

function parsed(text: string): BackupRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const said = value as Readonly<Record<string, unknown>>;
  const { ledger, size, root, position, takenAt, recordedAt } = said;
  const isRecord =
    said['format'] === format &&
    typeof ledger === 'string' &&
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size >= 0 &&
    typeof root === 'string' &&
    /^[A-Za-z0-9+/]{43}=$/.test(root) &&
    typeof position === 'string' &&
    /^\d{1,20}$/.test(position) &&
    typeof takenAt === 'string' &&
    (recordedAt === undefined || typeof recordedAt === 'string');
  if (!isRecord) return undefined;
  const when = recordedAt === undefined ? {} : { recordedAt };
  return { ledger, size, root, position: BigInt(position), takenAt, ...when };
}
