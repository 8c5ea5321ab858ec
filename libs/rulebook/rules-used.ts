import { withoutMeasures } from '#libs/rulebook/no-measures';
import { jurisdictionOf, ruleBook, ruleBooks } from '#libs/rulebook/rule-book';
import type { Jurisdiction, Rule } from '#libs/rulebook/rule';
import { rulesIn } from '#libs/rulebook/rule-file';

/** The rules of one jurisdiction under the name of their version. */
export type RulesUsed = Readonly<{ version: string; jurisdiction: Jurisdiction }>;

const builtIn = new Map(
  ruleBooks.map(({ version, jurisdictions }) => [
    version,
    new Map(
      [...jurisdictions, ...withoutMeasures].map((jurisdiction): [string, RulesUsed] => [
        jurisdiction.id,
        { version, jurisdiction },
      ]),
    ),
  ]),
);

/**
 * Those of this build: of a version, or the newest; for countries without known measures what says
 * so. Refuses what is not there.
 */
export function builtInRules(jurisdiction: string, version?: string): RulesUsed {
  const book = ruleBook(version);
  const rules = builtIn.get(book.version)?.get(jurisdiction);
  return rules ?? { version: book.version, jurisdiction: jurisdictionOf(book, jurisdiction) };
}

/** All that can be asked for: those of the rule book, then countries without known measures. */
export const askable: readonly string[] = [...ruleBook().jurisdictions, ...withoutMeasures].map(
  ({ id }) => id,
);

const read = new Map<string, Jurisdiction>();

/** More than every jurisdiction's rules in use and those to come. */
const mostRead = 64;

/**
 * Adopted rules, read once each, as what is reckoned of rules is kept by them, and goes with them
 * when the first read give way to others: a ledger may adopt any number. Refuses `bad-rule-file`.
 */
export function adoptedRules(sha256: string, rules: unknown): Jurisdiction {
  const known = read.get(sha256);
  if (known !== undefined) return known;
  const found = rulesIn(rules);
  const [first] = read.keys();
  if (first !== undefined && read.size >= mostRead) read.delete(first);
  read.set(sha256, found);
  return found;
}

/** One record that two versions do not have alike; `fields` are those that differ. */
export type RuleChange = Readonly<{
  change: 'added' | 'removed' | 'changed';
  id: string;
  effectiveFrom: string | null;
  citation: string;
  fields: readonly string[];
}>;

/** What changed from one version of a jurisdiction's rules to another, in the order of the rules. */
export function changesBetween(from: Jurisdiction, to: Jurisdiction): readonly RuleChange[] {
  const before = named(from.rules);
  const after = named(to.rules);
  const changes: RuleChange[] = [];
  for (const [name, rule] of after) {
    const old = before.get(name);
    if (old === undefined) changes.push(changeOf('added', rule));
    else {
      const fields = fieldsThatDiffer(old, rule);
      if (fields.length > 0) changes.push(changeOf('changed', rule, fields));
    }
  }
  for (const [name, rule] of before) {
    if (!after.has(name)) changes.push(changeOf('removed', rule));
  }
  return changes;
}

function changeOf(
  change: RuleChange['change'],
  { id, effectiveFrom, citation }: Rule,
  fields: readonly string[] = [],
): RuleChange {
  return { change, id, effectiveFrom, citation, fields };
}

/** A record is known by its id, its first day and its goods; alike ones by their order. */
function named(rules: readonly Rule[]): ReadonlyMap<string, Rule> {
  const byName = new Map<string, Rule>();
  for (const rule of rules) {
    const { id, effectiveFrom, material, hs } = rule;
    const name = [id, effectiveFrom, material, hs.join(' ')].join('|');
    let unique = name;
    for (let n = 2; byName.has(unique); n++) unique = `${name}|${n}`;
    byName.set(unique, rule);
  }
  return byName;
}

function fieldsThatDiffer(old: Rule, rule: Rule): readonly string[] {
  const before: Readonly<Record<string, unknown>> = old;
  const after: Readonly<Record<string, unknown>> = rule;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !isAlike(before[field], after[field]))
    .sort();
}

/** The order of members says nothing: what the ledger recorded has them sorted. */
export function isAlike(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const one: Readonly<Record<string, unknown>> = { ...a };
  const other: Readonly<Record<string, unknown>> = { ...b };
  const names = Object.keys(one);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isAlike(one[name], other[name]))
  );
}
