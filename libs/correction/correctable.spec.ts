import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '#events/ledger-event';
import { correctableOf, kindAt, whyFixed } from '#libs/correction/correctable';

type Node = Readonly<{
  type?: string;
  properties?: Readonly<Record<string, Node>>;
  required?: readonly string[];
  items?: Node;
  anyOf?: readonly Node[];
}>;

const folder = new URL('../../events/schema/', import.meta.url);
const types = readdirSync(folder)
  .map((file) => file.replace('.json', ''))
  .filter((name) => name !== 'Leaf');
const of = (type: string) => ({ type, data: {} }) as unknown as LedgerEvent;

/** The field in a published schema, and whether the event may be without it. */
function fieldIn(node: Node | undefined, path: readonly string[]): Node | undefined {
  const [step, ...rest] = path;
  if (!node || step === undefined) return node;
  if (step === '*') return fieldIn(node.items, rest);
  const found = fieldIn(node.properties?.[step], rest);
  return found && rest.length === 0 && !node.required?.includes(step)
    ? { ...found, type: `${found.type ?? ''}?` }
    : found;
}

describe('what can be corrected', () => {
  it.each(types)('of %s is said, or why nothing is', (type) => {
    const found = correctableOf(of(type));
    if (!found) expect(whyFixed(of(type))).toMatch(/^\w.{8,}\w$/);
    expect(kindAt(of(type), 'at')).toBe(found ? 'when' : undefined);
  });

  it('is a field of the published schema, and can be taken away where the schema lets it be', () => {
    const wrong: string[] = [];
    for (const type of types) {
      const schema = JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8')) as Node;
      for (const [path, kind] of Object.entries(correctableOf(of(type))?.fields ?? {})) {
        const field = fieldIn(schema, ['data', ...path.split('.')]);
        const may = field?.type?.endsWith('?') === true;
        if (!field || (kind.endsWith('?') && !may)) wrong.push(`${type} ${path} ${kind}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
