import type { Draft } from '#events/event';
import type { Piece, StoneEvent } from '#events/stone';
import { factsOf, needRole } from '#libs/decider/acts';
import type { CommandMeta } from '#libs/decider/decider';
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
import type { Order, Stone } from '#libs/stone/stone-state';
import { needCustody } from '#libs/trade/holder';
import { checkMayHaveParts, checkParts } from '#libs/trade/part';
import {
  checkAccounted,
  checkNotGained,
  checkWeight,
  heaviestStone,
  leftOf,
  taken,
} from '#libs/trade/weight';

const mostCraftsmen = 10_000;

type Making =
  | StartManufacturing
  | ApproveCuttingPlan
  | SawRough
  | CleaveRough
  | ProducePolished
  | RecordLoss
  | CloseManufacturing;

/** Cutting: begun by the custodian, done by the party that began it, all weight accounted for. */
export function decideMaking(command: Making, state: Stone): Draft<StoneEvent> {
  const { meta } = command;
  needRole(meta, 'cutter', 'producer');
  needCustody(meta, state.holding);
  if (state.form === 'polished') throw new Refused('not-rough', 'the stone is polished already');
  if (command.type === 'StartManufacturing') return start(command, state);
  const order = needOrder(meta, state);
  switch (command.type) {
    case 'ApproveCuttingPlan':
      return approve(command, state);
    case 'SawRough': {
      const pieces = divide(command, state);
      const { method, loss } = command;
      return { type: 'RoughSawn', data: { method, pieces, loss } };
    }
    case 'CleaveRough': {
      const pieces = divide(command, state);
      return { type: 'RoughCleaved', data: { pieces, loss: command.loss } };
    }
    case 'ProducePolished':
      checkMayHaveParts(state.idLength);
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
  if (craftsmen !== undefined && !isCount(craftsmen, mostCraftsmen)) {
    throw new Refused('bad-count', `craftsmen is not 1 to ${mostCraftsmen}`, {
      field: 'craftsmen',
    });
  }
  return { type: 'ManufacturingStarted', data: factsOf(command) };
}

function needOrder(meta: CommandMeta, { order }: Stone): Order {
  if (!order) throw new Refused('not-in-manufacture', 'no manufacturing order is open');
  if (order.by !== meta.by) {
    throw new Refused('not-your-order', `${order.by} began order ${order.orderNo}`);
  }
  return order;
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

/** The numbered pieces of a division of all that is left. */
function divide(command: SawRough | CleaveRough, state: Stone): readonly Piece[] {
  const { pieces, loss } = command;
  checkMayHaveParts(state.idLength);
  checkParts(pieces.length, 2, 'pieces');
  pieces.forEach(({ weight }, i) => checkWeight(weight, `pieces.${i}.weight`, heaviestStone));
  checkWeight(loss, 'loss', heaviestStone, 0);
  const weights = pieces.map(({ weight }) => weight);
  const after = taken(state.balance, weights, loss);
  checkNotGained(after);
  checkAccounted(after);
  return weights.map((weight, i) => ({ n: state.parts + i + 1, weight }));
}

function isCount(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}
