import type { Paper } from '#events/evidence';
import type { Weight } from '#events/values';
import { dayBefore } from '#libs/reference/calendar';
import { floorOf } from '#libs/rulebook/cuts';
import type { Cuts } from '#libs/rulebook/cuts';
import { mctBounds } from '#libs/rulebook/facts';
import type { MctBounds } from '#libs/rulebook/facts';
import { elsewhere } from '#libs/origin/origin';
import { lastInRussia } from '#projections/way/stays';
import { isEuropean, territoryOf } from '#projections/way/territories';
import { isKimberley } from '#projections/way/evidence';
import type { PaperOnFile } from '#projections/way/evidence';
import { factsOfParts, passedBy } from '#projections/way/article';
import { untold } from '#projections/way/begun';
import type { Way } from '#projections/way/way';

/**
 * One way that stands for all that the rules whose cuts these are can never tell from it, on no day
 * and in no jurisdiction: each weight and day is put back to the last cut before it, a country that
 * makes no difference is any, and what only names a paper is left out. Equal ways are equal texts,
 * without what is nothing; {@link wayOfKind} reads it.
 */
export function kindOf(way: Way, cuts: Cuts): string {
  const { form, hs, weight, each, country, isThere, madeOn, papers } = way;
  const { isCompared, placed, backTo } = looksOf(cuts);
  const isArticle = form === 'article';
  const { mined, grownIn } = originsAlike(way, placed);
  const { leftRussiaOn, since } = staysAlike(way, cuts.territories, backTo);
  const kind: Record<keyof Way, unknown> = {
    form,
    hs: hs ?? undefined,
    grown: way.grown,
    mined,
    grownIn,
    weight: weight ? weightClass(weight, cuts.mct) : undefined,
    each: each && !weight ? flooredBounds(each, cuts.mct) : undefined,
    country: isThere && country !== null ? placed(country) : undefined,
    isThere: isThere || undefined,
    transited: some(passedBy(way).filter(isCompared)),
    worked: some(way.worked.filter(isCompared)),
    leftRussiaOn,
    since,
    papers: papers.length === 0 ? undefined : papersThatDiffer(papers),
    kimberleyRefused: way.kimberleyRefused || undefined,
    parts: isArticle ? onePart(way, cuts.mct, isCompared) : undefined,
    madeOn: madeOn === null ? undefined : backTo(madeOn),
    processing: processingAlike(way, placed),
    first: undefined,
    madeThere: way.madeThere !== null && papers.some(isStay) ? placed(way.madeThere) : undefined,
    setIn: undefined,
    makingIn: undefined,
    grownParts: undefined,
    said: undefined,
  };
  return JSON.stringify(kind);
}

/** The way that {@link kindOf} made a text of. */
export function wayOfKind(kind: string): Way {
  return { ...nothing, ...(JSON.parse(kind) as Pick<Way, 'form'>) };
}

/** What the text of a kind leaves out. */
const nothing: Omit<Way, 'form'> = { ...untold, mined: [], processing: { state: 'unknown' } };

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** A Kimberley certificate is held against every country; else only those that rules name count. */
function originsAlike({ form, grown, grownIn, mined, papers }: Way, placed: Looks['placed']) {
  if (papers.some(isKimberley)) return { mined: some(mined), grownIn: grownIn ?? undefined };
  if (grown === true && form !== 'article') {
    return { mined: undefined, grownIn: grownIn === null ? undefined : placed(grownIn) };
  }
  const known = mined.map((each) => (each === elsewhere ? each : placed(each)));
  return { mined: some([...new Set(known)].sort()), grownIn: undefined };
}

function processingAlike({ processing }: Way, placed: Looks['placed']): Way['processing'] {
  if (processing.state !== 'processed') return { state: processing.state };
  const { operation } = processing;
  return { state: 'processed', in: placed(processing.in), ...(operation && { operation }) };
}

/** Where a paper has goods in Russia, what was before that day is told from what came after. */
function staysAlike(
  { leftRussiaOn, since, papers }: Way,
  territories: readonly string[],
  backTo: Looks['backTo'],
) {
  if (lastInRussia(papers) !== null) return { leftRussiaOn: leftRussiaOn ?? undefined, since };
  return {
    leftRussiaOn: leftRussiaOn === null ? undefined : backTo(leftRussiaOn),
    since: sinceIn(since, territories, backTo),
  };
}

const isStay = ({ paper }: PaperOnFile) => paper.kind === 'location-proof';

/**
 * Only since when goods have been in each territory is ever asked; in one that is no jurisdiction's
 * they are in a third country for all, so what came later to others makes no difference.
 */
function sinceIn(
  since: Way['since'],
  territories: readonly string[],
  backTo: Looks['backTo'],
): Way['since'] | undefined {
  const earliest = new Map<string, string>();
  for (const country in since) {
    const where = territoryOf(country, territories, elsewhere);
    const from = backTo(since[country] ?? '');
    const other = earliest.get(where);
    if (other === undefined || from < other) earliest.set(where, from);
  }
  const third = earliest.get(elsewhere);
  const asked = [...earliest].filter(
    ([where, from]) =>
      third === undefined || from < third || where === elsewhere || isEuropean(where),
  );
  if (asked.length === 0) return undefined;
  return Object.fromEntries(asked.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Stands for countries that make no difference, unless it makes one. */
const anywhere = 'AQ';

type Looks = Readonly<{
  isCompared: (country: string) => boolean;
  placed: (country: string) => string;
  backTo: (day: string) => string;
}>;

const looks = new WeakMap<Cuts, Looks>();

function looksOf(cuts: Cuts): Looks {
  let found = looks.get(cuts);
  if (found === undefined) looks.set(cuts, (found = makeLooks(cuts)));
  return found;
}

function makeLooks({ countries, days }: Cuts): Looks {
  const compared = new Set([...countries, 'RU']);
  const everyOne = compared.has(anywhere);
  const [first] = days;
  const earliest = first === undefined ? '1000-01-01' : dayBefore(first);
  return {
    isCompared: (country) => compared.has(country),
    placed: (country) => (everyOne || compared.has(country) ? country : anywhere),
    backTo: (day) => floorOf(days, day, earliest),
  };
}

/** All that is set in an article, as one: the rules ask for the heaviest, and where any passed. */
function onePart(
  way: Way,
  thresholds: readonly number[],
  isCompared: Looks['isCompared'],
): Way['parts'] | undefined {
  const { stoneMct, transited } = factsOfParts(way);
  if (stoneMct === null) return undefined;
  const bounds = flooredBounds(stoneMct, thresholds);
  const passed = transited.filter(isCompared);
  return [{ stream: '', stoneMct: bounds, mined: [], transited: passed, grown: false }];
}

function flooredBounds({ min, max }: MctBounds, thresholds: readonly number[]): MctBounds {
  const floor = floorIn(thresholds);
  return { min: floor(min), max: max === null ? null : floor(max) };
}

/** Whole mct as far as thresholds tell; one above zero stays above it. */
function floorIn(thresholds: readonly number[]): (mct: number) => number {
  return (mct) =>
    Number.isInteger(mct) && mct >= 1 && mct <= heaviest ? floorOf(thresholds, mct, 1) : mct;
}

/** A weight with the same bounds, as far as thresholds tell. */
function weightClass(weight: Weight, thresholds: readonly number[]): Weight {
  const { min, max } = mctBounds(weight);
  const floor = floorIn(thresholds);
  const basis = 'weighed';
  const low = floor(min);
  if (max === null) return { mct: low - 1, qualifier: 'gt', basis };
  const high = floor(max);
  if (low === high) return { mct: low, qualifier: 'eq', basis };
  const { mct, qualifier } = weight;
  return min === 0 ? { mct: high + 1, qualifier: 'lt', basis } : { mct, qualifier, basis };
}

/** As far as `refuseImpossible` takes weights as they are. */
const heaviest = 100_000_000;

/** Each once, without what names the one paper: its number, who signed it, the entry it is for. */
function papersThatDiffer(papers: readonly PaperOnFile[]): readonly unknown[] {
  const bare = papers.map((each) =>
    written({ ...each, evidenceNo: '', paper: unnamed(each.paper) }),
  );
  return [...new Set(bare)].sort().map((text): unknown => JSON.parse(text));
}

function unnamed(paper: Paper): Paper {
  switch (paper.kind) {
    case 'kimberley-certificate':
    case 'g7-certificate':
    case 'meti-confirmation':
      return { ...paper, number: '' };
    case 'due-diligence-statement':
    case 'cbsa-attestation':
      return { ...paper, signatory: '' };
    case 'supplier-declaration':
    case 'invoice':
    case 'air-waybill':
    case 'packing-list':
      return { ...paper, supplier: '' };
    case 'us-self-certification':
    case 'us-licence-statement': {
      const { entryNo: _, ...rest } = paper;
      return rest;
    }
    case 'licence':
      return { ...paper, number: '', scope: '' };
    default:
      return paper;
  }
}

/** JSON with the members of every object in order of their names. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}"${name}":${written(member)}`;
  }
  return `{${text}}`;
}

const prime = 0x01000193;

/** A short name for a text; not safe against who wants two texts to share one. */
export function nameOf(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  let c = 0x85ebca6b;
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n);
    a = Math.imul(a ^ code, prime);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
    c = Math.imul(c ^ code ^ (a >>> 11), 0xc2b2ae35);
  }
  return [a, b, c].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}
