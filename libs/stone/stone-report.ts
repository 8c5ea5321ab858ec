import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type {
  FindReportMismatch,
  InscribeStone,
  IssueReport,
  MatchReport,
} from '#libs/stone/stone-command';
import { supersededBy } from '#libs/stone/live-report';
import type { Stone } from '#libs/stone/stone-state';
import { reportKey } from '#libs/stone/stone-state';
import { needCustody } from '#libs/trade/holder';
import {
  bothErrors,
  checkSameWeight,
  checkWeight,
  heaviestStone,
  leftOf,
  rangeOf,
  stoneError,
} from '#libs/trade/weight';

/** Laboratories report to 0.01 ct, so a report differs by up to 9 mct besides (domain §0.6). */
const reportRounding = 9;

/** Two measurements of one stone differ by no more than this (domain §3: ±0.02 mm). */
const measuringError = 20;

/** ISO 24016 grades single stones over 0.25 ct. */
const leastGradedMct = 250;

/** `D`, or a range of the scale of ISO 24016 as laboratories print it, `S-T`. */
const colourOfScale = /^[D-Z](?:\s?[-–]\s?[D-Z])?$/;

export function decideReport(
  command: IssueReport | MatchReport | FindReportMismatch | InscribeStone,
  state: Stone,
): Draft<StoneEvent> {
  const { meta } = command;
  if (state.form !== 'polished') {
    throw new Refused('not-polished', 'only a polished stone is graded, matched or inscribed');
  }
  switch (command.type) {
    case 'IssueReport':
      needRole(meta, 'laboratory');
      checkWeight(command.weight, 'weight', heaviestStone);
      checkSameWeight(
        command.weight,
        leftOf(state.balance),
        bothErrors(state.balance, command.weight) + reportRounding,
        'weight',
      );
      checkType(command, state);
      checkNumber(command, state);
      checkScale(command, state);
      if (state.reports.includes(reportKey(meta.by, command.reportNo))) {
        throw new Refused('report-exists', `report ${command.reportNo} is already issued`, {
          field: 'reportNo',
        });
      }
      return { type: 'GradingReportIssued', data: issued(command, state) };
    case 'MatchReport':
      needCustody(meta, state.holding);
      checkDeltas(command);
      checkNumber(command, state);
      return { type: 'StoneMatchedToReport', data: factsOf(command) };
    case 'FindReportMismatch':
      needCustody(meta, state.holding);
      return { type: 'ReportMismatchFound', data: factsOf(command) };
    case 'InscribeStone':
      needCustody(meta, state.holding);
      return { type: 'LaserInscriptionApplied', data: factsOf(command) };
  }
}

/** What was grown has a report of its own kind, and one without a kind grades what was mined; reports that do not grade may be of either. */
function checkType(
  { reportType = 'diamond-grading' }: IssueReport,
  { laboratoryGrown }: Stone,
): void {
  const isOther =
    reportType === 'diamond-grading'
      ? laboratoryGrown
      : reportType === 'laboratory-grown-grading' && !laboratoryGrown;
  if (!isOther) return;
  const found = laboratoryGrown ? 'was found' : 'was not found';
  throw new Refused('report-type-differs', `the stone ${found} to be laboratory-grown`, {
    field: 'reportType',
  });
}

/** Reports on laboratory-grown diamonds bear it before their digits (domain §3). */
const grownNumber = /^LG[^0-9A-Z]*\d/i;

/** A number that says grown is of no stone that was not found to be, and of no report on natural ones. */
function checkNumber(command: IssueReport | MatchReport, { laboratoryGrown }: Stone): void {
  if (!grownNumber.test(command.reportNo) || laboratoryGrown) return;
  throw new Refused('report-type-differs', `${command.reportNo} is of a laboratory-grown stone`, {
    field: 'reportNo',
  });
}

/** ISO 24016 is for untreated natural polished diamonds over 0.25 ct of no fancy colour. */
function checkScale({ gradeScale, weight, colour = 'D' }: IssueReport, state: Stone): void {
  if (gradeScale !== 'iso-24016') return;
  const isNatural = !state.laboratoryGrown && state.treatments.length === 0;
  const isHeavy = rangeOf(weight).max > leastGradedMct;
  if (isNatural && isHeavy && colourOfScale.test(colour)) return;
  throw new Refused('scale-not-applicable', 'ISO 24016 does not grade such a stone', {
    field: 'gradeScale',
  });
}

/** Whoever says that the stone is that of the report cannot have found it to be another. */
function checkDeltas({ deltas }: MatchReport): void {
  const { mct = 0, micrometres = [] } = deltas ?? {};
  if (Math.abs(mct) > 2 * stoneError + reportRounding) throw tooGreat('deltas.mct');
  const n = micrometres.findIndex((each) => Math.abs(each) > measuringError);
  if (n >= 0) throw tooGreat(`deltas.micrometres.${n}`);
}

function tooGreat(field: string): Refused {
  return new Refused('deltas-too-great', 'the stone differs too much from the report', { field });
}

/** Names the report whose place it takes, so that its own stream is told. */
function issued(command: IssueReport, { liveReports }: Stone) {
  const { by: laboratory } = command.meta;
  const superseded = supersededBy(liveReports, laboratory, command.reportType);
  return { laboratory, ...factsOf(command), ...(superseded.length > 0 && { superseded }) };
}
