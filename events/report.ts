import type { Event } from '#events/event';
import type { Weight } from '#events/values';

/** By policy: the laboratory issued this report for the stone with this id. It is live. */
export type ReportOpened = Event<
  'ReportOpened',
  Readonly<{ laboratory: string; reportNo: string; stone: string; weight: Weight; cause: string }>
>;

/** By policy: the number was used again, for another stone or for this one anew. */
export type ReportNumberReused = Event<
  'ReportNumberReused',
  Readonly<{ laboratory: string; reportNo: string; stone: string; cause: string }>
>;

/**
 * Another report, or nothing, takes its place. `cause` is the recut or repolish that made it so,
 * left out where the laboratory said it.
 */
export type GradingReportSuperseded = Event<
  'GradingReportSuperseded',
  Readonly<{
    laboratory: string;
    reportNo: string;
    successor?: string;
    reason: string;
    cause?: string;
  }>
>;

/** The laboratory takes its word back. */
export type GradingReportWithdrawn = Event<
  'GradingReportWithdrawn',
  Readonly<{ laboratory: string; reportNo: string; reason: string }>
>;

/** The stone is at the laboratory again, or no longer: meanwhile the report may change. */
export type ReportInHouse = Event<
  'ReportInHouse',
  Readonly<{ laboratory: string; reportNo: string; inHouse: boolean }>
>;

/** Somebody named the report for goods: on an offer, an invoice, a listing. Nobody compared. */
export type ReportQuoted = Event<
  'ReportQuoted',
  Readonly<{
    laboratory: string;
    reportNo: string;
    stone?: string;
    on: 'offer' | 'invoice' | 'memo' | 'listing' | 'other';
    reference?: string;
  }>
>;

/** By policy: a stone was compared with the report, and is or is not the one. */
export type ReportCompared = Event<
  'ReportCompared',
  Readonly<{
    laboratory: string;
    reportNo: string;
    stone: string;
    matched: boolean;
    finding: string;
    cause: string;
  }>
>;

export type ReportEvent =
  | ReportOpened
  | ReportNumberReused
  | GradingReportSuperseded
  | GradingReportWithdrawn
  | ReportInHouse
  | ReportQuoted
  | ReportCompared;
