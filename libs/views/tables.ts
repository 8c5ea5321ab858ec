import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Change } from '#libs/views/rows';
import { shapeOf } from '#libs/views/shape';
import type { StoredColumn } from '#libs/views/shape';
import type { Step } from '#libs/views/transact';
import type { Projection, Table } from '#libs/views/views';

/** Any table and column: names come from the projections' declarations, never from callers. */
export type Sql = Kysely<Record<string, Record<string, unknown>>>;
export type SqlTransaction = Transaction<Record<string, Record<string, unknown>>>;

/** Where databases differ. */
export type SqlDialect = Readonly<{
  /** The database as it is called in errors. */
  place: string;
  columnType: (column: Pick<StoredColumn, 'type'>) => RawBuilder<unknown>;
  /** What `create table` ends with, for tables with these columns as their key. */
  tableEnding: (key: readonly StoredColumn[]) => RawBuilder<unknown>;
  /** Text as it is kept, in the same order; and back. */
  stored: (text: string) => string;
  told: (stored: string) => string;
  /** The statements that write rows. */
  rows: (
    db: Sql,
    name: string,
    table: Table,
    changes: Iterable<Change>,
  ) => Generator<Step, void, undefined>;
  /**
   * A transaction in which nobody else changes the schema, or any set; tried again where that
   * helps. For `shown` and `hidden` readers hardly wait for it: it changes what they are shown, and
   * is tried until nobody is in its way, or drops what they no longer are.
   */
  alone: <T>(
    db: Sql,
    locked: 'schema' | 'sets' | 'shown' | 'hidden',
    act: (trx: SqlTransaction) => Promise<T>,
  ) => Promise<T>;
  /** A view is another table's from now on. */
  replaceView: (trx: SqlTransaction, name: string, table: string) => Promise<void>;
  /** For tables that were filled: takes as long as it takes, and disturbs no reader. */
  finish: (db: Sql, tables: readonly string[], act: (db: Sql) => Promise<void>) => Promise<void>;
}>;

/** What readers ask: a view that shows the live generation, so that a swap is one statement. */
export function liveName(projection: Readonly<{ version: number }>, table: Table): string {
  return `${table.name}_v${projection.version}`;
}

export function tableName(
  projection: Readonly<{ version: number }>,
  table: Table,
  generation: number,
): string {
  return `${liveName(projection, table)}_g${generation}`;
}

export async function createTables(
  db: Sql,
  projection: Projection,
  generation: number,
  { columnType, tableEnding }: SqlDialect,
): Promise<void> {
  for (const table of projection.tables) {
    let create = db.schema.createTable(tableName(projection, table, generation)).ifNotExists();
    const { columns } = shapeOf(table);
    for (const column of columns) {
      create = create.addColumn(column.name, columnType(column) as RawBuilder<never>, (c) =>
        column.nullable ? c : c.notNull(),
      );
    }
    await create
      .addPrimaryKeyConstraint(`${tableName(projection, table, generation)}_key`, [
        ...table.key,
      ] as never)
      .modifyEnd(tableEnding(columns.filter(({ name }) => table.key.includes(name))))
      .execute();
  }
}

/** Made when the rows are there: filling an index row by row costs several times as much. */
export async function createIndexes(
  db: Sql,
  projection: Projection,
  generation: number,
): Promise<void> {
  for (const table of projection.tables) {
    const name = tableName(projection, table, generation);
    for (const columns of table.indexes ?? []) {
      await db.schema
        .createIndex(`${name}_by_${columns.join('_')}`)
        .ifNotExists()
        .on(name)
        .columns([...columns])
        .execute();
    }
  }
}
