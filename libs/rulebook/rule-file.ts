import { Refused } from '#libs/decider/decider';
import { evidenceKinds } from '#libs/rulebook/facts';
import { faultsOf } from '#libs/rulebook/faults';
import type { Jurisdiction } from '#libs/rulebook/rule';
import type { Check, Members } from '#libs/reference/shape';
import {
  Misshapen,
  boolean,
  byMember,
  list,
  members,
  number,
  oneOf,
  or,
  string,
} from '#libs/reference/shape';

/**
 * Reads a jurisdiction's file as someone else may have written it. Refuses `bad-rule-file`: what is
 * wrong and its `place`, a JSON pointer (`/rules/3/when/mct`) for the shape, id and number of the
 * record for the sense; `faults` lists all of the latter. A file that is read may be judged by.
 */
export function readRuleFile(text: string): Jurisdiction {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    refuse(error instanceof Error ? error.message : 'not JSON', '');
  }
  return rulesIn(value);
}

/** The same for a value that was read already. */
export function rulesIn(value: unknown): Jurisdiction {
  try {
    jurisdiction(value, '');
  } catch (error) {
    if (error instanceof Misshapen) refuse(error.message, error.place);
    throw error;
  }
  const read = value as Jurisdiction;
  const faults = faultsOf(read);
  const [first] = faults;
  if (first !== undefined) refuse(first.fault, first.rule, faults);
  return read;
}

function refuse(what: string, place: string, faults: readonly unknown[] = []): never {
  const where = place === '' ? 'the rule file' : place;
  throw new Refused('bad-rule-file', `${where}: ${what}`, { field: place, place, faults });
}

const condition: Check = (value, place) => conditions(value, place);
const test = (more: Members): Check => members({ test: string, ...more });
const countries = test({ countries: list(string) });
const conditions = byMember('test', {
  all: test({ of: list(condition) }),
  any: test({ of: list(condition) }),
  not: test({ of: condition }),
  'mined-in': countries,
  'processed-in': countries,
  'worked-in': countries,
  'shipped-from': countries,
  transited: countries,
  unprocessed: test({}),
  'kimberley-refused': test({}),
  counterparty: test({ persons: list(string) }),
  'stone-at-least': test({ mct: number }),
  'used-for': test({
    use: list(oneOf('commercial', 'personal', 'cultural-loan', 'lawfully-in-destination')),
  }),
  'under-procedure': test({
    procedures: list(oneOf('temporary-admission', 'inward-processing', 'outward-processing')),
  }),
  before: test({
    fact: oneOf('leftRussiaOn', 'inEuOn', 'inThirdCountrySince', 'madeOn', 'contractOn'),
    day: string,
  }),
});

const record: Members = {
  id: string,
  chain: or(string),
  kind: string,
  layer: oneOf('sanctions', 'kimberley', 'counterparty'),
  state: oneOf('announced', 'in-force', 'suspended', 'unknown-successor'),
  instrument: string,
  article: string,
  citation: string,
  summary: string,
  hs: list(string),
  material: or(oneOf('natural', 'synthetic')),
  acts: list(oneOf('import', 'purchase', 'transfer')),
  effectiveFrom: or(string),
  effectiveTo: or(string),
  afterwards: or(oneOf('superseded', 'expired')),
  publishedOn: or(string),
  endPublishedOn: or(string),
  when: condition,
  confidence: oneOf('read', 'mirror', 'reported', 'recalled'),
  sources: list(string),
  reading: or(string),
};
const rule = (more: Members): Check => members({ ...record, ...more });
const ways = list(list(oneOf(...evidenceKinds)));

const jurisdiction = members(
  {
    id: string,
    name: string,
    clock: oneOf('eastern', 'central-european', 'british', 'japanese', 'universal'),
    knownThrough: string,
    knownThroughNote: string,
    silence: members({ id: string, citation: string }),
    ownership: or(
      members({
        id: string,
        citation: string,
        effectiveFrom: string,
        ppm: number,
        control: boolean,
        confidence: oneOf('read', 'mirror', 'reported', 'recalled'),
        sources: list(string),
      }),
    ),
    readings: list(members({ id: string, text: string, sources: list(string) })),
    notChecked: list(string),
    rules: list(
      byMember('kind', {
        ban: rule({ exceptions: list(string) }),
        exception: rule({
          proof: ways,
          gives: oneOf('EXEMPT', 'CLEAR'),
          unproved: oneOf('REQUIRES_EVIDENCE', 'BAN_STANDS'),
        }),
        evidence: rule({ needs: ways }),
        'unknown-origin': rule({ needs: ways }),
        clear: rule({}),
        'missing-weight': rule({}),
        'unknown-law': rule({}),
      }),
    ),
  },
  { version: string },
);
