import { idOf } from '#events/streams';
import { Refused } from '#libs/decider/decider';
import { localDay } from '#libs/rulebook/clock';
import { bothCuts, cutsOf } from '#libs/rulebook/cuts';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import { jurisdictionOf, ruleBook } from '#libs/rulebook/rule-book';
import type { Outcome } from '#libs/rulebook/verdict';
import type { ViewReader } from '#libs/views/views';
import { sharedBy } from '#projections/title';
import { verdictOn } from '#projections/verdicts/kinds';
import type { Verdict } from '#projections/verdicts/kinds';
import { rulesOfEdition, stateOf, versionOf } from '#projections/verdicts/rules';
import { goodsRows, kindRows, top, verdictRows } from '#projections/verdicts/tables';
import type { GoodsRow } from '#projections/verdicts/tables';

/**
 * `rules`: judged by these and not by the ones in use. `now` is a day or a moment; with `on` the verdicts are those of that day and not of now. `after`
 * is where the page before ended.
 */
export type WhichSanctions = Readonly<{
  jurisdiction: string;
  now: string;
  on?: string | undefined;
  rules?: RulesUsed | undefined;
  outcome?: Outcome | undefined;
  owner?: string | undefined;
  custodian?: string | undefined;
  after?: string | undefined;
  limit: number;
}>;

/** `setIn`: the id of the article that a stone is set in, whose verdict it is then. */
export type SanctionsListed = Readonly<{
  subject: string;
  setIn: string | null;
  owner: string | null;
  custodian: string | null;
  outcome: Outcome;
  rule: string;
  citation: string;
  nextChangeOn: string | null;
}>;

/**
 * All verdicts are of `ruleBookVersion`; `coming` is the version that goods are being judged by anew,
 * whose verdicts are shown once all are there. `next` goes on where this page ended; null at the
 * end. A page may hold fewer than asked, as no more than `mostSteps` are taken for one.
 */
export type SanctionsPage = Readonly<{
  jurisdiction: string;
  day: string;
  ruleBookVersion: string;
  coming: string | null;
  items: readonly SanctionsListed[];
  next: string | null;
}>;

/** What goods of a kind are. */
type Judged = Readonly<{ kind: string; verdict: Verdict }>;

type Edition = Readonly<{ edition: string; rules: RulesUsed; coming: string | null }>;

/** Goods of the kind below the subject come next, then those of the kinds below. */
type Place = Readonly<{ kind: string; subject: string }>;

const goodsStream = '(?:stone|parcel|jewellery)-[a-z0-9]+(?:[-.~][a-z0-9]+)*';

/**
 * How `next` is written: a kind of goods and, unless it is told, a stream of that kind; of another time
 * the stream alone.
 */
export const placeForm = new RegExp(
  `^(?:(?:[0-9a-f]{24}|shared):(?:~|${goodsStream})?|${goodsStream})$`,
);

/** Whether a list goes on there: one of now at a kind, one of another time at a stream. */
export function goesOnAt(after: string | undefined, isOfNow: boolean): boolean {
  return after === undefined || (placeForm.test(after) && after.includes(':') === isOfNow);
}

/** In a place: not of one kind, and above every subject. */
const shared = 'shared';
const all = '~';

/** Looks into the views for one page: one with nothing in it costs no more. */
const mostSteps = 400;
const kindsPerStep = 100;
const mostTries = 5;

/**
 * Goods with their stored verdicts, of all that were not cut or used up. Goods of a kind stand
 * together, the kinds in an order that means nothing but stays. Goods that become of another kind
 * between two pages may be told twice or not at all. Refuses `unknown-jurisdiction`, and
 * `goods-being-sorted` for rules that tell more goods apart than are told apart yet.
 */
export async function sanctionsPage(
  views: ViewReader,
  which: WhichSanctions,
): Promise<SanctionsPage> {
  for (let tries = 1; ; tries++) {
    const edition = await editionOf(views, which);
    const page = await pageOf(views, which, edition);
    const after = await editionOf(views, which);
    if (after.edition === edition.edition || tries === mostTries) return page;
  }
}

/** What is shown now; of a jurisdiction that was added and has nothing else, what is coming. */
async function editionOf(
  views: ViewReader,
  { jurisdiction, rules: named }: WhichSanctions,
): Promise<Edition> {
  const { jurisdictions, cuts, sorting } = await stateOf(views);
  if (named) {
    if (sorting === null && bothCuts(cuts, cutsOf(named.jurisdiction)) === cuts) {
      return { edition: '', rules: named, coming: null };
    }
    throw new Refused(
      'goods-being-sorted',
      `goods are not told apart yet as version ${named.version} does: ask again, or of one of them`,
      { field: 'rules' },
    );
  }
  const { current = null, coming = null } = jurisdictions[jurisdiction] ?? {};
  const edition = current ?? coming;
  if (edition === null) {
    const { version } = ruleBook();
    const rules = { version, jurisdiction: jurisdictionOf(ruleBook(), jurisdiction) };
    return { edition: '', rules, coming: null };
  }
  const rules = await rulesOfEdition(views, jurisdiction, edition);
  return { edition, rules, coming: coming === null ? null : versionOf(coming) };
}

async function pageOf(
  views: ViewReader,
  which: WhichSanctions,
  { edition, rules, coming }: Edition,
): Promise<SanctionsPage> {
  const { limit, owner, custodian } = which;
  const day = localDay(rules.jurisdiction.clock, which.on ?? which.now);
  const kinds = await kindsOf(views, which, edition, rules, day);
  const party = owner !== undefined ? { owner } : custodian !== undefined ? { custodian } : null;
  const items: SanctionsListed[] = [];
  let steps = 0;
  let place = placeOf(which.after);
  while (place !== null && items.length < limit && steps < mostSteps) place = await step(place);
  const next = place && `${place.kind}:${place.subject === top ? all : place.subject}`;
  const { jurisdiction } = which;
  return { jurisdiction, day, ruleBookVersion: rules.version, coming, items, next };

  /** What a party owns alone comes first, then what it owns with others. */
  async function step(from: Place): Promise<Place | null> {
    steps += 1;
    if (owner !== undefined && from.kind === shared) return stepShared(owner, from.subject);
    const next = await stepKind(from);
    return next ?? (owner === undefined ? null : { kind: shared, subject: top });
  }

  async function stepShared(party: string, below: string): Promise<Place | null> {
    const subjects = await sharedBy(views, party, below, limit - items.length);
    for (const subject of subjects) {
      const row = await views.get(goodsRows, { subject });
      const verdict = row && row.kind !== '' && (await kinds.of(row.kind));
      if (!row || !verdict || !isWanted(row)) continue;
      if (which.outcome === undefined || verdict.outcome === which.outcome) {
        items.push(listed(row, verdict));
      }
    }
    const last = subjects.at(-1);
    return last === undefined ? null : { kind: shared, subject: last };
  }

  /** Takes goods of the first kind from there on; answers where to go on. */
  async function stepKind(from: Place): Promise<Place | null> {
    const found = await kinds.from(from);
    if (found === null || !('verdict' in found)) return found;
    const { kind, verdict } = found;
    const first = party && (await firstOf(kind));
    if (party && !first) return null;
    if (first && first.kind !== kind) return { kind: first.kind, subject: top };
    const below = { column: 'subject', value: kind === from.kind ? from.subject : top } as const;
    const most = limit - items.length;
    const range = { below, descending: true, limit: most } as const;
    const goods = await views.list(goodsRows, { ...party, kind }, range);
    items.push(...goods.filter(isWanted).map((row) => listed(row, verdict)));
    const last = goods.length === most ? goods.at(-1) : undefined;
    return { kind, subject: last?.subject ?? '' };
  }

  /** The party's first goods of a kind or the ones below: most kinds have none of its goods. */
  async function firstOf(kind: string): Promise<GoodsRow | undefined> {
    const atMost = { column: 'kind', value: kind } as const;
    const orderBy = ['kind', 'subject'] as const;
    const range = { atMost, orderBy, descending: true, limit: 1 } as const;
    const [first] = await views.list(goodsRows, { ...party }, range);
    return first?.kind === '' ? undefined : first;
  }

  function isWanted(row: GoodsRow): boolean {
    return custodian === undefined || row.custodian === custodian;
  }
}

function placeOf(after: string | undefined): Place | null {
  if (after === undefined) return { kind: top, subject: '' };
  const end = after.indexOf(':');
  const subject = after.slice(end + 1);
  return { kind: after.slice(0, end), subject: subject === all ? top : subject };
}

function listed({ subject, way, owner, custodian }: GoodsRow, verdict: Verdict): SanctionsListed {
  const { outcome, rule, citation, next_review_on: nextChangeOn } = verdict;
  const setIn = way.setIn === null ? null : idOf(way.setIn);
  return { subject, setIn, owner, custodian, outcome, rule, citation, nextChangeOn };
}

type Kinds = Readonly<{
  /**
   * The first kind from a place on that is asked for, or the place up to which there is none, or null
   * at the end.
   */
  from: (place: Place) => Promise<Judged | Place | null>;
  of: (kind: string) => Promise<Verdict | undefined>;
}>;

/** Kinds by their stored verdicts or, where these are not what is asked for, judged anew. */
async function kindsOf(
  views: ViewReader,
  { jurisdiction, on, outcome, rules: named }: WhichSanctions,
  edition: string,
  rules: RulesUsed,
  day: string,
): Promise<Kinds> {
  const isStored = on === undefined && !named && !(await isDue());
  let ready: readonly Judged[] = [];
  let down: string | null = null;
  return { from, of };

  async function from(wanted: Place): Promise<Judged | Place | null> {
    const known = ready.find((each) => isFrom(each, wanted));
    if (known) return known;
    const place = down !== null && down <= wanted.kind ? { kind: down, subject: '' } : wanted;
    const bound: Bound = { column: 'kind', value: place.kind };
    const side = place.subject === '' ? { below: bound } : { atMost: bound };
    const range: Range = { ...side, descending: true, limit: kindsPerStep };
    const rows = await (isStored ? stored(range) : judgedAnew(range));
    ready = rows.filter(({ verdict }) => outcome === undefined || verdict.outcome === outcome);
    down = rows.at(-1)?.kind ?? null;
    const isEnd = rows.length < kindsPerStep;
    return ready[0] ?? (isEnd || down === null ? null : { kind: down, subject: '' });
  }

  async function of(kind: string): Promise<Verdict | undefined> {
    if (isStored) return views.get(verdictRows, { jurisdiction, edition, kind });
    const row = await views.get(kindRows, { kind });
    return row && verdictOn(row.way, rules, day);
  }

  /** The day of some came, and nobody has judged them again yet. */
  async function isDue(): Promise<boolean> {
    const atMost = { column: 'next_review_on', value: day } as const;
    const range = { atMost, orderBy: ['next_review_on'], limit: 1 } as const;
    const due = await views.list(verdictRows, { jurisdiction }, range);
    return due.length > 0;
  }

  async function stored(range: Range): Promise<readonly Judged[]> {
    const key = { jurisdiction, edition, ...(outcome && { outcome }) };
    const rows = await views.list(verdictRows, key, { ...range, orderBy: ['kind'] });
    return rows.map(({ kind, ...verdict }) => ({ kind, verdict }));
  }

  async function judgedAnew(range: Range): Promise<readonly Judged[]> {
    const kinds = await views.list(kindRows, {}, range);
    return kinds.map(({ kind, way }) => ({ kind, verdict: verdictOn(way, rules, day) }));
  }
}

type Bound = Readonly<{ column: 'kind'; value: string }>;
type Range = Readonly<{ atMost?: Bound; below?: Bound; descending: true; limit: number }>;

function isFrom({ kind }: Judged, from: Place): boolean {
  return from.subject === '' ? kind < from.kind : kind <= from.kind;
}
