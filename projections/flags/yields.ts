import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Weight } from '#events/values';
import { flagBounds } from '#libs/reference/flag-bounds';
import type { Range } from '#libs/trade/weight';
import { parcelError, rangeOf, scaleOf } from '#libs/trade/weight';
import type { Table, ViewWriter } from '#libs/views/views';
import { leftNow } from '#projections/flags/carats';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';
import type { FlagRule } from '#projections/flags/rules';

/**
 * A manufacturing order: what went under the wheel and what was polished of it, in mct. What broke was
 * not cut and is no part of it; `lost_least` and `lost_most` are all that was lost, under earlier orders too.
 */
type Order = Readonly<{
  subject: string;
  begun: FlaggedEvent;
  least: number;
  most: number;
  out_least: number;
  out_most: number;
  lost_least: number;
  lost_most: number;
  raised: readonly FlagRule[];
}>;

const orders: Table<Order> = {
  name: 'flag_orders',
  columns: {
    subject: 'text',
    begun: 'json',
    least: 'integer',
    most: 'integer',
    out_least: 'integer',
    out_most: 'integer',
    lost_least: 'integer',
    lost_most: 'integer',
    raised: 'json',
  },
  key: ['subject'],
};

/**
 * `yield-out-of-bounds` and `yield-implausible`: polished by weight of the rough that was cut, against
 * the policy. A yield is judged only where the bounds of the weights leave no doubt. What is too high
 * shows as it is polished, or as the rest is said to have broken, what is too low when the order is closed.
 */
export const yields: FlagFold = {
  tables: [orders],
  handles: [
    'ManufacturingStarted',
    'StoneOpened',
    'RoughSawn',
    'RoughCleaved',
    'StoneBroken',
    'PolishedDiamondProduced',
    'PolishedParcelProduced',
    'ManufacturingLossRecorded',
    'ManufacturingClosed',
  ],
  project,
  forget: (subject, views) => views.delete(orders, { subject }),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  const before = await views.get(orders, { subject });
  if (event.type === 'ManufacturingStarted' || isOpenedUnderOrder(event)) {
    const left = await leftNow(views, subject);
    if (left) views.put(orders, begin(event, left.range, before));
    return;
  }
  if (!before) return;
  if (event.type === 'ManufacturingClosed') {
    const isLow = before.out_most * 1e6 < before.least * flagBounds.yields.lowPpm;
    if (isLow) await judge(views, before, event, 'yield-out-of-bounds');
    return views.delete(orders, { subject });
  }
  const order = worked(before, event);
  if (!order) return views.delete(orders, { subject });
  const isAbove = (ppm: number) => order.out_least * 1e6 > order.most * ppm;
  const broken: FlagRule[] = [];
  if (isAbove(flagBounds.yields.highPpm)) broken.push('yield-out-of-bounds');
  if (isAbove(flagBounds.yields.implausiblePpm)) broken.push('yield-implausible');
  for (const rule of broken) await judge(views, order, event, rule);
  views.put(orders, { ...order, raised: [...new Set([...order.raised, ...broken])] });
}

/** Of what is left of the goods, and was not lost under an order before. */
function begin(event: Recorded<LedgerEvent>, { min, max }: Range, before?: Order): Order {
  const { stream: subject } = event;
  const { lost_least, lost_most } = before ?? { lost_least: 0, lost_most: 0 };
  const least = Math.max(0, min - lost_most);
  const most = Math.max(0, max - lost_least);
  const nothing = { out_least: 0, out_most: 0, lost_least, lost_most, raised: [] };
  return { subject, begun: flaggedEvent(event), least, most, ...nothing };
}

/** A piece of sawn rough stays under the order of the rough. */
function isOpenedUnderOrder({ type, data }: Recorded<LedgerEvent>): boolean {
  return type === 'StoneOpened' && data.orderNo !== undefined;
}

async function judge(
  views: ViewWriter,
  { begun, least, most, out_least, out_most, raised }: Order,
  event: Recorded<LedgerEvent>,
  rule: FlagRule,
): Promise<void> {
  if (raised.includes(rule)) return;
  const said = `${between(out_least, out_most)} polished out of ${between(least, most)}`;
  await raise(views, rule, event, said, [begun]);
}

function between(least: number, most: number): string {
  return least === most ? `${least} mct` : `at least ${least} mct`;
}

/** The order after an event; none after one that divides the rough. */
function worked(order: Order, event: Recorded<LedgerEvent>): Order | undefined {
  switch (event.type) {
    case 'PolishedDiamondProduced':
      return polished(order, event.data.weight);
    case 'PolishedParcelProduced':
      return polished(order, event.data.content.weight);
    case 'ManufacturingLossRecorded': {
      const { weight, cause } = event.data;
      return lost(order, weight, cause === 'breakage');
    }
    default:
      return undefined;
  }
}

function polished(order: Order, weight: Weight): Order {
  const { min, max } = rangeOf(weight);
  const out_most = Math.min(Number.MAX_SAFE_INTEGER, order.out_most + max);
  return { ...order, out_least: order.out_least + min, out_most };
}

/** What broke is gone up to what a scale may err, so that no crumb of it is left to be cut. */
function lost(order: Order, weight: Weight, isBroken: boolean): Order {
  const { min, max } = rangeOf(weight);
  const lost_most = Math.min(Number.MAX_SAFE_INTEGER, order.lost_most + max);
  const after = { ...order, lost_least: order.lost_least + min, lost_most };
  if (!isBroken) return after;
  const { least, most } = order;
  const error = parcelError({ min, max }, scaleOf(weight));
  return { ...after, least: Math.max(0, least - max - error), most: Math.max(0, most - min) };
}
