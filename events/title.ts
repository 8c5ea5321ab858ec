import type { Event } from '#events/event';
import type { TitleTransferred } from '#events/trade';
import type { Money, TitleShare } from '#events/values';

/**
 * Part of the title moved: `ppm` parts per million of all of it. `shares` is who holds how much
 * from then on, in order of their ids; they sum to the whole. One party alone owns the goods again.
 */
export type TitleShareTransferred = Event<
  'TitleShareTransferred',
  Readonly<{
    from: string;
    to: string;
    /** @asType integer */
    ppm: number;
    shares: readonly TitleShare[];
    basis: Exclude<TitleTransferred['data']['basis'], 'enforcement'>;
    price?: Money;
    invoiceNo?: string;
  }>
>;

/**
 * The acting party says that the title is its own, on a paper. While a contest is open nobody sells
 * the goods, pledges them or makes anything of them; they may change hands.
 */
export type TitleContested = Event<
  'TitleContested',
  Readonly<{ contestNo: string; ground: string }>
>;

/**
 * The contest ended. Upheld by the court or authority that states it, all of the title passed to the
 * claimant: `from` is `null` where nobody, or more than one party, held it.
 */
export type TitleContestResolved = Event<
  'TitleContestResolved',
  Readonly<{
    contestNo: string;
    outcome: 'upheld' | 'dismissed' | 'withdrawn';
    ground: string;
    passed?: Readonly<{ from: string | null; to: string }>;
  }>
>;

/** Title that more than one party has, or says it has. */
export type TitleEvent = TitleShareTransferred | TitleContested | TitleContestResolved;
