import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { ActBody, ContentBody, WeightBody } from '#apps/ledger/bodies';
import { checked } from '#apps/ledger/body.pipe';
import { Flag, ListOf, Mct, Of, OneOf, Optional, SomeOf, Text, Texts } from '#apps/ledger/fields';
import { Problem } from '#apps/ledger/problem';

class Body extends ActBody {
  @Text(10, 'x') readonly name!: string;
  @Of(() => ContentBody) readonly content!: ContentBody;
  @Optional(ListOf(() => WeightBody, { most: 2 })) readonly parts?: WeightBody[];
  @Optional(OneOf(['a', 'b'])) readonly kind?: string;
  @Optional(SomeOf(['a', 'b'], ['a'])) readonly kinds?: string[];
  @Optional(Texts(5, ['x'], { most: 2 })) readonly aliases?: string[];
  @Optional(Flag(true)) readonly isSet?: boolean;
  @Optional(Mct(1)) readonly mct?: number;
}

class Query {
  @Text(10, 'x') readonly name!: string;
}

const weight = { mct: 10, qualifier: 'eq', basis: 'weighed' };
const sound = { name: 'x', content: { weight } };

function faults(value: unknown): readonly string[] {
  try {
    checked(Body, value);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.errors.map(({ field }) => field);
    throw error;
  }
}

describe('a checked body', () => {
  it('goes on as the plain JSON it was', () => {
    const body = { ...sound, at: { time: '2024-02-29', precision: 'day' }, parts: [weight] };
    expect(checked(Body, body)).toBe(body);
  });

  it.each([
    ['a missing text', { name: undefined }, 'name'],
    ['a blank text', { name: '  ' }, 'name'],
    ['a text with a control character', { name: 'a\nb' }, 'name'],
    ['a text that is too long', { name: 'x'.repeat(11) }, 'name'],
    ['a number for a text', { name: 7 }, 'name'],
    ['a missing nested object', { content: undefined }, 'content'],
    ['null for a nested object', { content: null }, 'content'],
    ['a list for a nested object', { content: [{ weight }] }, 'content'],
    ['a text for a nested object', { content: 'weight' }, 'content'],
    ['a missing field in a nested object', { content: {} }, 'content.weight'],
    ['an unknown field', { owner: 'x' }, 'owner'],
    ['an unknown field in a nested object', { content: { weight, x: 1 } }, 'content.x'],
    ['null for an optional field', { kind: null }, 'kind'],
    ['a word that is not of the list', { kind: 'c' }, 'kind'],
    ['a word that is not of the list, among others', { kinds: ['a', 'c'] }, 'kinds'],
    ['an empty list', { kinds: [] }, 'kinds'],
    ['an object for a list', { aliases: { 0: 'x', length: 1 } }, 'aliases'],
    ['too many entries', { parts: [weight, weight, weight] }, 'parts'],
    ['a list within a list', { parts: [[weight]] }, 'parts'],
    ['a wrong entry', { parts: [weight, { ...weight, mct: '5' }] }, 'parts[1].mct'],
    ['a text for a number', { mct: '5' }, 'mct'],
    ['a fraction of a milli-carat', { mct: 1.5 }, 'mct'],
    ['a negative weight', { mct: -1 }, 'mct'],
    ['more carats than were ever mined', { mct: 1e15 }, 'mct'],
    ['a weight beyond all numbers', { mct: Infinity }, 'mct'],
    ['a text for a flag', { isSet: 'true' }, 'isSet'],
    ['a day that is not in the calendar', { at: { time: '2025-02-29', precision: 'day' } }, 'at'],
    ['a time of another precision', { at: { time: '2025-02', precision: 'day' } }, 'at'],
    [
      'an hour that no day has',
      { at: { time: '2025-02-01T25:00:00Z', precision: 'instant' } },
      'at',
    ],
    [
      'a time with an offset',
      { at: { time: '2025-02-01T05:00:00+02:00', precision: 'instant' } },
      'at',
    ],
    [
      'a precision that does not exist',
      { at: { time: '2025', precision: 'decade' } },
      'at.precision',
    ],
    ['a document without a type', { documents: [{ number: '1' }] }, 'documents[0].type'],
  ])('refuses %s', (_, change, field) => {
    expect(faults({ ...sound, ...change })).toEqual([field]);
  });

  it('looks no further than the first entry too many, and into no list that stands for a body', () => {
    const { basis: _, ...unsaid } = weight;
    const many = Array<object>(5).fill(unsaid);
    const seen = ['parts', 'parts[0].basis', 'parts[1].basis', 'parts[2].basis'];
    expect(faults({ ...sound, parts: many })).toEqual(seen);
    expect(faults({ ...sound, parts: [many] })).toEqual(['parts']);
    expect(faults({ ...sound, content: many })).toEqual(['content']);
  });

  it.each(['__proto__', 'constructor', 'toString'])('refuses %s in a query', (name) => {
    const query: unknown = JSON.parse(`{"name":"x","${name}":"1"}`);
    const refusal = () => checked(Query, query, 'invalid-query');
    expect(refusal).toThrow(expect.objectContaining({ code: 'invalid-query' }));
    expect(refusal).toThrow(`${name} is not a known field`);
  });

  it.each([[[sound]], ['text'], [7], [null]])('refuses %j, which is no object', (value) => {
    expect(() => checked(Body, value)).toThrow('must be a JSON object');
  });
});
