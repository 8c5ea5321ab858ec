import type { Recorded } from '#events/event';
import { carriersOf } from '#events/kin';
import type { LedgerEvent } from '#events/ledger-event';
import type { Projection, ViewWriter } from '#libs/views/views';
import { borders } from '#projections/flags/borders';
import { carats } from '#projections/flags/carats';
import { certificates } from '#projections/flags/certificates';
import { deadlines, reviewDeadlines } from '#projections/flags/deadlines';
import { discrepancies } from '#projections/flags/discrepancies';
import type { FlagFold } from '#projections/flags/flag';
import { close, dropGrounds, flagTables, reopen } from '#projections/flags/flag';
import { groupTables } from '#projections/flags/groups';
import { invoices } from '#projections/flags/invoices';
import { journeys } from '#projections/flags/journeys';
import { measurements } from '#projections/flags/measurements';
import { moves } from '#projections/flags/moves';
import { joins } from '#projections/flags/places';
import { reports } from '#projections/flags/reports';
import { sealing } from '#projections/flags/seals';
import { settings } from '#projections/flags/settings';
import { titlePapers } from '#projections/flags/title-papers';
import { titles } from '#projections/flags/titles';
import { yields } from '#projections/flags/yields';

/**
 * In this order for each event: measurements and reports ask whether a stone is live and yields what
 * it weighs, journeys, borders and joins what is in a shipment, papers of title what is invoiced.
 */
const folds: readonly FlagFold[] = [
  carats,
  yields,
  certificates,
  reports,
  measurements,
  moves,
  journeys,
  borders,
  joins,
  titles,
  sealing,
  discrepancies,
  deadlines,
  settings,
  invoices,
  titlePapers,
];

const byType = new Map<LedgerEvent['type'], readonly FlagFold[]>();
for (const fold of folds) {
  for (const type of fold.handles) byType.set(type, [...(byType.get(type) ?? []), fold]);
}

const ofShipments: ReadonlySet<FlagFold> = new Set([moves, journeys, borders, joins]);

/**
 * Red flags over the whole ledger: what looks wrong, by which rule and which events, whoever recorded
 * it. A flag is a question, not a verdict: `FlagClosed` says how it was answered. It follows
 * corrections: a flag whose events read otherwise now is gone, and what they show now is raised.
 */
export const flags: Projection = {
  name: 'flags',
  version: 13,
  tables: [...flagTables, ...groupTables, ...folds.flatMap(({ tables }) => tables)],
  handles: [...byType.keys(), 'FlagClosed'],
  project,
  forget,
  witnesses: carriersOf,
  settle: async (stream, views) => {
    for (const fold of folds) await fold.settle?.(stream, views);
  },
  review: reviewDeadlines,
};

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  if (event.type === 'FlagClosed') return close(event, views);
  const isWitness = anew !== undefined && !anew.has(event.stream);
  for (const fold of byType.get(event.type) ?? []) {
    if (!isWitness || ofShipments.has(fold)) await fold.project(event, views, anew);
  }
}

async function forget(stream: string, views: ViewWriter): Promise<void> {
  await dropGrounds(views, stream);
  await reopen(stream, views);
  for (const fold of folds) await fold.forget?.(stream, views);
}
