import { dayAfter, isDay } from '#libs/reference/calendar';
import { isCountry } from '#libs/reference/countries';
import { acts } from '#libs/rulebook/facts';
import { hsEntries } from '#libs/rulebook/hs';
import { designatedPersons } from '#libs/rulebook/persons';
import { sources } from '#libs/rulebook/sources';
import type { Condition, Jurisdiction, Rule } from '#libs/rulebook/rule';

/** Something wrong with a jurisdiction's data; `rule` is its id and place, empty for the whole. */
export type Fault = Readonly<{ rule: string; fault: string }>;

/**
 * Everything wrong with a jurisdiction's records, not only the first: blank citations or sources,
 * codes, countries, days and weights that are none, references that lead nowhere, and for each chain
 * and HS code intervals that overlap or leave a gap. An empty list means it may be judged by.
 */
export function faultsOf(jurisdiction: Jurisdiction): readonly Fault[] {
  const faults: Fault[] = [];
  const { rules, readings, knownThrough, notChecked, silence, version } = jurisdiction;
  const whole = (fault: string) => faults.push({ rule: '', fault });
  if (!isCode(jurisdiction.id)) whole(`${jurisdiction.id} is no code of a jurisdiction`);
  if (version !== undefined && !isVersion(version)) whole(`${version} names no version`);
  if (!isDay(knownThrough)) whole('knownThrough is not a day');
  if (isBlank(silence.id) || isBlank(silence.citation)) whole('silence has no id or citation');
  for (const fault of faultsOfOwnership(jurisdiction)) whole(fault);
  if (notChecked.length === 0) whole('says nothing of what is not checked');
  rules.forEach((rule, place) => {
    const say = (fault: string) => faults.push({ rule: `${rule.id} (record ${place})`, fault });
    for (const fault of faultsOfText(rule)) say(fault);
    for (const fault of faultsOfInterval(rule)) say(fault);
    for (const fault of faultsOfCondition(rule.when)) say(fault);
    if (rule.reading !== null && !readings.some(({ id }) => id === rule.reading)) {
      say(`rests on the reading ${rule.reading}, which is not there`);
    }
    if (rule.kind === 'ban') {
      for (const id of rule.exceptions) {
        if (!rules.some((each) => each.kind === 'exception' && each.id === id)) {
          say(`names the exception ${id}, which is not there`);
        }
      }
    }
    if (rule.kind === 'evidence' || rule.kind === 'unknown-origin') {
      const { needs } = rule;
      if (needs.length === 0 || needs.some((way) => way.length === 0)) {
        say('asks for evidence without naming any');
      }
    }
    if (rule.kind === 'exception' && rule.proof.length === 0) say('can never be proved');
  });
  return [...faults, ...faultsOfSequence(rules), ...faultsOfCover(rules)];
}

/** Letters, digits and `.`, `_`, `-`, `+` after the first, 60 at most: what two people write alike. */
const isVersion = (text: string) => /^[0-9A-Za-z][0-9A-Za-z._+-]{0,59}$/.test(text);

/**
 * What is odd in rules that may be judged by all the same, for who is about to adopt them; `rule` is
 * the place, a JSON pointer.
 */
export function oddities({ id, rules }: Jurisdiction): readonly Fault[] {
  const isBanning = rules.some(
    ({ kind, layer, state }) => kind === 'ban' && layer === 'sanctions' && state === 'in-force',
  );
  if (isBanning) return [];
  return [
    { rule: '/rules', fault: `no ban on goods is in force: by these rules ${id} prohibits none` },
  ];
}

/** A country's, the EU's or the UK's, alone or with `BY` for the measures on Belarus. */
function isCode(id: string): boolean {
  const [, code = ''] = /^([A-Z]{2})(?:BY)?$/.exec(id) ?? [];
  return code === 'EU' || code === 'UK' || isCountry(code);
}

function faultsOfOwnership({ ownership }: Jurisdiction): string[] {
  if (ownership === null) return [];
  const { id, citation, effectiveFrom, ppm } = ownership;
  const faults: string[] = [];
  if (isBlank(id) || isBlank(citation)) faults.push('ownership has no id or citation');
  if (!isDay(effectiveFrom)) faults.push(`ownership.effectiveFrom ${effectiveFrom} is not a day`);
  if (!Number.isInteger(ppm) || ppm < 1 || ppm > 1_000_000) faults.push(`${ppm} ppm is no share`);
  if (ownership.sources.length === 0) faults.push('ownership has no source');
  for (const source of ownership.sources) {
    if (!Object.hasOwn(sources, source)) faults.push(`unknown source ${source}`);
  }
  return faults;
}

const isBlank = (text: string) => text.trim() === '';

function faultsOfText(rule: Rule): string[] {
  const faults: string[] = [];
  for (const field of ['id', 'instrument', 'article', 'citation', 'summary'] as const) {
    if (isBlank(rule[field])) faults.push(`has no ${field}`);
  }
  if (rule.sources.length === 0) faults.push('has no source');
  for (const id of rule.sources) {
    if (!Object.hasOwn(sources, id)) faults.push(`unknown source ${id}`);
  }
  if (rule.hs.length === 0) faults.push('reaches no goods');
  if (rule.acts.length === 0) faults.push('reaches no act');
  for (const code of rule.hs) {
    if (!hsEntries.some((entry) => entry.code === code)) faults.push(`unknown HS code ${code}`);
  }
  return faults;
}

function faultsOfInterval(rule: Rule): string[] {
  const faults: string[] = [];
  const { effectiveFrom, effectiveTo, afterwards } = rule;
  for (const field of ['effectiveFrom', 'effectiveTo', 'publishedOn', 'endPublishedOn'] as const) {
    const day = rule[field];
    if (day !== null && !isDay(day)) faults.push(`${field} ${day} is not a day`);
  }
  if (effectiveFrom !== null && effectiveTo !== null && effectiveTo < effectiveFrom) {
    faults.push('ends before it begins');
  }
  if ((effectiveTo === null) !== (afterwards === null)) {
    faults.push('an end and what comes afterwards must both be given, or neither');
  }
  if (effectiveFrom !== null && rule.publishedOn === null) faults.push('was never published');
  return faults;
}

function faultsOfCondition(condition: Condition): string[] {
  switch (condition.test) {
    case 'any':
      return [...noneIn(condition.of, 'any'), ...condition.of.flatMap(faultsOfCondition)];
    case 'all':
      return condition.of.flatMap(faultsOfCondition);
    case 'not':
      return faultsOfCondition(condition.of);
    case 'mined-in':
    case 'processed-in':
    case 'worked-in':
    case 'shipped-from':
    case 'transited':
      return [
        ...noneIn(condition.countries, condition.test),
        ...condition.countries
          .filter((country) => !isCountry(country))
          .map((country) => `unknown country ${country}`),
      ];
    case 'counterparty':
      return [
        ...noneIn(condition.persons, condition.test),
        ...condition.persons
          .filter((person) => !designatedPersons.includes(person))
          .map((person) => `unknown person ${person}`),
      ];
    case 'stone-at-least':
      return Number.isInteger(condition.mct) && condition.mct > 0
        ? []
        : [`threshold ${condition.mct} is not whole mct`];
    case 'before':
      return condition.day === 'ban-start' || isDay(condition.day)
        ? []
        : [`${condition.day} is not a day`];
    case 'used-for':
      return noneIn(condition.use, condition.test);
    case 'under-procedure':
      return noneIn(condition.procedures, condition.test);
    case 'unprocessed':
    case 'kimberley-refused':
      return [];
  }
}

/** A test of an empty list never holds: its record would be dead without anybody seeing it. */
function noneIn(values: readonly unknown[], test: string): string[] {
  return values.length === 0 ? [`${test} names nothing, so it never holds`] : [];
}

/** Records of one chain follow each other day by day for each kind of goods. */
function faultsOfSequence(rules: readonly Rule[]): Fault[] {
  const sequences = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const code of rule.hs) {
      const key = `${rule.chain ?? rule.id} for HS ${code} ${rule.material ?? ''}`.trim();
      sequences.set(key, [...(sequences.get(key) ?? []), rule]);
    }
  }
  const faults: Fault[] = [];
  for (const [rule, records] of sequences) {
    const ordered = records.toSorted((a, b) => begin(a).localeCompare(begin(b)));
    for (const [index, next] of ordered.entries()) {
      const before = ordered[index - 1];
      if (before === undefined) continue;
      if (before.effectiveTo === null || before.effectiveTo >= begin(next)) {
        faults.push({ rule, fault: `two records overlap from ${begin(next)}` });
      } else if (dayAfter(before.effectiveTo) !== begin(next)) {
        faults.push({ rule, fault: `a gap lies between ${before.effectiveTo} and ${begin(next)}` });
      }
    }
  }
  return faults;
}

const begin = ({ effectiveFrom }: Rule) => effectiveFrom ?? '';

/** For every kind of goods and every act, every day has a record that can say where it stands. */
function faultsOfCover(rules: readonly Rule[]): Fault[] {
  const faults: Fault[] = [];
  const starts = new Set(['', ...rules.flatMap(({ effectiveTo }) => after(effectiveTo))]);
  const speaking = rules.filter(
    ({ kind, layer, state }) =>
      layer === 'sanctions' &&
      (kind === 'clear' || kind === 'unknown-law' || (kind === 'evidence' && state === 'in-force')),
  );
  for (const { code, material: only } of hsEntries) {
    for (const material of only === null ? materials : [only]) {
      for (const act of acts) {
        const records = speaking.filter(
          (rule) =>
            rule.hs.includes(code) &&
            rule.acts.includes(act) &&
            (rule.material ?? material) === material,
        );
        for (const day of starts) {
          if (records.some((rule) => covers(rule, day))) continue;
          const goods = `HS ${code} (${material}, ${act})`;
          faults.push({ rule: '', fault: `${goods}: no record clears or bars ${day}` });
        }
      }
    }
  }
  return faults;
}

const materials = ['natural', 'synthetic'] as const;

const covers = (rule: Rule, day: string) =>
  begin(rule) <= day && (rule.effectiveTo === null || day <= rule.effectiveTo);

const after = (day: string | null) => (day === null ? [] : [dayAfter(day)]);
