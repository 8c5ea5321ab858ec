import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ViewsUnavailable } from '#libs/views/errors';
import { isMissingTable } from '#libs/views/register';

/** How long one writer waits for another's transaction, and the pause between tries, in ms. */
const patience = 30_000;
const betweenTries = 3;

/**
 * A connection to a file of views; throws `ViewsUnavailable`. One that is not `patient` does not
 * hold its thread up while another writes: see {@link patiently}.
 */
export function openConnection(
  file: string,
  { readonly, patient }: Readonly<{ readonly: boolean; patient: boolean }>,
): Database.Database {
  try {
    const database = new Database(file, { readonly, fileMustExist: readonly, timeout: patience });
    database.defaultSafeIntegers(true);
    if (!readonly) {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      database.pragma('wal_autocheckpoint = 10000');
    }
    database.pragma('cache_size = -65536');
    if (readonly) database.pragma('mmap_size = 268435456');
    database.pragma('temp_store = MEMORY');
    database.pragma('schema_version');
    if (!patient) database.pragma('busy_timeout = 0');
    return database;
  } catch (error) {
    throw unavailable(file, error);
  }
}

/** Does it again as long as another one writes: `act` must have changed nothing when it fails. */
export async function patiently<T>(act: () => T | Promise<T>): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      const isLocked = error instanceof ViewsUnavailable && error.reason === 'locked';
      if (!isLocked || performance.now() > deadline) throw error;
    }
    await pause(betweenTries);
  }
}

/** Errors are known by what they say: the driver's own may be of another realm than ours. */
export function unavailable(file: string, error: unknown): unknown {
  const { name, code = '', message = '' } = error as Partial<NodeJS.ErrnoException>;
  if (name === 'TypeError' && /not open/.test(message)) return failure('closed');
  if (name === 'TypeError' && /directory does not exist/.test(message)) return failure('missing');
  if (!code.startsWith('SQLITE_') || isMissingTable(error)) return error;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return failure('locked');
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE') return failure('full');
  if (code.startsWith('SQLITE_READONLY')) return failure('read-only');
  if (code.startsWith('SQLITE_CANTOPEN')) return failure('missing');
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return failure('corrupt');
  return failure('failed');

  function failure(reason: ViewsUnavailable['reason']): ViewsUnavailable {
    return new ViewsUnavailable(file, reason, message, { cause: error });
  }
}
