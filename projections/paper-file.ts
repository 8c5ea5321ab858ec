import { parseStream } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import { certificateOf } from '#projections/certificates';
import { partiesKnown } from '#projections/counterparties';
import { custodyOf } from '#projections/custody';
import type { ShownStep } from '#projections/history/told';
import { historyOf } from '#projections/history/told';
import { itemOf } from '#projections/jewellery';
import { partyOf } from '#projections/parties';
import { reportOf } from '#projections/reports';
import { shipmentOf } from '#projections/shipments';
import { titleOf } from '#projections/title';

/**
 * A certificate, shipment, report, party or piece of jewellery: its row, and who holds and owns the
 * last.
 */
export type PaperFile = Readonly<{
  subject: string;
  row: Readonly<Record<string, unknown>>;
  steps: readonly ShownStep[];
  /** Names of those who acted, by id. */
  names: Readonly<Record<string, string>>;
}>;

/** Reads it; `undefined` for a stream that is none of them, or is not known. */
export async function paperFileOf(
  views: ViewReader,
  subject: string,
): Promise<PaperFile | undefined> {
  const row = await rowOf(views, subject);
  if (!row) return undefined;
  const steps = await historyOf(views, subject);
  const names: Record<string, string> = {};
  for (const { by } of steps) names[by] ??= (await partyOf(views, by))?.name ?? by;
  return { subject, row, steps, names };
}

async function rowOf(
  views: ViewReader,
  subject: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { category, id = '' } = parseStream(subject) ?? {};
  switch (category) {
    case 'certificate':
      return certificateOf(views, id);
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
      const owner = (await titleOf(views, subject))?.owner ?? null;
      const custodian = (await custodyOf(views, subject))?.custodian ?? null;
      return { ...item, owner, custodian };
    }
    default:
      return undefined;
  }
}
