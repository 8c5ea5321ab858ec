import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { divided } from '#libs/stone/stone-division';
import type { Stone } from '#libs/stone/stone-state';
import type { RecutStone, RepolishStone, WorkCommand } from '#libs/stone/work-command';
import { needDivisible } from '#libs/trade/bounds';
import { needCustody } from '#libs/trade/holder';
import {
  bothErrors,
  checkReduced,
  checkSameWeight,
  checkWeight,
  heaviestStone,
  leftOf,
  rangeOf,
} from '#libs/trade/weight';

/** What happens to a stone under the wheel or by accident, without a manufacturing order. */
export function decideWork(command: WorkCommand, state: Stone): Draft<StoneEvent> {
  const { meta } = command;
  needCustody(meta, state.holding);
  needDivisible(state.holding);
  switch (command.type) {
    case 'BreakStone': {
      const { cause, loss } = command;
      const pieces = divided(command, state, 0);
      return { type: 'StoneBroken', data: { cause, pieces, loss } };
    }
    case 'RecutStone':
      return { type: 'StoneRecut', data: rework(command, state) };
    case 'RepolishStone':
      return { type: 'StoneRepolished', data: rework(command, state) };
  }
}

/** The same stone, strictly lighter; what reports said of it is no longer so (domain I2, I11). */
function rework(command: RecutStone | RepolishStone, state: Stone) {
  const { meta, weightBefore, weightAfter } = command;
  const { balance, form, liveReports } = state;
  needRole(meta, 'cutter', 'producer', 'jeweller');
  if (form !== 'polished') throw new Refused('not-polished', 'the stone is not polished yet');
  checkWeight(weightBefore, 'weightBefore', heaviestStone);
  checkWeight(weightAfter, 'weightAfter', heaviestStone);
  const left = leftOf(balance);
  checkSameWeight(weightBefore, left, bothErrors(balance, weightBefore), 'weightBefore');
  checkReduced(balance, weightAfter, 0);
  const before = Math.min(left.max, rangeOf(weightBefore).max);
  if (rangeOf(weightAfter).min >= before) {
    throw new Refused('not-lighter', `the stone weighed ${before} mct before`, {
      field: 'weightAfter',
    });
  }
  const superseded = liveReports.map(({ laboratory, reportNo }) => ({ laboratory, reportNo }));
  return { ...factsOf(command), superseded };
}
