import type { Weight } from '#events/values';
import { Refused } from '#libs/decider/decider';

/** What goods can weigh: whole mct from `min` to `max`, `max` infinite when only bounded below. */
export type Range = Readonly<{ min: number; max: number }>;

/**
 * The account of goods that are being divided. `whole` is what went in, `out` what came out or was
 * lost so far, `slack` how far the scales may err in mct.
 */
export type Balance = Readonly<{ whole: Range; out: Range; slack: number }>;

/** One weighing errs by at most this many mct (domain I1) … */
const weighingError = 5;

/** … and an output never by more than a hundredth of itself, so that crumbs gain no weight. */
const outputErrorShare = 100;

/** A parcel may differ by 0.02 % besides (domain I1): one part in five thousand. */
const parcelErrorShare = 5000;

/** `approx` means within a hundredth. */
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
  if (Number.isSafeInteger(mct) && mct >= lightest && mct <= most) return;
  throw new Refused('bad-weight', `${field} is not a weight of ${lightest} to ${most} mct`, {
    field,
    mct,
  });
}

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

export function sumOf(ranges: readonly Range[]): Range {
  return ranges.reduce((a, b) => ({ min: a.min + b.min, max: a.max + b.max }), nothing);
}

/** How far the weighing of a stone may err, in mct. */
export const stoneError = weighingError;

/** How far the weighing of a parcel that can weigh `range` may err, in mct. */
export function parcelError(range: Range): number {
  return weighingError + Math.floor(range.min / parcelErrorShare);
}

/** The account of goods of which nothing was taken yet; `error` is how far their scales may err. */
export function untouched(whole: Range, error: number): Balance {
  return { whole, out: nothing, slack: error };
}

/** The account after outputs were weighed and a loss (not weighed: it adds no slack) went off. */
export function taken(balance: Balance, outputs: readonly Weight[], loss?: Weight): Balance {
  const ranges = [...outputs, ...(loss ? [loss] : [])].map(rangeOf);
  const errors = outputs.map(({ mct }) =>
    Math.min(weighingError, Math.floor(mct / outputErrorShare)),
  );
  return {
    whole: balance.whole,
    out: sumOf([balance.out, ...ranges]),
    slack: errors.reduce((a, b) => a + b, balance.slack),
  };
}

/** What is left, ignoring errors of weighing. */
export function leftOf({ whole, out }: Balance): Range {
  return { min: Math.max(0, whole.min - out.max), max: Math.max(0, whole.max - out.min) };
}

/** Throws `gained-weight` when more came out than can have gone in. */
export function checkNotGained({ whole, out, slack }: Balance): void {
  if (out.min <= whole.max + slack) return;
  throw new Refused('gained-weight', 'more weight came out than went in', {
    field: 'weight',
    inMct: whole.max,
    outMct: out.min,
    toleranceMct: slack,
  });
}

/** Throws `unaccounted-weight` when what came out and was lost cannot be all that went in. */
export function checkAccounted({ whole, out, slack }: Balance): void {
  if (out.max >= whole.min - slack) return;
  throw new Refused('unaccounted-weight', 'weight is missing', {
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

/** A weighing of untouched goods can only narrow what they weigh; it never adds weight. */
export function weighed(balance: Balance, weight: Weight | undefined): Balance {
  if (weight?.basis !== 'weighed' || balance.out.max > 0) return balance;
  const stated = rangeOf(weight);
  const min = Math.max(balance.whole.min, stated.min);
  const max = Math.min(balance.whole.max, stated.max);
  return min <= max ? { ...balance, whole: { min, max } } : balance;
}

/**
 * The account of goods that lost weight without being divided and were weighed anew. Whatever was
 * said, they weigh no more than what was left of them.
 */
export function reduced(balance: Balance, after: Weight, error: number): Balance {
  const left = leftOf(balance);
  const { min, max } = rangeOf(after);
  const most = Math.min(max, left.max);
  return untouched({ min: Math.min(min, most), max: most }, error);
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

/** A stated weight that admits everything in `range`, as narrow as a qualifier allows. */
export function weightOf({ min, max }: Range, basis: Weight['basis']): Weight {
  if (min === max) return { mct: min, qualifier: 'eq', basis };
  if (max === Infinity) return { mct: Math.max(0, min - 1), qualifier: 'gt', basis };
  const middle = Math.round((min + max) / 2);
  const approx: Weight = { mct: middle, qualifier: 'approx', basis };
  const covered = rangeOf(approx);
  return covered.min <= min && covered.max >= max
    ? approx
    : { mct: max + 1, qualifier: 'lt', basis };
}
