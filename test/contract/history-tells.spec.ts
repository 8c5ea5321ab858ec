import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { stepOf } from '#projections/history/step';

type Schema = Readonly<{
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
}>;

const folder = new URL('../../events/schema/', import.meta.url);

/** What no step tells, by the end of its path in `data`, and why. */
const omitted: Readonly<Record<string, string>> = {
  cause: 'the id of the event that it follows from, whose own step tells it',
  reached: 'how many other streams the ledger itself had to tell',
  told: 'the id of the event that told the goods, for the ledger itself',
  'target.id': 'its revision is told, and names the same entry',
  'reliedOn.stream': 'what the ledger read to decide it; the event has it',
  'reliedOn.revision': 'what the ledger read to decide it; the event has it',
  data: 'the SHA-256 of reference data; the event has it',
  'from.precision': 'a time shows its precision by its form',
  'to.precision': 'a time shows its precision by its form',
  secretSha256: 'a key could be tried against it',
  rules: 'a whole file, told by its version and SHA-256',
};

/** One of two values of a schema; the two differ wherever the schema lets them. */
function sample(schema: Schema, which: 0 | 1): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum.at(which === 0 ? 0 : -1);
  if (schema.anyOf)
    return sample(schema.anyOf[which === 0 ? 0 : schema.anyOf.length - 1] ?? {}, which);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'string':
      return ['some-a', 'some-b'][which];
    case 'integer':
    case 'number':
      return [1_000, 3_000][which];
    case 'boolean':
      return which === 0;
    case 'array':
      return [sample(schema.items ?? {}, which)];
    case 'object': {
      const properties = Object.entries(schema.properties ?? {});
      return Object.fromEntries(properties.map(([name, each]) => [name, sample(each, which)]));
    }
    default:
      return null;
  }
}

/** All that is told of an event: its step, and what that changes. */
function stepWith(type: string, data: object): string {
  const meta = { id: '', by: 'kgk', at: { time: '2025-04-04', precision: 'day' } };
  const stated = { type, data, meta, stream: 'stone-x', revision: 0, position: 1n, recordedAt: '' };
  const event = stated as unknown as Recorded<LedgerEvent>;
  const { line, details, kin, ...step } = stepOf(event, []);
  return JSON.stringify([line, details, kin, step.came_from, step.came_from_revision]);
}

type Path = readonly string[];

/** Every place in a value that is no object, no list and no choice between several, by the schema. */
function leavesOf(schema: Schema, value: unknown, at: Path = []): readonly Path[] {
  if (Array.isArray(value)) return leavesOf(schema.items ?? {}, value[0], [...at, '0']);
  if (schema.anyOf || typeof value !== 'object' || value === null) return [at];
  if (Object.keys(value).length === 0) return [at];
  return Object.entries(value).flatMap(([name, each]) =>
    leavesOf(schema.properties?.[name] ?? {}, each, [...at, name]),
  );
}

/** The value with one leaf of it as it is in another. */
function mutated(value: unknown, other: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return other;
  if (Array.isArray(value)) {
    return value.map((each) => mutated(each, (other as unknown[])[Number(step)], rest));
  }
  const [here, there] = [value, other] as Readonly<Record<string, unknown>>[];
  const [was, will] = [here?.[step], there?.[step]];
  if (rest.length > 0 || JSON.stringify(was) !== JSON.stringify(will)) {
    return { ...here, [step]: mutated(was, will, rest) };
  }
  const { [step]: _, ...without } = here ?? {};
  return without;
}

/** The places in an event's data that make no difference to what is told of it. */
function untold(type: string, schema: Schema): readonly string[] {
  const of = schema.properties?.['data'] ?? {};
  const [data, other] = [sample(of, 0) as object, sample(of, 1)];
  const told = stepWith(type, data);
  return leavesOf(of, data)
    .filter((path) => stepWith(type, mutated(data, other, path) as object) === told)
    .map((path) => path.filter((step) => step !== '0').join('.'));
}

const schemas = readdirSync(folder)
  .map((file) => file.replace('.json', ''))
  .filter((type) => type !== 'Leaf')
  .map((type) => {
    return [type, JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8'))] as const;
  }) as readonly (readonly [string, Schema])[];

const isOmitted = (path: string) =>
  Object.keys(omitted).some((end) => path === end || path.endsWith(`.${end}`));

it('tells everything an event records, but for what is left out on purpose', () => {
  const missing = schemas.flatMap(([type, schema]) =>
    untold(type, schema)
      .filter((path) => !isOmitted(path))
      .map((path) => `${type}: ${path}`),
  );
  expect(missing).toEqual([]);
});

it('leaves out nothing that some step tells', () => {
  const left = new Set(schemas.flatMap(([type, schema]) => untold(type, schema)));
  const needless = Object.keys(omitted).filter((end) =>
    [...left].every((path) => path !== end && !path.endsWith(`.${end}`)),
  );
  expect(needless).toEqual([]);
});
