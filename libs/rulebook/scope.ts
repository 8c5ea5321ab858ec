import { dayAfter } from '#libs/reference/calendar';
import { testOf, thresholds } from '#libs/rulebook/condition';
import type { Test } from '#libs/rulebook/condition';
import type { Facts } from '#libs/rulebook/facts';
import type { Jurisdiction, Rule } from '#libs/rulebook/rule';

/** What a verdict rests on, each once, in the order in which it is told. */
export type FactsUsed = readonly ('day' | keyof Facts)[];

export const alwaysUsed: FactsUsed = ['day', 'hs', 'material'];

/** A record ready to be asked, with its place in the order of evaluation and its thresholds. */
export type Placed<R extends Rule = Rule> = Readonly<{
  rule: R;
  place: number;
  test: Test;
  used: FactsUsed;
  thresholds: readonly number[];
}>;

/** What one jurisdiction says about one kind of goods, over all days. */
export type Scope = Readonly<{
  jurisdiction: Jurisdiction;
  records: readonly Placed[];
  /** Days on which a record begins or stops, or the law runs out; ascending, each once. */
  boundaries: readonly string[];
}>;

type Scopes = WeakMap<Jurisdiction, Map<string, Scope>>;
type ByLayer = Readonly<Record<'persons' | 'goods', Scopes>>;

const kinds: Readonly<Record<Facts['material'], ByLayer>> = {
  natural: { persons: new WeakMap(), goods: new WeakMap() },
  synthetic: { persons: new WeakMap(), goods: new WeakMap() },
};

/**
 * Rule books are constants, so each scope is put together once. Lists of persons are left out
 * unless a counterparty is asked about.
 */
export function scopeOf(
  jurisdiction: Jurisdiction,
  hs: string,
  material: Facts['material'],
  withPersons: boolean,
): Scope {
  const of = kinds[material][withPersons ? 'persons' : 'goods'];
  let known = of.get(jurisdiction);
  if (known === undefined) of.set(jurisdiction, (known = new Map()));
  let found = known.get(hs);
  if (found === undefined) {
    known.set(hs, (found = makeScope(jurisdiction, hs, material, withPersons)));
  }
  return found;
}

function makeScope(
  jurisdiction: Jurisdiction,
  hs: string,
  material: Facts['material'],
  withPersons: boolean,
): Scope {
  const records = jurisdiction.rules
    .map((rule, place) => ({ rule, place }))
    .filter(({ rule }) => rule.hs.includes(hs) && (rule.material ?? material) === material)
    .filter(({ rule }) => withPersons || rule.layer !== 'counterparty')
    .map(({ rule, place }) => {
      const test = testOf(rule.when);
      const used = [...alwaysUsed, ...test.reads];
      return { rule, place, test, used, thresholds: thresholds(rule.when) };
    });
  const days = new Set([dayAfter(jurisdiction.knownThrough)]);
  for (const { rule } of records) {
    if (rule.effectiveFrom !== null) days.add(rule.effectiveFrom);
    if (rule.effectiveTo !== null) days.add(dayAfter(rule.effectiveTo));
  }
  return { jurisdiction, records, boundaries: [...days].sort() };
}
