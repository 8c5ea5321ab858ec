import type { Projection, ViewReader } from '#libs/views/views';

/** Every row of every table, as text: two sets of views are equal when their dumps are. */
export async function dump(
  reader: ViewReader,
  projections: readonly Projection[],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows: Record<string, readonly string[]> = {};
  for (const table of projections.flatMap(({ tables }) => tables)) {
    rows[table.name] = (await reader.list(table, {})).map(asText);
  }
  return rows;
}

/** The first row in which two dumps differ, `undefined` when they are equal. */
export function firstDifference(
  a: Readonly<Record<string, readonly string[]>>,
  b: Readonly<Record<string, readonly string[]>>,
): Readonly<{ table: string; a: string | undefined; b: string | undefined }> | undefined {
  for (const table of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [left = [], right = []] = [a[table], b[table]];
    for (let n = 0; n < Math.max(left.length, right.length); n++) {
      if (left[n] !== right[n]) return { table, a: left[n], b: right[n] };
    }
  }
  return undefined;
}

function asText(row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(sorted(row), (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
}

function sorted(row: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}
