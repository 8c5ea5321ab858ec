import type { Content } from '#events/parcel';
import type { SieveJudgement } from '#events/values';
import { Refused } from '#libs/decider/decider';
import type { Sieve } from '#libs/reference/sieves';
import { sievesOf, sievesVersion } from '#libs/reference/sieves';
import { rangeOf } from '#libs/trade/weight';

/** Charts differ, and stones of one diameter differ in depth: a fifth either way. */
const tolerance = { least: 0.8, most: 1.2 };

/** Goods, the class they are said to be of, and the field of the command that says so. */
export type Sieved = Readonly<{ content: Content; sieve: string | undefined; field: string }>;

/**
 * Judges polished goods by the chart of sieves, and says by which chart; nothing of goods without a
 * class. Throws `unknown-sieve`, or `pieces-implausible` when counted goods cannot weigh that and
 * stay on this sieve (domain I3). Rough is sieved by other plates, of which the chart says nothing.
 */
export function judgedBySieve(goods: readonly Sieved[]): Readonly<{ sieves?: SieveJudgement }> {
  goods.forEach(checkSieve);
  const isJudged = goods.some(({ sieve }) => sieve !== undefined);
  return isJudged ? { sieves: { data: sievesVersion() } } : {};
}

function checkSieve({ content: { weight, pieces }, sieve, field }: Sieved): void {
  if (sieve === undefined) return;
  const known = sievesOf(sieve).map(pieceOf);
  if (known.length === 0) {
    throw new Refused('unknown-sieve', `${sieve} is no class of the chart`, {
      field: `${field}.sieve`,
    });
  }
  if (pieces === undefined) return;
  const { min, max } = rangeOf(weight);
  const lightest = Math.min(...known.map((piece) => piece.lightest));
  const heaviest = Math.max(...known.map((piece) => piece.heaviest));
  if (pieces * lightest <= max && pieces * heaviest >= min) return;
  throw new Refused('pieces-implausible', `${pieces} pieces of ${sieve} cannot weigh this`, {
    field: `${field}.content.pieces`,
    lightestMct: lightest,
    heaviestMct: heaviest,
  });
}

/** The chart is of round stones; another shape is longer than the hole is wide it falls through. */
const longestShape = 2;

/**
 * What a polished stone weighs at most, in mct, that falls through the sieves of this class; null for
 * a class without an upper end (`+6.5`) and for what is no class of the chart.
 */
export function heaviestThrough(sieve: string): number | null {
  const known = sievesOf(sieve).map(pieceOf);
  if (known.length === 0 || !/-[0-9.]+$/.test(sieve)) return null;
  return Math.ceil(longestShape * Math.max(...known.map(({ heaviest }) => heaviest)));
}

/** What one piece of a class can weigh, in mct: weight grows with the cube of the diameter. */
function pieceOf({ averageCt, mmFrom, mmTo }: Sieve) {
  const average = Number(averageCt) * 1000;
  const from = Number(mmFrom);
  const to = Number(mmTo);
  const middle = (from + to) / 2;
  return {
    lightest: average * (from / middle) ** 3 * tolerance.least,
    heaviest: average * (to / middle) ** 3 * tolerance.most,
  };
}
