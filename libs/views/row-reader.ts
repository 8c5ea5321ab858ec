import { CompiledQuery } from 'kysely';
import type { Options, Row, Where } from '#libs/views/rows';
import { shapeOf } from '#libs/views/shape';
import type { Sql, SqlDialect } from '#libs/views/tables';
import type { Table } from '#libs/views/views';

/** Behind every text that starts with another: above it in code point order. */
const last = '\u{10FFFF}';

/** Reads rows; the statement for a key is compiled once per table. */
export function rowReader({ stored, told }: Pick<SqlDialect, 'stored' | 'told'>) {
  const byKey = new Map<string, string>();
  return { fetch, query };

  async function fetch(db: Sql, name: string, table: Table, key: Row): Promise<Row | undefined> {
    const { columns, decode } = shapeOf(table);
    let text = byKey.get(name);
    if (text === undefined) {
      let statement = db.selectFrom(name).select(columns.map((column) => column.name));
      for (const column of table.key) statement = statement.where(column, '=', '');
      text = statement.compile().sql;
      byKey.set(name, text);
    }
    const values = table.key.map((column) => asked(key[column]));
    const { rows } = await db.executeQuery(CompiledQuery.raw(text, values));
    const [row] = rows as Row[];
    return row && decode(row, told);
  }

  function asked<T>(value: T): T | string {
    return typeof value === 'string' ? stored(value) : value;
  }

  async function query(
    db: Sql,
    name: string,
    table: Table,
    where: Where,
    options: Options,
  ): Promise<readonly Row[]> {
    const { startsWith, atMost, below, limit, descending } = options;
    const { columns, decode } = shapeOf(table);
    let statement = db.selectFrom(name).select(columns.map((column) => column.name));
    for (const [column, value] of Object.entries(where)) {
      statement = statement.where(column, value === null ? 'is' : '=', asked(value));
    }
    if (startsWith) {
      statement = statement
        .where(startsWith.column, '>=', asked(startsWith.text))
        .where(startsWith.column, '<', `${asked(startsWith.text)}${last}`);
    }
    if (atMost) statement = statement.where(atMost.column, '<=', asked(atMost.value));
    if (below) statement = statement.where(below.column, '<', asked(below.value));
    for (const column of options.orderBy ?? table.key) {
      statement = statement.orderBy(column, descending ? 'desc' : 'asc');
    }
    if (limit !== undefined) statement = statement.limit(limit);
    return (await statement.execute()).map((row) => decode(row, told));
  }
}
