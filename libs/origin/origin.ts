import { chainsOfCustody } from '#events/values';
import type { ChainOfCustody, Origin, OriginShare } from '#events/values';

/** All of the weight, in parts per million. */
export const wholePpm = 1_000_000;

/**
 * Stands among the countries of an origin for "some country not named here" (ISO 3166-1 leaves ZZ
 * to users; CLDR reads it as unknown). It appears when goods of known and of unknown origin meet;
 * an origin of which nothing is known has no countries at all.
 */
export const elsewhere = 'ZZ';

/** Goods of one origin and their weight in mct. */
export type Portion = Readonly<{ origin: Origin; mct: number }>;

type Bounds = Readonly<{ minPpm: number; maxPpm: number }>;

export const unknownOrigin: Origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' };

/** Goods straight from one mine: `identity-preserved` for a stone, `segregated` for a lot. */
export function mineOrigin(
  country: string,
  mineId: string,
  chainOfCustody: 'identity-preserved' | 'segregated',
): Origin {
  return {
    countries: [{ country, minPpm: wholePpm, maxPpm: wholePpm }],
    mineIds: [mineId],
    chainOfCustody,
  };
}

/** The meet of two ISO 22095 models: what may still be claimed of both (domain I7). */
export function weakest(a: ChainOfCustody, b: ChainOfCustody): ChainOfCustody {
  return chainsOfCustody.indexOf(a) > chainsOfCustody.indexOf(b) ? a : b;
}

/**
 * The origin of two portions put together (domain I6): each country's bounds are weighted by mct
 * and rounded outwards, so nothing that was possible becomes impossible. The chain of custody is
 * the weaker one, and at best what such a mix may claim (I7).
 */
export function mixOrigins(a: Portion, b: Portion): Origin {
  const total = BigInt(a.mct) + BigInt(b.mct);
  if (total <= 0n) return widen(a.origin, b.origin);
  return combine(a.origin, b.origin, (left, right) => ({
    minPpm: Number(weighed(left.minPpm, right.minPpm) / total),
    maxPpm: Number(ceilDivide(weighed(left.maxPpm, right.maxPpm), total)),
  }));

  function weighed(left: number, right: number): bigint {
    return BigInt(left) * BigInt(a.mct) + BigInt(right) * BigInt(b.mct);
  }
}

/**
 * The origin of a part of `partMct` taken out of goods of `parentMct` (domain I6): a small part of
 * a 60/40 parcel may be all of either. Bounds never narrow and are rounded outwards. A part said
 * to weigh more than its parent (within tolerance) keeps the parent's bounds.
 */
export function partOrigin(origin: Origin, parentMct: number, partMct: number): Origin {
  const part = BigInt(Math.max(1, Math.min(partMct, parentMct)));
  const parent = BigInt(Math.max(1, parentMct));
  const whole = BigInt(wholePpm);
  return { ...origin, countries: origin.countries.map(narrowed) };

  function narrowed({ country, minPpm, maxPpm }: OriginShare): OriginShare {
    const least = part * whole - parent * (whole - BigInt(minPpm));
    const most = ceilDivide(BigInt(maxPpm) * parent, part);
    return {
      country,
      minPpm: least > 0n ? Number(least / part) : 0,
      maxPpm: most < whole ? Number(most) : wholePpm,
    };
  }
}

/**
 * What is possible when either may be true: a declared origin is a claim, so it adds countries and
 * never removes one. The chain of custody stays what the goods' handling made it.
 */
export function declareOrigin(known: Origin, declared: Origin): Origin {
  return { ...widen(known, declared), chainOfCustody: known.chainOfCustody };
}

/** What is possible when either may be true, and of the chains of custody the weaker counts. */
export function eitherOrigin(a: Origin, b: Origin): Origin {
  return { ...widen(a, b), chainOfCustody: weakest(a.chainOfCustody, b.chainOfCustody) };
}

/** The countries the goods could come from; `unknown` when some of it could be from anywhere. */
export function possibleCountries(
  origin: Origin,
): Readonly<{ countries: readonly string[]; unknown: boolean }> {
  const possible = origin.countries.filter(({ maxPpm }) => maxPpm > 0);
  const named = possible.map(({ country }) => country).filter((country) => country !== elsewhere);
  return { countries: named, unknown: named.length === 0 || named.length < possible.length };
}

/**
 * The origin of whatever comes out of goods that lose weight nobody can tell the origin of: cutting
 * may use up all of one country's share. The countries stay, their shares are open.
 */
export function anyShare(origin: Origin): Origin {
  const possible = origin.countries.filter(({ maxPpm }) => maxPpm > 0);
  if (possible.length < 2) return { ...origin, countries: possible };
  const countries = possible.map(({ country }) => ({ country, minPpm: 0, maxPpm: wholePpm }));
  return { ...origin, countries };
}

/** How much of the goods may, and must, come from a country. */
export function shareOf(origin: Origin, country: string): Bounds {
  if (origin.countries.length === 0) return { minPpm: 0, maxPpm: wholePpm };
  const named = origin.countries.find((share) => share.country === country);
  if (named) return named;
  const rest = origin.countries.find((share) => share.country === elsewhere);
  return { minPpm: 0, maxPpm: rest?.maxPpm ?? 0 };
}

function widen(a: Origin, b: Origin): Origin {
  return combine(a, b, (left, right) => ({
    minPpm: Math.min(left.minPpm, right.minPpm),
    maxPpm: Math.max(left.maxPpm, right.maxPpm),
  }));
}

function combine(a: Origin, b: Origin, bounds: (left: Bounds, right: Bounds) => Bounds): Origin {
  const named = new Set([...a.countries, ...b.countries].map(({ country }) => country));
  if (named.size === 0) {
    return { ...unknownOrigin, mineIds: united(a.mineIds, b.mineIds) };
  }
  if (a.countries.length === 0 || b.countries.length === 0) named.add(elsewhere);
  const countries = [...named]
    .sort()
    .map((country) => ({ country, ...bounds(shareOf(a, country), shareOf(b, country)) }));
  const mineIds = united(a.mineIds, b.mineIds);
  const chainOfCustody = weakest(
    weakest(a.chainOfCustody, b.chainOfCustody),
    bestClaim(countries, mineIds),
  );
  return { countries, mineIds, chainOfCustody };
}

/** The strongest model such goods may claim: a mix of countries is a blend, of mines segregated. */
function bestClaim(countries: readonly OriginShare[], mineIds: readonly string[]): ChainOfCustody {
  if (countries.some(({ country }) => country === elsewhere)) return 'unknown';
  if (countries.length > 1) return 'controlled-blending';
  return mineIds.length > 1 ? 'segregated' : 'identity-preserved';
}

function united(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}

function ceilDivide(amount: bigint, by: bigint): bigint {
  return (amount + by - 1n) / by;
}
