import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { jewelleryStream, parcelStream, stoneStream } from '#events/streams';
import type { Table, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';
import { present } from '#projections/flags/journeys';
import { goodsIn } from '#projections/flags/moves';
import { countryOf } from '#projections/way/place';

/** The country goods were last seen in, and the event that says so; none while a shipment has them. */
type Seen = Readonly<{ subject: string; country: string; said: FlaggedEvent }>;

const places: Table<Seen> = {
  name: 'flag_places',
  columns: { subject: 'text', country: 'text', said: 'json' },
  key: ['subject'],
};

/**
 * `joined-from-elsewhere` (domain I5, one place): a parcel was mixed, or a stone or melee set, where
 * goods of another country are. No refusal: places are often not recorded, and a party has offices in
 * several countries; a place that nobody stated tells nothing.
 */
export const joins: FlagFold = {
  tables: [places],
  handles: [
    ...present,
    'HistoryOpened',
    'ParcelHistoryOpened',
    'StoneOpened',
    'ParcelOpened',
    'JewelleryItemMade',
    'ShipmentDispatched',
    'ShipmentArrived',
    'ParcelMixed',
    'MixReceived',
    'StoneSet',
    'StoneTakenIn',
    'MeleeSet',
    'MeleeTakenIn',
    'StoneUnset',
  ],
  project,
  forget: (subject, views) => views.delete(places, { subject }),
};

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  const { stream: subject } = event;
  switch (event.type) {
    case 'ShipmentDispatched':
    case 'ShipmentArrived': {
      const country = event.type === 'ShipmentArrived' ? countryOf(event) : null;
      for (const goods of await goodsIn(views, subject)) {
        if (!anew || anew.has(goods)) await see(goods, country);
      }
      return;
    }
    case 'StoneOpened':
    case 'ParcelOpened':
      return follow(event.data.parent.stream);
    case 'StoneUnset':
      return follow(jewelleryStream(event.data.item));
    case 'MixReceived':
      return join(event.data.from.stream);
    case 'StoneTakenIn':
      return join(stoneStream(event.data.stone));
    case 'MeleeTakenIn':
      return join(parcelStream(event.data.parcel));
    default: {
      const country = countryOf(event);
      if (country !== null) await see(subject, country);
    }
  }

  async function see(goods: string, country: string | null): Promise<void> {
    const row = await views.get(places, { subject: goods });
    if (country === null) views.delete(places, { subject: goods });
    else if (row?.country !== country)
      views.put(places, { subject: goods, country, said: flaggedEvent(event) });
  }

  /** The event may say itself where it was; otherwise it is where the goods came from. */
  async function follow(from: string): Promise<void> {
    const country = countryOf(event);
    if (country !== null) return see(subject, country);
    const row = await views.get(places, { subject: from });
    if (row) views.put(places, { ...row, subject });
  }

  async function join(from: string): Promise<void> {
    const here = await views.get(places, { subject });
    const there = await views.get(places, { subject: from });
    if (!there || there.country === here?.country) return;
    if (!here) return views.put(places, { ...there, subject });
    const said = `${from} was in ${there.country}, and ${subject} in ${here.country}`;
    await raise(views, 'joined-from-elsewhere', event, said, [there.said, here.said], [from]);
  }
}
