import { CompiledQuery } from 'kysely';
import type { Options, Row, Where } from '#libs/views/rows';
import { parsed } from '#libs/views/tables';
import type { Sql } from '#libs/views/tables';
import type { Table } from '#libs/views/views';

/** Behind every text that starts with another: above it in code point order. */
const last = '\u{10FFFF}';

/** Reads rows; the statement for a key is compiled once per table. */
export function rowReader() {
  const byKey = new Map<string, string>();
  return { fetch, query };

  async function fetch(db: Sql, name: string, table: Table, key: Row): Promise<Row | undefined> {
    let text = byKey.get(name);
    if (text === undefined) {
      let statement = db.selectFrom(name).select(Object.keys(table.columns));
      for (const column of table.key) statement = statement.where(column, '=', '');
      text = statement.compile().sql;
      byKey.set(name, text);
    }
    const values = table.key.map((column) => key[column]);
    const { rows } = await db.executeQuery(CompiledQuery.raw(text, values));
    const [row] = rows as Row[];
    return row && decoded(table, row);
  }

  async function query(
    db: Sql,
    name: string,
    table: Table,
    where: Where,
    options: Options,
  ): Promise<readonly Row[]> {
    const { startsWith, atMost, limit, descending } = options;
    let statement = db.selectFrom(name).select(Object.keys(table.columns));
    for (const [column, value] of Object.entries(where)) {
      statement = statement.where(column, value === null ? 'is' : '=', value);
    }
    if (startsWith) {
      statement = statement
        .where(startsWith.column, '>=', startsWith.text)
        .where(startsWith.column, '<', `${startsWith.text}${last}`);
    }
    if (atMost) statement = statement.where(atMost.column, '<=', atMost.value);
    for (const column of options.orderBy ?? table.key) {
      statement = statement.orderBy(column, descending ? 'desc' : 'asc');
    }
    if (limit !== undefined) statement = statement.limit(limit);
    return (await statement.execute()).map((row) => decoded(table, row));
  }
}

/** A stored row as the projection put it. */
export function decoded(table: Table, stored: Row): Row {
  const row: Record<string, unknown> = {};
  for (const column of Object.keys(table.columns)) {
    const value = stored[column];
    const { type } = parsed(table.columns[column] ?? 'text');
    if (value === null || value === undefined) row[column] = null;
    else if (type === 'json') row[column] = JSON.parse(String(value));
    else if (type === 'integer') row[column] = Number(value);
    else if (type === 'bigint') row[column] = BigInt(value as bigint | string);
    else row[column] = value;
  }
  return row;
}
