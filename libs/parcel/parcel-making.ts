import type { Draft } from '#events/event';
import type { ParcelEvent } from '#events/parcel';
import { factsOf, needRole } from '#libs/decider/acts';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import type { ProducePolishedParcel } from '#libs/parcel/melee-command';
import { checkContent } from '#libs/parcel/parcel-content';
import type { Parcel } from '#libs/parcel/parcel-state';
import { judgedBySieve } from '#libs/parcel/sieve';
import type { CloseManufacturing, RecordLoss, StartManufacturing } from '#libs/stone/stone-command';
import { needDivisible } from '#libs/trade/bounds';
import { needCustody } from '#libs/trade/holder';
import { checkCraftsmen, needOrder } from '#libs/trade/order';
import { checkMayHaveParts } from '#libs/trade/part';
import {
  checkAccounted,
  checkNotGained,
  checkWeight,
  heaviestParcel,
  taken,
} from '#libs/trade/weight';

type Making = StartManufacturing | ProducePolishedParcel | RecordLoss | CloseManufacturing;

/** Cutting a parcel of rough into polished goods, all weight accounted for (domain I1). */
export function decideParcelMaking(command: Making, state: Parcel): Draft<ParcelEvent> {
  const { meta } = command;
  needRole(meta, 'cutter', 'producer');
  needCustody(meta, state.holding);
  needDivisible(state.holding);
  if (state.form === 'polished') throw new Refused('not-rough', 'the goods are polished already');
  switch (command.type) {
    case 'StartManufacturing':
      checkMayStart(meta, state);
      checkCraftsmen(command.craftsmen);
      return { type: 'ManufacturingStarted', data: factsOf(command) };
    case 'ProducePolishedParcel': {
      const { content, sieve } = command;
      needOrder(meta, state.order);
      checkMayHaveParts(state.idLength);
      checkContent(content, 'content');
      checkNotGained(taken(state.goods.balance, [content.weight]));
      const judged = judgedBySieve([{ content, sieve, field: 'content' }]);
      const data = { n: state.parts + 1, ...factsOf(command), ...judged };
      return { type: 'PolishedParcelProduced', data };
    }
    case 'RecordLoss':
      needOrder(meta, state.order);
      checkWeight(command.weight, 'weight', heaviestParcel);
      checkNotGained(taken(state.goods.balance, [], command.weight));
      return { type: 'ManufacturingLossRecorded', data: factsOf(command) };
    case 'CloseManufacturing': {
      const { orderNo } = needOrder(meta, state.order);
      checkAccounted(state.goods.balance);
      return { type: 'ManufacturingClosed', data: { orderNo } };
    }
  }
}

/** A cutter that was handed a parcel under another's order begins its own. */
function checkMayStart(meta: CommandMeta, { order }: Parcel): void {
  if (order?.by !== meta.by) return;
  throw new Refused('in-manufacture', `order ${order.orderNo} is open`);
}
