import type { Database } from 'better-sqlite3';
import { SqliteDialect, sql } from 'kysely';
import type { RawBuilder, SqliteDatabase } from 'kysely';
import { kyselyViews } from '#libs/views/kysely';
import { valueRows } from '#libs/views/row-writer';
import type { StoredColumn } from '#libs/views/shape';
import { openConnection, patiently, unavailable } from '#libs/views/sqlite-connection';
import { sqliteTransact } from '#libs/views/sqlite-transact';
import type { SqlDialect } from '#libs/views/tables';
import type { Projection, Views } from '#libs/views/views';

export type SqliteOptions = Readonly<{
  file: string;
  projections: readonly Projection[];
  /** Only reads; the file must be there. */
  readOnly?: boolean;
}>;

/** Statements kept prepared per connection. */
const mostStatements = 500;

/**
 * Views in one SQLite file in WAL mode: one thread writes, another connection only reads, so readers
 * never wait. The file can be rebuilt from the ledger at any time, hence `synchronous=NORMAL`: after a
 * power cut it is whole and may stand a little earlier. Throws `ViewsUnavailable`.
 */
export function sqliteViews({ file, projections, readOnly = false }: SqliteOptions): Views {
  const writer = readOnly ? undefined : openConnection(file, { readonly: false, patient: false });
  const reader = openConnection(file, { readonly: true, patient: true });
  const { transact, close } = sqliteTransact(file);
  const views = kyselyViews({
    reader: new SqliteDialect({ database: guarded(file, reader) }),
    writer: writer && new SqliteDialect({ database: guarded(file, writer) }),
    projections,
    dialect: dialect(file),
    transact,
  });
  return {
    ...views,
    close: async () => {
      await close();
      await views.close();
    },
  };
}

/** The most values one statement may bind. */
const mostParameters = 32_766;

function dialect(file: string): SqlDialect {
  return {
    place: file,
    columnType: ({ type }) => (type === 'integer' || type === 'bigint' ? sql`integer` : sql`text`),
    tableEnding,
    stored: (text) => text,
    told: (text) => text,
    rows: valueRows(mostParameters),
    alone: (db, _, act) => patiently(() => db.transaction().execute(act)),
    replaceView: async (trx, name, table) => {
      await trx.schema.dropView(name).ifExists().execute();
      await trx.schema.createView(name).as(trx.selectFrom(table).selectAll()).execute();
    },
    finish: (db, _, act) => patiently(() => act(db)),
  };
}

/** A whole number as key is the row's own id; any other key is better the table itself. */
function tableEnding(key: readonly StoredColumn[]): RawBuilder<unknown> {
  const isRowId = key.length === 1 && (key[0]?.type === 'bigint' || key[0]?.type === 'integer');
  return isRowId ? sql`strict` : sql`strict, without rowid`;
}

/**
 * The part of a connection Kysely uses, with prepared statements kept and errors typed. Its
 * transactions write, so they take their lock at once and not when others were faster.
 */
function guarded(file: string, database: Database): SqliteDatabase {
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known) return known;
      const text = sql === 'begin' ? 'begin immediate' : sql;
      const statement = attempt(() => database.prepare<[readonly unknown[]]>(text));
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
