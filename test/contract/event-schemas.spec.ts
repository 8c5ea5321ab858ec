import { readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventSchemas, schemaFile } from '#test/support/event-schemas';

describe('published event schemas (npm run schemas writes them)', () => {
  const schemas = eventSchemas();

  it.each([...schemas.keys()])('%s.json is what the type says', (name) => {
    expect(readFileSync(schemaFile(name), 'utf8')).toBe(schemas.get(name));
  });

  it('publishes nothing that is not an event type', () => {
    const published = readdirSync(dirname(schemaFile('x'))).map((file) => file.slice(0, -5));
    expect(published.sort()).toEqual([...schemas.keys()].sort());
  });
});
