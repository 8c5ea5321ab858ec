import type { Event } from '#events/event';
import type { Money, Weight } from '#events/values';

/** Rough was boiled in acid or otherwise cleaned; it weighs no more than before. */
export type RoughCleaned = Event<
  'RoughCleaned',
  Readonly<{ weightBefore: Weight; weightAfter: Weight; method: string }>
>;

/** Rough was valued by a price book. It moves nothing. */
export type RoughValued = Event<
  'RoughValued',
  Readonly<{ valuer: string; priceBook: string; value: Money; perCarat?: Money }>
>;

/** The state's control of rough before export: the act is the authority's paper. */
export type StateControlPassed = Event<
  'StateControlPassed',
  Readonly<{ authority: string; actNo: string; actDate: string }>
>;

/** What may happen to rough, singled out or in a parcel. */
export type RoughEvent = RoughCleaned | RoughValued | StateControlPassed;
