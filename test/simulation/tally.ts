import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Changes } from '#libs/views/rows';
import type { Projection, Table, ViewWriter } from '#libs/views/views';
import { projections } from '#projections/projections';

type Counted = Readonly<{ position: bigint; times: number }>;
type Sum = Readonly<{ name: string; events: number; last: bigint }>;

const counted: Table<Counted> = {
  name: 'tally',
  columns: { position: 'bigint', times: 'integer' },
  key: ['position'],
};

const sums: Table<Sum> = {
  name: 'tally_sum',
  columns: { name: 'text', events: 'integer', last: 'bigint' },
  key: ['name'],
};

/**
 * Counts every event: other projections may give the same rows when an event is given to them
 * twice, this one never does.
 */
export const tally: Projection = {
  name: 'tally',
  version: 1,
  tables: [counted, sums],
  handles: [...new Set(projections.flatMap(({ handles }) => handles))],
  project,
};

/** Everything that is kept in a simulated world. */
export const kept: readonly Projection[] = [...projections, tally];

async function project({ position }: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const before = await views.get(counted, { position });
  views.put(counted, { position, times: (before?.times ?? 0) + 1 });
  const sum = await views.get(sums, { name: 'all' });
  views.put(sums, { name: 'all', events: (sum?.events ?? 0) + 1, last: position });
}

/** The positions a commit counts, in order; `undefined` when the tally is not part of it. */
export function countedIn(changes: Changes): readonly bigint[] {
  const rows = [...(changes.get(counted as Table)?.values() ?? [])];
  return rows.map(({ key }) => key['position'] as bigint).sort((a, b) => (a < b ? -1 : 1));
}

/** Asks a set of tables for the last position that it counted. */
export async function lastCounted(
  fetch: (table: Table, key: Readonly<Record<string, unknown>>) => Promise<unknown>,
): Promise<bigint> {
  const sum = (await fetch(sums as Table, { name: 'all' })) as Sum | undefined;
  return sum?.last ?? 0n;
}
