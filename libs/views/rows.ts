import type { ListOptions, Projection, Table } from '#libs/views/views';

export type Row = Readonly<Record<string, unknown>>;
export type Where = Row;
export type Options = ListOptions<Record<string, unknown>>;

/** A row to write, or without `row` to remove. */
export type Change = Readonly<{ key: Row; row?: Row }>;

/** What one batch changed, by table and key. */
export type Changes = ReadonlyMap<Table, ReadonlyMap<string, Change>>;

/** One text per key, different for different keys. */
export function keyText(table: Table, row: Row): string {
  const [only] = table.key;
  if (only !== undefined && table.key.length === 1) return part(table, row, only);
  let text = '';
  for (const column of table.key) {
    const value = part(table, row, column);
    text += `${value.length}:${value}`;
  }
  return text;
}

function part(table: Table, row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw new TypeError(`${table.name}.${column} is part of the key and is ${String(value)}`);
}

export function keyOf(table: Table, row: Row): Row {
  return Object.fromEntries(table.key.map((column) => [column, row[column]]));
}

export function matches(row: Row, where: Where, options: Options): boolean {
  for (const column of Object.keys(where)) {
    if (row[column] !== where[column]) return false;
  }
  const { startsWith, atMost, below } = options;
  if (startsWith) {
    const value = row[startsWith.column];
    if (typeof value !== 'string' || !value.startsWith(startsWith.text)) return false;
  }
  if (atMost && !(against(row, atMost) <= 0)) return false;
  return !below || against(row, below) < 0;
}

/** How a value stands to a bound; NaN, which is on no side of it, when there is none. */
function against(row: Row, { column, value }: NonNullable<Options['atMost']>): number {
  const own = row[column];
  return own === null || own === undefined ? Number.NaN : compare(own, value);
}

/** The rows in the order the options ask for, cut at their limit. */
export function ordered(table: Table, rows: readonly Row[], options: Options): readonly Row[] {
  const columns = options.orderBy ?? table.key;
  const sign = options.descending ? -1 : 1;
  const sorted = rows.toSorted((a, b) => {
    for (const column of columns) {
      const order = compare(a[column], b[column]);
      if (order !== 0) return sign * order;
    }
    return 0;
  });
  return options.limit === undefined ? sorted : sorted.slice(0, options.limit);
}

/** Numbers by size, text by code point, as SQL engines order UTF-8. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : compareText(a, b);
  const [left, right] = [a as number | bigint, b as number | bigint];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** UTF-16 order differs from code point order where a surrogate meets U+E000 … U+FFFF. */
function compareText(a: string, b: string): number {
  let i = 0;
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
}

function rank(unit: number): number {
  if (Number.isNaN(unit)) return -1;
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** The projection each table belongs to; refuses a table name used twice. */
export function owners(projections: readonly Projection[]): ReadonlyMap<Table, Projection> {
  const found = new Map<Table, Projection>();
  const names = new Set<string>();
  for (const projection of projections) {
    for (const table of projection.tables) {
      if (names.has(table.name)) throw new TypeError(`two tables are called ${table.name}`);
      names.add(table.name);
      found.set(table, projection);
    }
  }
  return found;
}
