import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { CustodyPurpose } from '#events/trade';
import type { Table, ViewReader, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';

/** What stops goods, by the event that said so; goods that nothing ever stopped have no row. */
type Stopped = Readonly<{
  subject: string;
  missing: FlaggedEvent | null;
  seized: FlaggedEvent | null;
  holds: readonly Readonly<{ holdNo: string; said: FlaggedEvent }>[];
  /** What they were let go for since. */
  purpose: CustodyPurpose | null;
}>;

const stopped: Table<Stopped> = {
  name: 'flag_stopped',
  columns: {
    subject: 'text',
    missing: 'json?',
    seized: 'json?',
    holds: 'json',
    purpose: 'text?',
  },
  key: ['subject'],
};

/** The goods of a shipment. */
const shipped: Table<Readonly<{ shipment: string; goods: readonly string[] }>> = {
  name: 'flag_shipped',
  columns: { shipment: 'text', goods: 'json' },
  key: ['shipment'],
};

/**
 * `moved-while-not-clear`. The deciders let goods that are not clear go to a laboratory, to customs
 * and to an authority only, and stop a shipment before it leaves. What remains are missing goods that
 * somebody handed over all the same, other than to an authority, and goods that went missing, were
 * seized or put on hold on their way and arrived.
 */
export const moves: FlagFold = {
  tables: [stopped, shipped],
  handles: [
    'LossReported',
    'TheftReported',
    'Recovered',
    'Seized',
    'Forfeited',
    'ReleasedFromSeizure',
    'HoldPlaced',
    'HoldReleased',
    'CustodyReleased',
    'CustodyAccepted',
    'ShipmentCreated',
    'GoodsLeftOut',
    'ShipmentDispatched',
    'ShipmentArrived',
  ],
  project,
  forget: (subject, views) => {
    views.delete(stopped, { subject });
    views.delete(shipped, { shipment: subject });
  },
};

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  const { stream: subject } = event;
  switch (event.type) {
    case 'ShipmentCreated': {
      const goods = event.data.goods.map(({ stream }) => stream);
      return views.put(shipped, { shipment: subject, goods });
    }
    case 'GoodsLeftOut': {
      const left = event.data.goods;
      const goods = (await goodsIn(views, subject)).filter((stream) => stream !== left);
      return views.put(shipped, { shipment: subject, goods });
    }
    case 'ShipmentDispatched':
    case 'ShipmentArrived': {
      for (const goods of await goodsIn(views, subject)) {
        if (anew && !anew.has(goods)) continue;
        const row = await views.get(stopped, { subject: goods });
        if (row) await flag(event, views, row, false);
      }
      return;
    }
  }
  if (anew && !anew.has(subject)) return;
  const row = await views.get(stopped, { subject });
  if (event.type === 'CustodyAccepted') {
    if (row) await flag(event, views, row, isOfficial(row));
    return;
  }
  const after = changed(row ?? { ...free, subject }, event);
  if (row || after.missing || after.seized || after.holds.length > 0) views.put(stopped, after);
}

const free = { missing: null, seized: null, holds: [], purpose: null } as const;

function changed(row: Stopped, event: Recorded<LedgerEvent>): Stopped {
  const said = flaggedEvent(event);
  switch (event.type) {
    case 'CustodyReleased':
      return { ...row, purpose: event.data.purpose };
    case 'LossReported':
    case 'TheftReported':
      return { ...row, missing: said };
    case 'Recovered':
      return { ...row, missing: null };
    case 'Seized':
      return { ...row, seized: said };
    case 'Forfeited':
    case 'ReleasedFromSeizure':
      return { ...row, seized: null };
    case 'HoldPlaced':
      return { ...row, holds: [...row.holds, { holdNo: event.data.holdNo, said }] };
    case 'HoldReleased': {
      const { holdNo } = event.data;
      return { ...row, holds: row.holds.filter((hold) => hold.holdNo !== holdNo) };
    }
    default:
      return row;
  }
}

/** Who looks for missing goods is an authority; what is seized or held may be looked at by others. */
function isOfficial({ missing, purpose }: Stopped): boolean {
  if (missing) return purpose === 'authority';
  return purpose !== null && ['laboratory', 'customs', 'authority'].includes(purpose);
}

async function flag(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  { subject, missing, seized, holds }: Stopped,
  isAllowed: boolean,
): Promise<void> {
  const why = missing ?? seized ?? holds[0]?.said;
  if (!why || isAllowed) return;
  const inWords = missing ? 'missing' : seized ? 'seized' : 'on hold';
  const said = `${subject} was ${inWords} since position ${why.position}`;
  await raise(views, 'moved-while-not-clear', event, said, [why], [subject], subject);
}

/** The goods of a shipment; none for a stream that is no shipment. */
export async function goodsIn(views: ViewReader, shipment: string): Promise<readonly string[]> {
  if (!shipment.startsWith('shipment-')) return [];
  return (await views.get(shipped, { shipment }))?.goods ?? [];
}
