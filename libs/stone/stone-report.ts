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
import type { Stone } from '#libs/stone/stone-state';
import { reportKey } from '#libs/stone/stone-state';
import { needCustody } from '#libs/trade/holder';
import {
  checkSameWeight,
  checkWeight,
  heaviestStone,
  leftOf,
  stoneError,
} from '#libs/trade/weight';

/** Laboratories report to 0.01 ct, so a report differs by up to 9 mct besides (domain §0.6). */
const reportRounding = 9;

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
        2 * stoneError + reportRounding,
        'weight',
      );
      if (state.reports.includes(reportKey(meta.by, command.reportNo))) {
        throw new Refused('report-exists', `report ${command.reportNo} is already issued`, {
          field: 'reportNo',
        });
      }
      return { type: 'GradingReportIssued', data: { laboratory: meta.by, ...factsOf(command) } };
    case 'MatchReport':
      needCustody(meta, state.holding);
      return { type: 'StoneMatchedToReport', data: factsOf(command) };
    case 'FindReportMismatch':
      needCustody(meta, state.holding);
      return { type: 'ReportMismatchFound', data: factsOf(command) };
    case 'InscribeStone':
      needCustody(meta, state.holding);
      return { type: 'LaserInscriptionApplied', data: factsOf(command) };
  }
}
