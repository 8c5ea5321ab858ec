import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Weight } from '#events/values';
import type { Range } from '#libs/trade/weight';
import { outputError, parcelError, rangeOf, scaleOf, sumOf } from '#libs/trade/weight';

/** How goods came into the ledger: out of the ground, from before it, or out of other goods. */
export type Source = 'recovered' | 'brought-in' | 'parts';

/**
 * What went into goods, came out and was lost, in mct. `taken` was mixed in later, `melee` was set in jewellery, `merged` is the
 * weight of a record given up for another of the same stone; `slack` is how far the scales may err.
 */
export type Account = Readonly<{
  source: Source;
  in: Range;
  taken: Range;
  parts: Range;
  melee: Range;
  merged: Range;
  loss: Range;
  slack: number;
  isOver: boolean;
}>;

const nothing: Range = { min: 0, max: 0 };
const empty = {
  taken: nothing,
  parts: nothing,
  melee: nothing,
  merged: nothing,
  loss: nothing,
  isOver: false,
};

/** The account after an event of its own stream; `undefined` before the first of goods. */
export function evolveAccount(
  account: Account | undefined,
  event: Recorded<LedgerEvent>,
): Account | undefined {
  return account ? changed(account, event) : opened(event);
}

function opened(event: Recorded<LedgerEvent>): Account | undefined {
  switch (event.type) {
    case 'RoughDiamondRecovered':
      return ofStone('recovered', event.data.weight);
    case 'HistoryOpened':
      return ofStone('brought-in', event.data.weight);
    case 'StoneOpened':
      return ofStone('parts', event.data.weight);
    case 'ProductionLotRecovered':
      return ofParcel('recovered', event.data.content.weight);
    case 'ParcelHistoryOpened':
      return ofParcel('brought-in', event.data.content.weight);
    case 'ParcelOpened':
    case 'MixReceived':
      return ofParcel('parts', event.data.content.weight);
    default:
      return undefined;
  }
}

function ofStone(source: Source, weight: Weight): Account {
  return { ...empty, source, in: rangeOf(weight), slack: scaleOf(weight) };
}

function ofParcel(source: Source, weight: Weight): Account {
  const range = rangeOf(weight);
  return { ...empty, source, in: range, slack: parcelError(range, scaleOf(weight)) };
}

function changed(account: Account, event: Recorded<LedgerEvent>): Account {
  switch (event.type) {
    case 'MixReceived': {
      const { weight } = event.data.content;
      const slack = account.slack + parcelError(rangeOf(weight), scaleOf(weight));
      return { ...account, taken: sumOf([account.taken, rangeOf(weight)]), slack, isOver: false };
    }
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken':
      return { ...lost(out(account, event.data.pieces), event.data.loss), isOver: true };
    case 'PolishedDiamondProduced':
    case 'StoneSingledOut':
      return out(account, [event.data]);
    case 'PolishedParcelProduced':
      return out(account, [event.data.content]);
    case 'ParcelSorted': {
      const { parts, loss } = event.data;
      const contents = parts.map(({ content }) => content);
      return { ...lost(out(account, contents), loss), isOver: true };
    }
    case 'ParcelSplit':
      return out(
        account,
        event.data.parts.map(({ content }) => content),
      );
    case 'LaboratoryGrownDetected':
      return event.data.part ? out(account, [event.data.part.content]) : account;
    case 'ParcelMixed':
      return { ...out(account, [event.data.content]), isOver: true };
    case 'MixReturned':
      return { ...account, parts: less(account.parts, event.data.content.weight), isOver: false };
    case 'MeleeSet':
      return { ...account, melee: sumOf([account.melee, rangeOf(event.data.content.weight)]) };
    case 'MeleeReturned':
      return { ...account, melee: less(account.melee, event.data.content.weight), isOver: false };
    case 'ManufacturingLossRecorded':
      return lost(account, event.data.weight);
    case 'RoughCleaned':
    case 'StoneBruted':
    case 'StoneBlocked':
    case 'StoneRecut':
    case 'StoneRepolished':
      return reduced(account, event.data.weightAfter);
    case 'ManufacturingClosed':
      return { ...account, isOver: true };
    case 'IdentityGivenUp':
      return { ...account, merged: leftOf(account), isOver: true };
    case 'IdentityRestored':
      return { ...account, merged: nothing, isOver: false };
    default:
      return account;
  }
}

type Weighed = Readonly<{ weight: Weight }>;

function out(account: Account, parts: readonly Weighed[]): Account {
  const ranges = parts.map(({ weight }) => rangeOf(weight));
  const slack = parts.reduce((sum, { weight }) => sum + outputError(weight), account.slack);
  return { ...account, parts: sumOf([account.parts, ...ranges]), slack };
}

function lost(account: Account, weight: Weight): Account {
  return { ...account, loss: sumOf([account.loss, rangeOf(weight)]) };
}

/** What it weighs less than what was left of it is lost; a scale's error is no gain. */
function reduced(account: Account, after: Weight): Account {
  const left = leftOf(account);
  const { min, max } = rangeOf(after);
  const gone = { min: Math.max(0, left.min - max), max: Math.max(0, left.max - min) };
  return { ...account, loss: sumOf([account.loss, gone]), slack: account.slack + scaleOf(after) };
}

function less(range: Range, weight: Weight): Range {
  const { min, max } = rangeOf(weight);
  return { min: range.min - min, max: minus(range.max, max) };
}

/** What all that is known of the goods leaves of them, whether or not they are there as such. */
export function leftOf(account: Account): Range {
  const { parts, melee, merged, loss } = account;
  const whole = sumOf([account.in, account.taken]);
  const gone = sumOf([parts, melee, merged, loss]);
  return { min: Math.max(0, whole.min - gone.max), max: Math.max(0, minus(whole.max, gone.min)) };
}

/** More came out than went in, or what is over did not all come out: by how many mct, at least. */
export function faultOf(account: Account): number {
  const { parts, melee, merged, loss, slack, isOver } = account;
  const whole = sumOf([account.in, account.taken]);
  const gone = sumOf([parts, melee, merged, loss]);
  if (gone.min > whole.max + slack) return whole.max - gone.min;
  if (isOver && gone.max < whole.min - slack) return whole.min - gone.max;
  return 0;
}

function minus(a: number, b: number): number {
  return a === Infinity ? Infinity : a - b;
}
