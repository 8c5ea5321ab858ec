import { elsewhere } from '#libs/origin/origin';
import { participantOn } from '#libs/reference/kimberley-participants';
import { mctBounds, nothingElseKnown } from '#libs/rulebook/facts';
import type { Circumstances, Facts } from '#libs/rulebook/facts';
import { evidenceOf, provedProcessing, provedStays } from '#projections/evidence';
import { factsOfParts, originsOf, passedBy } from '#projections/way-article';
import type { Way } from '#projections/way';

/** Headings of goods that nobody classified. */
const headings: Readonly<Record<Way['form'], string>> = {
  rough: '710231',
  piece: '710231',
  polished: '710239',
  unsorted: '710210',
  sorted: '710231',
  melee: '710239',
  article: '711319',
};

/** Headings of what laboratories grow: rough as it left the reactor, or worked. */
function headingOf({ hs, form, grown }: Way): string {
  if (hs !== null) return hs;
  if (!grown || form === 'article') return headings[form];
  return form === 'polished' || form === 'melee' ? '710491' : '710421';
}

/**
 * What the rule book of a jurisdiction is told: its own territory is no third country. Unknown
 * stays unknown: no place stated is no country. Where the ledger's events and a paper differ on
 * when goods were where, the events stand. `circumstances` are of the act that is asked about.
 */
export function factsOf(way: Way, jurisdiction: string, circumstances: Circumstances = {}): Facts {
  const { weight, country, isThere, processing, papers } = way;
  const mined = originsOf(way);
  const named = mined.filter((each) => each !== elsewhere);
  return {
    ...nothingElseKnown,
    hs: headingOf(way),
    material: way.grown ? 'synthetic' : 'natural',
    stoneMct: weight ? mctBounds(weight) : way.each,
    minedIn: named.length === 0 ? null : mined,
    processing:
      processing.state === 'unknown' ? (provedProcessing(papers) ?? processing) : processing,
    workedIn: way.worked,
    shippedFrom: isThere ? country : null,
    transited: passedBy(way),
    ...(way.form === 'article' && factsOfParts(way)),
    ...staysOf(way, jurisdiction),
    madeOn: way.madeOn,
    kimberleyRefused: way.kimberleyRefused,
    evidence: evidenceOf(papers, mined),
    ...circumstances,
  };
}

type Stays = Pick<Facts, 'leftRussiaOn' | 'inEuOn' | 'inThirdCountrySince'>;

function staysOf({ since, papers, leftRussiaOn, country, isThere }: Way, where: string): Stays {
  const proved = isThere && country === 'RU' ? [] : provedStays(papers);
  const stays = [
    ...Object.entries(since).map(([in_, from]) => ({ country: in_, from, to: undefined })),
    ...proved,
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  const european = stays.find((stay) => countsAsEu(stay.country, where));
  const open = stays.filter((stay) => stay.to === undefined && stay.country !== 'RU');
  const third = open.find((stay) => !isOwn(stay.country, where))?.from ?? null;
  const isProved = proved.some((stay) => open.includes(stay));
  const left = leftRussiaOn ?? (isProved ? (open[0]?.from ?? null) : null);
  return {
    leftRussiaOn: left,
    inEuOn: european?.from ?? null,
    inThirdCountrySince: third !== null && left !== null && third < left ? left : third,
  };
}

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
function countsAsEu(country: string, jurisdiction: string): boolean {
  return isMember(country) || (isSwiss(jurisdiction) && isSwiss(country));
}

const isSwiss = (code: string) => /^(?:CH|LI)/.test(code);

/** Territory of the jurisdiction itself; the Isle of Man is none of the UK's third countries. */
function isOwn(country: string, jurisdiction: string): boolean {
  if (isSwiss(jurisdiction)) return isSwiss(country);
  if (jurisdiction.startsWith('EU')) return isMember(country);
  if (jurisdiction === 'UK') return country === 'GB' || country === 'IM';
  return jurisdiction.startsWith(country);
}
