import { thresholds } from '#libs/rulebook/condition';
import type { Condition, Jurisdiction } from '#libs/rulebook/rule';

/**
 * All that rules ever compare facts with: weights in mct, days, countries; ascending, each once. Two
 * weights or days with none of them between, and two countries that are not among them, are alike
 * to these rules.
 */
export type Cuts = Readonly<{
  mct: readonly number[];
  days: readonly string[];
  countries: readonly string[];
}>;

export const noCuts: Cuts = { mct: [], days: [], countries: [] };

const known = new WeakMap<Jurisdiction, Cuts>();

/** What one jurisdiction's rules compare with. */
export function cutsOf(jurisdiction: Jurisdiction): Cuts {
  let cuts = known.get(jurisdiction);
  if (cuts === undefined) known.set(jurisdiction, (cuts = makeCuts(jurisdiction)));
  return cuts;
}

function makeCuts({ rules }: Jurisdiction): Cuts {
  const leaves = rules.flatMap(({ when }) => leavesOf(when));
  return {
    mct: inOrder(rules.flatMap(({ when }) => thresholds(when))),
    days: inOrder([
      ...rules.flatMap(({ effectiveFrom }) => effectiveFrom ?? []),
      ...leaves.flatMap((leaf) =>
        leaf.test === 'before' && leaf.day !== 'ban-start' ? [leaf.day] : [],
      ),
    ]),
    countries: inOrder(leaves.flatMap((leaf) => ('countries' in leaf ? leaf.countries : []))),
  };
}

function leavesOf(condition: Condition): readonly Condition[] {
  if (condition.test === 'not') return leavesOf(condition.of);
  if (condition.test === 'all' || condition.test === 'any') return condition.of.flatMap(leavesOf);
  return [condition];
}

/** What either compares with; `a` itself when `b` adds nothing. */
export function bothCuts(a: Cuts, b: Cuts): Cuts {
  const adds =
    b.mct.some((mct) => !a.mct.includes(mct)) ||
    b.days.some((day) => !a.days.includes(day)) ||
    b.countries.some((country) => !a.countries.includes(country));
  if (!adds) return a;
  return {
    mct: inOrder([...a.mct, ...b.mct]),
    days: inOrder([...a.days, ...b.days]),
    countries: inOrder([...a.countries, ...b.countries]),
  };
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
