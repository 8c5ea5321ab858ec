import { parseStream } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import { certificateOf, standingOn } from '#projections/certificates';
import { partiesKnown } from '#projections/counterparties';
import { holderIn } from '#projections/custody';
import type { ShownStep } from '#projections/history/told';
import { historyOf } from '#projections/history/told';
import { itemOf } from '#projections/jewellery';
import { partyOf } from '#projections/parties';
import { reportOf } from '#projections/reports';
import { bearingOf } from '#projections/setting';
import { shipmentOf } from '#projections/shipments';

/**
 * A certificate, shipment, report, party or piece of jewellery: its row, and of the last who holds
 * and owns it and what lies on it.
 */
export type PaperFile = Readonly<{
  subject: string;
  row: Readonly<Record<string, unknown>>;
  steps: readonly ShownStep[];
  /** Names of those who acted, by id. */
  names: Readonly<Record<string, string>>;
}>;

/**
 * Reads it; `undefined` for a stream that is none of them, or is not known. `on` is the day,
 * `YYYY-MM-DD`, on which a certificate that nobody used may have expired.
 */
export async function paperFileOf(
  views: ViewReader,
  subject: string,
  on: string,
): Promise<PaperFile | undefined> {
  const row = await rowOf(views, subject, on);
  if (!row) return undefined;
  const steps = await historyOf(views, subject);
  const names: Record<string, string> = {};
  for (const { by } of steps) names[by] ??= (await partyOf(views, by))?.name ?? by;
  return { subject, row, steps, names };
}

async function rowOf(
  views: ViewReader,
  subject: string,
  on: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { category, id = '' } = parseStream(subject) ?? {};
  switch (category) {
    case 'certificate': {
      const row = await certificateOf(views, id);
      return row && { ...row, on, standing: standingOn(row, on) };
    }
    case 'shipment':
      return shipmentOf(views, id);
    case 'report':
      return reportOf(views, id);
    case 'party': {
      const party = await partyOf(views, id);
      return party && { ...party, ...(await partiesKnown(views, [id]))[id] };
    }
    case 'jewellery': {
      const item = await itemOf(views, id);
      if (!item) return undefined;
      const { custody, title, bonds } = await bearingOf(views, subject);
      const { owner = null, shares = null } = title ?? {};
      return { ...item, owner, shares, custodian: holderIn(custody), bonds };
    }
    default:
      return undefined;
  }
}
