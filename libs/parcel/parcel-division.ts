import type { Draft } from '#events/event';
import type { ParcelEvent, ParcelPart } from '#events/parcel';
import { factsOf } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type {
  PartWanted,
  SingleOutStone,
  SortParcel,
  SplitParcel,
} from '#libs/parcel/parcel-command';
import {
  checkAllPieces,
  checkContent,
  checkPiecesTaken,
  checkRest,
  without,
} from '#libs/parcel/parcel-content';
import type { Parcel } from '#libs/parcel/parcel-state';
import { judgedBySieve } from '#libs/parcel/sieve';
import { needDivisible } from '#libs/trade/bounds';
import { needCustody } from '#libs/trade/holder';
import { checkMayHaveParts, checkParts } from '#libs/trade/part';
import {
  checkAccounted,
  checkNotGained,
  checkWeight,
  heaviestParcel,
  heaviestStone,
} from '#libs/trade/weight';

/** The custodian divides a parcel: nothing weighs more afterwards, and counted pieces add up. */
export function divideParcel(
  command: SortParcel | SplitParcel | SingleOutStone,
  state: Parcel,
): Draft<ParcelEvent> {
  const { goods, holding, parts, idLength } = state;
  needCustody(command.meta, holding);
  needDivisible(holding);
  needNoOrder(state);
  checkMayHaveParts(idLength);
  switch (command.type) {
    case 'SortParcel': {
      const contents = contentsOf(command.parts);
      checkWeight(command.loss, 'loss', heaviestParcel, 0);
      const { balance } = without(goods, contents, command.loss);
      checkNotGained(balance);
      checkAccounted(balance);
      checkPiecesTaken(goods, contents);
      checkAllPieces(goods, contents);
      const judged = judgedBy(command.parts, state);
      const sorted = numbered(command.parts, parts);
      return { type: 'ParcelSorted', data: { parts: sorted, loss: command.loss, ...judged } };
    }
    case 'SplitParcel': {
      const contents = contentsOf(command.parts);
      const rest = without(goods, contents);
      checkNotGained(rest.balance);
      checkPiecesTaken(goods, contents);
      checkRest(rest);
      const judged = judgedBy(command.parts, state);
      return { type: 'ParcelSplit', data: { parts: numbered(command.parts, parts), ...judged } };
    }
    case 'SingleOutStone': {
      checkWeight(command.weight, 'weight', heaviestStone);
      const rest = without(goods, [{ weight: command.weight, pieces: 1 }]);
      checkNotGained(rest.balance);
      checkRest(rest);
      return { type: 'StoneSingledOut', data: { n: parts + 1, ...factsOf(command) } };
    }
  }
}

/** Throws `in-manufacture`: what a factory has begun to cut is not divided as a parcel. */
export function needNoOrder({ order }: Parcel): void {
  if (order) throw new Refused('in-manufacture', `order ${order.orderNo} is open`);
}

/** Polished goods of a class stay of it unless the part says another. */
function judgedBy(wanted: readonly PartWanted[], { form, sieve: before }: Parcel) {
  if (form !== 'polished') return {};
  return judgedBySieve(
    wanted.map(({ content, sieve = before ?? undefined }, i) => ({
      content,
      sieve,
      field: `parts.${i}`,
    })),
  );
}

function contentsOf(wanted: readonly PartWanted[]): readonly PartWanted['content'][] {
  checkParts(wanted.length, 1, 'parts');
  wanted.forEach(({ content }, i) => checkContent(content, `parts.${i}.content`));
  return wanted.map(({ content }) => content);
}

function numbered(wanted: readonly PartWanted[], before: number): readonly ParcelPart[] {
  return wanted.map((part, i) => ({ n: before + i + 1, ...part }));
}
