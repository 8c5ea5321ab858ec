import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { daysOf } from '#libs/decider/when';
import { prefixOn } from '#libs/reference/kimberley-eligibility';
import type { Table, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';
import { present } from '#projections/flags/journeys';
import { goodsIn } from '#projections/flags/moves';
import { countryOf } from '#projections/way/place';

/** From an event on: in a country, or `null` wherever a shipment takes them. */
type Stay = Readonly<{ country: string | null; said: FlaggedEvent }>;

/** Where natural rough was, the earliest first; other goods have no row. */
type Rough = Readonly<{ subject: string; stays: readonly Stay[] }>;

const rough: Table<Rough> = {
  name: 'flag_rough',
  columns: { subject: 'text', stays: 'json' },
  key: ['subject'],
};

/**
 * `border-without-shipment` (domain I9): rough was in one participant of the Kimberley Process and is
 * in another, and no shipment of this ledger took it there, which would have asked for its certificate.
 * What left with a shipment is looked at again from where it is seen next.
 */
export const borders: FlagFold = {
  tables: [rough],
  handles: [
    ...present,
    'HistoryOpened',
    'ParcelHistoryOpened',
    'StoneOpened',
    'ParcelOpened',
    'ShipmentDispatched',
  ],
  project,
  forget: (subject, views) => views.delete(rough, { subject }),
};

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  const subject = event.stream;
  switch (event.type) {
    case 'ShipmentDispatched':
      return leave(event, views, anew);
    case 'HistoryOpened':
    case 'ParcelHistoryOpened':
      if (event.data.form !== 'polished') views.put(rough, { subject, stays: staysFrom(event) });
      return;
    case 'StoneOpened':
    case 'ParcelOpened': {
      if (event.data.form === 'polished' || event.data.laboratoryGrown === true) return;
      const parent = await views.get(rough, { subject: event.data.parent.stream });
      const before = parent?.stays.findLast(({ said }) => BigInt(said.position) < event.position);
      return views.put(rough, { subject, stays: before ? [before] : staysFrom(event) });
    }
    case 'RoughDiamondRecovered':
    case 'ProductionLotRecovered':
      return views.put(rough, { subject, stays: staysFrom(event) });
    default:
      return move(event, views);
  }
}

const staysFrom = (event: Recorded<LedgerEvent>): readonly Stay[] => {
  const country = countryOf(event);
  return country === null ? [] : [{ country, said: flaggedEvent(event) }];
};

async function leave(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew: ReadonlySet<string> | undefined,
): Promise<void> {
  for (const subject of await goodsIn(views, event.stream)) {
    if (anew && !anew.has(subject)) continue;
    const row = await views.get(rough, { subject });
    if (!row) continue;
    const left = { country: null, said: flaggedEvent(event) };
    views.put(rough, { subject, stays: [...row.stays, left] });
  }
}

async function move(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  const country = countryOf(event);
  if (country === null) return;
  const row = await views.get(rough, { subject });
  if (!row) return;
  const last = row.stays.at(-1);
  if (last?.country === country) return;
  views.put(rough, { subject, stays: [...row.stays, { country, said: flaggedEvent(event) }] });
  if (!last || last.country === null) return;
  const { last: day } = daysOf(event.meta.at);
  if (isOneParticipant(last.country, country, day)) return;
  const said = `rough was in ${last.country} and is in ${country}, with no shipment between`;
  const concerned = last.said.stream === subject ? [] : [last.said.stream];
  await raise(views, 'border-without-shipment', event, said, [last.said], concerned, subject);
}

function isOneParticipant(from: string, to: string, day: string): boolean {
  const prefix = prefixOn(from, day);
  return prefix !== undefined && prefix === prefixOn(to, day);
}
