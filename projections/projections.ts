import { certificates } from '#projections/certificates';
import { counterparties } from '#projections/counterparties';
import { custody } from '#projections/custody';
import { flags } from '#projections/flags/flags';
import { history } from '#projections/history/history';
import { jewellery } from '#projections/jewellery';
import { lineage } from '#projections/lineage';
import { origin } from '#projections/origin';
import { parties } from '#projections/parties';
import { reports } from '#projections/reports';
import { rulebooks } from '#projections/rulebooks';
import { sanctions } from '#projections/sanctions';
import { search } from '#projections/search';
import { shipments } from '#projections/shipments';
import { standing } from '#projections/standing';
import { statistics } from '#projections/statistics/statistics';
import { title } from '#projections/title';
import { unfinished } from '#projections/unfinished';
import type { Projection } from '#libs/views/views';

/** Everything that is kept of the ledger for readers. */
export const projections: readonly Projection[] = [
  custody,
  title,
  origin,
  lineage,
  history,
  search,
  parties,
  counterparties,
  rulebooks,
  sanctions,
  certificates,
  shipments,
  reports,
  jewellery,
  standing,
  unfinished,
  flags,
  statistics,
];

/**
 * What questions about the past of single things are answered from. The others are of the whole
 * ledger, or find things by what they bear.
 */
export const ofSingleThings: readonly Projection[] = projections.filter(
  (each) => ![search, unfinished, flags, statistics].includes(each),
);
