import type { Weight } from '#events/values';
import { Refused } from '#libs/decider/decider';

/** What goods can weigh: whole mct from `min` to `max`, `max` infinite when only bounded below. */
export type Range = Readonly<{ min: number; max: number }>;

/**
 * The account of goods that are being divided. `whole` is what went in, `out` what came out or was
 * lost so far, `slack` how far the scales may err in mct, `scale` how far the one may that the whole
 * was weighed on.
 */
export type Balance = Readonly<{ whole: Range; out: Range; slack: number; scale: number }>;

/** One weighing errs by at most this many mct where nothing else is said of the scale (domain I1) … */
const weighingError = 5;

/** … and an output never by more than a hundredth of itself, so that crumbs gain no weight. */
const outputErrorShare = 100;

/** A parcel may differ by 0.02 % besides (domain I1): one part in five thousand. */
const parcelErrorShare = 5000;

/** `approx` means within a hundredth; no scale is worse than that. */
const approxShare = 100;

/** Over three times the heaviest rough ever found (Cullinan, 3106 ct). */
export const heaviestStone = 10_000_000;

/** A thousand million carats, over ten years of what the world mines. */
export const heaviestParcel = 1_000_000_000_000;

const nothing: Range = { min: 0, max: 0 };

/** Throws `bad-weight` unless the weight is whole mct from `least` to `most`. */
export function checkWeight(weight: Weight, field: string, most: number, least = 1): void {
  const { mct, qualifier } = weight;
  const lightest = qualifier === 'lt' ? least + 1 : least;
  if (Number.isSafeInteger(mct) && mct >= lightest && mct <= most) return checkScale(weight, field);
  throw new Refused('bad-weight', `${field} is not a weight of ${lightest} to ${most} mct`, {
    field,
    mct,
  });
}

/** A tolerance is of a scale that something was weighed on; `approx` says what is less exact. */
function checkScale({ mct, basis, tolMct }: Weight, field: string): void {
  if (tolMct === undefined) return;
  const worst = Math.max(weighingError, Math.floor(mct / approxShare));
  const isPossible = Number.isSafeInteger(tolMct) && tolMct >= 0 && tolMct <= worst;
  if (isPossible && basis === 'weighed') return;
  throw new Refused('bad-weight', `${field}.tolMct is of what was weighed, 0 to ${worst} mct`, {
    field: `${field}.tolMct`,
    tolMct,
  });
}

/** How far the scale of a weighing may err, in mct: as was said of it, else the usual. */
export function scaleOf({ tolMct = weighingError }: Weight): number {
  return tolMct;
}

/** What goods of a stated weight can weigh, in mct, scales' errors aside; `gt` has no upper end. */
export function rangeOf({ mct, qualifier }: Weight): Range {
  switch (qualifier) {
    case 'eq':
      return { min: mct, max: mct };
    case 'gt':
      return { min: mct + 1, max: Infinity };
    case 'lt':
      return { min: 0, max: mct - 1 };
    case 'approx': {
      const error = Math.ceil(mct / approxShare);
      return { min: mct - error, max: mct + error };
    }
  }
}

/** What goods weigh together. */
export function sumOf(ranges: readonly Range[]): Range {
  return ranges.reduce((a, b) => ({ min: a.min + b.min, max: a.max + b.max }), nothing);
}

/** How far the weighing of a stone may err, in mct. */
export const stoneError = weighingError;

/** What a parcel that can weigh `range` may differ by besides what its scale errs, in mct. */
export function parcelShare(range: Range): number {
  return Math.floor(range.min / parcelErrorShare);
}

/** How far the weighing of a parcel that can weigh `range` may err, in mct. */
export function parcelError(range: Range, scale = weighingError): number {
  return scale + parcelShare(range);
}

/**
 * The account of goods of which nothing was taken yet: `scale` is how far their scale may err,
 * `share` what they may differ by besides, in mct.
 */
export function untouched(whole: Range, scale: number, share = 0): Balance {
  return { whole, out: nothing, slack: scale + share, scale };
}

/** How far a weighing may differ from the record of the same goods: both scales err. */
export function bothErrors({ scale }: Balance, weight: Weight): number {
  return scale + scaleOf(weight);
}

/** How far a weighing may be above the record of goods that lost weight: as far as the worse scale. */
export function worseError({ scale }: Balance, weight: Weight): number {
  return Math.max(scale, scaleOf(weight));
}

/** The account after outputs were weighed and a loss (not weighed: it adds no slack) went off. */
export function taken(balance: Balance, outputs: readonly Weight[], loss?: Weight): Balance {
  const ranges = [...outputs, ...(loss ? [loss] : [])].map(rangeOf);
  return {
    ...balance,
    out: sumOf([balance.out, ...ranges]),
    slack: outputs.map(outputError).reduce((a, b) => a + b, balance.slack),
  };
}

/** How far the weighing of something that came out of goods may err, in mct. */
export function outputError(weight: Weight): number {
  return Math.min(scaleOf(weight), Math.floor(weight.mct / outputErrorShare));
}

/** What is left, ignoring errors of weighing. */
export function leftOf({ whole, out }: Pick<Balance, 'whole' | 'out'>): Range {
  return { min: Math.max(0, whole.min - out.max), max: Math.max(0, whole.max - out.min) };
}

/** Throws `gained-weight` when more came out than can have gone in. */
export function checkNotGained({ whole, out, slack }: Balance): void {
  if (out.min <= whole.max + slack) return;
  const weights = `${out.min} mct of ${whole.max} mct`;
  throw new Refused('gained-weight', `more weight came out than went in: ${weights}`, {
    field: 'weight',
    inMct: whole.max,
    outMct: out.min,
    toleranceMct: slack,
  });
}

/** Throws `unaccounted-weight` when what came out and was lost cannot be all that went in. */
export function checkAccounted({ whole, out, slack }: Balance): void {
  if (out.max >= whole.min - slack) return;
  const weights = `${out.max} mct of ${whole.min} mct`;
  throw new Refused('unaccounted-weight', `weight is missing: ${weights} are accounted for`, {
    inMct: whole.min,
    outMct: out.max,
    toleranceMct: slack,
  });
}

/** Whether goods that can weigh `range` can weigh `weight`, the scales erring by `error` mct. */
export function canWeigh(weight: Weight, range: Range, error: number): boolean {
  const stated = rangeOf(weight);
  return stated.max >= range.min - error && stated.min <= range.max + error;
}

/** Throws `weight-differs` when goods that can weigh `range` cannot weigh `weight`. */
export function checkSameWeight(weight: Weight, range: Range, error: number, field: string): void {
  if (canWeigh(weight, range, error)) return;
  throw new Refused('weight-differs', `the goods cannot weigh ${weight.mct} mct`, {
    field,
    mct: weight.mct,
    toleranceMct: error,
  });
}

/**
 * A weighing of untouched goods can only narrow what they weigh; it never adds weight. A scale that
 * errs by more than the one they were weighed on narrows it by as much less.
 */
export function weighed(balance: Balance, weight: Weight | undefined): Balance {
  if (weight?.basis !== 'weighed' || balance.out.max > 0) return balance;
  const stated = rangeOf(weight);
  const more = Math.max(0, scaleOf(weight) - balance.scale);
  const min = Math.max(balance.whole.min, stated.min - more);
  const max = Math.min(balance.whole.max, stated.max + more);
  return min <= max ? { ...balance, whole: { min, max } } : balance;
}

/**
 * The account of goods that lost weight without being divided and were weighed anew. Whatever was
 * said, they weigh no more than what was left of them.
 */
export function reduced(balance: Balance, after: Weight, share = 0): Balance {
  const left = leftOf(balance);
  const { min, max } = rangeOf(after);
  const most = Math.min(max, left.max);
  return untouched({ min: Math.min(min, most), max: most }, scaleOf(after), share);
}

/** Throws `gained-weight` when goods of which `balance` is left cannot weigh as much as `after`. */
export function checkReduced(balance: Balance, after: Weight, error: number): void {
  const left = leftOf(balance);
  if (rangeOf(after).min <= left.max + error) return;
  throw new Refused('gained-weight', 'the goods weigh more afterwards than before', {
    field: 'weightAfter',
    inMct: left.max,
    outMct: after.mct,
    toleranceMct: error,
  });
}

/**
 * A stated weight that admits everything in `range`, as narrow as a qualifier allows; `scale` is how
 * far the scale may err that it was weighed on.
 */
export function weightOf(
  { min, max }: Range,
  basis: Weight['basis'],
  scale = weighingError,
): Weight {
  const known = {
    basis,
    ...(basis === 'weighed' && scale !== weighingError && { tolMct: scale }),
  };
  if (min === max) return { mct: min, qualifier: 'eq', ...known };
  if (max === Infinity) return { mct: Math.max(0, min - 1), qualifier: 'gt', ...known };
  const middle = Math.round((min + max) / 2);
  const approx: Weight = { mct: middle, qualifier: 'approx', ...known };
  const covered = rangeOf(approx);
  return covered.min <= min && covered.max >= max
    ? approx
    : { mct: max + 1, qualifier: 'lt', ...known };
}
