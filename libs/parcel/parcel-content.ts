import type { Content } from '#events/parcel';
import type { Origin, Weight } from '#events/values';
import { Refused } from '#libs/decider/decider';
import { declareOrigin, mixOrigins, partOrigin } from '#libs/origin/origin';
import type { Balance, Range } from '#libs/trade/weight';
import {
  checkWeight,
  heaviestParcel,
  leftOf,
  parcelShare,
  rangeOf,
  reduced,
  scaleOf,
  sumOf,
  taken,
  untouched,
  weightOf,
} from '#libs/trade/weight';

/** What a parcel holds. `pieces` is `null` while they are not counted. */
export type Goods = Readonly<{
  balance: Balance;
  basis: Weight['basis'];
  pieces: number | null;
  origin: Origin;
}>;

export function goodsOf({ weight, pieces }: Content, origin: Origin): Goods {
  const range = rangeOf(weight);
  return {
    balance: untouched(range, scaleOf(weight), parcelShare(range)),
    basis: weight.basis,
    pieces: pieces ?? null,
    origin,
  };
}

/** All that is left, as it can be stated. */
export function contentOf({ balance, basis, pieces }: Goods): Content {
  const weight = weightOf(leftOf(balance), basis, balance.scale);
  return { weight, ...(pieces !== null && { pieces }) };
}

/** What is left after parts were taken out: a remainder may hold any of the origins (domain I6). */
export function without(goods: Goods, parts: readonly Content[], loss?: Weight): Goods {
  const weights = parts.map(({ weight }) => weight);
  const balance = taken(goods.balance, weights, loss);
  return {
    ...goods,
    balance,
    pieces: piecesWithout(goods.pieces, parts),
    origin: originOfPart(goods, leftOf(balance)),
  };
}

/** Weighed anew after something was taken off; pieces are not lost by cleaning. */
export function cleaned(goods: Goods, after: Weight): Goods {
  const balance = reduced(goods.balance, after, parcelShare(leftOf(goods.balance)));
  return { ...goods, balance };
}

/** Goods that were taken out are put back: the account, pieces and origin as they were before. */
export function put(goods: Goods, { weight, pieces }: Content): Goods {
  const back = rangeOf(weight);
  const { out } = goods.balance;
  const rest = { min: Math.max(0, out.min - back.min), max: Math.max(0, out.max - back.max) };
  return {
    ...goods,
    balance: { ...goods.balance, out: rest },
    pieces: goods.pieces === null || pieces === undefined ? null : goods.pieces + pieces,
  };
}

/** Two parcels as one; the scales start anew. */
export function together(a: Goods, b: Goods): Goods {
  const left = leftOf(a.balance);
  const right = leftOf(b.balance);
  const range = sumOf([left, right]);
  return {
    balance: untouched(range, Math.max(a.balance.scale, b.balance.scale), parcelShare(range)),
    basis: a.basis === b.basis ? a.basis : 'estimated',
    pieces: a.pieces === null || b.pieces === null ? null : a.pieces + b.pieces,
    origin: mixedOrigin({ origin: a.origin, range: left }, { origin: b.origin, range: right }),
  };
}

/**
 * The origin of a part that can weigh `part`. Where weights are bounds, the lightest part of the
 * heaviest parcel counts, as it can be anything (domain I6).
 */
export function originOfPart({ origin, balance }: Goods, part: Range): Origin {
  return partOrigin(origin, finite(leftOf(balance).max), part.min);
}

/** True when nothing is left, or nothing that could be a stone. */
export function isExhausted({ balance, pieces }: Goods): boolean {
  return leftOf(balance).max === 0 || pieces === 0;
}

/** Throws `bad-weight` or `bad-pieces`. */
export function checkContent({ weight, pieces }: Content, field: string): void {
  checkWeight(weight, `${field}.weight`, heaviestParcel);
  if (pieces === undefined) return;
  if (Number.isSafeInteger(pieces) && pieces >= 1 && pieces <= rangeOf(weight).max) return;
  throw new Refused('bad-pieces', `${field} cannot hold ${pieces} pieces`, {
    field: `${field}.pieces`,
  });
}

/** Throws `pieces-differ` when the parts hold more pieces than there are. */
export function checkPiecesTaken({ pieces }: Goods, parts: readonly Content[]): void {
  const counted = countIn(parts);
  if (pieces === null || counted <= pieces) return;
  throw new Refused('pieces-differ', `${counted} pieces cannot come out of ${pieces}`, {
    field: 'parts',
    pieces,
  });
}

/** Throws `pieces-differ` when what is left has weight without pieces or pieces without weight. */
export function checkRest({ balance, pieces }: Goods): void {
  if (pieces === null) return;
  const { min, max } = leftOf(balance);
  if (pieces === 0 ? min <= balance.slack : pieces <= max) return;
  throw new Refused('pieces-differ', `${pieces} pieces cannot be what is left`, { pieces, min });
}

/** Throws `pieces-differ` unless counted parts hold exactly the pieces that were counted before. */
export function checkAllPieces({ pieces }: Goods, parts: readonly Content[]): void {
  const counted = countIn(parts);
  if (pieces === null || counted === pieces || parts.some((part) => part.pieces === undefined)) {
    return;
  }
  throw new Refused('pieces-differ', `${counted} pieces cannot be all of ${pieces}`, {
    field: 'parts',
    pieces,
  });
}

function countIn(parts: readonly Content[]): number {
  return parts.reduce((sum, part) => sum + (part.pieces ?? 1), 0);
}

function piecesWithout(pieces: number | null, parts: readonly Content[]): number | null {
  const isCounted = parts.every((part) => part.pieces !== undefined);
  return pieces === null || !isCounted ? null : Math.max(0, pieces - countIn(parts));
}

type Ranged = Readonly<{ origin: Origin; range: Range }>;

/** Shares are widest where one side is lightest and the other heaviest; both cases are possible. */
function mixedOrigin(a: Ranged, b: Ranged): Origin {
  const one = mixOrigins(
    { origin: a.origin, mct: a.range.min },
    { origin: b.origin, mct: finite(b.range.max) },
  );
  const other = mixOrigins(
    { origin: a.origin, mct: finite(a.range.max) },
    { origin: b.origin, mct: b.range.min },
  );
  return declareOrigin(one, other);
}

/** An unbounded weight as a number that can be multiplied. */
function finite(mct: number): number {
  return Math.min(mct, Number.MAX_SAFE_INTEGER);
}
