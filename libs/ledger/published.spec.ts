import { readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import type { Event } from '#events/event';
import { MalformedEvent, checkFor, checkOf, requirePublished } from '#libs/ledger/published';
import { told } from '#test/golden/trade-story';
import { tradeStories } from '#test/golden/trade-stories';
import { actingLedger } from '#test/support/acting';
import { schemaFile } from '#test/support/event-schemas';

const recover = {
  type: 'RecoverRough',
  mineId: 'ru-ebelyakh',
  weight: { mct: 10_000, qualifier: 'eq', basis: 'weighed' },
};

describe('what a decider lets through that is no event', () => {
  it.each([
    [{ type: 'NameStone', name: 'Dawn', language: 7 }, 'StoneNamed/data/language'],
    [{ type: 'NameStone', name: 'Dawn', unheard: 'of' }, 'StoneNamed/data/unheard'],
  ])('%j is not appended: %s', async (said, place) => {
    const { act, events } = await actingLedger({ alrosa: ['RU', 'producer'] });
    await act('stone-dawn', 'alrosa', recover);
    const before = await events();
    await expect(act('stone-dawn', 'alrosa', said)).rejects.toMatchObject({
      code: 'malformed-event',
      place,
    });
    expect(await events()).toEqual(before);
    await act('stone-dawn', 'alrosa', { type: 'NameStone', name: 'Dawn', language: 'en' });
    expect(await events()).toHaveLength(before.length + 1);
  });

  it('is told by its stream, and every event of an act is looked at', () => {
    const meta = { id: 'a', by: 'b', at: { time: '2025', precision: 'year' } } as const;
    const fine: Event = { type: 'MemoReturned', data: { memoNo: 'M-1' }, meta };
    expect(() => requirePublished('stone-a', [fine])).not.toThrow();
    const error = new MalformedEvent('stone-a', 'MemoReturned/meta/at');
    const { at: _, ...rest } = meta;
    const dateless = { ...fine, meta: rest } as unknown as Event;
    expect(() => requirePublished('stone-a', [fine, dateless])).toThrow(error);
  });
});

describe('a published schema as a check', () => {
  it.each(readdirSync(dirname(schemaFile('x'))).map((file) => file.slice(0, -5)))(
    'is made of %s',
    (name) => {
      expect(checkOf(name)({})).toBeDefined();
    },
  );

  it('is made of nothing it does not know', () => {
    const made = (schema: object) => () => checkFor(schema);
    expect(made({ pattern: 'x' })).toThrow('pattern');
    expect(made({ type: 'text' })).toThrow('text');
    expect(made({ properties: { a: { $ref: '#' } } })).toThrow('$ref');
  });

  it('finds what another implementation finds in mutated events', async () => {
    const stories = await Promise.all(tradeStories.map(told));
    const all = stories.flatMap(({ events }) => events);
    const valid = compiled(new Set(all.map(({ type }) => type)));
    const sound = all.map(({ type, data, meta }) => plain({ type, data, meta }));
    for (const event of sound) expect(checkOf(event.type)(event)).toBeUndefined();
    let wrong = 0;
    const anything = fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 1 }));
    const mutation = fc.tuple(fc.nat(), fc.nat(), anything, fc.boolean());
    fc.assert(
      fc.property(mutation, ([which, where, value, isNew]) => {
        const event = sound[which % sound.length];
        if (!event) return;
        const mutated = plain(event);
        const holders = objectsIn(mutated);
        const holder = holders[where % holders.length] ?? mutated;
        const names = Object.keys(holder);
        const name = isNew ? 'unheard' : (names[where % Math.max(1, names.length)] ?? '0');
        if (value === undefined) Reflect.deleteProperty(holder, name);
        else Reflect.set(holder, name, value);
        const said = plain(mutated);
        const isSound = checkOf(event.type)(said) === undefined;
        expect([said, isSound]).toEqual([said, valid.get(event.type)?.(said)]);
        if (!isSound) wrong += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(wrong).toBeGreaterThan(1_000);
  });
});

function compiled(types: ReadonlySet<string>) {
  const ajv = new Ajv({ strict: false, code: { optimize: false } });
  return new Map(
    [...types].map((type) => {
      const schema = JSON.parse(readFileSync(schemaFile(type), 'utf8')) as object;
      return [type, ajv.compile(schema)] as const;
    }),
  );
}

function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Every object and list in a value, itself first. */
function objectsIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}
