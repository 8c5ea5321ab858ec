import type { Options, Row, Where } from '#libs/views/rows';
import type { ColumnType, Table } from '#libs/views/views';

/** A column as a database keeps it. */
export type StoredColumn = Readonly<{ name: string; type: ColumnType; nullable: boolean }>;

/**
 * How a table's rows are stored. What can be asked by (the key and the indexes) has columns of its
 * own; the rest of a row is one JSON list, because each value bound costs more than its bytes.
 */
export type Shape = Readonly<{
  columns: readonly StoredColumn[];
  /** The row's values in the order of the columns, added to `into`; `stored` is how text is kept. */
  encode: (row: Row, into: unknown[], stored: (text: string) => string) => void;
  decode: (kept: Row, told: (stored: string) => string) => Row;
  /**
   * The row with its JSON list made already, for {@link Shape.encode}: two objects in place of all
   * that the row consists of.
   */
  pack: (row: Row) => Row;
  unpack: (packed: Row) => Row;
}>;

const rest = 'rest';
const shapes = new WeakMap<Table, Shape>();

export function shapeOf(table: Table): Shape {
  const known = shapes.get(table);
  if (known) return known;
  const made = makeShape(table);
  shapes.set(table, made);
  return made;
}

/** Throws unless rows are asked for by the key and the indexes only. */
export function checkAsked(table: Table, where: Where, options: Options): void {
  const { orderBy = [], startsWith, atMost, below } = options;
  const asked = [...Object.keys(where), ...orderBy];
  if (startsWith) asked.push(startsWith.column);
  if (atMost) asked.push(atMost.column);
  if (below) asked.push(below.column);
  const askable = askableOf(table);
  for (const column of asked) {
    if (!askable.has(column)) {
      throw new TypeError(`${table.name}.${column} is in no key and no index`);
    }
  }
}

function askableOf(table: Table): ReadonlySet<string> {
  return new Set([...table.key, ...(table.indexes ?? []).flat()]);
}

function makeShape(table: Table): Shape {
  const askable = askableOf(table);
  const all = Object.entries(table.columns).map(([name, declared]) => parsed(name, declared));
  const others = all.filter(({ name }) => !askable.has(name));
  const packed = others.length > 1 ? others : [];
  const own = all.filter((column) => !packed.includes(column));
  const more: StoredColumn = { name: rest, type: 'json', nullable: false };
  return { columns: packed.length > 0 ? [...own, more] : own, encode, decode, pack, unpack };

  function encode(row: Row, into: unknown[], stored: (text: string) => string): void {
    for (const { name, type } of own) {
      const value = row[name];
      if (value === null || value === undefined) into.push(null);
      else if (type === 'text') into.push(stored(value as string));
      else into.push(type === 'json' ? JSON.stringify(value) : value);
    }
    if (packed.length > 0) into.push(row[rest] ?? restOf(row));
  }

  function restOf(row: Row): string {
    const values: unknown[] = [];
    for (const { name } of packed) {
      const value = row[name];
      values.push(typeof value === 'bigint' ? String(value) : value);
    }
    return JSON.stringify(values);
  }

  function pack(row: Row): Row {
    if (packed.length === 0) return row;
    const kept: Record<string, unknown> = { [rest]: restOf(row) };
    for (const { name } of own) kept[name] = row[name];
    return kept;
  }

  function unpack(kept: Row): Row {
    if (packed.length === 0) return kept;
    const row: Record<string, unknown> = {};
    for (const { name } of own) row[name] = kept[name];
    return unfolded(kept[rest] as string, row);
  }

  function decode(kept: Row, told: (stored: string) => string): Row {
    const row: Record<string, unknown> = {};
    for (const { name, type } of own) {
      const value = kept[name];
      if (value === null) row[name] = null;
      else if (type === 'text') row[name] = told(value as string);
      else row[name] = type === 'json' ? JSON.parse(value as string) : typed(type, value);
    }
    return packed.length === 0 ? row : unfolded(kept[rest] as string, row);
  }

  function unfolded(text: string, into: Record<string, unknown>): Row {
    const values = JSON.parse(text) as readonly unknown[];
    for (const [n, { name, type }] of packed.entries()) into[name] = typed(type, values[n]);
    return into;
  }
}

/** Whole numbers come back as the driver likes, 64-bit ones from JSON as text. */
function typed(type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'integer') return Number(value);
  return type === 'bigint' ? BigInt(value as bigint | string) : value;
}

function parsed(name: string, declared: ColumnType | `${ColumnType}?`): StoredColumn {
  const nullable = declared.endsWith('?');
  return { name, type: (nullable ? declared.slice(0, -1) : declared) as ColumnType, nullable };
}
