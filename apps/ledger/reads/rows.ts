import type { ShownStep } from '#projections/history/told';

type Row = Readonly<Record<string, unknown>>;

/**
 * A view's row as the API shows it: names in camel case, positions as text (JSON numbers end at
 * 2^53), the flags of a row as true and false.
 */
export function shownRow(row: object, flags: readonly string[] = []): Row {
  const fields = Object.entries(row).map(([name, value]) => {
    const shown = name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    if (flags.includes(name)) return [shown, value === 1];
    return [shown, typeof value === 'bigint' ? String(value) : (value as unknown)];
  });
  return Object.fromEntries(fields) as Row;
}

export function shownRows(rows: readonly object[], flags: readonly string[] = []): readonly Row[] {
  return rows.map((row) => shownRow(row, flags));
}

/** Steps with the corrections that are of them. */
export function shownSteps(steps: readonly ShownStep[]): readonly Row[] {
  return steps.map(({ corrections, ...step }) => ({
    ...shownRow(step, ['illustrative', 'annulled']),
    corrections: shownRows(corrections),
  }));
}
