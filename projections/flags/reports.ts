import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { reportId } from '#events/streams';
import type { Table, ViewWriter } from '#libs/views/views';
import { isLive } from '#projections/flags/carats';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';

/** Stones that a live report was issued for or matched with, by the first event that said so. */
type Reported = Readonly<{ report: string; said: readonly FlaggedEvent[] }>;

const reported: Table<Reported> = {
  name: 'flag_reports',
  columns: { report: 'text', said: 'json' },
  key: ['report'],
};

/**
 * `report-on-two-stones`: a laboratory used a number again, or somebody matched a stone with the
 * report of another one, while both stones are there. Two records of one stone show like this too.
 */
export const reports: FlagFold = {
  tables: [reported],
  handles: [
    'GradingReportIssued',
    'StoneMatchedToReport',
    'GradingReportSuperseded',
    'GradingReportWithdrawn',
  ],
  project,
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  switch (event.type) {
    case 'GradingReportSuperseded':
    case 'GradingReportWithdrawn': {
      const { laboratory, reportNo } = event.data;
      return views.delete(reported, { report: reportId(laboratory, reportNo) });
    }
    case 'GradingReportIssued':
    case 'StoneMatchedToReport': {
      const { laboratory, reportNo } = event.data;
      const report = reportId(laboratory, reportNo);
      const { said } = (await views.get(reported, { report })) ?? { said: [] };
      if (said.some(({ stream }) => stream === event.stream)) return;
      for (const earlier of said) {
        if (!(await isLive(views, earlier.stream))) continue;
        const finding = `${laboratory} ${reportNo} is said of ${earlier.stream} too`;
        await raise(views, 'report-on-two-stones', event, finding, [earlier]);
      }
      return views.put(reported, { report, said: [...said, flaggedEvent(event)] });
    }
  }
}
