import type { Event } from '#events/event';
import type { Content } from '#events/parcel';
import type { Origin, TitleShare, Weight } from '#events/values';

/**
 * The stone went into a piece of jewellery, `jewellery-{item}`, and follows it from now on. The
 * item takes it in or the stone comes back by `SettingReturned`.
 */
export type StoneSet = Event<
  'StoneSet',
  Readonly<{ item: string; position?: string; weight: Weight; origin: Origin }>
>;

/** By policy: the item could not take the stone in; it is loose, as it was. */
export type SettingReturned = Event<
  'SettingReturned',
  Readonly<{ item: string; cause: string; code: string }>
>;

/** By policy: the item let the stone go; it is loose, held and owned as the item was. */
export type StoneUnset = Event<
  'StoneUnset',
  Readonly<{
    item: string;
    cause: string;
    custodian: string;
    owner: string | null;
    shares?: readonly TitleShare[];
  }>
>;

/** Melee went out of the parcel into a piece of jewellery. */
export type MeleeSet = Event<
  'MeleeSet',
  Readonly<{ item: string; content: Content; origin: Origin; sieve?: string }>
>;

/** By policy: the item could not take the melee in; the parcel is as it was. */
export type MeleeReturned = Event<
  'MeleeReturned',
  Readonly<{ item: string; cause: string; code: string; content: Content }>
>;

export type SettingEvent = StoneSet | SettingReturned | StoneUnset;
export type MeleeSettingEvent = MeleeSet | MeleeReturned;
