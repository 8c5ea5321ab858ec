import type { Event } from '#events/event';

/** By policy: the goods are in the shipment with this id now, and nothing is made of them there. */
export type GoodsPacked = Event<'GoodsPacked', Readonly<{ shipment: string; cause: string }>>;

/** By policy: the goods cannot go in. `code` is a refusal code; the answer stays the same. */
export type PackingRefused = Event<
  'PackingRefused',
  Readonly<{ shipment: string; cause: string; code: string }>
>;

/** By policy: the goods are out of the shipment again. */
export type GoodsUnpacked = Event<'GoodsUnpacked', Readonly<{ shipment: string; cause: string }>>;

export type PackingEvent = GoodsPacked | PackingRefused | GoodsUnpacked;
