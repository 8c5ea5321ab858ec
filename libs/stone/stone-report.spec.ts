import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import type { StoneEvent } from '#events/stone';
import { unknownOrigin } from '#libs/origin/origin';
import { stone } from '#libs/stone/stone';
import { as, given, mct, over, stated } from '#test/support/given';

const opened = (form: 'rough' | 'polished', weight = mct(1769)) =>
  stated('graff', {
    type: 'HistoryOpened' as const,
    data: { form, weight, origin: unknownOrigin, basis: 'bought' },
  });
const weight = { mct: 1770, qualifier: 'eq', basis: 'reported' } as const;
const graded = {
  reportNo: '2141438171',
  weight,
  colour: 'D',
  clarity: 'IF',
  polish: 'Excellent',
  symmetry: 'Very Good',
  fluorescence: 'None',
};
const issue = { type: 'IssueReport', ...graded, meta: as('gia', ['laboratory']) } as const;
const issued = stated('gia', {
  type: 'GradingReportIssued' as const,
  data: { laboratory: 'gia', ...graded },
});
const report = { laboratory: 'gia', reportNo: '2141438171' };

describe('a grading report', () => {
  it('is the word of the laboratory that acts', () =>
    given(stone)(opened('polished'))
      .when(issue)
      .thenRecorded({ type: 'GradingReportIssued', data: { laboratory: 'gia', ...graded } }));

  it('is issued by a laboratory', () =>
    given(stone)(opened('polished'))
      .when({ ...issue, meta: as('graff', ['jeweller']) })
      .thenRefused('role-needed'));

  it('is of a polished stone', () =>
    given(stone)(opened('rough')).when(issue).thenRefused('not-polished'));

  it('has a number of its own', () =>
    given(stone)(opened('polished'), issued).when(issue).thenRefused('report-exists'));

  it('takes the place of the laboratory’s last one, not of another’s', () => {
    const next = { ...graded, reportNo: '2141438172' };
    const data = { laboratory: 'gia', ...next, superseded: [report] };
    given(stone)(opened('polished'), issued)
      .when({ ...issue, ...next })
      .thenRecorded({ type: 'GradingReportIssued', data });
    given(stone)(opened('polished'), issued)
      .when({ ...issue, ...next, meta: as('igi', ['laboratory']) })
      .thenRecorded({ type: 'GradingReportIssued', data: { laboratory: 'igi', ...next } });
    const weights = { weightBefore: mct(1769), weightAfter: mct(1700), reason: 'chipped' };
    given(stone)(opened('polished'), issued, stated('gia', { type: 'GradingReportIssued', data }))
      .when({ type: 'RecutStone', ...weights, meta: as('graff', ['jeweller']) })
      .thenRecorded({
        type: 'StoneRecut',
        data: { ...weights, superseded: [{ laboratory: 'gia', reportNo: next.reportNo }] },
      });
  });

  it('weighs what the stone weighs, to 0.01 ct', () => {
    const weighs = (value: number) =>
      given(stone)(opened('polished')).when({ ...issue, weight: { ...weight, mct: value } });
    weighs(1760).thenRecorded({
      type: 'GradingReportIssued',
      data: { laboratory: 'gia', ...graded, weight: { ...weight, mct: 1760 } },
    });
    weighs(1740).thenRefused('weight-differs');
    weighs(0).thenRefused('bad-weight');
    given(stone)(opened('polished', over(100_000)))
      .when(issue)
      .thenRefused('weight-differs');
  });
});

describe('the custodian of a polished stone', () => {
  const graff = as('graff', ['jeweller']);
  const acts = [
    [
      { type: 'MatchReport', ...report, method: 'inscription' },
      { type: 'StoneMatchedToReport', data: { ...report, method: 'inscription' } },
    ],
    [
      { type: 'FindReportMismatch', ...report, finding: 'lighter' },
      { type: 'ReportMismatchFound', data: { ...report, finding: 'lighter' } },
    ],
    [
      { type: 'InscribeStone', text: 'GIA 2141438171', location: 'girdle' },
      { type: 'LaserInscriptionApplied', data: { text: 'GIA 2141438171', location: 'girdle' } },
    ],
  ] as const;

  it.each(acts)('may $type', (act, draft) => {
    given(stone)(opened('polished'))
      .when({ ...act, meta: graff })
      .thenRecorded(draft);
    given(stone)(opened('polished'))
      .when({ ...act, meta: as('tiffany', ['jeweller']) })
      .thenRefused('not-custodian');
    given(stone)(opened('rough'))
      .when({ ...act, meta: graff })
      .thenRefused('not-polished');
  });
});

describe('the type of a report', () => {
  const grown = stated('gia', {
    type: 'LaboratoryGrownDetected' as const,
    data: { instrument: 'DiamondView' },
  });

  it('bears a number of laboratory-grown stones for what was found to be grown alone', () => {
    const detected = { instrument: 'DiamondView', finding: 'CVD layers' };
    const grown = stated('gia', { type: 'LaboratoryGrownDetected' as const, data: detected });
    const reportType = 'laboratory-grown-grading' as const;
    for (const reportNo of ['LG563244721', 'LG-77', 'lg 1', 'LG12']) {
      const match = { type: 'MatchReport', laboratory: 'igi', reportNo, method: 'plot' } as const;
      given(stone)(opened('polished'))
        .when({ ...issue, reportNo })
        .thenRefused('report-type-differs');
      given(stone)(opened('polished'))
        .when({ ...issue, reportNo, reportType: 'identification' })
        .thenRefused('report-type-differs');
      given(stone)(opened('polished'))
        .when({ ...match, meta: as('graff', ['jeweller']) })
        .thenRefused('report-type-differs');
      given(stone)(opened('polished'), grown)
        .when({ ...issue, reportNo, reportType })
        .thenRecorded({
          type: 'GradingReportIssued',
          data: { laboratory: 'gia', ...graded, reportNo, reportType },
        });
    }
    given(stone)(opened('polished'))
      .when({ ...issue, reportNo: 'LGA1' })
      .thenRecorded({
        type: 'GradingReportIssued',
        data: { laboratory: 'gia', ...graded, reportNo: 'LGA1' },
      });
  });

  it('is that of what the stone is known to be', () => {
    const natural = given(stone)(opened('polished'));
    natural.when({ ...issue, reportType: 'diamond-grading' }).thenRecorded({
      type: 'GradingReportIssued',
      data: { laboratory: 'gia', ...graded, reportType: 'diamond-grading' },
    });
    natural
      .when({ ...issue, reportType: 'laboratory-grown-grading' })
      .thenRefused('report-type-differs');
    given(stone)(opened('polished'), grown)
      .when({ ...issue, reportType: 'diamond-grading' })
      .thenRefused('report-type-differs');
    given(stone)(opened('polished'), grown).when(issue).thenRefused('report-type-differs');
  });

  it('decides which report lives: one full report of a laboratory, and others beside it', () => {
    const asks = (reportNo: string, reportType?: 'identification') =>
      ({ ...issue, reportNo, ...(reportType && { reportType }) }) as const;
    const history: StoneEvent[] = [opened('polished')];
    for (const command of [asks('1'), asks('2', 'identification'), asks('3')]) {
      const drafts = stone.decide(command, fold(stone, history));
      history.push(...drafts.map((draft) => stated('gia', draft)));
    }
    const live = fold(stone, history)?.liveReports;
    expect(live?.map(({ reportNo }) => reportNo)).toEqual(['2', '3']);
  });
});

describe('the scale of ISO 24016', () => {
  const by = { ...issue, gradeScale: 'iso-24016' } as const;
  const treated = stated('graff', {
    type: 'TreatmentDisclosed' as const,
    data: { kind: 'hpht' as const, permanent: true },
  });

  it('grades D to Z', () => {
    for (const colour of ['D', 'Z', 'S-T']) {
      const data = { laboratory: 'gia', ...graded, colour, gradeScale: by.gradeScale };
      given(stone)(opened('polished'))
        .when({ ...by, colour })
        .thenRecorded({ type: 'GradingReportIssued', data });
    }
    for (const colour of ['Fancy Vivid Yellow', 'C', 'd']) {
      given(stone)(opened('polished'))
        .when({ ...by, colour })
        .thenRefused('scale-not-applicable');
    }
  });

  it('is not for treated or small stones', () => {
    given(stone)(opened('polished'), treated).when(by).thenRefused('scale-not-applicable');
    given(stone)(opened('polished', mct(250)))
      .when({ ...by, weight: { ...weight, mct: 250 } })
      .thenRefused('scale-not-applicable');
  });
});

describe('what differs between a stone and a report', () => {
  const found = { ...report, method: 'measured' };
  const compare = (deltas: { mct?: number; micrometres?: readonly number[] }) =>
    given(stone)(opened('polished')).when({
      type: 'MatchReport',
      ...found,
      deltas,
      meta: as('graff', ['jeweller']),
    });

  it('is recorded as far as scales, rounding and calipers err', () => {
    const deltas = { mct: -19, micrometres: [20, 0, -20] };
    compare(deltas).thenRecorded({ type: 'StoneMatchedToReport', data: { ...found, deltas } });
    compare({ mct: 20 }).thenRefused('deltas-too-great');
    compare({ micrometres: [0, -21] }).thenRefused('deltas-too-great');
  });

  it('may be anything where it is another stone', () => {
    const data = { ...report, finding: 'lighter', deltas: { mct: -400 } };
    given(stone)(opened('polished'))
      .when({ type: 'FindReportMismatch', ...data, meta: as('graff', ['jeweller']) })
      .thenRecorded({ type: 'ReportMismatchFound', data });
  });
});
