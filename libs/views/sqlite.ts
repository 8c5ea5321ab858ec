import Database from 'better-sqlite3';
import { SqliteDialect, sql } from 'kysely';
import type { RawBuilder, SqliteDatabase } from 'kysely';
import { ViewsUnavailable } from '#libs/views/errors';
import { kyselyViews } from '#libs/views/kysely';
import { isMissingTable } from '#libs/views/register';
import type { StoredColumn } from '#libs/views/shape';
import type { Projection, Views } from '#libs/views/views';

export type SqliteOptions = Readonly<{
  file: string;
  projections: readonly Projection[];
  /** Only reads; the file must be there. */
  readOnly?: boolean;
}>;

/** How long one writer waits for another process's transaction, in milliseconds. */
const patience = 30_000;

/** Statements kept prepared per connection. */
const mostStatements = 500;

/**
 * Views in one SQLite file in WAL mode: one connection writes, another only reads, so readers never
 * wait. The file can be rebuilt from the ledger at any time, hence `synchronous=NORMAL`: after a
 * power cut it is whole and may stand a little earlier. Throws `ViewsUnavailable`.
 */
export function sqliteViews({ file, projections, readOnly = false }: SqliteOptions): Views {
  const writer = readOnly ? undefined : open(file, false);
  const reader = open(file, true);
  return kyselyViews({
    reader: new SqliteDialect({ database: guarded(file, reader) }),
    writer: writer && new SqliteDialect({ database: guarded(file, writer) }),
    projections,
    dialect: { integer: 'integer', tableEnding, mostParameters: 32_766 },
  });
}

/** A whole number as key is the row's own id; any other key is better the table itself. */
function tableEnding(key: readonly StoredColumn[]): RawBuilder<unknown> {
  const isRowId = key.length === 1 && (key[0]?.type === 'bigint' || key[0]?.type === 'integer');
  return isRowId ? sql`strict` : sql`strict, without rowid`;
}

function open(file: string, readonly: boolean): Database.Database {
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
    return database;
  } catch (error) {
    throw unavailable(file, error);
  }
}

/** The part of a connection Kysely uses, with prepared statements kept and errors typed. */
function guarded(file: string, database: Database.Database): SqliteDatabase {
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known) return known;
      const statement = attempt(() => database.prepare<[readonly unknown[]]>(sql));
      const prepared = {
        reader: statement.reader,
        all: (parameters: readonly unknown[]) => attempt(() => statement.all(parameters)),
        run: (parameters: readonly unknown[]) => attempt(() => statement.run(parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(parameters),
      };
      if (statements.size >= mostStatements) statements.clear();
      statements.set(sql, prepared);
      return prepared;
    },
  };

  function attempt<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw unavailable(file, error);
    }
  }
}

/** Errors are known by what they say: the driver's own may be of another realm than ours. */
function unavailable(file: string, error: unknown): unknown {
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
