import type { GradingReportIssued, ReportType } from '#events/stone';
import type { ReportNamed } from '#events/stone-work';

/** A full report grades the stone; others only say what it is. */
export type LiveReport = ReportNamed & Readonly<{ isFull: boolean }>;

const fullTypes: readonly ReportType[] = ['diamond-grading', 'laboratory-grown-grading'];

/** Those whose place a report takes: a laboratory has one full report of a stone that lives. */
export function supersededBy(
  live: readonly LiveReport[],
  laboratory: string,
  reportType: ReportType = 'diamond-grading',
): readonly ReportNamed[] {
  if (!fullTypes.includes(reportType)) return [];
  const ended = live.filter((each) => each.laboratory === laboratory && each.isFull);
  return ended.map(({ reportNo }) => ({ laboratory, reportNo }));
}

/** The live reports with a new one, without those of its laboratory that it takes the place of. */
export function withReport(
  live: readonly LiveReport[],
  { laboratory, reportNo, reportType = 'diamond-grading', superseded = [] }: Issued,
): readonly LiveReport[] {
  const ended = superseded.map((each) => each.reportNo);
  const others = live.filter(
    (each) => each.laboratory !== laboratory || !ended.includes(each.reportNo),
  );
  return [...others, { laboratory, reportNo, isFull: fullTypes.includes(reportType) }];
}

type Issued = GradingReportIssued['data'];
