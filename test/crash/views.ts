import type { ViewReader } from '#libs/views/views';
import { projections } from '#projections/projections';

export const keptViews = projections;

/** Where rows of two readers differ, table by table in the order of their keys. */
export async function differences(a: ViewReader, b: ViewReader): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of keptViews.flatMap(({ tables }) => tables)) {
    const [left, right] = [await a.list(table, {}), await b.list(table, {})];
    if (left.length !== right.length) {
      found.push(`${table.name}: ${left.length} rows, not ${right.length}`);
    }
    for (const [i, row] of left.entries()) {
      const [is, should] = [textOf(row), textOf(right[i])];
      if (is !== should) found.push(`${table.name}: ${is}, not ${should}`);
    }
  }
  return found.slice(0, 20);
}

function textOf(row: object | undefined): string {
  const members = Object.entries(row ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(members, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}
