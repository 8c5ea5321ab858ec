import type { Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { OriginDeclared } from '#events/stone';
import type { Origin } from '#events/values';
import { anyShare, declareOrigin, eitherOrigin, unknownOrigin } from '#libs/origin/origin';
import { cleaned, goodsOf, put, together, without } from '#libs/parcel/parcel-content';
import type { Goods } from '#libs/parcel/parcel-content';
import { originOfMine } from '#libs/trade/recovery';
import { taken, weighed } from '#libs/trade/weight';
import type { Range } from '#libs/trade/weight';
import type { CardView } from '#projections/history/history';
import { forgetSubject } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/** Who declared which origin, for what. A claim: it adds countries and never removes one. */
export type OriginClaim = Readonly<{
  by: string;
  at: When;
  position: string;
  purpose: OriginDeclared['data']['purpose'];
  origin: Origin;
}>;

/** Where goods could have been mined; `basis` says what the ledger's own record starts from. */
export type OriginView = Readonly<{
  subject: string;
  basis: 'recovered' | 'history-opened' | 'from-parent' | 'mixed';
  origin: Origin;
  claims: readonly OriginClaim[];
}>;

/** What is shown of it: what a laboratory grew was mined nowhere, whatever it was taken for before. */
export type ShownOrigin = OriginView & Readonly<{ mined: boolean }>;

/** The origin as it is shown of goods that are laboratory-grown, or are not. */
export function shownOf(view: OriginView, { laboratory_grown: grown }: CardView): ShownOrigin {
  return grown === 0 ? { ...view, mined: true } : { ...view, origin: unknownOrigin, mined: false };
}

/** `null` stands for a weight without an upper bound: JSON has no infinity. */
type PackedRange = Readonly<{ min: number; max: number | null }>;
type PackedGoods = Readonly<{
  whole: PackedRange;
  out: PackedRange;
  slack: number;
  scale: number;
  basis: Goods['basis'];
  pieces: number | null;
}>;

type OriginRow = OriginView & Readonly<{ parcel: PackedGoods | null }>;

const origins: Table<OriginRow> = {
  name: 'origin',
  columns: { subject: 'text', basis: 'text', origin: 'json', claims: 'json', parcel: 'json?' },
  key: ['subject'],
};

/**
 * The set of countries each stone and parcel could come from, with share bounds (domain I6, I7).
 * Parcels carry what they weigh: shares of a mix and of a rest follow from it.
 */
export const origin: Projection = {
  name: 'origin',
  version: 3,
  tables: [origins],
  handles: [
    'RoughDiamondRecovered',
    'ProductionLotRecovered',
    'HistoryOpened',
    'StoneOpened',
    'ParcelOpened',
    'MixReceived',
    'ParcelSorted',
    'ParcelSplit',
    'StoneSingledOut',
    'CustodyReleased',
    'CustodyAccepted',
    'OriginDeclared',
    'OriginContestResolved',
    'OriginContestFollowed',
    'IdentitiesMerged',
    'ParcelHistoryOpened',
    'ManufacturingStarted',
    'ManufacturingLossRecorded',
    'PolishedParcelProduced',
    'LaboratoryGrownDetected',
    'RoughCleaned',
    'MeleeSet',
    'MeleeReturned',
  ],
  project,
  forget: forgetSubject(origins),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  switch (event.type) {
    case 'RoughDiamondRecovered': {
      const found = originOfMine(event.data, 'identity-preserved');
      return putStone(views, subject, 'recovered', found);
    }
    case 'HistoryOpened':
      return putStone(views, subject, 'history-opened', event.data.origin);
    case 'StoneOpened':
      return putStone(views, subject, 'from-parent', event.data.origin);
    case 'ProductionLotRecovered': {
      const goods = goodsOf(event.data.content, originOfMine(event.data, 'segregated'));
      return putParcel(views, { subject, basis: 'recovered', claims: [] }, goods);
    }
    case 'ParcelOpened': {
      const goods = goodsOf(event.data.content, event.data.origin);
      return putParcel(views, { subject, basis: 'from-parent', claims: [] }, goods);
    }
    case 'ParcelHistoryOpened': {
      const goods = goodsOf(event.data.content, event.data.origin);
      return putParcel(views, { subject, basis: 'history-opened', claims: [] }, goods);
    }
    case 'ManufacturingStarted':
    case 'ManufacturingLossRecorded':
    case 'LaboratoryGrownDetected':
    case 'RoughCleaned':
      if (subject.startsWith('stone-')) return;
      break;
    case 'CustodyReleased':
    case 'CustodyAccepted':
      if (!event.data.weight || subject.startsWith('stone-')) return;
  }
  const row = await views.get(origins, { subject });
  const goods = row && unpacked(row);
  switch (event.type) {
    case 'OriginDeclared': {
      if (!row) return;
      const { origin: declared } = event.data;
      const claims = [...row.claims, claimOf(event)];
      return views.put(origins, { ...row, origin: declareOrigin(row.origin, declared), claims });
    }
    case 'OriginContestResolved':
    case 'IdentitiesMerged': {
      const { origin: also } = event.data;
      if (!row || !also) return;
      return views.put(origins, { ...row, origin: declareOrigin(row.origin, also) });
    }
    case 'OriginContestFollowed': {
      if (!row) return;
      return views.put(origins, { ...row, origin: eitherOrigin(row.origin, event.data.origin) });
    }
    case 'MixReceived': {
      const incoming = goodsOf(event.data.content, event.data.origin);
      if (row && goods) return putParcel(views, row, together(goods, incoming));
      return putParcel(views, { subject, basis: 'mixed', claims: [] }, incoming);
    }
  }
  if (!row || !goods) return;
  switch (event.type) {
    case 'ParcelSorted':
    case 'ParcelSplit': {
      const contents = event.data.parts.map(({ content }) => content);
      const loss = event.type === 'ParcelSorted' ? event.data.loss : undefined;
      return putParcel(views, row, without(goods, contents, loss));
    }
    case 'LaboratoryGrownDetected': {
      const { part } = event.data;
      return part && putParcel(views, row, without(goods, [part.content]));
    }
    case 'MeleeSet':
      return putParcel(views, row, without(goods, [event.data.content]));
    case 'MeleeReturned':
      return putParcel(views, row, put(goods, event.data.content));
    case 'ManufacturingStarted':
      return putParcel(views, row, { ...goods, pieces: null, origin: anyShare(goods.origin) });
    case 'PolishedParcelProduced': {
      const balance = taken(goods.balance, [event.data.content.weight]);
      return putParcel(views, row, { ...goods, balance });
    }
    case 'ManufacturingLossRecorded': {
      const balance = taken(goods.balance, [], event.data.weight);
      return putParcel(views, row, { ...goods, balance });
    }
    case 'RoughCleaned':
      return putParcel(views, row, cleaned(goods, event.data.weightAfter));
    case 'StoneSingledOut':
      return putParcel(views, row, without(goods, [{ weight: event.data.weight, pieces: 1 }]));
    case 'CustodyReleased':
    case 'CustodyAccepted': {
      const balance = weighed(goods.balance, event.data.weight);
      return putParcel(views, row, { ...goods, balance });
    }
  }
}

/** A claim as it is shown. */
export function claimOf({ data, meta, position }: Recorded<OriginDeclared>): OriginClaim {
  const { purpose, origin: declared } = data;
  return { by: meta.by, at: meta.at, position: String(position), purpose, origin: declared };
}

function putStone(
  views: ViewWriter,
  subject: string,
  basis: OriginView['basis'],
  found: Origin,
): void {
  views.put(origins, { subject, basis, origin: found, claims: [], parcel: null });
}

function putParcel(
  views: ViewWriter,
  { subject, basis, claims }: Omit<OriginView, 'origin'>,
  { origin: found, balance, ...goods }: Goods,
): void {
  const parcel: PackedGoods = {
    whole: packedRange(balance.whole),
    out: packedRange(balance.out),
    slack: balance.slack,
    scale: balance.scale,
    ...goods,
  };
  views.put(origins, { subject, basis, origin: found, claims, parcel });
}

function unpacked({ origin: found, parcel }: OriginRow): Goods | undefined {
  if (!parcel) return undefined;
  const { whole, out, slack, scale, basis, pieces } = parcel;
  const balance = { whole: range(whole), out: range(out), slack, scale };
  return { balance, basis, pieces, origin: found };
}

function packedRange({ min, max }: Range): PackedRange {
  return { min, max: max === Infinity ? null : max };
}

function range({ min, max }: PackedRange): Range {
  return { min, max: max ?? Infinity };
}

/** Where the goods of a stream could come from; `undefined` when the ledger does not know them. */
export async function originOf(
  views: ViewReader,
  subject: string,
): Promise<OriginView | undefined> {
  const row = await views.get(origins, { subject });
  if (!row) return undefined;
  const { parcel: _parcel, ...view } = row;
  return view;
}
