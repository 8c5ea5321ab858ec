import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readBody } from '#apps/ledger/json-body';
import { Problem } from '#apps/ledger/problem';

function refusal(text: string | Buffer): Pick<Problem, 'errors'> & Readonly<{ code: string }> {
  try {
    readBody(typeof text === 'string' ? Buffer.from(text) : text);
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, errors: error.errors };
    throw error;
  }
  return { code: 'accepted', errors: [] };
}

const text = fc.string({ unit: 'grapheme', maxLength: 8 });
const key = text.filter((name) => !(name in Object.prototype));
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('the body of a request', () => {
  it('is read as JSON.parse reads it, whatever JSON it is', () => {
    fc.assert(
      fc.property(json, fc.nat(2), (value, indent) => {
        const written = JSON.stringify(value, null, indent);
        expect(readBody(Buffer.from(written))).toEqual(JSON.parse(written));
      }),
    );
  });

  it('is refused with the name of a member that stands twice in one object, wherever it is', () => {
    fc.assert(
      fc.property(json, key, json, json, (around, name, first, second) => {
        const twice = `{${JSON.stringify(name)}:${JSON.stringify(first)}, "other" : 1,${JSON.stringify(name)} :${JSON.stringify(second)}}`;
        const body = `{"a":[${JSON.stringify(around)},${twice}]}`;
        expect(refusal(body).code).toBe('duplicate-key');
        fc.pre(name !== 'other');
        expect(refusal(body).errors[0]?.field).toBe(name);
      }),
    );
  });

  it('knows a repeated name under another spelling', () => {
    expect(refusal('{"to":"a","\\u0074o":"b"}')).toMatchObject({
      code: 'duplicate-key',
      errors: [{ field: 'to' }],
    });
  });

  it('takes colons and braces inside strings for text', () => {
    expect(readBody(Buffer.from('{"a":"x:{\\"b\\":1}","c":{"a":":"}}'))).toEqual({
      a: 'x:{"b":1}',
      c: { a: ':' },
    });
  });

  it.each([
    ['invalid-utf8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['malformed-json', '{"to":'],
    ['malformed-json', '{"to":1}}'],
    ['malformed-json', '\ufeff{}'],
    ['malformed-json', '{"a":NaN}'],
    ['too-deep', '['.repeat(20) + ']'.repeat(20)],
    ['too-deep', '['.repeat(60_000)],
    ['lone-surrogate', '{"to":["\\ud800"]}'],
    ['forbidden-key', '{"__proto__":{"roles":["operator"]}}'],
    ['forbidden-key', '{"at":{"constructor":1}}'],
    ['forbidden-key', '{"toString":"x"}'],
    ['forbidden-key', '{"\\ud800":1}'],
  ])('is refused as %s', (code, body) => {
    expect(refusal(body).code).toBe(code);
  });

  it('says which field holds a broken text', () => {
    expect(refusal('{"to":["x",{"name":"\\udc00"}]}').errors).toEqual([
      { field: 'to[1].name', message: 'holds a lone surrogate' },
    ]);
  });

  it('may be empty, which says nothing', () => {
    expect(readBody(Buffer.from(''))).toEqual({});
  });
});
