import { Refused } from '#libs/decider/decider';
import { localDay } from '#libs/rulebook/clock';
import { counterpartyStatus, listsOf } from '#libs/rulebook/counterparty';
import type { CounterpartyStatus } from '#libs/rulebook/counterparty';
import type { Act, Circumstances } from '#libs/rulebook/facts';
import { preflight } from '#libs/rulebook/preflight';
import type { Preflight, PreflightGoods } from '#libs/rulebook/preflight';
import { askable } from '#libs/rulebook/rules-used';
import type { ViewReader } from '#libs/views/views';
import { factsOf } from '#projections/way/facts';
import { rulesOf } from '#projections/rulebooks';
import type { RulesFound, WhichRules } from '#projections/rulebooks';
import { goodsWithin } from '#projections/shipments';
import { standingFor } from '#projections/dossier';
import type { Standing } from '#projections/dossier';

/** Where goods may be shipped to. Each has its measures on Russia and some on Belarus, or none known. */
export const destinations = askable.filter((id) => id.length === 2);

/** What is to be done there; import for commerce when left out. */
export type PreflightAct = Readonly<{ act?: Act; circumstances?: Circumstances }>;

/** Which rules, out of which views; left out: those in use, by the views of the goods. */
export type PreflightRules = Readonly<{ rules?: WhichRules; rulesIn?: ViewReader }>;

/**
 * What lists make of each party that owns or holds any of the goods, `as` which, beside the verdict
 * on the goods and never part of it; `name` is its own.
 */
export type Shipped = Preflight &
  Readonly<{
    counterparties: readonly (CounterpartyStatus &
      Readonly<{ name: string; as: readonly ('owner' | 'custodian')[] }>)[];
  }>;

/**
 * What keeps these goods from being imported there, by the rules in use. Refuses `not-found` for
 * goods or shipments the ledger does not know, `unknown-jurisdiction` and `bad-date`.
 */
export async function preflightOf(
  views: ViewReader,
  subjects: readonly string[],
  to: string,
  on: string,
  { act = 'import', circumstances = {}, rules: which, rulesIn }: PreflightAct & PreflightRules = {},
): Promise<Shipped> {
  const rules: RulesFound[] = [];
  for (const id of askable) {
    if (id.slice(0, 2) === to) rules.push(await rulesOf(rulesIn ?? views, id, which));
  }
  if (rules.length === 0) {
    throw new Refused('unknown-jurisdiction', `the rule book holds no measures of ${to}`, {
      field: 'to',
      known: destinations,
    });
  }
  const goods: PreflightGoods[] = [];
  const standings: Standing[] = [];
  for (const id of await unpacked(views, subjects)) {
    const found = await standingFor(views, id);
    if (!found) throw new Refused('not-found', `nothing is known of ${id}`, { field: 'goods', id });
    const { setIn, way } = found.sanctions;
    goods.push({
      id,
      setIn,
      factsFor: (jurisdiction) => factsOf(way, jurisdiction, circumstances),
    });
    standings.push(found);
  }
  const lists = await rulesOf(rulesIn ?? views, listsOf(to), which);
  const day = localDay(lists.jurisdiction.clock, on);
  const said = standings.flatMap(({ dealings: { parties, known }, names }) =>
    parties.map(({ party, as }) => ({
      ...counterpartyStatus(party, known, to, day, lists),
      name: names[party] ?? party,
      as,
    })),
  );
  return { ...preflight(goods, rules, on, act), counterparties: eachOnce(said) };
}

type Counterparty = Shipped['counterparties'][number];

function eachOnce(said: readonly Counterparty[]): readonly Counterparty[] {
  const found = new Map<string, Counterparty>();
  for (const each of said) {
    const as = [...(found.get(each.party)?.as ?? []), ...each.as];
    found.set(each.party, { ...each, as: [...new Set(as)] });
  }
  return [...found.values()];
}

/** The goods in place of the shipments they are packed in, each once. */
async function unpacked(
  views: ViewReader,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  const goods = new Set<string>();
  for (const id of subjects) {
    const within = await goodsWithin(views, id);
    if (!within) {
      throw new Refused('not-found', `nothing is known of ${id}`, { field: 'goods', id });
    }
    for (const each of within) goods.add(each);
  }
  return goods;
}
