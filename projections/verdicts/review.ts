import { localDay } from '#libs/rulebook/clock';
import type { ViewWriter } from '#libs/views/views';
import { articleOf } from '#projections/setting';
import { changeKind, putVerdict } from '#projections/verdicts/kinds';
import {
  putState,
  rulesOfEdition,
  settled,
  stateOf,
  takeUpBuiltIn,
} from '#projections/verdicts/rules';
import { goodsRows, kindRows, verdictRows } from '#projections/verdicts/tables';
import type { Judged } from '#projections/verdicts/tables';

/** Rows gone through in one part of a review: some tens of milliseconds. */
const part = 1_000;

/**
 * Judges a part of what is due again: kinds whose day has come in a jurisdiction, then, for rules that
 * were adopted, all kinds, which goods are sorted into anew before where these rules compare with
 * more. The verdicts by adopted rules are shown once all are there, and the old ones removed
 * after that.
 */
export async function review(views: ViewWriter): Promise<number> {
  return (
    (await takeUpBuiltIn(views)) ||
    (await judgeDue(views)) ||
    (await sortGoods(views)) ||
    (await judgeComing(views)) ||
    (await removeStale(views))
  );
}

/** In any other order, finding that nothing is due takes a look at every verdict. */
const orderBy = ['next_review_on'] as const;

async function judgeDue(views: ViewWriter): Promise<number> {
  const { jurisdictions } = await stateOf(views);
  if (!(await isAnyDue(views))) return 0;
  for (const [jurisdiction, { current, coming, stale }] of Object.entries(jurisdictions)) {
    const any = current ?? coming;
    if (any === null) continue;
    const { clock } = (await rulesOfEdition(views, jurisdiction, any)).jurisdiction;
    const value = localDay(clock, views.today);
    const atMost = { column: 'next_review_on', value } as const;
    const due = await views.list(verdictRows, { jurisdiction }, { atMost, orderBy, limit: part });
    for (const row of due) {
      const { edition, kind } = row;
      const found = await views.get(kindRows, { kind });
      if (!found || stale.includes(edition)) views.delete(verdictRows, row);
      else {
        const rules = await rulesOfEdition(views, jurisdiction, edition);
        putVerdict(views, rules, edition, kind, found.way);
      }
    }
    if (due.length > 0) return due.length;
  }
  return 0;
}

/** One look for all of them, as it hardly ever finds anything: where the day comes first. */
async function isAnyDue(views: ViewWriter): Promise<boolean> {
  const atMost = { column: 'next_review_on', value: localDay('japanese', views.today) } as const;
  const due = await views.list(verdictRows, {}, { atMost, orderBy, limit: 1 });
  return due.length > 0;
}

async function sortGoods(views: ViewWriter): Promise<number> {
  const { sorting } = await stateOf(views);
  if (sorting === null) return 0;
  const below = { column: 'subject', value: sorting } as const;
  const rows = await views.list(goodsRows, {}, { below, descending: true, limit: part });
  for (const row of rows) {
    if (row.kind === '') continue;
    const { way } = (await articleOf(views, row)) ?? row;
    const kind = await changeKind(views, row.kind, way);
    if (kind !== row.kind) views.put(goodsRows, { ...row, kind });
  }
  const last = rows.length < part ? undefined : rows.at(-1);
  putState(views, { ...(await stateOf(views)), sorting: last?.subject ?? null });
  return Math.max(1, rows.length);
}

async function judgeComing(views: ViewWriter): Promise<number> {
  const { jurisdictions } = await stateOf(views);
  for (const [jurisdiction, judged] of Object.entries(jurisdictions)) {
    const { coming, at } = judged;
    if (coming === null) continue;
    const rules = await rulesOfEdition(views, jurisdiction, coming);
    const below = { column: 'kind', value: at } as const;
    const kinds = await views.list(kindRows, {}, { below, descending: true, limit: part });
    for (const { kind, way } of kinds) putVerdict(views, rules, coming, kind, way);
    const last = kinds.length < part ? undefined : kinds.at(-1);
    await change(views, jurisdiction, last ? { ...judged, at: last.kind } : shown(judged));
    return Math.max(1, kinds.length);
  }
  return 0;
}

/** From now on readers see the coming verdicts, all at once. */
function shown({ current, coming, stale }: Judged): Judged {
  return { ...settled, current: coming, stale: current === null ? stale : [...stale, current] };
}

async function removeStale(views: ViewWriter): Promise<number> {
  const { jurisdictions } = await stateOf(views);
  for (const [jurisdiction, judged] of Object.entries(jurisdictions)) {
    const [edition, ...stale] = judged.stale;
    if (edition === undefined) continue;
    const rows = await views.list(verdictRows, { jurisdiction, edition }, { limit: part });
    for (const row of rows) views.delete(verdictRows, row);
    if (rows.length < part) await change(views, jurisdiction, { ...judged, stale });
    return Math.max(1, rows.length);
  }
  return 0;
}

async function change(views: ViewWriter, jurisdiction: string, judged: Judged): Promise<void> {
  const state = await stateOf(views);
  const jurisdictions = { ...state.jurisdictions, [jurisdiction]: judged };
  putState(views, { ...state, jurisdictions });
}
