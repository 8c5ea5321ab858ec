import type { PledgeBorne } from '#events/encumbrance';
import type { Event, When } from '#events/event';
import type { LaboratoryGrownDetected } from '#events/laboratory';
import type { MeleeEvent } from '#events/melee';
import type { RoughEvent } from '#events/rough';
import type { MeleeSettingEvent } from '#events/setting';
import type {
  ManufacturingClosed,
  ManufacturingLossRecorded,
  ManufacturingStarted,
  OriginDeclared,
} from '#events/stone';
import type { TradeEvent } from '#events/trade';
import type { MineThen, Origin, SieveJudgement, TitleShare, Weight } from '#events/values';

/** What a parcel weighs and, where counted, how many pieces it holds. */
export type Content = Readonly<{ weight: Weight; pieces?: number }>;

/** A mine's plant recovered a lot of rough; the stating producer is its first holder and owner. */
export type ProductionLotRecovered = Event<
  'ProductionLotRecovered',
  Readonly<{
    mineId: string;
    mine?: MineThen;
    plant?: string;
    from: When;
    to: When;
    content: Content;
    /**
     * What fell through this sieve is not in it, in thousandths of a millimetre.
     *
     * @asType integer
     */
    minSieveUm?: number;
  }>
>;

/**
 * Opened by policy, never by a caller: this parcel came out of another by sorting or splitting.
 * Shares of origin are already narrowed to what this part can hold (domain I6).
 */
export type ParcelOpened = Event<
  'ParcelOpened',
  Readonly<{
    parent: Readonly<{ stream: string; revision: number }>;
    cause: string;
    content: Content;
    custodian: string;
    owner: string | null;
    /** Where more than one party owns it, and `owner` is `null`. */
    shares?: readonly TitleShare[];
    pledges?: readonly PledgeBorne[];
    origin: Origin;
    assortment?: string;
    sieve?: string;
    /** Left out for rough. */
    form?: 'polished';
    /** The goods were found to be laboratory-grown. */
    laboratoryGrown?: true;
  }>
>;

/** One output of a sorting or a split; its parcel id is `partId(parent, n)`. */
export type ParcelPart = Readonly<{
  n: number;
  content: Content;
  assortment?: string;
  sieve?: string;
}>;

/** The whole parcel was sorted into new parcels; Σ out + loss = in. The parcel is consumed. */
export type ParcelSorted = Event<
  'ParcelSorted',
  Readonly<{ parts: readonly ParcelPart[]; loss: Weight; sieves?: SieveJudgement }>
>;

/** Parts were taken out; what is left stays in this parcel. */
export type ParcelSplit = Event<
  'ParcelSplit',
  Readonly<{ parts: readonly ParcelPart[]; sieves?: SieveJudgement }>
>;

/** The whole parcel went into the parcel `into`; this one is consumed unless `into` returns it. */
export type ParcelMixed = Event<
  'ParcelMixed',
  Readonly<{ into: string; content: Content; origin: Origin }>
>;

/** By policy: the parcel took in another; origin widens, the chain of custody takes the weaker. */
export type MixReceived = Event<
  'MixReceived',
  Readonly<{
    from: Readonly<{ stream: string; revision: number }>;
    cause: string;
    content: Content;
    custodian: string;
    owner: string | null;
    shares?: readonly TitleShare[];
    origin: Origin;
    /** Left out for rough. */
    form?: 'polished';
    laboratoryGrown?: true;
  }>
>;

/**
 * By policy: this parcel could not take the other in. Recorded, so that the answer stays the same
 * however often it is asked for.
 */
export type MixRefused = Event<
  'MixRefused',
  Readonly<{
    from: Readonly<{ stream: string; revision: number }>;
    cause: string;
    /** Refusal code, as in libs/decider/codes.ts. */
    code: string;
  }>
>;

/** By policy: `into` refused the mix; the parcel is back as it was. */
export type MixReturned = Event<
  'MixReturned',
  Readonly<{ into: string; cause: string; code: string; content: Content }>
>;

/** One stone was picked out of the parcel; its stone id is `singledOutId(parcel, n)`. */
export type StoneSingledOut = Event<
  'StoneSingledOut',
  Readonly<{ n: number; weight: Weight; colour?: string; dimensionsMm?: string }>
>;

export type ParcelEvent =
  | TradeEvent
  | ProductionLotRecovered
  | ParcelOpened
  | ParcelSorted
  | ParcelSplit
  | ParcelMixed
  | MixReceived
  | MixRefused
  | MixReturned
  | StoneSingledOut
  | OriginDeclared
  | ManufacturingStarted
  | ManufacturingLossRecorded
  | ManufacturingClosed
  | RoughEvent
  | MeleeEvent
  | LaboratoryGrownDetected
  | MeleeSettingEvent;
