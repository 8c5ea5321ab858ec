import type { InsertQueryBuilder, InsertResult } from 'kysely';
import type { Change, Row } from '#libs/views/rows';
import { shapeOf } from '#libs/views/shape';
import type { Sql } from '#libs/views/tables';
import type { Step } from '#libs/views/transact';
import type { Table } from '#libs/views/views';

/** Most rows of one statement: more gain nothing. */
const mostRows = 64;

/** Makes statements that write many rows each, value by value, compiled once per shape. */
export function valueRows(mostParameters: number) {
  const upserts = new Map<string, string>();
  const removals = new Map<string, string>();
  return steps;

  function* steps(db: Sql, name: string, table: Table, changes: Iterable<Change>): Generator<Step> {
    const { columns, encode } = shapeOf(table);
    const most = Math.min(mostRows, Math.floor(mostParameters / columns.length));
    const rows: Row[] = [];
    for (const { key, row } of changes) {
      if (row) rows.push(row);
      else yield { sql: removal(db, name, table), parameters: table.key.map((each) => key[each]) };
    }
    for (let at = 0; at < rows.length;) {
      const count = rows.length - at >= most ? most : rows.length - at >= 8 ? 8 : 1;
      const parameters: unknown[] = [];
      for (let n = at; n < at + count; n++) encode(rows[n] as Row, parameters, plain);
      yield { sql: upsert(db, name, table, count), parameters };
      at += count;
    }
  }

  function upsert(db: Sql, name: string, table: Table, count: number): string {
    const shape = `${name} ${count}`;
    const known = upserts.get(shape);
    if (known !== undefined) return known;
    const row = Object.fromEntries(shapeOf(table).columns.map((column) => [column.name, '']));
    const insert = db.insertInto(name).values(Array.from({ length: count }, () => row));
    const text = orUpdate(insert, table).compile().sql;
    upserts.set(shape, text);
    return text;
  }

  function removal(db: Sql, name: string, table: Table): string {
    const known = removals.get(name);
    if (known !== undefined) return known;
    let statement = db.deleteFrom(name);
    for (const column of table.key) statement = statement.where(column, '=', '');
    const text = statement.compile().sql;
    removals.set(name, text);
    return text;
  }
}

type Insert = InsertQueryBuilder<Record<string, Record<string, unknown>>, string, InsertResult>;

/** Rows whose key is there take the place of the one that has it. */
export function orUpdate(insert: Insert, table: Table): Insert {
  const columns = shapeOf(table).columns.map((column) => column.name);
  const others = columns.filter((column) => !table.key.includes(column));
  return insert.onConflict((conflict) => {
    const same = conflict.columns([...table.key]);
    if (others.length === 0) return same.doNothing();
    return same.doUpdateSet((eb) =>
      Object.fromEntries(others.map((column) => [column, eb.ref(`excluded.${column}`)])),
    );
  });
}

function plain(text: string): string {
  return text;
}
