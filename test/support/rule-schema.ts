import { createGenerator } from 'ts-json-schema-generator';

const root = `${import.meta.dirname}/../..`;

/** The JSON Schema (draft 7) of a jurisdiction's file in the rule book, read off its type. */
export function ruleSchema(): string {
  const generator = createGenerator({
    path: `${root}/libs/rulebook/rule.ts`,
    tsconfig: `${root}/tsconfig.json`,
    expose: 'export',
    topRef: false,
    additionalProperties: false,
    skipTypeCheck: true,
    jsDoc: 'extended',
  });
  return `${JSON.stringify(generator.createSchema('Jurisdiction'), null, 2)}\n`;
}

/** Where it is published, beside the files it is about. */
export const ruleSchemaFile = `${root}/libs/rulebook/rules/jurisdiction.schema.json`;
