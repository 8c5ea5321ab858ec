import type { CertificateContent, Judgement, MiningOrigin } from '#events/certificate';
import type { Money } from '#events/values';
import { certificateNumber } from '#events/streams';
import { Refused } from '#libs/decider/decider';
import { isDay } from '#libs/reference/calendar';
import { isCountry } from '#libs/reference/countries';
import {
  type Direction,
  type Eligibility,
  eligibilityOf,
  eligibilityOfPrefix,
  participantsVersion,
  numberFaults,
  prefixOn,
} from '#libs/reference/kimberley-eligibility';
import { heaviestParcel } from '#libs/trade/weight';

/** Parcels one shipment may hold. */
const mostParcels = 10_000;

/** Throws `bad-certificate-number`, or `certificate-number-suspect` for one known to be wrong. */
export function checkNumber(
  number: string,
  { issuedOn, parcelNumbers = [] }: CertificateContent,
): void {
  checkNumberForm(number, 'number');
  const [fault] = numberFaults(number, issuedOn, parcelNumbers);
  if (fault === undefined) return;
  throw new Refused('certificate-number-suspect', `${number} cannot be issued: ${fault}`, {
    field: 'number',
    fault,
  });
}

/** Throws `bad-certificate-number`, naming the field. */
export function checkNumberForm(number: string, field: string): void {
  if (certificateNumber.test(number)) return;
  throw new Refused('bad-certificate-number', `${field} is no number of a Kimberley certificate`, {
    field,
  });
}

/** Throws unless everything Annex I asks for is there and holds together. */
export function checkContent(content: CertificateContent): void {
  const { issuedOn, expiresOn, exportingCountry, importingCountry, parcels } = content;
  checkDay(issuedOn, 'issuedOn');
  checkDay(expiresOn, 'expiresOn');
  if (expiresOn < issuedOn) {
    throw new Refused('expires-before-issue', 'the certificate expires before it is issued', {
      field: 'expiresOn',
    });
  }
  checkOrigin(content.origin);
  checkCountry(exportingCountry, 'exportingCountry');
  checkCountry(importingCountry, 'importingCountry');
  checkCount(parcels, 'parcels', 1, mostParcels);
  checkLines(content);
  const { parcelNumbers } = content;
  if (parcelNumbers && parcelNumbers.length !== parcels) {
    throw new Refused('parcels-differ', 'there are not as many parcel numbers as parcels', {
      field: 'parcelNumbers',
    });
  }
  if (!content.tamperResistant) {
    throw new Refused('not-tamper-resistant', 'a certificate resists tampering and forgery', {
      field: 'tamperResistant',
    });
  }
}

/** Weight and value in all, as the paper's totals. */
export function totalsOf({ lines }: CertificateContent): Readonly<{
  totalMct: number;
  totalValue: Money;
}> {
  return {
    totalMct: lines.reduce((sum, { mct }) => sum + mct, 0),
    totalValue: {
      minor: lines.reduce((sum, { value }) => sum + value.minor, 0),
      currency: 'USD',
    },
  };
}

/**
 * Throws `not-a-participant`, `participant-suspended`, `zone-needed` or `zone-not-approved` when
 * the participant behind the letters of a number may not do that on that day.
 */
export function judgeParticipant(
  prefix: string,
  day: string,
  direction: Direction,
  zone?: string,
): Judgement {
  return judgement(eligibilityOfPrefix(prefix, day, direction, zone), prefix, day, direction);
}

/** The same for a country, through whichever participant it trades on that day. */
export function judgeCountry(
  country: string,
  day: string,
  direction: Direction,
  zone?: string,
): Judgement {
  const participant = prefixOn(country, day) ?? country;
  return judgement(eligibilityOf(country, day, direction, zone), participant, day, direction);
}

function judgement(
  judged: Eligibility,
  participant: string,
  day: string,
  direction: Direction,
): Judgement {
  if (judged.verdict === 'no') {
    const { restriction } = judged.participation;
    const limit = restriction ? `: ${restriction.scope}` : ', which takes no part then';
    const told = `${participant} may not ${direction} rough on ${day}${limit}`;
    throw new Refused(judged.reason, told, {
      participant,
      day,
      data: participantsVersion(),
      ...(restriction && { scope: restriction.scope }),
    });
  }
  return { participant, verdict: judged.verdict, data: participantsVersion() };
}

/** Throws `other-participant` unless an authority of `country` speaks for that participant then. */
export function checkSpeaksFor(prefix: string, country: string, day: string): void {
  if (prefixOn(country, day) === prefix) return;
  throw new Refused(
    'other-participant',
    `an authority of ${country} does not speak for ${prefix}`,
    {
      country,
      participant: prefix,
      day,
    },
  );
}

export function checkDay(day: string, field: string): void {
  if (isDay(day)) return;
  throw new Refused('bad-date', `${field} is no day`, { field });
}

export function checkCount(value: number, field: string, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new Refused('bad-count', `${field} is not ${least} to ${most}`, { field });
}

function checkOrigin(origin: MiningOrigin): void {
  if (origin.kind === 'single') return checkCountry(origin.country, 'origin.country');
  if (origin.kind === 'mixed-undisclosed') return;
  const { countries } = origin;
  countries.forEach((country) => checkCountry(country, 'origin.countries'));
  if (countries.length >= 2 && new Set(countries).size === countries.length) return;
  throw new Refused('impossible-origin', 'a list of mixed origin names at least two countries', {
    field: 'origin.countries',
  });
}

function checkCountry(country: string, field: string): void {
  if (isCountry(country)) return;
  throw new Refused('bad-country', `${country} is no ISO 3166-1 alpha-2 code`, { field });
}

function checkLines({ lines }: CertificateContent): void {
  if (lines.length === 0 || new Set(lines.map(({ hs }) => hs)).size !== lines.length) {
    throw new Refused('bad-lines', 'each heading stands on a certificate once, at least one', {
      field: 'lines',
    });
  }
  lines.forEach(({ mct, value }, n) => {
    if (!Number.isSafeInteger(mct) || mct < 1 || mct > heaviestParcel) {
      throw new Refused('bad-weight', `lines.${n}.mct is no weight`, { field: `lines.${n}.mct` });
    }
    const { minor, currency } = value;
    if (!Number.isSafeInteger(minor) || minor < 0 || currency !== 'USD') {
      throw new Refused('bad-price', `lines.${n}.value is no amount in US dollars`, {
        field: `lines.${n}.value`,
      });
    }
  });
}
