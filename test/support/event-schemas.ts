import { createGenerator, type Schema } from 'ts-json-schema-generator';

const root = `${import.meta.dirname}/../..`;

/** The JSON Schema (draft 7) of every event type and of the leaf, read off the types. */
export function eventSchemas(): ReadonlyMap<string, string> {
  const generator = createGenerator({
    path: `${root}/events/*.ts`,
    tsconfig: `${root}/tsconfig.json`,
    expose: 'none',
    topRef: false,
    additionalProperties: false,
    skipTypeCheck: true,
    jsDoc: 'extended',
  });
  const names = new Set(typeNames(generator.createSchema('LedgerEvent')));
  return new Map(
    [...names, 'Leaf'].map((name) => [
      name,
      `${JSON.stringify(generator.createSchema(name), null, 2)}\n`,
    ]),
  );
}

function typeNames(schema: Schema | boolean): readonly string[] {
  if (typeof schema !== 'object') return [];
  if (schema.anyOf) return schema.anyOf.flatMap(typeNames);
  const type = schema.properties?.['type'];
  if (typeof type !== 'object' || typeof type.const !== 'string') {
    throw new TypeError(`an event without a literal type: ${JSON.stringify(schema)}`);
  }
  return [type.const];
}

/** Where the schema of an event type is published. */
export function schemaFile(name: string): string {
  return `${root}/events/schema/${name}.json`;
}
