import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { flagBounds } from '#libs/reference/flag-bounds';
import { rangeOf } from '#libs/trade/weight';
import type { Table, ViewWriter } from '#libs/views/views';
import { leftNow } from '#projections/flags/carats';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';
import type { FlagRule } from '#projections/flags/rules';

/** A manufacturing order: what went under the wheel and what was polished of it, in mct. */
type Order = Readonly<{
  subject: string;
  begun: FlaggedEvent;
  least: number;
  most: number;
  out_least: number;
  out_most: number;
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
    raised: 'json',
  },
  key: ['subject'],
};

/**
 * `yield-out-of-bounds` and `yield-implausible`: polished by weight of the rough, against the
 * policy. A yield is judged only where the bounds of the weights leave no doubt. What is too high shows
 * as it is polished, what is too low when the order is closed.
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
    'ManufacturingClosed',
  ],
  project,
  forget: (subject, views) => views.delete(orders, { subject }),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  if (event.type === 'ManufacturingStarted' || isOpenedUnderOrder(event)) {
    const left = await leftNow(views, subject);
    if (!left) return;
    const { min: least, max: most } = left.range;
    const begun = flaggedEvent(event);
    return views.put(orders, {
      subject,
      begun,
      least,
      most,
      out_least: 0,
      out_most: 0,
      raised: [],
    });
  }
  const order = await views.get(orders, { subject });
  if (!order) return;
  if (event.type === 'ManufacturingClosed') {
    const isLow = order.out_most * 1e6 < order.least * flagBounds.yields.lowPpm;
    if (isLow) await judge(views, order, event, 'yield-out-of-bounds');
    return views.delete(orders, { subject });
  }
  const produced = producedBy(event);
  if (!produced) return views.delete(orders, { subject });
  const { min, max } = rangeOf(produced);
  const out_most = Math.min(Number.MAX_SAFE_INTEGER, order.out_most + max);
  const after = { ...order, out_least: order.out_least + min, out_most };
  const isAbove = (ppm: number) => after.out_least * 1e6 > after.most * ppm;
  const broken: FlagRule[] = [];
  if (isAbove(flagBounds.yields.highPpm)) broken.push('yield-out-of-bounds');
  if (isAbove(flagBounds.yields.implausiblePpm)) broken.push('yield-implausible');
  for (const rule of broken) await judge(views, after, event, rule);
  views.put(orders, { ...after, raised: [...new Set([...order.raised, ...broken])] });
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

function producedBy(event: Recorded<LedgerEvent>) {
  switch (event.type) {
    case 'PolishedDiamondProduced':
      return event.data.weight;
    case 'PolishedParcelProduced':
      return event.data.content.weight;
    default:
      return undefined;
  }
}
