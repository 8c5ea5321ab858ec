import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import type { AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv';
import type { Event } from '#events/event';

/** What was decided is no event as its type is published: a fault of ours. Nothing was appended. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent';
  readonly code = 'malformed-event';
  /** The type of the event, and where in it the fault is, as `StoneNamed/data/language`. */
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
    const { type } = event;
    const check = checkOf(type);
    if (!check(event)) throw new MalformedEvent(stream, `${type}${placeOf(check.errors?.[0])}`);
  }
}

/** The schemas are the build's own: a command of the CLI need not wait for them to be held against theirs. */
const ajv = new Ajv({
  meta: false,
  validateSchema: false,
  allowUnionTypes: true,
  code: { optimize: false },
});
const checks = new Map<string, ValidateFunction>();

/** Made when a type is first met. A type without a schema is an error of the build. */
function checkOf(type: string): ValidateFunction {
  let check = checks.get(type);
  if (!check) {
    const file = fileURLToPath(import.meta.resolve(`#events/schema/${type}.json`));
    const { $schema: _, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject;
    check = ajv.compile(schema);
    checks.set(type, check);
  }
  return check;
}

/** Ajv tells of a member that is missing, or too many, by the object that it is of. */
function placeOf(error: ErrorObject | undefined): string {
  if (!error) return '';
  const { instancePath, params } = error;
  const member: unknown = params['missingProperty'] ?? params['additionalProperty'];
  return typeof member === 'string' ? `${instancePath}/${member}` : instancePath;
}
