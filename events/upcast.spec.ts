import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import type { Leaf } from '#events/envelope';
import { upcast } from '#events/upcast';
import { leafHash, unseal } from '#libs/store/envelope';
import { schemaFile } from '#test/support/event-schemas';

/** A leaf as it was recorded once, its hash, and its data in today's shape. */
type Recording = Readonly<{ leaf: string; hash: string; data: unknown }>;

const folder = `${import.meta.dirname}/../test/golden/upcast`;
const recordings = readdirSync(folder).map(
  (name) => [name, JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Recording] as const,
);

describe.each(recordings)('the old recording %s', (_, { leaf, hash, data }) => {
  const { type, data: stored } = (JSON.parse(leaf) as Leaf).statement;

  it('keeps its bytes', () => {
    expect(leafHash(leaf)).toBe(hash);
    expect(unseal(leaf, 1n).leaf).toBe(leaf);
  });

  it('is read in today’s shape, the published one', () => {
    const event = unseal(leaf, 1n);
    expect(event.data).toEqual(data);
    const schema = JSON.parse(readFileSync(schemaFile(type), 'utf8')) as object;
    const valid = new Ajv({ strict: false }).compile(schema);
    expect(valid({ type, data: event.data, meta: event.meta }) || valid.errors).toBe(true);
  });

  it('is not changed by being read twice', () => {
    const before = structuredClone(stored);
    expect(upcast(type, upcast(type, stored))).toEqual(data);
    expect(stored).toEqual(before);
  });
});

describe('upcasting', () => {
  it('leaves every other type as it is, whatever it is called', () => {
    const type = fc.oneof(
      fc.string().filter((name) => name !== 'RoughDiamondRecovered' && name !== 'MeleeReturned'),
      fc.constantFrom('toString', '__proto__', 'constructor', 'CustodyReleased'),
    );
    fc.assert(
      fc.property(type, fc.anything(), (name, data) => {
        expect(upcast(name, data)).toBe(data);
      }),
    );
  });

  it('takes no weight in milli-carats for one in points', () => {
    const data = { mineId: 'ebelyakh', weight: { mct: 7, qualifier: 'eq', basis: 'weighed' } };
    expect(upcast('RoughDiamondRecovered', data)).toBe(data);
    const broken = { mineId: 'ebelyakh', weight: { points: '7' } };
    expect(upcast('RoughDiamondRecovered', broken)).toBe(broken);
  });
});
