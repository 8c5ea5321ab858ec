import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { reportId } from '#events/streams';
import type { ViewWriter } from '#libs/views/views';
import { wasLive } from '#projections/flags/carats';
import type { FlagFold, Noted } from '#projections/flags/flag';
import { raise } from '#projections/flags/flag';
import { groups } from '#projections/flags/groups';

/** That a live report is of the stone, in the words that name it; `null`: that the report ended. */
type Reported = Noted & Readonly<{ named: string | null }>;

const reported = groups<Reported>('flag_reports', 'report ', judge);

/**
 * `report-on-two-stones`: a laboratory used a number again, or somebody matched a stone with the
 * report of another one, while both stones are there. Two records of one stone show like this too.
 */
export const reports: FlagFold = {
  tables: [reported.table],
  handles: [
    'GradingReportIssued',
    'StoneMatchedToReport',
    'GradingReportSuperseded',
    'GradingReportWithdrawn',
  ],
  project,
  forget: reported.forget,
  settle: reported.settle,
};

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  switch (event.type) {
    case 'GradingReportSuperseded':
    case 'GradingReportWithdrawn':
    case 'GradingReportIssued':
    case 'StoneMatchedToReport': {
      const { laboratory, reportNo } = event.data;
      const isOfStone =
        event.type === 'GradingReportIssued' || event.type === 'StoneMatchedToReport';
      const named = isOfStone ? `${laboratory} ${reportNo}` : null;
      return reported.say(event, views, reportId(laboratory, reportNo), { named }, anew);
    }
  }
}

async function judge(
  views: ViewWriter,
  thing: string,
  said: readonly Reported[],
  nth: number,
): Promise<void> {
  const own = said[nth];
  if (!own || own.named === null) return;
  const ended = said.slice(0, nth).findLastIndex(({ named }) => named === null);
  const before = said.slice(ended + 1, nth);
  if (before.some(({ stream }) => stream === own.stream)) return;
  const firsts = new Map(before.toReversed().map((each) => [each.stream, each]));
  for (const earlier of firsts.values()) {
    if (!(await wasLive(views, earlier.stream, own.position))) continue;
    const finding = `${own.named} is said of ${earlier.stream} too`;
    await raise(views, 'report-on-two-stones', own, finding, [earlier], [], thing);
  }
}
