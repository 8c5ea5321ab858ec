import { thresholds } from '#libs/rulebook/condition';
import type { Condition, Jurisdiction, Rule } from '#libs/rulebook/rule';

/**
 * All that rules ever compare facts of goods with: weights in mct, days, countries; ascending, each
 * once. Two weights or days with none of them between, and two countries that are not among them,
 * are alike to these rules. `territories` are those of the jurisdictions themselves.
 */
export type Cuts = Readonly<{
  mct: readonly number[];
  days: readonly string[];
  countries: readonly string[];
  territories: readonly string[];
}>;

export const noCuts: Cuts = { mct: [], days: [], countries: [], territories: [] };

const known = new WeakMap<Jurisdiction, Cuts>();

/** What one jurisdiction's rules compare with. */
export function cutsOf(jurisdiction: Jurisdiction): Cuts {
  let cuts = known.get(jurisdiction);
  if (cuts === undefined) known.set(jurisdiction, (cuts = makeCuts(jurisdiction)));
  return cuts;
}

function makeCuts({ id, rules }: Jurisdiction): Cuts {
  const leaves = rules.flatMap(({ when }) => leavesOf(when));
  return {
    mct: inOrder(rules.flatMap(({ when }) => thresholds(when))),
    days: inOrder([
      ...rules.flatMap((rule) => beginningCompared(rule, rules)),
      ...leaves.flatMap((leaf) => (isOfGoods(leaf) && leaf.day !== 'ban-start' ? [leaf.day] : [])),
    ]),
    countries: inOrder(leaves.flatMap((leaf) => ('countries' in leaf ? leaf.countries : []))),
    territories: [id.slice(0, 2)],
  };
}

type Before = Extract<Condition, { test: 'before' }>;

/** The day of a contract comes with the question. */
const isOfGoods = (leaf: Condition): leaf is Before =>
  leaf.test === 'before' && leaf.fact !== 'contractOn';

/** The day that a ban begins, where an exception of its chain turns on what was before. */
function beginningCompared(ban: Rule, rules: readonly Rule[]): readonly string[] {
  if (ban.kind !== 'ban' || ban.effectiveFrom === null) return [];
  const lifting = rules.flatMap((each) =>
    each.kind === 'ban' && (each.chain ?? each.id) === (ban.chain ?? ban.id) ? each.exceptions : [],
  );
  const isCompared = rules.some(
    ({ id, when }) =>
      lifting.includes(id) &&
      leavesOf(when).some((leaf) => isOfGoods(leaf) && leaf.day === 'ban-start'),
  );
  return isCompared ? [ban.effectiveFrom] : [];
}

/** The single tests that a condition is made of. */
export function leavesOf(condition: Condition): readonly Condition[] {
  if (condition.test === 'not') return leavesOf(condition.of);
  if (condition.test === 'all' || condition.test === 'any') return condition.of.flatMap(leavesOf);
  return [condition];
}

/** What either compares with; `a` itself when `b` adds nothing. */
export function bothCuts(a: Cuts, b: Cuts): Cuts {
  const both: Cuts = {
    mct: inOrder([...a.mct, ...b.mct]),
    days: inOrder([...a.days, ...b.days]),
    countries: inOrder([...a.countries, ...b.countries]),
    territories: inOrder([...a.territories, ...b.territories]),
  };
  const kinds = ['mct', 'days', 'countries', 'territories'] as const;
  return kinds.every((kind) => both[kind].length === a[kind].length) ? a : both;
}

function inOrder<T extends string | number>(values: readonly T[]): readonly T[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
}

/** The greatest cut that is not above the value; `below` when all are. */
export function floorOf<T extends string | number>(cuts: readonly T[], value: T, below: T): T {
  let floor = below;
  for (const cut of cuts) {
    if (cut > value) return floor;
    floor = cut;
  }
  return floor;
}
