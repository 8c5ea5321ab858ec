import type { Facts, MctBounds } from '#libs/rulebook/facts';
import { designatedPersons } from '#libs/rulebook/persons';
import type { Condition } from '#libs/rulebook/rule';

export type Answer = 'yes' | 'no' | 'unknown';

/** What a condition is asked about: the facts, one possible origin (null: unknown), a ban's start. */
export type Case = Readonly<{ facts: Facts; minedIn: string | null; banStart: string | null }>;

/** A condition made ready to be asked about many goods. */
export type Test = Readonly<{
  condition: Condition;
  /** Of `all`, `any` and `not`; empty for a leaf. */
  parts: readonly Test[];
  /** Every fact it reads, each once, and the same in order of their names. */
  reads: readonly (keyof Facts)[];
  inOrder: readonly (keyof Facts)[];
  /**
   * Kleene's three-valued answer: what is not known stays unknown unless the other parts decide.
   * Days a party never claimed (an exception it does not invoke) are unknown too.
   */
  answer: (of: Case) => Answer;
}>;

type Ask = Test['answer'];
type Leaf = Exclude<Condition, { test: 'all' | 'any' | 'not' }>;

export function testOf(condition: Condition): Test {
  switch (condition.test) {
    case 'all':
      return compound(condition, condition.of, every);
    case 'any':
      return compound(condition, condition.of, some);
    case 'not':
      return compound(condition, [condition.of], opposite);
    default: {
      const reads = [factOf(condition)];
      return { condition, parts: [], reads, inOrder: reads, answer: leaf(condition) };
    }
  }
}

function compound(
  condition: Condition,
  of: readonly Condition[],
  answerOf: (parts: readonly Ask[]) => Ask,
): Test {
  const parts = of.map(testOf);
  const reads = [...new Set(parts.flatMap((part) => part.reads))];
  const answer = answerOf(parts.map((part) => part.answer));
  return { condition, parts, reads, inOrder: reads.toSorted(), answer };
}

function every(parts: readonly Ask[]): Ask {
  return (of) => {
    let unknown = false;
    for (const part of parts) {
      const answer = part(of);
      if (answer === 'no') return 'no';
      if (answer === 'unknown') unknown = true;
    }
    return unknown ? 'unknown' : 'yes';
  };
}

function some(parts: readonly Ask[]): Ask {
  return (of) => {
    let unknown = false;
    for (const part of parts) {
      const answer = part(of);
      if (answer === 'yes') return 'yes';
      if (answer === 'unknown') unknown = true;
    }
    return unknown ? 'unknown' : 'no';
  };
}

function opposite(parts: readonly Ask[]): Ask {
  const any = some(parts);
  return (of) => {
    const answer = any(of);
    return answer === 'unknown' ? answer : answer === 'yes' ? 'no' : 'yes';
  };
}

function leaf(condition: Leaf): Ask {
  switch (condition.test) {
    case 'mined-in': {
      const { countries } = condition;
      return ({ minedIn }) => among(minedIn, countries);
    }
    case 'processed-in': {
      const { countries } = condition;
      return ({ facts: { processing } }) => {
        if (processing.state === 'unknown') return 'unknown';
        return processing.state === 'unprocessed' ? 'no' : among(processing.in, countries);
      };
    }
    case 'shipped-from': {
      const { countries } = condition;
      return ({ facts }) => among(facts.shippedFrom, countries);
    }
    case 'transited': {
      const { countries } = condition;
      return ({ facts }) => anyAmong(facts.transited, countries);
    }
    case 'worked-in': {
      const { countries } = condition;
      return ({ facts }) => anyAmong(facts.workedIn, countries);
    }
    case 'unprocessed':
      return ({ facts: { processing } }) => {
        if (processing.state === 'unknown') return 'unknown';
        return processing.state === 'unprocessed' ? 'yes' : 'no';
      };
    case 'kimberley-refused':
      return ({ facts }) => (facts.kimberleyRefused ? 'yes' : 'no');
    case 'counterparty': {
      const { persons } = condition;
      return ({ facts }) => isPerson(facts.counterparty ?? null, persons);
    }
    case 'stone-at-least': {
      const { mct } = condition;
      return ({ facts }) => atLeast(facts.stoneMct, mct);
    }
    case 'used-for': {
      const { use } = condition;
      return ({ facts }) => (use.includes(facts.use) ? 'yes' : 'no');
    }
    case 'under-procedure': {
      const { procedures } = condition;
      return ({ facts: { procedure } }) =>
        procedure !== null && procedures.includes(procedure) ? 'yes' : 'no';
    }
    case 'before': {
      const { fact, day } = condition;
      if (day === 'ban-start') return ({ facts, banStart }) => isBefore(facts[fact], banStart);
      return ({ facts }) => isBefore(facts[fact], day);
    }
  }
}

function among(country: string | null, countries: readonly string[]): Answer {
  if (country === null) return 'unknown';
  return countries.includes(country) ? 'yes' : 'no';
}

function anyAmong(known: readonly string[], countries: readonly string[]): Answer {
  for (const country of known) if (countries.includes(country)) return 'yes';
  return 'no';
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

function isBefore(known: string | null, day: string | null): Answer {
  if (known === null || day === null) return 'unknown';
  return known < day ? 'yes' : 'no';
}

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

/**
 * The facts that keep a condition from being answered `wanted`: unknown or different; in order of
 * their names. Of alternatives only those that can still turn out so, where there are any.
 */
export function factsLacking(
  test: Test,
  of: Case,
  wanted: 'yes' | 'decided',
): readonly (keyof Facts)[] {
  const facts: (keyof Facts)[] = [];
  collectLacking(test, of, wanted, facts);
  return facts.length > 1 ? test.inOrder.filter((fact) => facts.includes(fact)) : facts;
}

function collectLacking(
  { condition, parts, reads, answer }: Test,
  of: Case,
  wanted: 'yes' | 'decided',
  into: (keyof Facts)[],
): void {
  const found = answer(of);
  if (found === 'yes' || (found === 'no' && wanted === 'decided')) return;
  const isNot = condition.test === 'not';
  if (parts.length === 0 || (isNot && found === 'no')) {
    into.push(...reads);
    return;
  }
  const onlyOpen = condition.test === 'any' && found === 'unknown';
  for (const part of parts) {
    if (onlyOpen && part.answer(of) !== 'unknown') continue;
    collectLacking(part, of, isNot ? 'decided' : wanted, into);
  }
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
