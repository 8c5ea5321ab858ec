import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { spanOf } from '#libs/decider/when';
import { hoursBetween } from '#libs/reference/calendar';
import { flagBounds } from '#libs/reference/flag-bounds';
import type { Point } from '#libs/reference/places';
import { leastKmBetween, pointOf } from '#libs/reference/places';
import type { Table, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';
import { goodsIn } from '#projections/flags/moves';

/**
 * Where goods were last seen; `from` is the first moment they can have been there, as text. `through`
 * are the goods they came out of since.
 */
type Seen = Readonly<{
  subject: string;
  point: Point;
  from: string;
  said: FlaggedEvent;
  through: readonly string[];
}>;

const seen: Table<Seen> = {
  name: 'flag_seen',
  columns: { subject: 'text', point: 'json', from: 'text', said: 'json', through: 'json' },
  key: ['subject'],
};

/**
 * Acts on the goods themselves, which must be where the act was: the one list for all rules that ask where
 * goods are. Papers, sales and titles pass wherever the parties are.
 */
export const present = [
  'RoughDiamondRecovered',
  'ProductionLotRecovered',
  'CustodyReleased',
  'CustodyAccepted',
  'PacketSealed',
  'PacketSealVerified',
  'PacketSealBreachFound',
  'PacketUnsealed',
  'StateControlPassed',
  'RoughCleaned',
  'RoughScanned',
  'ParcelSorted',
  'ParcelSplit',
  'StoneSingledOut',
  'ManufacturingStarted',
  'RoughSawn',
  'RoughCleaved',
  'StoneBruted',
  'StoneBlocked',
  'StoneBroken',
  'PolishedDiamondProduced',
  'PolishedParcelProduced',
  'StoneRecut',
  'StoneRepolished',
  'LaserInscriptionApplied',
  'LaserInscriptionVerified',
  'LaserInscriptionRemoved',
  'GradingReportIssued',
  'StoneMatchedToReport',
  'ReportMismatchFound',
  'ParcelScreened',
  'LaboratoryGrownDetected',
  'Recovered',
  'Seized',
  'HallmarkApplied',
] as const;

/**
 * `impossible-journey`: two places of the reference data too far apart for the longest time that can
 * lie between the acts. Of a day only its ends are known, so acts of one day are hardly ever flagged.
 */
export const journeys: FlagFold = {
  tables: [seen],
  handles: [...present, 'StoneOpened', 'ParcelOpened', 'ShipmentDispatched', 'ShipmentArrived'],
  project,
  forget: (subject, views) => views.delete(seen, { subject }),
};

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  if (event.type === 'StoneOpened' || event.type === 'ParcelOpened') {
    const parent = await views.get(seen, { subject: event.data.parent.stream });
    if (!parent) return;
    const through = [...parent.through, parent.subject];
    return views.put(seen, { ...parent, subject: event.stream, through });
  }
  const point = pointOf(placeOf(event));
  const span = spanOf(event.meta.at);
  if (!point || !span) return;
  const goods = await goodsIn(views, event.stream);
  for (const subject of [event.stream, ...goods]) {
    if (anew && !anew.has(subject)) continue;
    const last = await views.get(seen, { subject });
    const said = last && foundBetween(last, point, span.to);
    if (last && said !== undefined) {
      const concerned = [last.subject, ...last.through];
      await raise(views, 'impossible-journey', event, said, [last.said], concerned, subject);
    }
    views.put(seen, { subject, point, from: span.from, said: flaggedEvent(event), through: [] });
  }
}

/** What is told of goods that cannot have come from where they were seen in time. */
function foundBetween(last: Seen, point: Point, until: string): string | undefined {
  const { kmPerHour, handlingHours, nearKm } = flagBounds.journeys;
  const km = leastKmBetween(last.point, point);
  if (km <= nearKm) return undefined;
  const hours = hoursBetween(last.from, until);
  if (km <= Math.max(0, hours - handlingHours) * kmPerHour) return undefined;
  const way = `${last.point.name} to ${point.name}`;
  return `${way}, ${Math.round(km)} km in at most ${hours.toFixed(1)} hours`;
}

function placeOf(event: Recorded<LedgerEvent>) {
  if (event.type === 'RoughDiamondRecovered' || event.type === 'ProductionLotRecovered') {
    return { mineId: event.data.mineId };
  }
  return event.meta.place;
}
