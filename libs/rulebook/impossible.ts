import { Refused } from '#libs/decider/decider';
import { isDay } from '#libs/reference/calendar';
import { isCountry } from '#libs/reference/countries';
import type { Evidence, Facts, MctBounds } from '#libs/rulebook/facts';
import type { HsEntry } from '#libs/rulebook/hs';

/** No single diamond comes near 100,000 ct; more is a slip of the unit. */
const heaviestMct = 100_000_000;

/** Among possible origins: some country not named (ISO 3166-1 leaves ZZ to users). */
export const notNamed = 'ZZ';

/** Refuses `bad-date` unless `day` is a real day written `YYYY-MM-DD`. */
export function refuseImpossibleDay(field: string, day: string): void {
  if (isDay(day)) return;
  throw new Refused('bad-date', `${field} is not a day written YYYY-MM-DD`, {
    field,
    value: day,
  });
}

/**
 * Refuses facts that cannot be or contradict each other: `bad-country`, `bad-date`,
 * `bad-weight`, `contradictory-facts`, `impossible-interval`. Details name the field.
 */
export function refuseImpossible(facts: Facts, hs: HsEntry): void {
  refuseWeight(facts.stoneMct);
  for (const country of facts.minedIn ?? []) {
    if (country !== notNamed) refuseCountry('minedIn', country);
  }
  for (const country of facts.transited) refuseCountry('transited', country);
  for (const country of facts.workedIn) refuseCountry('workedIn', country);
  if (facts.shippedFrom !== null) refuseCountry('shippedFrom', facts.shippedFrom);
  refuseProcessing(facts, hs);
  refuseDays(facts);
  for (const evidence of facts.evidence) refuseInterval(evidence);
}

function refuseCountry(field: string, country: string): void {
  if (isCountry(country)) return;
  throw new Refused('bad-country', `${field} must be an ISO 3166-1 alpha-2 code`, {
    field,
    value: country,
  });
}

const fits = (mct: number) => Number.isInteger(mct) && mct >= 0 && mct <= heaviestMct;

function refuseWeight(stone: MctBounds | null): void {
  if (stone === null) return;
  const { min, max } = stone;
  if (fits(min) && (max === null || (fits(max) && max >= min && max > 0))) return;
  throw new Refused(
    'bad-weight',
    'a stone weighs whole mct above zero and at most 100,000 ct, min up to max',
    {
      field: 'stoneMct',
      value: stone,
    },
  );
}

function refuseProcessing({ material, processing }: Facts, hs: HsEntry): void {
  if (hs.material !== null && hs.material !== material) {
    contradicts('material', `HS ${hs.code} is ${hs.material}`, material);
  }
  if (processing.state === 'unprocessed') {
    if (hs.form === 'worked' || hs.form === 'article') {
      contradicts('processing', `HS ${hs.code} is not unprocessed rough`, processing);
    }
    return;
  }
  if (processing.state === 'unknown') return;
  refuseCountry('processing.in', processing.in);
  const { operation } = processing;
  const fitting = { rough: 'sawn', worked: 'polished', article: 'made' } as const;
  if (
    operation !== undefined &&
    (hs.form === 'rough' || hs.form === 'worked' || hs.form === 'article') &&
    operation !== fitting[hs.form]
  ) {
    contradicts('processing', `HS ${hs.code} cannot last have been ${operation}`, processing);
  }
}

function refuseDays(facts: Facts): void {
  const { leftRussiaOn, inEuOn, inThirdCountrySince, madeOn, contractOn } = facts;
  if (leftRussiaOn !== null) refuseImpossibleDay('leftRussiaOn', leftRussiaOn);
  if (inEuOn !== null) refuseImpossibleDay('inEuOn', inEuOn);
  if (inThirdCountrySince !== null) refuseImpossibleDay('inThirdCountrySince', inThirdCountrySince);
  if (madeOn !== null) refuseImpossibleDay('madeOn', madeOn);
  if (contractOn !== null) refuseImpossibleDay('contractOn', contractOn);
  if (leftRussiaOn !== null && inThirdCountrySince !== null && leftRussiaOn > inThirdCountrySince) {
    contradicts(
      'leftRussiaOn',
      `it has been outside Russia since ${inThirdCountrySince}`,
      leftRussiaOn,
    );
  }
}

function refuseInterval({ kind, validFrom, validTo, shows }: Evidence): void {
  for (const [fact, day] of shows ? Object.entries(shows) : []) {
    if (day !== null) refuseImpossibleDay(`evidence.shows.${fact}`, day);
  }
  if (validFrom !== null) refuseImpossibleDay('evidence.validFrom', validFrom);
  if (validTo !== null) refuseImpossibleDay('evidence.validTo', validTo);
  if (validFrom === null || validTo === null || validFrom <= validTo) return;
  throw new Refused('impossible-interval', `${kind} ends before it begins`, {
    field: 'evidence',
    value: { kind, validFrom, validTo },
  });
}

function contradicts(field: string, message: string, value: unknown): never {
  throw new Refused('contradictory-facts', `${field} contradicts the other facts: ${message}`, {
    field,
    value,
  });
}
