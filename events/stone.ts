import type { PledgeBorne } from '#events/encumbrance';
import type { Event } from '#events/event';
import type { IdentityEvent } from '#events/identity';
import type { LaboratoryEvent, TreatmentKind } from '#events/laboratory';
import type { RetailEvent } from '#events/retail';
import type { RoughEvent } from '#events/rough';
import type { SettingEvent } from '#events/setting';
import type { ReportNamed, StoneWorkEvent } from '#events/stone-work';
import type { TradeEvent } from '#events/trade';
import type { UniqueStoneEvent } from '#events/unique-stone';
import type { MineThen, Origin, TitleShare, Weight } from '#events/values';

/** `piece` is sawn or cleaved and still rough for Kimberley (HS 7102.31). */
export type StoneForm = 'rough' | 'piece' | 'polished';

/** A single stone was recovered; the stating producer is its first holder and owner. */
export type RoughDiamondRecovered = Event<
  'RoughDiamondRecovered',
  Readonly<{
    mineId: string;
    mine?: MineThen;
    plant?: string;
    weight: Weight;
    colour?: string;
    dimensionsMm?: string;
  }>
>;

/** An alias: found by search, never identity (domain §10.8: Dawn became New Sun). */
export type StoneNamed = Event<'StoneNamed', Readonly<{ name: string; language?: string }>>;

/**
 * The ledger's record of this stone starts here although the stone is older (an inherited jewel, a
 * stone bought before the holder joined). Everything before `knownSince` is an explicit gap.
 */
export type HistoryOpened = Event<
  'HistoryOpened',
  Readonly<{ form: StoneForm; weight: Weight; origin: Origin; owner?: string; basis: string }>
>;

/**
 * Opened by policy, never by a caller: this stone came out of another stone or a parcel.
 * It carries the facts it inherits at that moment, so that its stream can be read alone.
 * `cause` is the parent's event id, `n` the number of this output in it.
 */
export type StoneOpened = Event<
  'StoneOpened',
  Readonly<{
    parent: Readonly<{ stream: string; revision: number }>;
    cause: string;
    form: StoneForm;
    weight: Weight;
    custodian: string;
    owner: string | null;
    /** Where more than one party owns it, and `owner` is `null`. */
    shares?: readonly TitleShare[];
    pledges?: readonly PledgeBorne[];
    origin: Origin;
    /** Open manufacturing order the piece stays under. */
    orderNo?: string;
    shape?: string;
    colour?: string;
    clarity?: string;
    name?: string;
    measurementsMm?: string;
    /** What was disclosed of the goods it came out of. */
    treatments?: readonly TreatmentKind[];
    /** The goods it came out of were found to be laboratory-grown. */
    laboratoryGrown?: true;
  }>
>;

/**
 * A declared claim of mining origin of a stone, a parcel or all stones of a piece of jewellery; a
 * claim, not a proof. It never removes a possible country.
 */
export type OriginDeclared = Event<
  'OriginDeclared',
  Readonly<{ origin: Origin; purpose: 'kimberley' | 'customs' | 'g7' | 'retail' }>
>;

/** A fingerprint of the rough; the only link from rough to polished that is not paper. */
export type RoughScanned = Event<
  'RoughScanned',
  Readonly<{ provider: string; scanId: string; scanSha256: string; deviceId?: string }>
>;

/**
 * A later scan was compared with the provider's active fingerprint, whose place it takes if it
 * matches. `scorePpm` says how alike they are, 1000000 the same; `tolerancePpm` how much less is
 * still a match.
 */
export type RoughScanMatched = Event<
  'RoughScanMatched',
  Readonly<{
    provider: string;
    scanId: string;
    againstScanId: string;
    matched: boolean;
    /** @asType integer */
    scorePpm?: number;
    /** @asType integer */
    tolerancePpm?: number;
  }>
>;

/** Cutting began under an order; the owner stays. `factory` is which of the cutter's it is. */
export type ManufacturingStarted = Event<
  'ManufacturingStarted',
  Readonly<{ orderNo: string; factory?: string; craftsmen?: number }>
>;

/** What the factory means to make: planned weights in mct. */
export type CuttingPlanApproved = Event<
  'CuttingPlanApproved',
  Readonly<{ planNo: string; outputs: readonly Readonly<{ shape: string; plannedMct: number }>[] }>
>;

/** One part of a division; its stone id is `partId(parent, n)`. */
export type Piece = Readonly<{
  /** @asType integer */
  n: number;
  weight: Weight;
}>;

/** Sawn into pieces; the parent is consumed. Σ pieces + loss = parent, within tolerance. */
export type RoughSawn = Event<
  'RoughSawn',
  Readonly<{ method: 'blade' | 'laser'; pieces: readonly Piece[]; loss: Weight }>
>;

/** Cleaved into pieces; the parent is consumed. */
export type RoughCleaved = Event<
  'RoughCleaved',
  Readonly<{ pieces: readonly Piece[]; loss: Weight }>
>;

/**
 * One finished stone came out of this rough or piece; its id is `partId(parent, n)`. `planNo` is the
 * cutting plan of the same rough or piece that it was made by.
 */
export type PolishedDiamondProduced = Event<
  'PolishedDiamondProduced',
  Readonly<{
    n: number;
    planNo?: string;
    weight: Weight;
    shape?: string;
    colour?: string;
    clarity?: string;
    name?: string;
    measurementsMm?: string;
  }>
>;

/** Weight that became dust. */
export type ManufacturingLossRecorded = Event<
  'ManufacturingLossRecorded',
  Readonly<{ weight: Weight; cause: 'sawing' | 'bruting' | 'polishing' | 'breakage' | 'other' }>
>;

/** The order is done and accounted for; the rough or piece is consumed. */
export type ManufacturingClosed = Event<'ManufacturingClosed', Readonly<{ orderNo: string }>>;

/** What a report is; the first two are full reports, of which a laboratory has one live for a stone. */
export type ReportType =
  'diamond-grading' | 'laboratory-grown-grading' | 'identification' | 'narrative';

/** The scale of the grades: ISO 24016 (D to Z), a scale of fancy colours, or the laboratory's own. */
export type GradeScale = 'iso-24016' | 'fancy-colour' | 'laboratory';

/**
 * Graded fields as printed; numbers of a report are strings. Without `reportType` it is a full
 * report of the stone as it is known.
 */
export type GradingReportIssued = Event<
  'GradingReportIssued',
  Readonly<{
    laboratory: string;
    reportNo: string;
    reportType?: ReportType;
    gradeScale?: GradeScale;
    weight: Weight;
    shape?: string;
    colour?: string;
    clarity?: string;
    cut?: string;
    polish?: string;
    symmetry?: string;
    fluorescence?: string;
    measurementsMm?: string;
    /** The laboratory's report on the stone that was live until then, where it had one. */
    superseded?: readonly ReportNamed[];
  }>
>;

/** By how much the stone was found to be more (or less) than the report says. */
export type ReportDeltas = Readonly<{
  /** @asType integer */
  mct?: number;
  /**
   * Of its measurements, in the order of the report, in thousandths of a millimetre.
   *
   * @items.type integer
   */
  micrometres?: readonly number[];
}>;

/** Somebody compared the stone with a report: quoting a report is not matching it (domain §3). */
export type StoneMatchedToReport = Event<
  'StoneMatchedToReport',
  Readonly<{ laboratory: string; reportNo: string; method: string; deltas?: ReportDeltas }>
>;

/** The stone is not the one of the report. */
export type ReportMismatchFound = Event<
  'ReportMismatchFound',
  Readonly<{ laboratory: string; reportNo: string; finding: string; deltas?: ReportDeltas }>
>;

export type LaserInscriptionApplied = Event<
  'LaserInscriptionApplied',
  Readonly<{ text: string; location: 'girdle' | 'table' | 'other' }>
>;

export type StoneEvent =
  | TradeEvent
  | RoughDiamondRecovered
  | HistoryOpened
  | StoneOpened
  | StoneNamed
  | OriginDeclared
  | RoughScanned
  | RoughScanMatched
  | ManufacturingStarted
  | CuttingPlanApproved
  | RoughSawn
  | RoughCleaved
  | PolishedDiamondProduced
  | ManufacturingLossRecorded
  | ManufacturingClosed
  | GradingReportIssued
  | StoneMatchedToReport
  | ReportMismatchFound
  | LaserInscriptionApplied
  | RoughEvent
  | RetailEvent
  | StoneWorkEvent
  | LaboratoryEvent
  | UniqueStoneEvent
  | SettingEvent
  | IdentityEvent;
