import type { Event } from '#events/event';

/**
 * A holder or an authority says under which six digits of the Harmonised System the goods are; the
 * latest statement counts. It is of the goods as they are: parts of them and mixes have none.
 */
export type GoodsClassified = Event<'GoodsClassified', Readonly<{ hs: string }>>;
