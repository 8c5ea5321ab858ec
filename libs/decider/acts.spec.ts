import { describe, expect, it } from '@jest/globals';
import { checkAct, factsOf } from '#libs/decider/acts';
import { refusalCodes } from '#libs/decider/codes';
import { as, day, refusalOf } from '#test/support/given';

const name = (text: string) => ({ type: 'NameStone', name: text, meta: as('alrosa') });

describe('an act', () => {
  it.each(['', '  ', 'a\u0000b', 'a\nb', '\u009f', '\ud800', 'x'.repeat(501)])(
    'refuses the text %j',
    (text) => {
      expect(refusalOf(() => checkAct(name(text), null))).toBe('bad-text');
      const nested = { ...name('Dawn'), parts: [{ sieve: text }] };
      expect(refusalOf(() => checkAct(nested, null))).toBe('bad-text');
    },
  );

  it('takes names in every script', () =>
    expect(refusalOf(() => checkAct(name('Рассвет 晨曦 💎'), null))).toBeUndefined());

  it('is dated by a real time that has begun', () => {
    const on = (at: string) => ({ ...name('Dawn'), meta: as('alrosa', [], day(at)) });
    expect(refusalOf(() => checkAct(on('2025-02-30'), null))).toBe('bad-date');
    expect(refusalOf(() => checkAct(on('2025-04-06'), null))).toBe('in-the-future');
    expect(refusalOf(() => checkAct(on('2025-04-05'), null))).toBeUndefined();
  });

  it('does not lie before the latest act on record', () => {
    expect(refusalOf(() => checkAct(name('Dawn'), day('2025-04-05')))).toBe('out-of-order');
    expect(refusalOf(() => checkAct(name('Dawn'), day('2025-04-04')))).toBeUndefined();
    expect(
      refusalOf(() => checkAct(name('Dawn'), { time: '2025', precision: 'year' })),
    ).toBeUndefined();
  });

  it('names a place by a Global Location Number that checks', () => {
    const at = (gln: string) => ({ ...name('Dawn'), meta: { ...as('alrosa'), place: { gln } } });
    expect(refusalOf(() => checkAct(at('9506000134352'), null))).toBeUndefined();
    expect(refusalOf(() => checkAct(at('9506000134353'), null))).toBe('bad-gln');
  });

  it('takes sound marks of what it belongs to', () => {
    const marked = (correlationId: string) => ({
      ...name('Dawn'),
      meta: { ...as('alrosa'), correlationId, causationId: 'MSG-77' },
    });
    expect(refusalOf(() => checkAct(marked('ORDER-7'), null))).toBeUndefined();
    expect(refusalOf(() => checkAct(marked('a\nb'), null))).toBe('bad-text');
  });

  it('is not for an auditor', () => {
    const by = (roles: Parameters<typeof as>[1]) => ({ ...name('Dawn'), meta: as('bank', roles) });
    expect(refusalOf(() => checkAct(by(['auditor']), null))).toBe('auditor-only');
    expect(refusalOf(() => checkAct(by(['auditor', 'dealer']), null))).toBeUndefined();
  });

  it('says nothing of what was left out', () =>
    expect(factsOf({ ...name('Dawn'), language: undefined })).toEqual({ name: 'Dawn' }));
});

describe('refusal codes', () => {
  it.each(Object.entries(refusalCodes))('%s is kebab-case and explained', (code, meaning) => {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  });
});
