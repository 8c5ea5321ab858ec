import type { Paper } from '#events/evidence';
import type { Weight } from '#events/values';
import { dayBefore } from '#libs/reference/calendar';
import { floorOf } from '#libs/rulebook/cuts';
import type { Cuts } from '#libs/rulebook/cuts';
import { mctBounds } from '#libs/rulebook/facts';
import type { MctBounds } from '#libs/rulebook/facts';
import { ownTerritories } from '#projections/facts';
import type { PaperOnFile } from '#projections/evidence';
import { factsOfParts, passedBy } from '#projections/way-article';
import type { Way } from '#projections/way';

/**
 * One way that stands for all that the rules whose cuts these are can never tell from it, on no day
 * and in no jurisdiction: each weight and day is put back to the last cut before it, a country that
 * makes no difference is any, and what only names a paper is left out. What this does not know of a
 * way it keeps. Written so that equal ways are equal texts; {@link wayOfKind} reads it.
 */
export function kindOf(way: Way, cuts: Cuts): string {
  const { compared, earliest } = looksOf(cuts);
  const { weight, each, country, isThere, leftRussiaOn, since, papers, processing, madeOn } = way;
  const placed = (each: string) => (compared.has(each) ? each : anywhere);
  const backTo = (day: string) => floorOf(cuts.days, day, day < earliest ? earliest : day);
  const years: Record<string, string> = {};
  for (const [each, day] of Object.entries(since)) {
    const where = placed(each);
    const from = backTo(day);
    const other = years[where];
    if (other === undefined || from < other) years[where] = from;
  }
  const { said: _, ...known } = way;
  return written({
    ...known,
    weight: weight && weightClass(weight, cuts.mct),
    each: weight ? null : each && flooredBounds(each, cuts.mct),
    grownParts: {},
    country: isThere && country !== null ? placed(country) : null,
    transited: passedBy(way).filter((each) => compared.has(each)),
    worked: way.worked.filter((each) => compared.has(each)),
    first: null,
    madeThere: null,
    leftRussiaOn: leftRussiaOn === null ? null : backTo(leftRussiaOn),
    since: years,
    papers: papersThatDiffer(papers),
    parts: onePart(way, cuts.mct, compared),
    madeOn: madeOn === null ? null : backTo(madeOn),
    setIn: null,
    makingIn: null,
    processing:
      processing.state === 'processed' ? { ...processing, in: placed(processing.in) } : processing,
  });
}

export function wayOfKind(kind: string): Way {
  return JSON.parse(kind) as Way;
}

/** Stands for countries that make no difference. */
const anywhere = 'AQ';

type Looks = Readonly<{ compared: ReadonlySet<string>; earliest: string }>;

const looks = new WeakMap<Cuts, Looks>();

function looksOf(cuts: Cuts): Looks {
  let found = looks.get(cuts);
  if (found === undefined) {
    const compared = new Set([...cuts.countries, ...ownTerritories(), anywhere]);
    const [first] = cuts.days;
    found = { compared, earliest: first === undefined ? '1000-01-01' : dayBefore(first) };
    looks.set(cuts, found);
  }
  return found;
}

/** All that is set in an article, as one: the rules ask for the heaviest, and where any passed. */
function onePart(
  way: Way,
  thresholds: readonly number[],
  compared: ReadonlySet<string>,
): Way['parts'] {
  const { stoneMct, transited } = factsOfParts(way);
  if (stoneMct === null) return [];
  const bounds = flooredBounds(stoneMct, thresholds);
  const passed = transited.filter((each) => compared.has(each));
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
  return min === 0
    ? { mct: high + 1, qualifier: 'lt', basis }
    : { mct: weight.mct, qualifier: weight.qualifier, basis };
}

/** As far as `refuseImpossible` takes weights as they are. */
const heaviest = 100_000_000;

/** Each once, without what names the one paper: its number, who signed it, the entry it is for. */
function papersThatDiffer(papers: readonly PaperOnFile[]): readonly PaperOnFile[] {
  if (papers.length === 0) return papers;
  const byText = new Map<string, PaperOnFile>();
  for (const each of papers) {
    const bare = { ...each, evidenceNo: '', paper: unnamed(each.paper) };
    byText.set(written(bare), bare);
  }
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, paper]) => paper);
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
