import type { Kysely, RawBuilder, Transaction } from 'kysely';
import { shapeOf } from '#libs/views/shape';
import type { StoredColumn } from '#libs/views/shape';
import type { Projection, Table } from '#libs/views/views';

/** Any table and column: names come from the projections' declarations, never from callers. */
export type Sql = Kysely<Record<string, Record<string, unknown>>>;
export type SqlTransaction = Transaction<Record<string, Record<string, unknown>>>;

/** Where databases differ. */
export type SqlDialect = Readonly<{
  /** The type that holds any 64-bit whole number. */
  integer: 'integer' | 'bigint';
  /** What `create table` ends with, for tables with these columns as their key. */
  tableEnding: (key: readonly StoredColumn[]) => RawBuilder<unknown>;
  /** The most values one statement may bind. */
  mostParameters: number;
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
  { integer, tableEnding }: SqlDialect,
): Promise<void> {
  for (const table of projection.tables) {
    let create = db.schema.createTable(tableName(projection, table, generation)).ifNotExists();
    const { columns } = shapeOf(table);
    for (const { name, type, nullable } of columns) {
      const sqlType = type === 'integer' || type === 'bigint' ? integer : 'text';
      create = create.addColumn(name, sqlType, (c) => (nullable ? c : c.notNull()));
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

export async function pointTo(
  db: SqlTransaction,
  projection: Projection,
  generation: number,
): Promise<void> {
  for (const table of projection.tables) {
    await db.schema.dropView(liveName(projection, table)).ifExists().execute();
    await db.schema
      .createView(liveName(projection, table))
      .as(db.selectFrom(tableName(projection, table, generation)).selectAll())
      .execute();
  }
}
