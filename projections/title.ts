import type { DocumentRef, Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { TitleTransferred } from '#events/trade';
import type { Money, SaleChannel, TitleShare } from '#events/values';
import { soleOwner } from '#libs/trade/holding';
import { forgetRows, forgetSubject } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';
import { usesUp, usingUp } from '#projections/used-up';
import { type Ending, endedBy, endingColumns, lasting } from '#projections/interval';

/** How a segment of the chain of title began. `unknown-before`: older than the ledger's record. */
export type TitleBasis =
  | 'recovered'
  | 'unknown-before'
  | 'history-opened'
  | 'from-parent'
  | 'mixed'
  | 'forfeiture'
  | 'unset'
  | 'made'
  | 'retail'
  | 'returned'
  | 'repurchased'
  | TitleTransferred['data']['basis'];

/** The papers of a link: an invoice's number and price, and every document with its hash. */
export type TitlePapers = Readonly<{
  invoiceNo?: string;
  price?: Money;
  documents?: readonly DocumentRef[];
  /** What a party said its title rests on when it brought an older stone in. */
  statedBasis?: string;
}>;

/**
 * One segment of the chain of title. `owner` is `null` while nobody is known to hold the title: a
 * gap is a segment of its own (domain I8); so is title in `shares`, which are `null` otherwise.
 * `since` is `null` when nobody knows its beginning.
 */
export type TitleSegment = Ending &
  Readonly<{
    subject: string;
    owner: string | null;
    shares: readonly TitleShare[] | null;
    basis: TitleBasis;
    since: When | null;
    since_position: bigint;
    since_recorded_at: string;
    papers: TitlePapers;
  }>;

/** The open offer or, with `buyer`, the award that still waits for the title to move. */
export type Offer = Readonly<{ channel: SaleChannel; lotNo?: string; buyer?: string }>;

export type Title = TitleSegment & Readonly<{ offer: Offer | null; consumed: number }>;

const segmentColumns = {
  subject: 'text',
  owner: 'text?',
  shares: 'json?',
  basis: 'text',
  since: 'json?',
  since_position: 'bigint',
  since_recorded_at: 'text',
  papers: 'json',
  ...endingColumns,
} as const;

const titleNow: Table<Title> = {
  name: 'title',
  columns: { ...segmentColumns, offer: 'json?', consumed: 'integer' },
  key: ['subject'],
  indexes: [['owner', 'consumed']],
};

/** Segments that are over; by the position where they ended. */
const titlePast: Table<TitleSegment> = {
  name: 'title_past',
  columns: segmentColumns,
  key: ['until_position'],
  indexes: [['subject']],
  appendOnly: true,
};

/** Who holds a share of goods that several own now. */
const titleShares: Table<TitleShare & Readonly<{ subject: string }>> = {
  name: 'title_share',
  columns: { subject: 'text', party: 'text', ppm: 'integer' },
  key: ['subject', 'party'],
  indexes: [['party']],
};

/** Who owns each stone and parcel, on what basis, and who owned it before. */
export const title: Projection = {
  name: 'title',
  version: 3,
  tables: [titleNow, titlePast, titleShares],
  handles: [
    'RoughDiamondRecovered',
    'ProductionLotRecovered',
    'HistoryOpened',
    'StoneOpened',
    'ParcelOpened',
    'MixReceived',
    'MixReturned',
    'OfferedForSale',
    'LotAwarded',
    'TitleTransferred',
    'TitleShareTransferred',
    'TitleContestResolved',
    'OfferWithdrawn',
    'AwardEnded',
    'Forfeited',
    'ParcelHistoryOpened',
    'StoneUnset',
    'IdentityRestored',
    'JewelleryItemMade',
    'RetailSold',
    'ReturnedByCustomer',
    'Repurchased',
    ...usingUp,
  ],
  project,
  forget: forgetSubject(titleNow, titlePast, titleShares),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  switch (event.type) {
    case 'RoughDiamondRecovered':
    case 'ProductionLotRecovered':
      return open(event, views, event.meta.by, 'recovered');
    case 'JewelleryItemMade':
      return open(event, views, event.meta.by, 'made');
    case 'HistoryOpened':
    case 'ParcelHistoryOpened': {
      const { owner = null, basis } = event.data;
      const before = segment(event, null, 'unknown-before', {});
      views.put(titlePast, { ...before, since: null, ...endedBy(event) });
      return open(event, views, owner, 'history-opened', { statedBasis: basis });
    }
    case 'StoneOpened':
    case 'ParcelOpened':
      return open(event, views, ownersIn(event.data), 'from-parent');
  }
  const row = await views.get(titleNow, { subject: event.stream });
  if (event.type === 'MixReceived' && !row) {
    return open(event, views, ownersIn(event.data), 'mixed');
  }
  if (!row) return;
  if (usesUp(event.type)) return views.put(titleNow, { ...row, ...endedBy(event), consumed: 1 });
  switch (event.type) {
    case 'OfferedForSale': {
      const { channel, lotNo } = event.data;
      const offer = { channel, ...(lotNo !== undefined && { lotNo }) };
      return views.put(titleNow, { ...row, offer });
    }
    case 'LotAwarded': {
      const { channel, buyer } = event.data;
      return views.put(titleNow, { ...row, offer: { ...row.offer, channel, buyer } });
    }
    case 'OfferWithdrawn':
    case 'AwardEnded':
      return views.put(titleNow, { ...row, offer: null });
    case 'Forfeited':
      return pass(event, views, row, event.data.to, 'forfeiture');
    case 'RetailSold': {
      const { receiptNo: invoiceNo, price } = event.data;
      return pass(event, views, row, null, 'retail', { invoiceNo, ...(price && { price }) });
    }
    case 'ReturnedByCustomer':
      return pass(event, views, row, event.meta.by, 'returned');
    case 'Repurchased':
      return pass(event, views, row, event.meta.by, 'repurchased');
    case 'StoneUnset':
      if (event.data.owner === row.owner && !event.data.shares && !row.shares) return;
      return pass(event, views, row, ownersIn(event.data), 'unset');
    case 'TitleTransferred':
      return pass(event, views, row, event.data.to, event.data.basis, paid(event.data));
    case 'TitleShareTransferred':
      return pass(event, views, row, event.data.shares, event.data.basis, paid(event.data));
    case 'TitleContestResolved':
      if (!event.data.passed) return;
      return pass(event, views, row, event.data.passed.to, 'court');
    case 'IdentityRestored':
    case 'MixReturned':
      return views.put(titleNow, { ...row, ...lasting, consumed: 0 });
  }
}

async function pass(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  row: Title,
  owners: Owners,
  basis: TitleBasis,
  papers: TitlePapers = {},
): Promise<void> {
  const { offer: _offer, consumed: _consumed, ...past } = row;
  views.put(titlePast, { ...past, ...endedBy(event) });
  if (row.shares) await forgetRows(views, titleShares, { subject: row.subject });
  open(event, views, owners, basis, papers);
}

function paid({ invoiceNo, price }: Pick<TitleTransferred['data'], 'invoiceNo' | 'price'>) {
  return { ...(invoiceNo !== undefined && { invoiceNo }), ...(price && { price }) };
}

/** One party, nobody known, or several with their shares. */
type Owners = string | null | readonly TitleShare[];

function ownersIn({
  owner,
  shares,
}: Readonly<{ owner: string | null; shares?: readonly TitleShare[] }>): Owners {
  return shares ?? owner;
}

function open(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  owners: Owners,
  basis: TitleBasis,
  papers: TitlePapers = {},
): void {
  const begun = segment(event, owners, basis, papers);
  views.put(titleNow, { ...begun, offer: null, consumed: 0 });
  const { subject } = begun;
  for (const { party, ppm } of begun.shares ?? []) views.put(titleShares, { subject, party, ppm });
}

function segment(
  { stream, meta, position, recordedAt }: Recorded<LedgerEvent>,
  owners: Owners,
  basis: TitleBasis,
  papers: TitlePapers,
): TitleSegment {
  const { documents } = meta;
  const isOne = owners === null || typeof owners === 'string';
  const owner = isOne ? owners : soleOwner(owners);
  return {
    subject: stream,
    owner,
    shares: isOne || owners.length < 2 ? null : owners,
    basis,
    since: meta.at,
    since_position: position,
    since_recorded_at: recordedAt,
    papers: documents ? { ...papers, documents } : papers,
    ...lasting,
  };
}

/** Who owns the goods of a stream; `undefined` when the ledger does not know them. */
export async function titleOf(views: ViewReader, subject: string): Promise<Title | undefined> {
  return views.get(titleNow, { subject });
}

/** The chain of title from the first segment on, gaps included. */
export async function titleChain(
  views: ViewReader,
  subject: string,
): Promise<readonly TitleSegment[]> {
  const now = await views.get(titleNow, { subject });
  if (!now) return [];
  const past = await views.list(titlePast, { subject });
  const { offer: _offer, consumed: _consumed, ...current } = now;
  return [...past, current];
}

/** Goods a party owns with others, those below a subject first. */
export async function sharedBy(
  views: ViewReader,
  party: string,
  below: string,
  limit: number,
): Promise<readonly string[]> {
  const bound = { below: { column: 'subject', value: below } } as const;
  const range = { ...bound, orderBy: ['subject'], descending: true, limit } as const;
  return (await views.list(titleShares, { party }, range)).map(({ subject }) => subject);
}

/** What a party owns, alone or with others. */
export async function ownedBy(views: ViewReader, party: string): Promise<readonly Title[]> {
  const owned = [...(await views.list(titleNow, { owner: party, consumed: 0 }))];
  for (const { subject } of await views.list(titleShares, { party })) {
    const shared = await views.get(titleNow, { subject });
    if (shared?.consumed === 0) owned.push(shared);
  }
  return owned;
}
