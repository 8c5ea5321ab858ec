import { describe, it } from '@jest/globals';
import { unknownOrigin } from '#libs/origin/origin';
import { stone } from '#libs/stone/stone';
import { as, given, mct, over, stated } from '#test/support/given';

const opened = (form: 'rough' | 'polished', weight = mct(1769)) =>
  stated('graff', {
    type: 'HistoryOpened' as const,
    data: { form, weight, origin: unknownOrigin, basis: 'bought' },
  });
const weight = { mct: 1770, qualifier: 'eq', basis: 'reported' } as const;
const graded = { reportNo: '2141438171', weight, colour: 'D', clarity: 'IF' };
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
