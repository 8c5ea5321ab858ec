import type { GradingReportIssued, ReportType } from '#events/stone';
import type { ReportNamed } from '#events/stone-work';

/** A full report grades the stone; others only say what it is. */
export type LiveReport = ReportNamed & Readonly<{ isFull: boolean }>;

const fullTypes: readonly ReportType[] = ['diamond-grading', 'laboratory-grown-grading'];

/** A laboratory has one full report of a stone that lives; a new one takes the place of that. */
export function withReport(
  live: readonly LiveReport[],
  { laboratory, reportNo, reportType = 'diamond-grading' }: GradingReportIssued['data'],
): readonly LiveReport[] {
  const isFull = fullTypes.includes(reportType);
  const others = live.filter((each) => each.laboratory !== laboratory || !(isFull && each.isFull));
  return [...others, { laboratory, reportNo, isFull }];
}
