import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from '#libs/signing/canonical-json';

describe('canonical JSON (RFC 8785)', () => {
  it('writes members sorted, at every level, without white space', () => {
    const value = { b: [3, { z: 1, a: 2 }], a: { y: null, x: true } };
    expect(canonicalJson(value)).toBe('{"a":{"x":true,"y":null},"b":[3,{"a":2,"z":1}]}');
  });

  it('sorts keys by UTF-16 code units (§3.2.3)', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const order = [...canonicalJson(value).matchAll(/:"(.*?)"/g)].map(([, text]) => text);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('sorts numbers as text and takes __proto__ for a name like any other', () => {
    expect(canonicalJson({ 9: 1, 10: 2, a: { 2: 1, 1: [{ 3: 1, 20: 2 }] } })).toBe(
      '{"10":2,"9":1,"a":{"1":[{"20":2,"3":1}],"2":1}}',
    );
    const hostile: unknown = JSON.parse('{"z":1,"__proto__":{"b":1,"a":2}}');
    expect(canonicalJson(hostile)).toBe('{"__proto__":{"a":2,"b":1},"z":1}');
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
    [1 / 3, '0.3333333333333333'],
    [4.5, '4.5'],
  ])('writes the number %d as %s (§3.2.2.3)', (number, text) => {
    expect(canonicalJson(number)).toBe(text);
  });

  it.each([
    ['\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    ['\b\t\f\r\u001f', '"\\b\\t\\f\\r\\u001f"'],
    ['\u007f\u2028\u2029', '"\u007f\u2028\u2029"'],
    ['Новое солнце 😀', '"Новое солнце 😀"'],
  ])('writes the string %j with the fewest escapes (§3.2.2.2)', (text, written) => {
    expect(canonicalJson(text)).toBe(written);
  });

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', { a: [Infinity] }],
    ['undefined', { a: undefined }],
    ['a hole in a list', [1, , 2]], // oxlint-disable-line no-sparse-arrays
    ['a bigint', 1n],
    ['a function', { toJSON: () => 'else' }],
    ['a symbol', Symbol('a')],
    ['a class instance', new Date(0)],
    ['a lone surrogate', 'a\ud83d'],
    ['a lone surrogate in a key', { '\ude00': 1 }],
    ['a lone surrogate under a number', { 1: { '\ude00': 1 } }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('refuses nesting over 64, and so what contains itself', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(canonicalJson(nested(64))).toBe(`${'['.repeat(64)}1${']'.repeat(64)}`);
    expect(() => canonicalJson(nested(66))).toThrow(TypeError);
    const self: unknown[] = [];
    self.push(self);
    expect(() => canonicalJson(self)).toThrow(TypeError);
  });

  it('writes what an independent implementation writes, for any JSON', () => {
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.nat(30).map(String));
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('json')),
        fc.dictionary(key, tie('json'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
