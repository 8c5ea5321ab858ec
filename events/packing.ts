import type { MiningOrigin } from '#events/certificate';
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

/** By policy: the shipment the goods are in passed through a country. */
export type GoodsTransited = Event<
  'GoodsTransited',
  Readonly<{ shipment: string; country: string; cause: string }>
>;

/**
 * By policy: the goods travel under this validated certificate of the ledger. It counts from the day
 * it was taken to the day it expires, `YYYY-MM-DD`, both inclusive.
 */
export type GoodsCertified = Event<
  'GoodsCertified',
  Readonly<{
    number: string;
    origin: MiningOrigin;
    shipment: string;
    validFrom: string;
    validTo: string;
    cause: string;
  }>
>;

/** By policy: it counts no longer from the day `from` on; an `invalid` one, a forgery, never did. */
export type GoodsDecertified = Event<
  'GoodsDecertified',
  Readonly<{ number: string; ground: 'withdrawn' | 'invalid'; from: string; cause: string }>
>;

export type PackingEvent =
  GoodsPacked | PackingRefused | GoodsUnpacked | GoodsTransited | GoodsCertified | GoodsDecertified;
