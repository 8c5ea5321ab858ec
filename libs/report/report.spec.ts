import { describe, it } from '@jest/globals';
import type { ReportEvent } from '#events/report';
import { report } from '#libs/report/report';
import { as, given, mct, stated } from '#test/support/given';

const named = { laboratory: 'gia', reportNo: '2211234567' } as const;
const gia = as('gia', ['laboratory']);
const opened: Extract<ReportEvent, { type: 'ReportOpened' }> = stated('gia', {
  type: 'ReportOpened',
  data: { ...named, stone: 'new-sun', weight: mct(1010), cause: 'c1' },
});

describe('a report', () => {
  const open = { type: 'OpenReport', ...opened.data, meta: gia } as const;

  it('opens once for what it was issued for; its number used again is recorded', () => {
    given(report)().when(open).thenRecorded({ type: 'ReportOpened', data: opened.data });
    given(report)(opened).when(open).thenRecorded();
    given(report)(opened)
      .when({ ...open, stone: 'dusk', cause: 'c2' })
      .thenRecorded({ type: 'ReportNumberReused', data: { ...named, stone: 'dusk', cause: 'c2' } });
  });

  it('is superseded or withdrawn by its laboratory', () => {
    const supersede = { type: 'SupersedeReport', ...named, reason: 'recut', meta: gia } as const;
    given(report)(opened)
      .when({ ...supersede, successor: '2211234568' })
      .thenRecorded({
        type: 'GradingReportSuperseded',
        data: { ...named, reason: 'recut', successor: '2211234568' },
      });
    given(report)(opened)
      .when({ type: 'WithdrawReport', ...named, reason: 'wrong stone', meta: gia })
      .thenRecorded({ type: 'GradingReportWithdrawn', data: { ...named, reason: 'wrong stone' } });
    given(report)(opened)
      .when({ ...supersede, successor: named.reportNo })
      .thenRefused('to-itself');
    given(report)(opened)
      .when({ ...supersede, meta: as('igi', ['laboratory']) })
      .thenRefused('not-your-act');
    given(report)(opened)
      .when({ ...supersede, meta: as('gia', ['dealer']) })
      .thenRefused('role-needed');
    given(report)().when(supersede).thenRefused('unknown-report');
    const withdrawn = stated('gia', {
      type: 'GradingReportWithdrawn' as const,
      data: { ...named, reason: 'x' },
    });
    given(report)(opened, withdrawn).when(supersede).thenRefused('wrong-status');
    given(report)(opened, withdrawn)
      .when({ type: 'QuoteReport', ...named, on: 'offer', meta: as('kgk') })
      .thenRefused('wrong-status');
  });

  it('is in house, or not, as its laboratory says', () => {
    const flag = { type: 'FlagInHouse', ...named, inHouse: true, meta: gia } as const;
    given(report)(opened)
      .when(flag)
      .thenRecorded({ type: 'ReportInHouse', data: { ...named, inHouse: true } });
    given(report)(opened)
      .when({ ...flag, inHouse: false })
      .thenRefused('wrong-status');
  });

  it('is outdated by a recut, once', () => {
    const outdate = {
      type: 'OutdateReport',
      ...named,
      reason: 'recut',
      cause: 'c3',
      meta: gia,
    } as const;
    const data = { ...named, reason: 'recut', cause: 'c3' };
    given(report)(opened).when(outdate).thenRecorded({ type: 'GradingReportSuperseded', data });
    given(report)(opened, stated('gia', { type: 'GradingReportSuperseded' as const, data }))
      .when(outdate)
      .thenRecorded();
  });

  it('is outdated once it was withdrawn too, so that nothing is left to be told', () => {
    const told = { ...named, successor: '78', reason: 'graded anew', cause: 'c5' };
    given(report)(
      opened,
      stated('gia', { type: 'GradingReportWithdrawn' as const, data: { ...named, reason: 'x' } }),
    )
      .when({ type: 'OutdateReport', ...told, meta: gia })
      .thenRecorded({ type: 'GradingReportSuperseded', data: told });
  });
});

it('is quoted by anybody and compared by policy, whoever issued it', () => {
  given(report)()
    .when({ type: 'QuoteReport', ...named, on: 'offer', stone: 'dusk', meta: as('kgk') })
    .thenRecorded({ type: 'ReportQuoted', data: { ...named, on: 'offer', stone: 'dusk' } });
  const compared = { ...named, stone: 'dusk', matched: false, finding: 'lighter', cause: 'c4' };
  given(report)()
    .when({ type: 'CompareReport', ...compared, meta: as('kgk') })
    .thenRecorded({ type: 'ReportCompared', data: compared });
});
