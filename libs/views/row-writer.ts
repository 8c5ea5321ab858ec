import { CompiledQuery } from 'kysely';
import type { Change, Row } from '#libs/views/rows';
import { shapeOf } from '#libs/views/shape';
import type { SqlTransaction } from '#libs/views/tables';
import type { Table } from '#libs/views/views';

/** Writes rows in statements of many, compiled once per shape. */
export function rowWriter(mostParameters: number) {
  const upserts = new Map<string, string>();
  return write;

  async function write(
    db: SqlTransaction,
    name: string,
    table: Table,
    changes: Iterable<Change>,
  ): Promise<void> {
    const { columns, encode } = shapeOf(table);
    const most = Math.min(64, Math.floor(mostParameters / columns.length));
    const rows: Row[] = [];
    for (const { key, row } of changes) {
      if (row) rows.push(row);
      else await remove(db, name, table, key);
    }
    for (let at = 0; at < rows.length;) {
      const count = rows.length - at >= most ? most : rows.length - at >= 8 ? 8 : 1;
      const values: unknown[] = [];
      for (const row of rows.slice(at, at + count)) encode(row, values);
      await db.executeQuery(CompiledQuery.raw(upsert(db, name, table, count), values));
      at += count;
    }
  }

  function upsert(db: SqlTransaction, name: string, table: Table, count: number): string {
    const shape = `${name} ${count}`;
    const known = upserts.get(shape);
    if (known !== undefined) return known;
    const columns = shapeOf(table).columns.map((column) => column.name);
    const row = Object.fromEntries(columns.map((column) => [column, '']));
    const others = columns.filter((column) => !table.key.includes(column));
    const text = db
      .insertInto(name)
      .values(Array.from({ length: count }, () => row))
      .onConflict((conflict) => {
        const same = conflict.columns([...table.key]);
        if (others.length === 0) return same.doNothing();
        return same.doUpdateSet((eb) =>
          Object.fromEntries(others.map((column) => [column, eb.ref(`excluded.${column}`)])),
        );
      })
      .compile().sql;
    upserts.set(shape, text);
    return text;
  }
}

async function remove(db: SqlTransaction, name: string, table: Table, key: Row): Promise<void> {
  let statement = db.deleteFrom(name);
  for (const column of table.key) statement = statement.where(column, '=', key[column]);
  await statement.execute();
}
