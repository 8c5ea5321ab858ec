import type { Place, Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { CustodyPurpose } from '#events/trade';
import { forgetSubject } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';
import { usesUp, usingUp } from '#projections/used-up';
import { type Ending, endedBy, endingColumns, lasting } from '#projections/interval';

/** How somebody came to hold goods. */
export type CustodyBasis =
  | 'recovered'
  | 'history-opened'
  | 'from-parent'
  | 'mixed'
  | 'accepted'
  | 'found'
  | 'seized'
  | 'unset'
  | 'made'
  | 'returned'
  | 'repurchased';

/** One interval of possession; `until` is `null` while it lasts. Positions are the ledger's. */
export type CustodyInterval = Ending &
  Readonly<{
    subject: string;
    custodian: string;
    basis: CustodyBasis;
    since: When;
    since_position: bigint;
    since_recorded_at: string;
    place: Place | null;
  }>;

/** Let go and not yet accepted or refused. */
export type PendingRelease = Readonly<{ to: string; purpose: CustodyPurpose; at: When }>;

/** The last interval; a consumed stone or parcel is in nobody's hands any more. */
export type Custody = CustodyInterval &
  Readonly<{ released_to: string | null; release: PendingRelease | null; consumed: number }>;

const intervalColumns = {
  subject: 'text',
  custodian: 'text',
  basis: 'text',
  since: 'json',
  since_position: 'bigint',
  since_recorded_at: 'text',
  place: 'json?',
  ...endingColumns,
} as const;

const custodyNow: Table<Custody> = {
  name: 'custody',
  columns: { ...intervalColumns, released_to: 'text?', release: 'json?', consumed: 'integer' },
  key: ['subject'],
  indexes: [['custodian', 'consumed'], ['released_to']],
};

/** Intervals that are over. */
const custodyPast: Table<CustodyInterval> = {
  name: 'custody_past',
  columns: intervalColumns,
  key: ['since_position'],
  indexes: [['subject']],
  appendOnly: true,
};

/** Who holds each stone and parcel, and who held it before: possession, not ownership. */
export const custody: Projection = {
  name: 'custody',
  version: 2,
  tables: [custodyNow, custodyPast],
  handles: [
    'RoughDiamondRecovered',
    'ProductionLotRecovered',
    'HistoryOpened',
    'StoneOpened',
    'ParcelOpened',
    'MixReceived',
    'MixReturned',
    'CustodyReleased',
    'CustodyAccepted',
    'CustodyRefused',
    'CustodyReleaseWithdrawn',
    'Recovered',
    'Seized',
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
  forget: forgetSubject(custodyNow, custodyPast),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  switch (event.type) {
    case 'RoughDiamondRecovered':
    case 'ProductionLotRecovered':
      return open(event, views, event.meta.by, 'recovered');
    case 'JewelleryItemMade':
      return open(event, views, event.meta.by, 'made');
    case 'HistoryOpened':
    case 'ParcelHistoryOpened':
      return open(event, views, event.meta.by, 'history-opened');
    case 'StoneOpened':
    case 'ParcelOpened':
      return open(event, views, event.data.custodian, 'from-parent');
  }
  const row = await views.get(custodyNow, { subject: event.stream });
  if (event.type === 'MixReceived' && !row) {
    return open(event, views, event.data.custodian, 'mixed');
  }
  if (!row) return;
  if (usesUp(event.type) || event.type === 'RetailSold') {
    return views.put(custodyNow, { ...row, ...endedBy(event), consumed: 1 });
  }
  switch (event.type) {
    case 'CustodyReleased': {
      const { to, purpose } = event.data;
      const release = { to, purpose, at: event.meta.at };
      return views.put(custodyNow, { ...row, released_to: to, release });
    }
    case 'CustodyRefused':
    case 'CustodyReleaseWithdrawn':
      return views.put(custodyNow, { ...row, released_to: null, release: null });
    case 'CustodyAccepted':
      return pass(event, views, row, event.data.to, 'accepted');
    case 'Recovered':
      return pass(event, views, row, event.data.custodian, 'found');
    case 'Seized':
      return pass(event, views, row, event.data.custodian, 'seized');
    case 'ReturnedByCustomer':
    case 'Repurchased':
      return back(event, views, row);
    case 'StoneUnset':
      return pass(event, views, row, event.data.custodian, 'unset');
    case 'IdentityRestored':
    case 'MixReturned':
      return views.put(custodyNow, { ...row, ...lasting, consumed: 0 });
  }
}

/** While a consumer has it, nobody of the trade does: the gap stays between the intervals. */
function back(event: Recorded<LedgerEvent>, views: ViewWriter, row: Custody): void {
  const { released_to: _to, release: _release, consumed: _consumed, ...interval } = row;
  views.put(custodyPast, interval);
  const basis = event.type === 'Repurchased' ? 'repurchased' : 'returned';
  open(event, views, event.meta.by, basis);
}

/** Possession moved; goods that stay in the same hands are only no longer on their way. */
function pass(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  row: Custody,
  custodian: string,
  basis: CustodyBasis,
): void {
  const { released_to: _to, release: _release, consumed: _consumed, ...interval } = row;
  if (custodian === row.custodian && basis !== 'accepted') {
    return views.put(custodyNow, { ...row, released_to: null, release: null });
  }
  views.put(custodyPast, { ...interval, ...endedBy(event) });
  open(event, views, custodian, basis);
}

function open(
  { stream, meta, position, recordedAt }: Recorded<LedgerEvent>,
  views: ViewWriter,
  custodian: string,
  basis: CustodyBasis,
): void {
  views.put(custodyNow, {
    subject: stream,
    custodian,
    basis,
    since: meta.at,
    since_position: position,
    since_recorded_at: recordedAt,
    place: meta.place ?? null,
    ...lasting,
    released_to: null,
    release: null,
    consumed: 0,
  });
}

/** Who holds the goods of a stream now; `undefined` when the ledger does not know them. */
export async function custodyOf(views: ViewReader, subject: string): Promise<Custody | undefined> {
  return views.get(custodyNow, { subject });
}

/** The custodian of that row; `null` once a consumer has the goods, or they were used up. */
export function holderIn(row: Custody | undefined): string | null {
  return row?.consumed === 0 ? row.custodian : null;
}

/** Everybody who held the goods of a stream, from the first. */
export async function custodyChain(
  views: ViewReader,
  subject: string,
): Promise<readonly CustodyInterval[]> {
  const now = await views.get(custodyNow, { subject });
  if (!now) return [];
  const past = await views.list(custodyPast, { subject });
  const { released_to: _to, release: _release, consumed: _consumed, ...current } = now;
  return [...past, current];
}

/** What a party holds. */
export async function heldBy(views: ViewReader, party: string): Promise<readonly Custody[]> {
  return views.list(custodyNow, { custodian: party, consumed: 0 });
}

/** What was released to a party and waits for its answer. */
export async function awaiting(views: ViewReader, party: string): Promise<readonly Custody[]> {
  return views.list(custodyNow, { released_to: party });
}
