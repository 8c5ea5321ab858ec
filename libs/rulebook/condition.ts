import type { Facts, MctBounds } from '#libs/rulebook/facts';
import { designatedPersons } from '#libs/rulebook/persons';
import type { Condition } from '#libs/rulebook/rule';

export type Answer = 'yes' | 'no' | 'unknown';

/** What a condition is asked about: the facts, one possible origin (null: unknown), a ban's start. */
export type Case = Readonly<{ facts: Facts; minedIn: string | null; banStart: string | null }>;

/**
 * Kleene's three-valued answer: what is not known stays unknown unless the other parts decide.
 * Days a party never claimed (an exception it does not invoke) are unknown too.
 */
export function answer(condition: Condition, of: Case): Answer {
  const { facts } = of;
  switch (condition.test) {
    case 'all':
      return every(condition.of, of);
    case 'any':
      return some(condition.of, of);
    case 'not':
      return not(answer(condition.of, of));
    case 'mined-in':
      return among(of.minedIn, condition.countries);
    case 'processed-in':
      if (facts.processing.state === 'unknown') return 'unknown';
      if (facts.processing.state === 'unprocessed') return 'no';
      return among(facts.processing.in, condition.countries);
    case 'shipped-from':
      return among(facts.shippedFrom, condition.countries);
    case 'transited':
      return facts.transited.some((country) => condition.countries.includes(country))
        ? 'yes'
        : 'no';
    case 'worked-in':
      return facts.workedIn.some((country) => condition.countries.includes(country)) ? 'yes' : 'no';
    case 'unprocessed':
      if (facts.processing.state === 'unknown') return 'unknown';
      return facts.processing.state === 'unprocessed' ? 'yes' : 'no';
    case 'kimberley-refused':
      return facts.kimberleyRefused ? 'yes' : 'no';
    case 'counterparty':
      return isPerson(facts.counterparty ?? null, condition.persons);
    case 'stone-at-least':
      return atLeast(facts.stoneMct, condition.mct);
    case 'used-for':
      return condition.use.includes(facts.use) ? 'yes' : 'no';
    case 'under-procedure':
      return facts.procedure !== null && condition.procedures.includes(facts.procedure)
        ? 'yes'
        : 'no';
    case 'before': {
      const known = facts[condition.fact];
      const day = condition.day === 'ban-start' ? of.banStart : condition.day;
      if (known === null || day === null) return 'unknown';
      return known < day ? 'yes' : 'no';
    }
  }
}

function every(conditions: readonly Condition[], of: Case): Answer {
  let unknown = false;
  for (const condition of conditions) {
    const part = answer(condition, of);
    if (part === 'no') return 'no';
    unknown ||= part === 'unknown';
  }
  return unknown ? 'unknown' : 'yes';
}

function some(conditions: readonly Condition[], of: Case): Answer {
  let unknown = false;
  for (const condition of conditions) {
    const part = answer(condition, of);
    if (part === 'yes') return 'yes';
    unknown ||= part === 'unknown';
  }
  return unknown ? 'unknown' : 'no';
}

const not = (part: Answer): Answer => (part === 'unknown' ? part : part === 'yes' ? 'no' : 'yes');

function among(country: string | null, countries: readonly string[]): Answer {
  if (country === null) return 'unknown';
  return countries.includes(country) ? 'yes' : 'no';
}

/** A name that no list is known to hold may still be on one. */
function isPerson(person: string | null, persons: readonly string[]): Answer {
  if (person === null) return 'no';
  if (persons.includes(person)) return 'yes';
  return designatedPersons.includes(person) ? 'no' : 'unknown';
}

/** Compared in whole mct, never rounded: 0.999 ct is less than 1 ct. */
function atLeast(stone: MctBounds | null, mct: number): Answer {
  if (stone === null) return 'unknown';
  if (stone.min >= mct) return 'yes';
  return stone.max !== null && stone.max < mct ? 'no' : 'unknown';
}

type Leaf = Exclude<Condition, { test: 'all' | 'any' | 'not' }>;

/** The fact a leaf reads. */
function factOf(condition: Leaf): keyof Facts {
  switch (condition.test) {
    case 'mined-in':
      return 'minedIn';
    case 'processed-in':
    case 'unprocessed':
      return 'processing';
    case 'worked-in':
      return 'workedIn';
    case 'shipped-from':
      return 'shippedFrom';
    case 'transited':
      return 'transited';
    case 'kimberley-refused':
      return 'kimberleyRefused';
    case 'counterparty':
      return 'counterparty';
    case 'stone-at-least':
      return 'stoneMct';
    case 'used-for':
      return 'use';
    case 'under-procedure':
      return 'procedure';
    case 'before':
      return condition.fact;
  }
}

const read = new WeakMap<Condition, readonly (keyof Facts)[]>();

/** Every fact a condition of the rule book reads, each once. */
export function factsRead(condition: Condition): readonly (keyof Facts)[] {
  let facts = read.get(condition);
  if (facts === undefined) read.set(condition, (facts = [...collectFacts(condition)]));
  return facts;
}

function collectFacts(condition: Condition, into = new Set<keyof Facts>()): Set<keyof Facts> {
  if (condition.test === 'all' || condition.test === 'any') {
    for (const part of condition.of) collectFacts(part, into);
  } else if (condition.test === 'not') {
    collectFacts(condition.of, into);
  } else {
    into.add(factOf(condition));
  }
  return into;
}

/**
 * The facts that keep a condition from being answered `wanted`: unknown or different. Of
 * alternatives only those that can still turn out so, where there are any.
 */
export function factsLacking(
  condition: Condition,
  of: Case,
  wanted: 'yes' | 'decided',
  into = new Set<keyof Facts>(),
): Set<keyof Facts> {
  const found = answer(condition, of);
  if (found === 'yes' || (found === 'no' && wanted === 'decided')) return into;
  if (condition.test === 'all') {
    for (const part of condition.of) factsLacking(part, of, wanted, into);
  } else if (condition.test === 'any') {
    for (const part of condition.of) {
      if (found === 'no' || answer(part, of) === 'unknown') factsLacking(part, of, wanted, into);
    }
  } else if (condition.test === 'not') {
    if (found === 'unknown') factsLacking(condition.of, of, 'decided', into);
    else for (const fact of factsRead(condition.of)) into.add(fact);
  } else {
    into.add(factOf(condition));
  }
  return into;
}

/** Every weight threshold a condition compares with, in mct. */
export function thresholds(condition: Condition): readonly number[] {
  switch (condition.test) {
    case 'all':
    case 'any':
      return condition.of.flatMap(thresholds);
    case 'not':
      return thresholds(condition.of);
    case 'stone-at-least':
      return [condition.mct];
    default:
      return [];
  }
}
