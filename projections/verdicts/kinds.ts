import { localDay } from '#libs/rulebook/clock';
import { judge } from '#libs/rulebook/judge';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import type { Jurisdiction } from '#libs/rulebook/rule';
import type { ViewWriter } from '#libs/views/views';
import { factsOf } from '#projections/way/facts';
import { kindOf, nameOf, wayOfKind } from '#projections/verdicts/kind';
import { keptState, rulesOfEdition, stateOf } from '#projections/verdicts/rules';
import { kindRows, verdictRows } from '#projections/verdicts/tables';
import type { SanctionsState, VerdictRow } from '#projections/verdicts/tables';
import type { Way } from '#projections/way/way';

export type Verdict = Omit<VerdictRow, 'jurisdiction' | 'edition' | 'kind'>;

/** A verdict holds from the day it was made for to the day before the next review. */
type Memo = Map<string, Readonly<{ from: string; verdict: Verdict }>>;

const memos = new WeakMap<Jurisdiction, Memo>();
const mostRemembered = 20_000;

/** What rules say of importing goods of a kind on a day of their own. */
export function verdictOn(way: string, rules: RulesUsed, day: string): Verdict {
  const { jurisdiction } = rules;
  let memo = memos.get(jurisdiction);
  if (memo === undefined) memos.set(jurisdiction, (memo = new Map()));
  const known = memo.get(way);
  if (known !== undefined && known.from <= day) {
    const { next_review_on } = known.verdict;
    if (next_review_on === null || day < next_review_on) return known.verdict;
  }
  const verdict = judged(read(way), rules, day);
  if (memo.size >= mostRemembered) memo.clear();
  memo.set(way, { from: day, verdict });
  return verdict;
}

let lastRead: Readonly<{ text: string; way: Way }> | undefined;

/** One kind is judged by all jurisdictions in turn. */
function read(text: string): Way {
  if (lastRead?.text !== text) lastRead = { text, way: wayOfKind(text) };
  return lastRead.way;
}

/** The same for goods as they are, not as their kind. */
export function judged(way: Way, rules: RulesUsed, day: string): Verdict {
  const { id } = rules.jurisdiction;
  const { outcome, rule, citation, verdict } = judge(factsOf(way, id), id, day, { rules });
  return { outcome, rule, citation, next_review_on: verdict.nextChangeOn };
}

/**
 * Moves one of the goods from its kind (empty: none) to the one that the cuts of now sort it into, which
 * is judged when it is new; answers its name.
 */
export async function changeKind(views: ViewWriter, from: string, way: Way): Promise<string> {
  const state = await keptState(views);
  const text = kindOf(way, state.cuts);
  const row = from === '' ? undefined : await views.get(kindRows, { kind: from });
  if (row?.way === text) return from;
  const { kind, goods } = await findKind(views, text);
  views.put(kindRows, { kind, way: text, goods: goods + 1 });
  if (goods === 0) await judgeKind(views, state, kind, text);
  if (from !== '') await leaveKind(views, from);
  return kind;
}

/** Two texts that share a name get two: a verdict is never that of other goods. */
async function findKind(views: ViewWriter, text: string) {
  for (let name = text; ; name = `${name} `) {
    const kind = nameOf(name);
    const row = await views.get(kindRows, { kind });
    if (!row || row.way === text) return { kind, goods: row?.goods ?? 0 };
  }
}

/** One of the goods is of the kind no more; without goods it goes, and so do its verdicts. */
export async function leaveKind(views: ViewWriter, kind: string): Promise<void> {
  const row = await views.get(kindRows, { kind });
  if (!row) return;
  if (row.goods > 1) return views.put(kindRows, { ...row, goods: row.goods - 1 });
  views.delete(kindRows, { kind });
  const { jurisdictions } = await stateOf(views);
  for (const [jurisdiction, { current, coming, stale }] of Object.entries(jurisdictions)) {
    for (const edition of [current, coming, ...stale]) {
      if (edition !== null) views.delete(verdictRows, { jurisdiction, edition, kind });
    }
  }
}

/** By what is in use and by what is coming. */
async function judgeKind(
  views: ViewWriter,
  { jurisdictions }: SanctionsState,
  kind: string,
  way: string,
): Promise<void> {
  for (const [jurisdiction, { current, coming }] of Object.entries(jurisdictions)) {
    for (const edition of [current, coming]) {
      if (edition === null) continue;
      const rules = await rulesOfEdition(views, jurisdiction, edition);
      putVerdict(views, rules, edition, kind, way);
    }
  }
}

/** Judges a kind by an edition's rules on the jurisdiction's day of now, and keeps the verdict. */
export function putVerdict(
  views: ViewWriter,
  rules: RulesUsed,
  edition: string,
  kind: string,
  way: string,
): void {
  const { id: jurisdiction, clock } = rules.jurisdiction;
  const verdict = verdictOn(way, rules, localDay(clock, views.today));
  views.put(verdictRows, { jurisdiction, edition, kind, ...verdict });
}
