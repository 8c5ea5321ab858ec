import { daysOf } from '#libs/reference/calendar';
import type { Participant, Participation } from '#libs/reference/kimberley-participants';
import {
  participantOn,
  participants,
  participationOf,
} from '#libs/reference/kimberley-participants';
import { reference } from '#libs/reference/reference';

/**
 * The list of participants as a whole, who trades under whom, and what is known of certificate
 * numbers. Days are `YYYY-MM-DD`, `to` included.
 */
export type Kimberley = Readonly<{
  version: string;
  /** The day the whole list was read for: who is not on it did not take part then. */
  list: Readonly<{ on: string; source: string }>;
  tradesUnder: readonly Readonly<{
    country: string;
    prefix: string;
    to: string | null;
    source: string;
  }>[];
  numbers: Readonly<{
    forged: readonly Readonly<{ number: string; source: string }>[];
    parcelNumbers: readonly Readonly<{
      prefix: string;
      pattern: string;
      rule: string;
      source: string;
    }>[];
    ranges: readonly NumberRange[];
  }>;
}>;

/** Of the facts on participants; recorded with what rests on them. */
export const participantsVersion = (): string => reference()['kp-participants.json'].sha256;

export type Direction = 'export' | 'import';

/**
 * Whether rough may leave or enter under a participant's certificates on a day. `unknown`: the data
 * tells neither; it is not refused, and never called verified. `reason` is a refusal code.
 */
export type Eligibility =
  | Readonly<{ verdict: 'yes' | 'unknown'; participation: Participation }>
  | Readonly<{
      verdict: 'no';
      reason: 'not-a-participant' | 'participant-suspended' | 'zone-needed' | 'zone-not-approved';
      participation: Participation;
    }>;

/** The participant whose certificates bear these two letters. */
export function participantOfPrefix(prefix: string): Participant | undefined {
  return participants().find(({ certificatePrefix }) => certificatePrefix === prefix);
}

/** The letters of the certificates a country's rough travels under on a day, if any. */
export function prefixOn(country: string, day: string): string | undefined {
  return participantOn(country, day).participant?.certificatePrefix;
}

/** Judged for a country; `zone` is where the goods come from inside it, where that matters. */
export function eligibilityOf(
  country: string,
  day: string,
  direction: Direction,
  zone?: string,
): Eligibility {
  return judged(participantOn(country, day), day, direction, zone);
}

/** Judged for the issuer behind the two letters of a certificate number. */
export function eligibilityOfPrefix(
  prefix: string,
  day: string,
  direction: Direction,
  zone?: string,
): Eligibility {
  return judged(participationOf(participantOfPrefix(prefix), day), day, direction, zone);
}

function judged(
  participation: Participation,
  day: string,
  direction: Direction,
  zone: string | undefined,
): Eligibility {
  const { status, restriction } = participation;
  if (status === 'not-a-participant') return no('not-a-participant', participation);
  if (restriction?.covers?.includes(direction)) {
    if (restriction.kind !== 'partial') return no('participant-suspended', participation);
    if (restriction.zones) {
      if (zone === undefined) return no('zone-needed', participation);
      const isApproved = restriction.zones.some(
        ({ name, from }) => folded(name) === folded(zone) && daysOf(from).last <= day,
      );
      if (!isApproved) return no('zone-not-approved', participation);
    } else return { verdict: 'unknown', participation };
  }
  return { verdict: status === 'unknown' ? 'unknown' : 'yes', participation };
}

function no(
  reason: Extract<Eligibility, { verdict: 'no' }>['reason'],
  participation: Participation,
): Eligibility {
  return { verdict: 'no', reason, participation };
}

/** `Berbérati` and `berberati` are one place. */
function folded(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

/** What is wrong with a certificate number by what is known of its issuer's numbers. */
export type NumberFault = 'number-forged' | 'number-out-of-range' | 'parcel-number-differs';

type NumberRange = Readonly<{
  prefix: string;
  first: string;
  last: string;
  from: string;
  to?: string;
  source: string;
}>;

/** Faults of a number on its day of issue; none where nothing is known of the issuer's ranges. */
export function numberFaults(
  number: string,
  issuedOn: string,
  parcelNumbers: readonly string[] = [],
): readonly NumberFault[] {
  const { forged, parcelNumbers: forms, ranges } = reference()['kimberley.json'].content.numbers;
  const faults: NumberFault[] = [];
  if (forged.some((known) => bare(known.number) === bare(number))) faults.push('number-forged');
  const prefix = number.slice(0, 2);
  const held = ranges.filter(
    (range) =>
      range.prefix === prefix &&
      daysOf(range.from).first <= issuedOn &&
      (range.to === undefined || issuedOn <= daysOf(range.to).last),
  );
  const isInside = held.some(({ first, last }) => first <= number && number <= last);
  if (held.length > 0 && !isInside) faults.push('number-out-of-range');
  const differs = forms
    .filter((form) => form.prefix === prefix)
    .some(({ pattern }) =>
      parcelNumbers.some((parcelNumber) => {
        const [, ending] = new RegExp(pattern).exec(parcelNumber) ?? [];
        return ending === undefined || !bare(number).endsWith(ending.replace(/^0+/, ''));
      }),
    );
  if (differs) faults.push('parcel-number-differs');
  return faults;
}

function bare(number: string): string {
  return number.replaceAll(/[/-]/g, '');
}
