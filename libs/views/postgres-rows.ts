import { sql } from 'kysely';
import type { Change } from '#libs/views/rows';
import { orUpdate } from '#libs/views/row-writer';
import { shapeOf } from '#libs/views/shape';
import type { StoredColumn } from '#libs/views/shape';
import type { Sql } from '#libs/views/tables';
import type { Step } from '#libs/views/transact';
import type { Table } from '#libs/views/views';

/** Rows of one statement: enough that the server, not the way to it, takes the time. */
const mostRows = 4096;

/** In no text that is {@link stored}, and JSON has no such characters at all. */
const between = '\x01\x04';
const nothing = '\x01\x05';

const kinds = { text: 'text', integer: 'bigint', bigint: 'bigint', json: 'json' } as const;

/**
 * PostgreSQL's text cannot hold U+0000: it is kept as U+0001 U+0002, and U+0001 as U+0001 U+0003,
 * which leaves the order of texts and what starts with what as they were.
 */
export function stored(text: string): string {
  if (!text.includes('\0') && !text.includes('\x01')) return text;
  return text.replaceAll('\x01', '\x01\x03').replaceAll('\0', '\x01\x02');
}

/** The text that {@link stored} made of it. */
export function told(kept: string): string {
  if (!kept.includes('\x01')) return kept;
  return kept.replaceAll('\x01\x02', '\0').replaceAll('\x01\x03', '\x01');
}

/**
 * Makes statements that write any number of rows each. Every column is one text, its values joined,
 * which the server takes apart again: nothing is cheaper to make, and to send.
 */
export function columnRows() {
  const texts = new Map<string, Readonly<{ upsert: string; removal: string }>>();
  return steps;

  function* steps(db: Sql, name: string, table: Table, changes: Iterable<Change>): Generator<Step> {
    const { columns, encode } = shapeOf(table);
    const { upsert, removal } = textsOf(db, name, table);
    const rows = listsOf(columns.length);
    const gone = listsOf(table.key.length);
    for (const { key, row } of changes) {
      const values: unknown[] = [];
      if (row) {
        encode(row, values, stored);
        if (rows.add(values) === mostRows) yield { sql: upsert, parameters: rows.taken() };
      } else {
        for (const column of table.key) {
          const value = key[column];
          values.push(typeof value === 'string' ? stored(value) : value);
        }
        if (gone.add(values) === mostRows) yield { sql: removal, parameters: gone.taken() };
      }
    }
    if (rows.count() > 0) yield { sql: upsert, parameters: rows.taken() };
    if (gone.count() > 0) yield { sql: removal, parameters: gone.taken() };
  }

  function textsOf(db: Sql, name: string, table: Table) {
    const known = texts.get(name);
    if (known) return known;
    const { columns } = shapeOf(table);
    const given = sql`select * from ${unnested(columns)}`;
    const names = columns.map((column) => column.name);
    const insert = db
      .insertInto(name)
      .columns(names)
      .expression(given as never);
    const key = table.key.flatMap((each) => columns.filter((column) => column.name === each));
    const own = sql`(${sql.join(key.map((column) => sql.ref(column.name)))})`;
    const removal = db
      .deleteFrom(name)
      .where(own, 'in', sql`(select * from ${unnested(key)})` as never)
      .compile().sql;
    const made = { upsert: orUpdate(insert, table).compile().sql, removal };
    texts.set(name, made);
    return made;
  }
}

/** `string_to_array` of an empty text would be no value at all, not one that is empty. */
function unnested(columns: readonly StoredColumn[]) {
  const lists = columns.map(({ type }, n) => {
    const given = sql.raw(`$${n + 1}`);
    const taken = sql`string_to_array(${given}, ${escaped(between)}, ${escaped(nothing)})`;
    const list = sql`case when ${given} = '' then array[''] else ${taken} end`;
    return sql`(${list})::${sql.raw(kinds[type])}[]`;
  });
  return sql`unnest(${sql.join(lists)})`;
}

function escaped(text: string) {
  const hex = Array.from(text, (character) => `\\x0${character.charCodeAt(0)}`);
  return sql.raw(`E'${hex.join('')}'`);
}

/** Values by column. */
function listsOf(columns: number) {
  let lists = empty();
  return {
    count: () => lists[0]?.length ?? 0,
    /** Answers how many rows there are now. */
    add(values: readonly unknown[]): number {
      let count = 0;
      for (let n = 0; n < values.length; n++) {
        const value = values[n];
        count =
          lists[n]?.push(value === null ? nothing : `${value as string | number | bigint}`) ?? 0;
      }
      return count;
    },
    taken(): readonly string[] {
      const parameters = lists.map((list) => list.join(between));
      lists = empty();
      return parameters;
    },
  };

  function empty(): string[][] {
    return Array.from({ length: columns }, () => []);
  }
}
