import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Event } from '#events/event';

/** What the published schemas are made of (JSON Schema draft 7, as `npm run schemas` writes it). */
type Schema = Readonly<{
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: false | Readonly<Record<string, never>>;
  items?: Schema;
  anyOf?: readonly Schema[];
}>;

const keywords: ReadonlySet<string> = new Set([
  'type',
  'const',
  'enum',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
  '$schema',
  'description',
  'definitions',
]);

/** Where a value is not as it should be, as `/data/weight/mct`; `undefined` where all of it is. */
export type Check = (value: unknown) => string | undefined;

const checks = new Map<string, Check>();

/** What was decided is no event as its type is published: a fault of ours. Nothing was appended. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent';
  readonly code = 'malformed-event';
  /** The type of the event, and where in it the fault is, as `/data/weight/mct`. */
  readonly place: string;

  constructor(stream: string, place: string) {
    super(`what was decided for ${stream} is no event as published, at ${place}`);
    this.place = place;
  }
}

/**
 * Throws {@link MalformedEvent} unless every event is as the schema of its type in `events/schema`
 * says: the last look before the ledger, so that no fault of a decider becomes a record.
 */
export function requirePublished(stream: string, events: readonly Event[]): void {
  for (const event of events) {
    const at = checkOf(event.type)(event);
    if (at !== undefined) throw new MalformedEvent(stream, `${event.type}${at}`);
  }
}

/** Made when a type is first met. A type without a schema is an error of the build. */
export function checkOf(type: string): Check {
  let check = checks.get(type);
  if (!check) {
    const file = fileURLToPath(import.meta.resolve(`#events/schema/${type}.json`));
    check = checkFor(JSON.parse(readFileSync(file, 'utf8')) as Schema);
    checks.set(type, check);
  }
  return check;
}

/**
 * A schema as a function. A library would compile each to code first, which takes longer than a short
 * process lives; a keyword that is not known here is an error rather than passed over.
 */
export function checkFor(schema: Schema): Check {
  const unknown = Object.keys(schema).find((keyword) => !keywords.has(keyword));
  if (unknown !== undefined) throw new TypeError(`the published schemas know no ${unknown}`);
  const all = [
    ...(schema.type === undefined ? [] : [typed(schema.type)]),
    ...('const' in schema ? [among([schema.const])] : []),
    ...(schema.enum ? [among(schema.enum)] : []),
    ...(schema.anyOf ? [anyOf(schema.anyOf.map(checkFor))] : []),
    ...(schema.properties || schema.required ? [shaped(schema)] : []),
    ...(schema.items ? [listed(checkFor(schema.items))] : []),
  ];
  const [only] = all;
  if (only && all.length === 1) return only;
  return (value) => {
    for (const check of all) {
      const at = check(value);
      if (at !== undefined) return at;
    }
    return undefined;
  };
}

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  integer: Number.isInteger,
  number: Number.isFinite,
  array: Array.isArray,
  object: isObject,
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typed(names: string | readonly string[]): Check {
  const some = [names].flat().map((name) => {
    const is = types[name];
    if (!is) throw new TypeError(`the published schemas know no type ${name}`);
    return is;
  });
  const [only] = some;
  if (only && some.length === 1) return (value) => (only(value) ? undefined : '');
  return (value) => (some.some((is) => is(value)) ? undefined : '');
}

function among(values: readonly unknown[]): Check {
  const all = new Set(values);
  return (value) => (all.has(value) ? undefined : '');
}

function anyOf(some: readonly Check[]): Check {
  return (value) => (some.some((check) => check(value) === undefined) ? undefined : '');
}

/** Of objects alone, as the keywords are: that it is one, `type` says. */
function shaped({ properties = {}, required = [], additionalProperties }: Schema): Check {
  const known = new Map(Object.entries(properties).map(([name, each]) => [name, checkFor(each)]));
  return (value) => {
    if (!isObject(value)) return undefined;
    for (const name of required) if (value[name] === undefined) return `/${name}`;
    for (const name of Object.keys(value)) {
      const check = known.get(name);
      if (!check && additionalProperties === false) return `/${name}`;
      const said = value[name];
      const at = said === undefined ? undefined : check?.(said);
      if (at !== undefined) return `/${name}${at}`;
    }
    return undefined;
  };
}

function listed(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    for (const [n, each] of value.entries()) {
      const at = check(each);
      if (at !== undefined) return `/${n}${at}`;
    }
    return undefined;
  };
}
