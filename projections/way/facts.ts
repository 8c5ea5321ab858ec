import { elsewhere } from '#libs/origin/origin';
import { mctBounds, nothingElseKnown } from '#libs/rulebook/facts';
import type { Circumstances, Facts } from '#libs/rulebook/facts';
import { evidenceOf, provedProcessing, provedWork } from '#projections/way/evidence';
import { passedByPapers, shownBy, staysOf } from '#projections/way/stays';
import { factsOfParts, originsOf, passedBy } from '#projections/way/article';
import type { Way } from '#projections/way/way';

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
  const { weight, country, isThere, papers } = way;
  const mined = originsOf(way);
  const named = mined.filter((each) => each !== elsewhere);
  return {
    ...nothingElseKnown,
    hs: headingOf(way),
    material: way.grown ? 'synthetic' : 'natural',
    stoneMct: weight ? mctBounds(weight) : way.each,
    minedIn: named.length === 0 ? null : mined,
    ...workOf(way),
    shippedFrom: isThere ? country : null,
    ...(way.form === 'article' && factsOfParts(way)),
    transited: transitedBy(way),
    ...staysOf(way, jurisdiction),
    madeOn: way.madeOn,
    kimberleyRefused: way.kimberleyRefused,
    evidence: evidenceOf(papers, mined, (stay) => shownBy(stay, way, jurisdiction)),
    ...circumstances,
  };
}

function transitedBy(way: Way): Facts['transited'] {
  const passed = way.form === 'article' ? factsOfParts(way).transited : passedBy(way);
  const byPapers = passedByPapers(way);
  return byPapers.length === 0 ? passed : [...new Set([...passed, ...byPapers])].sort();
}

/** What events leave open papers tell; where a paper has them worked on besides is never passed over. */
function workOf({ processing, papers, worked }: Way): Pick<Facts, 'processing' | 'workedIn'> {
  const last = processing.state === 'unknown' ? provedProcessing(papers) : null;
  const known = last ?? processing;
  const others = provedWork(papers).filter(
    (country) => known.state !== 'processed' || known.in !== country,
  );
  return { processing: known, workedIn: [...new Set([...worked, ...others])].sort() };
}
