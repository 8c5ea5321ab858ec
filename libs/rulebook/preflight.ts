import { localDay } from '#libs/rulebook/clock';
import { compareOutcomes } from '#libs/rulebook/evaluate';
import type { Act, EvidenceKind, Facts } from '#libs/rulebook/facts';
import { judge } from '#libs/rulebook/judge';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import type { Outcome, Reason } from '#libs/rulebook/verdict';

/**
 * Goods of a shipment as each jurisdiction's rules are told of them; of a stone that is set, those of
 * the article `setIn` (an id) with which it is imported.
 */
export type PreflightGoods = Readonly<{
  id: string;
  setIn: string | null;
  factsFor: (jurisdiction: string) => Facts;
}>;

/** What keeps goods back: the record that says so and, for papers, each way to close the gap. */
export type Obstacle = Readonly<{
  outcome: Exclude<Outcome, 'CLEAR' | 'EXEMPT'>;
  jurisdiction: string;
  rule: string;
  citation: string;
  text: string;
  /** Any one entry is enough, all of its papers together; empty where no paper helps. */
  papers: readonly (readonly EvidenceKind[])[];
  /** Facts that would have to be known. */
  facts: readonly string[];
}>;

export type PreflightItem = Readonly<{
  id: string;
  setIn: string | null;
  outcome: Outcome;
  obstacles: readonly Obstacle[];
}>;

/** `ready`: nothing is prohibited, missing or unknown. `staleRisk` as in a verdict. */
export type Preflight = Readonly<{
  days: Readonly<Record<string, string>>;
  act: Act;
  outcome: Outcome;
  ready: boolean;
  staleRisk: boolean;
  items: readonly PreflightItem[];
  notChecked: readonly string[];
  ruleBookVersions: Readonly<Record<string, string>>;
}>;

/**
 * Before goods are shipped: what prohibits each, what is missing, and which record asks for it, under
 * every set of measures of the destination (`rules`). Facts that cannot be are an obstacle, never
 * passed over. `on` is a day, or a moment that each jurisdiction's clock tells the day of.
 */
export function preflight(
  goods: readonly PreflightGoods[],
  rules: readonly RulesUsed[],
  on: string,
  act: Act,
): Preflight {
  const notChecked = new Set<string>();
  let staleRisk = false;
  const items = goods.map((each): PreflightItem => {
    const found = rules.map((used) => judged(each, used, on, act));
    for (const one of found) {
      for (const text of one.notChecked) notChecked.add(text);
      staleRisk ||= one.staleRisk;
    }
    const outcome = worstOf(found.map((one) => one.outcome));
    const { id, setIn } = each;
    return { id, setIn, outcome, obstacles: found.flatMap(({ obstacles }) => obstacles) };
  });
  const outcome = worstOf(items.map((item) => item.outcome));
  const byId = <T>(of: (used: RulesUsed) => T) =>
    Object.fromEntries(rules.map((used) => [used.jurisdiction.id, of(used)]));
  return {
    days: byId(({ jurisdiction }) => localDay(jurisdiction.clock, on)),
    act,
    outcome,
    ready: items.length > 0 && items.every(({ obstacles }) => obstacles.length === 0),
    staleRisk,
    items,
    notChecked: [...notChecked],
    ruleBookVersions: byId(({ version }) => version),
  };
}

type Found = Readonly<{
  outcome: Outcome;
  obstacles: readonly Obstacle[];
  notChecked: readonly string[];
  staleRisk: boolean;
}>;

function judged(goods: PreflightGoods, rules: RulesUsed, on: string, act: Act): Found {
  const { id } = rules.jurisdiction;
  const { verdict } = judge(goods.factsFor(id), id, on, { rules, act });
  const { outcome, reasons, notChecked, staleRisk } = verdict;
  const obstacles = reasons.flatMap((reason) => obstacle(id, reason));
  return { outcome, obstacles: eachOnce(obstacles), notChecked, staleRisk };
}

function obstacle(
  jurisdiction: string,
  { outcome, rule, citation, text, evidenceMissing: papers = [], factsMissing: facts = [] }: Reason,
): readonly Obstacle[] {
  if (outcome === 'CLEAR' || outcome === 'EXEMPT') return [];
  return [{ outcome, jurisdiction, rule, citation, text, papers, facts }];
}

/** One record may speak for several possible countries of mining. */
function eachOnce(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  const seen = new Set<string>();
  return obstacles.filter(({ rule, outcome, papers, facts }) => {
    const key = JSON.stringify([rule, outcome, papers, facts]);
    return !seen.has(key) && seen.add(key);
  });
}

/** What is to be said of all of them: nothing of none. */
export const worstOf = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.toSorted(compareOutcomes)[0] ?? 'UNDETERMINED';
