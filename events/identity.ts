import type { Event } from '#events/event';
import type { Origin, Weight } from '#events/values';

/**
 * Its holder says this record and that of `survivor` are of one stone, and gives this one up. It is
 * consumed unless the survivor's stream answers otherwise.
 */
export type IdentityGivenUp = Event<
  'IdentityGivenUp',
  Readonly<{ survivor: string; weight: Weight; origin: Origin }>
>;

/** The holder of this record agrees to take the record of `merged` in. */
export type IdentityMergeAgreed = Event<
  'IdentityMergeAgreed',
  Readonly<{ merged: string; reason: string }>
>;

/**
 * By policy: the records are one from now on; this stream is the survivor's. Whatever `origin` the
 * other record had is possible too.
 */
export type IdentitiesMerged = Event<
  'IdentitiesMerged',
  Readonly<{ survivor: string; merged: readonly string[]; cause: string; origin: Origin }>
>;

/** By policy: this stream did not take the other record in. */
export type IdentityMergeRefused = Event<
  'IdentityMergeRefused',
  Readonly<{ merged: string; cause: string; code: string }>
>;

/** By policy: the survivor did not take this record in; it stands as before. */
export type IdentityRestored = Event<
  'IdentityRestored',
  Readonly<{ survivor: string; cause: string; code: string }>
>;

/**
 * One record stood for two stones. The other gets a stream of its own, `partId(stone, n)`, with
 * what is known of it; this one stays the record of the first.
 */
export type IdentitySplit = Event<
  'IdentitySplit',
  Readonly<{
    /** @asType integer */
    n: number;
    weight: Weight;
    reason: string;
  }>
>;

export type IdentityEvent =
  | IdentityGivenUp
  | IdentityMergeAgreed
  | IdentitiesMerged
  | IdentityMergeRefused
  | IdentityRestored
  | IdentitySplit;
