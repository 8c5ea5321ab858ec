import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Projection, ViewWriter } from '#libs/views/views';
import { carats } from '#projections/flags/carats';
import { certificates } from '#projections/flags/certificates';
import { discrepancies } from '#projections/flags/discrepancies';
import type { FlagFold } from '#projections/flags/flag';
import { close, flagTables } from '#projections/flags/flag';
import { journeys } from '#projections/flags/journeys';
import { measurements } from '#projections/flags/measurements';
import { moves } from '#projections/flags/moves';
import { reports } from '#projections/flags/reports';
import { sealing } from '#projections/flags/seals';
import { titles } from '#projections/flags/titles';
import { yields } from '#projections/flags/yields';

/**
 * In this order for each event: measurements and reports ask whether a stone is live and yields what
 * it weighs, journeys what is in a shipment.
 */
const folds: readonly FlagFold[] = [
  carats,
  yields,
  certificates,
  reports,
  measurements,
  moves,
  journeys,
  titles,
  sealing,
  discrepancies,
];

const byType = new Map<LedgerEvent['type'], readonly FlagFold[]>();
for (const fold of folds) {
  for (const type of fold.handles) byType.set(type, [...(byType.get(type) ?? []), fold]);
}

/**
 * Red flags over the whole ledger: what looks wrong, by which rule and which events, whoever recorded
 * it. A flag is a question, not a verdict: `FlagClosed` says how it was answered. Without `forget`, it is
 * of what was recorded: a correction neither raises a flag nor takes one back, whoever closes the flag
 * names it (`corrected`).
 */
export const flags: Projection = {
  name: 'flags',
  version: 1,
  tables: [...flagTables, ...folds.flatMap(({ tables }) => tables)],
  handles: [...byType.keys(), 'FlagClosed'],
  project,
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  if (event.type === 'FlagClosed') return close(event, views);
  for (const fold of byType.get(event.type) ?? []) await fold.project(event, views);
}
