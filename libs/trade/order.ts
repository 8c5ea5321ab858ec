import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';

/** An open manufacturing order; it stands while the party that began it holds the goods. */
export type Order = Readonly<{ orderNo: string; by: string }>;

const mostCraftsmen = 10_000;

/** The open order, which the acting party began. Throws `not-in-manufacture`, `not-your-order`. */
export function needOrder(meta: CommandMeta, order: Order | null): Order {
  if (!order) throw new Refused('not-in-manufacture', 'no manufacturing order is open');
  if (order.by !== meta.by) {
    throw new Refused('not-your-order', `${order.by} began order ${order.orderNo}`);
  }
  return order;
}

/** Throws `bad-count` unless it is left out or a number of people a factory can have. */
export function checkCraftsmen(craftsmen: number | undefined): void {
  if (craftsmen === undefined) return;
  if (Number.isSafeInteger(craftsmen) && craftsmen >= 1 && craftsmen <= mostCraftsmen) return;
  throw new Refused('bad-count', `craftsmen is not 1 to ${mostCraftsmen}`, { field: 'craftsmen' });
}
