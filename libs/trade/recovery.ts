import type { When } from '#events/event';
import type { MineThen, Origin, OriginShare } from '#events/values';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import { elsewhere, mineOrigin, unknownOrigin, wholePpm } from '#libs/origin/origin';
import { isCountry } from '#libs/reference/countries';
import { builtInMine, mineById, mineOperatingOn, minesVersion } from '#libs/reference/mines';

type Recovered = Readonly<{ mineId: string; mine?: MineThen }>;

/**
 * The origin of goods straight from a mine, by what was recorded with the recovery: data that is
 * replaced later does not change it.
 */
export function originOfMine(
  { mineId, mine }: Recovered,
  chainOfCustody: 'identity-preserved' | 'segregated',
): Origin {
  const country = countryOfMine({ mineId, ...(mine && { mine }) });
  return country === undefined
    ? { ...unknownOrigin, mineIds: [mineId] }
    : mineOrigin(country, mineId, chainOfCustody);
}

/** Recordings from before the country was recorded are read by the built-in data. */
export function countryOfMine({ mineId, mine }: Recovered): string | undefined {
  return mine?.country ?? builtInMine(mineId)?.country;
}

/**
 * What is known of the mine then. Throws `unknown-mine`, or `mine-not-operating` when the mine is known not to have operated on
 * the first day `from` and the last day `to` can mean. What is not known is not refused.
 */
export function mineThen(mineId: string, from: When, to: When): MineThen {
  const mine = mineById(mineId);
  if (!mine) {
    throw new Refused('unknown-mine', `no mine ${mineId} is known`, { field: 'mineId' });
  }
  const ends = [daysOf(from).first, daysOf(to).last].map((day) => mineOperatingOn(mineId, day));
  if (ends.some((operating) => operating !== 'no')) {
    const operating = ends.every((end) => end === 'yes') ? 'yes' : 'unknown';
    return { country: mine.country, operating, data: minesVersion() };
  }
  throw new Refused('mine-not-operating', `${mineId} was not operating then`, { field: 'mineId' });
}

/** Throws `impossible-origin`, `bad-country` or `unknown-mine` for a claim that cannot be true. */
export function checkOrigin({ countries, mineIds }: Origin): void {
  for (const { country } of countries) {
    if (isCountry(country) || country === elsewhere) continue;
    throw new Refused('bad-country', `${country} is no ISO 3166-1 alpha-2 code`, {
      field: 'origin.countries',
    });
  }
  if (!mineIds.every((mineId) => mineById(mineId))) {
    throw new Refused('unknown-mine', 'a mine of the origin is not known', {
      field: 'origin.mineIds',
    });
  }
  const named = new Set(countries.map(({ country }) => country));
  const least = countries.reduce((sum, { minPpm }) => sum + minPpm, 0);
  const most = countries.reduce((sum, { maxPpm }) => sum + maxPpm, 0);
  const isFeasible =
    named.size === countries.length &&
    countries.every(isShare) &&
    (countries.length === 0 || (least <= wholePpm && wholePpm <= most));
  if (!isFeasible) {
    throw new Refused('impossible-origin', 'the shares of origin contradict each other', {
      field: 'origin.countries',
    });
  }
}

function isShare({ minPpm, maxPpm }: OriginShare): boolean {
  return (
    Number.isSafeInteger(minPpm) &&
    Number.isSafeInteger(maxPpm) &&
    minPpm >= 0 &&
    minPpm <= maxPpm &&
    maxPpm <= wholePpm
  );
}
