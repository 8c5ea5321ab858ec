import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type {
  ApproveCuttingPlan,
  CleaveRough,
  CloseManufacturing,
  ProducePolished,
  RecordLoss,
  SawRough,
  StartManufacturing,
} from '#libs/stone/stone-command';
import { divided } from '#libs/stone/stone-division';
import type { Stone } from '#libs/stone/stone-state';
import type { BlockStone, BruteStone } from '#libs/stone/work-command';
import { needDivisible } from '#libs/trade/bounds';
import { needCustody } from '#libs/trade/holder';
import { checkCraftsmen, needOrder } from '#libs/trade/order';
import { checkMayHaveParts, checkParts } from '#libs/trade/part';
import {
  checkAccounted,
  checkNotGained,
  checkReduced,
  checkWeight,
  heaviestStone,
  leftOf,
  taken,
  worseError,
} from '#libs/trade/weight';

type Making =
  | StartManufacturing
  | ApproveCuttingPlan
  | SawRough
  | CleaveRough
  | ProducePolished
  | RecordLoss
  | CloseManufacturing
  | BruteStone
  | BlockStone;

/** Cutting: begun by the custodian, done by the party that began it, all weight accounted for. */
export function decideMaking(command: Making, state: Stone): Draft<StoneEvent> {
  const { meta } = command;
  needRole(meta, 'cutter', 'producer');
  needCustody(meta, state.holding);
  needDivisible(state.holding);
  if (state.form === 'polished') throw new Refused('not-rough', 'the stone is polished already');
  if (command.type === 'StartManufacturing') return start(command, state);
  const order = needOrder(meta, state.order);
  switch (command.type) {
    case 'ApproveCuttingPlan':
      return approve(command, state);
    case 'SawRough': {
      const pieces = divided(command, state, 2);
      const { method, loss } = command;
      return { type: 'RoughSawn', data: { method, pieces, loss } };
    }
    case 'CleaveRough': {
      const pieces = divided(command, state, 2);
      return { type: 'RoughCleaved', data: { pieces, loss: command.loss } };
    }
    case 'ProducePolished':
      checkMayHaveParts(state.idLength);
      checkPlan(command, state);
      checkWeight(command.weight, 'weight', heaviestStone);
      checkNotGained(taken(state.balance, [command.weight]));
      return {
        type: 'PolishedDiamondProduced',
        data: { n: state.parts + 1, ...factsOf(command) },
      };
    case 'RecordLoss':
      checkWeight(command.weight, 'weight', heaviestStone);
      checkNotGained(taken(state.balance, [], command.weight));
      return { type: 'ManufacturingLossRecorded', data: factsOf(command) };
    case 'BruteStone':
    case 'BlockStone': {
      const { weightAfter } = command;
      checkWeight(weightAfter, 'weightAfter', heaviestStone);
      checkReduced(state.balance, weightAfter, worseError(state.balance, weightAfter));
      const type = command.type === 'BruteStone' ? 'StoneBruted' : 'StoneBlocked';
      return { type, data: { weightAfter } };
    }
    case 'CloseManufacturing':
      checkAccounted(state.balance);
      return { type: 'ManufacturingClosed', data: { orderNo: order.orderNo } };
  }
}

/** A cutter that was handed a stone under another's order begins its own. */
function start(command: StartManufacturing, { order }: Stone): Draft<StoneEvent> {
  const { meta, craftsmen } = command;
  if (order?.by === meta.by) {
    throw new Refused('in-manufacture', `order ${order.orderNo} is open`);
  }
  checkCraftsmen(craftsmen);
  return { type: 'ManufacturingStarted', data: factsOf(command) };
}

function approve(command: ApproveCuttingPlan, { balance }: Stone): Draft<StoneEvent> {
  const { outputs } = command;
  checkParts(outputs.length, 1, 'outputs');
  const planned = outputs.reduce((sum, { plannedMct }) => sum + plannedMct, 0);
  if (!outputs.every(({ plannedMct }) => isCount(plannedMct, heaviestStone))) {
    throw new Refused('bad-weight', 'a planned weight is no whole number of mct', {
      field: 'outputs',
    });
  }
  if (planned > leftOf(balance).max) {
    throw new Refused('plan-exceeds-rough', `the plan makes ${planned} mct`, {
      field: 'outputs',
      plannedMct: planned,
      leftMct: leftOf(balance).max,
    });
  }
  return { type: 'CuttingPlanApproved', data: factsOf(command) };
}

/** A plan is of the rough or piece that is cut by it: pieces have plans of their own. */
function checkPlan({ planNo }: ProducePolished, { plans }: Stone): void {
  if (planNo === undefined || plans.includes(planNo)) return;
  throw new Refused('unknown-plan', `no plan ${planNo} was approved for it`, { field: 'planNo' });
}

function isCount(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}
