import { participantOn } from '#libs/reference/kimberley-participants';

const members = new Map<string, boolean>();

/** No state joined or left within the measures. */
const withinMeasures = '2024-01-01';

/** Asked of the same few countries again and again. */
function isMember(country: string): boolean {
  let known = members.get(country);
  if (known === undefined) {
    const { participant } = participantOn(country, withinMeasures);
    known = participant?.memberStates?.includes(country) ?? false;
    members.set(country, known);
  }
  return known;
}

/**
 * A country whose territory is alike to jurisdictions with these territories; `other` when it is
 * nobody's own.
 */
export function territoryOf(
  country: string,
  territories: readonly string[],
  other: string,
): string {
  if (isMember(country)) return territories.some(isMember) ? country : 'BE';
  if (isSwiss(country)) return 'CH';
  const isOfSome = ['GB', 'IM', 'RU'].includes(country) || territories.includes(country);
  return isOfSome ? country : other;
}

/** What counts as the EU for some jurisdiction. */
export const isEuropean = (country: string) => isMember(country) || isSwiss(country);

/** For Switzerland and Liechtenstein the two of them count like the EU. */
export function countsAsEu(country: string, jurisdiction: string): boolean {
  return isMember(country) || (isSwiss(jurisdiction) && isSwiss(country));
}

const isSwiss = (code: string) => /^(?:CH|LI)/.test(code);

/** Territory of the jurisdiction itself; the Isle of Man is none of the UK's third countries. */
export function isOwn(country: string, jurisdiction: string): boolean {
  if (isSwiss(jurisdiction)) return isSwiss(country);
  if (jurisdiction.startsWith('EU')) return isMember(country);
  if (jurisdiction === 'UK') return country === 'GB' || country === 'IM';
  return jurisdiction.startsWith(country);
}
