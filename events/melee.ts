import type { Event } from '#events/event';
import type { Content } from '#events/parcel';
import type { Origin, SieveJudgement } from '#events/values';

/**
 * The ledger's record of a parcel starts here although the goods are older. Everything before is
 * an explicit gap. `sieve` is the upper number of a class of polished goods (`+6.5`).
 */
export type ParcelHistoryOpened = Event<
  'ParcelHistoryOpened',
  Readonly<{
    form: 'rough' | 'polished';
    content: Content;
    origin: Origin;
    owner?: string;
    sieve?: string;
    sieves?: SieveJudgement;
    basis: string;
  }>
>;

/** Polished goods came out of a parcel under manufacture; their id is `partId(parcel, n)`. */
export type PolishedParcelProduced = Event<
  'PolishedParcelProduced',
  Readonly<{
    /** @asType integer */
    n: number;
    content: Content;
    assortment?: string;
    sieve?: string;
    sieves?: SieveJudgement;
  }>
>;

/**
 * A sample of the parcel went through an instrument that tells natural from laboratory-grown (ISO
 * 6893). `referrals` are pieces that need a laboratory.
 */
export type ParcelScreened = Event<
  'ParcelScreened',
  Readonly<{
    instrument: string;
    standard: string;
    /** @asType integer */
    sampleSize: number;
    /** @asType integer */
    referrals: number;
    note?: string;
  }>
>;

/** What happens to small goods. */
export type MeleeEvent = ParcelHistoryOpened | PolishedParcelProduced | ParcelScreened;
