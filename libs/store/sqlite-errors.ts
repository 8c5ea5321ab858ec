import { CorruptRecord, StoreUnavailable } from '#libs/store/errors';

const reasons: Readonly<Record<string, StoreUnavailable['reason']>> = {
  SQLITE_BUSY: 'locked',
  SQLITE_LOCKED: 'locked',
  SQLITE_FULL: 'full',
  SQLITE_READONLY: 'read-only',
  SQLITE_PERM: 'read-only',
};

const sentences: Readonly<Record<StoreUnavailable['reason'], string>> = {
  locked: 'is locked by another process',
  full: 'cannot grow: the disk or the allowed size is full',
  'read-only': 'cannot be written: it or its folder is read-only',
  overloaded: 'has too many appends waiting',
  closed: 'is closed',
  failed: 'cannot be used',
};

/** The one sentence for a reason, naming the file. */
export function unavailable(
  file: string,
  reason: StoreUnavailable['reason'],
  cause?: unknown,
): StoreUnavailable {
  const detail = reason === 'failed' && cause !== undefined ? `: ${messageOf(cause) ?? ''}` : '';
  return new StoreUnavailable(reason, `${file} ${sentences[reason]}${detail}`, { cause });
}

/**
 * What SQLite says, as an error of the store that names the file. Errors that are not SQLite's
 * come back as they are.
 */
export function storeError(file: string, error: unknown, position?: bigint): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const primary = code.split('_', 2).join('_');
  if (primary === 'SQLITE_CORRUPT') {
    return new CorruptRecord(file, position, 'the database is damaged', { cause: error });
  }
  if (primary === 'SQLITE_NOTADB') {
    return new CorruptRecord(file, undefined, 'this is not an SQLite database', { cause: error });
  }
  return unavailable(file, reasons[primary] ?? 'failed', error);
}

/** After these the state on disk is in doubt, and no further append may be promised. */
export function isFatal(error: unknown): boolean {
  return /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(sqliteCode(error) ?? '');
}

/** A state of the disk or of another process, not of the data. */
export function isUnavailable(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED|FULL|READONLY|IOERR|NOMEM)/.test(sqliteCode(error) ?? '');
}

/** A file that is made or grows could not be; where another is only read, it is not of that one. */
export function isOfWriting(error: unknown): boolean {
  return /^SQLITE_(FULL|READONLY|PERM|CANTOPEN|IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE))/.test(
    sqliteCode(error) ?? '',
  );
}

export function isLocked(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error) ?? '');
}

function sqliteCode(error: unknown): string | undefined {
  const code = codeOf(error);
  return code?.startsWith('SQLITE_') ? code : undefined;
}

/**
 * The code of an error of SQLite or the system. They are told by it, not by their class: drivers
 * may make their errors in another realm.
 */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function messageOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return typeof error.message === 'string' ? error.message : undefined;
}
