import type { ReportCompared, ReportInHouse, ReportOpened, ReportQuoted } from '#events/report';
import type { Command } from '#libs/decider/decider';

/** The report of which the stream is; every command names it. */
type Named = Readonly<{ laboratory: string; reportNo: string }>;

/** By policy only: a stone's report was issued. */
export type OpenReport = Command<'OpenReport'> & ReportOpened['data'];

/** By policy only: a stone was compared with the report. */
export type CompareReport = Command<'CompareReport'> & ReportCompared['data'];

/** By policy only: the stone was recut, repolished or graded anew by the laboratory. */
export type OutdateReport = Command<'OutdateReport'> &
  Named &
  Readonly<{ successor?: string; reason: string; cause: string }>;

/** The laboratory says that the report holds no longer, and which of its reports does. */
export type SupersedeReport = Command<'SupersedeReport'> &
  Named &
  Readonly<{ successor?: string; reason: string }>;

/** The laboratory takes its report back. */
export type WithdrawReport = Command<'WithdrawReport'> & Named & Readonly<{ reason: string }>;

/** The laboratory says whether the stone is with it for another look. */
export type FlagInHouse = Command<'FlagInHouse'> & ReportInHouse['data'];

/** A party names the report for goods. */
export type QuoteReport = Command<'QuoteReport'> & ReportQuoted['data'];

export type ReportCommand =
  | OpenReport
  | CompareReport
  | OutdateReport
  | SupersedeReport
  | WithdrawReport
  | FlagInHouse
  | QuoteReport;
