import { Refused } from '#libs/decider/decider';
import { faultsOf } from '#libs/rulebook/faults';
import type { Jurisdiction } from '#libs/rulebook/rule';

type Check = (value: unknown, place: string) => void;

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
  jurisdiction(value, '');
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

const string: Check = (value, place) => {
  if (typeof value !== 'string') refuse('is not a text', place);
};
const number: Check = (value, place) => {
  if (typeof value !== 'number') refuse('is not a number', place);
};
const or =
  (check: Check): Check =>
  (value, place) => {
    if (value !== null) check(value, place);
  };
const oneOf =
  (...known: readonly string[]): Check =>
  (value, place) => {
    if (!known.some((each) => each === value)) refuse(`is none of ${known.join(', ')}`, place);
  };
const list =
  (check: Check): Check =>
  (value, place) => {
    if (!Array.isArray(value)) refuse('is not a list', place);
    value.forEach((each: unknown, n) => check(each, `${place}/${n}`));
  };

type Members = Readonly<Record<string, Check>>;

/** Exactly these members. */
const members =
  (must: Members): Check =>
  (value, place) => {
    const fields = fieldsOf(value, place);
    for (const name of Object.keys(fields)) {
      if (!Object.hasOwn(must, name)) {
        refuse('is not a member of the record', `${place}/${name}`);
      }
    }
    for (const [name, check] of Object.entries(must)) {
      if (!Object.hasOwn(fields, name)) refuse('is missing', `${place}/${name}`);
      check(fields[name], `${place}/${name}`);
    }
  };

function fieldsOf(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse('is not a record', place);
  }
  return value as Readonly<Record<string, unknown>>;
}

/** The members that `name` asks for, by its value. */
const byMember =
  (name: string, kinds: Readonly<Record<string, Check>>): Check =>
  (value, place) => {
    const kind = fieldsOf(value, place)[name];
    const check = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (check === undefined) {
      refuse(`is none of ${Object.keys(kinds).join(', ')}`, `${place}/${name}`);
    }
    check(value, place);
  };

const condition: Check = (value, place) => conditions(value, place);
const test = (more: Members): Check => members({ test: string, ...more });
const countries = test({ countries: list(string) });
const conditions = byMember('test', {
  all: test({ of: list(condition) }),
  any: test({ of: list(condition) }),
  not: test({ of: condition }),
  'mined-in': countries,
  'processed-in': countries,
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
const ways = list(list(string));

const jurisdiction = members({
  id: string,
  name: string,
  clock: oneOf('eastern', 'central-european', 'british', 'japanese'),
  knownThrough: string,
  knownThroughNote: string,
  silence: members({ id: string, citation: string }),
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
});
