import { describe, expect, it } from '@jest/globals';
import type { Weight } from '#events/values';
import {
  checkAccounted,
  checkNotGained,
  checkSameWeight,
  checkWeight,
  leftOf,
  rangeOf,
  scaleOf,
  stoneError,
  taken,
  untouched,
  weighed,
  weightOf,
} from '#libs/trade/weight';
import { mct, over, refusalOf } from '#test/support/given';

const about = (bound: number): Weight => ({ mct: bound, qualifier: 'approx', basis: 'reported' });
const under = (bound: number): Weight => ({ mct: bound, qualifier: 'lt', basis: 'reported' });

describe('a weight', () => {
  it('is a range of whole milli-carats', () => {
    expect(rangeOf(mct(34_170))).toEqual({ min: 34_170, max: 34_170 });
    expect(rangeOf(over(200_000))).toEqual({ min: 200_001, max: Infinity });
    expect(rangeOf(under(50_000))).toEqual({ min: 0, max: 49_999 });
    expect(rangeOf(about(101_000))).toEqual({ min: 99_990, max: 102_010 });
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity, 2 ** 53, 10_000_001])(
    'of %p mct is no weight of a stone',
    (value) =>
      expect(refusalOf(() => checkWeight(mct(value), 'weight', 10_000_000))).toBe('bad-weight'),
  );

  it('below the least possible is no weight', () =>
    expect(refusalOf(() => checkWeight(under(1), 'weight', 10))).toBe('bad-weight'));

  it('is stated so that it admits all it could be', () => {
    for (const stated of [mct(7), over(200_000), under(50_000), about(101_000)]) {
      expect(weightOf(rangeOf(stated), stated.basis)).toEqual(stated);
    }
    expect(weightOf({ min: 79_000, max: 81_000 }, 'declared')).toEqual({
      mct: 81_001,
      qualifier: 'lt',
      basis: 'declared',
    });
    expect(weightOf({ min: 0, max: Infinity }, 'declared').mct).toBe(0);
  });
});

describe('the account of a division', () => {
  const rough = untouched(rangeOf(mct(34_170)), stoneError);

  it('balances within 5 mct for each weighing', () => {
    const pieces = [mct(20_000), mct(14_000)];
    const balanceWith = (loss: number) => taken(rough, pieces, mct(loss));
    for (const loss of [155, 170, 185]) {
      expect(refusalOf(() => checkNotGained(balanceWith(loss)))).toBeUndefined();
      expect(refusalOf(() => checkAccounted(balanceWith(loss)))).toBeUndefined();
    }
    expect(refusalOf(() => checkNotGained(balanceWith(186)))).toBe('gained-weight');
    expect(refusalOf(() => checkAccounted(balanceWith(154)))).toBe('unaccounted-weight');
  });

  it('gains no tolerance from losses or crumbs', () => {
    const crumbs = Array.from({ length: 100 }, () => mct(99));
    const losses = Array.from({ length: 100 }, () => mct(1));
    const after = losses.reduce((balance, loss) => taken(balance, [], loss), taken(rough, crumbs));
    expect(after.slack).toBe(stoneError);
  });

  it('refuses only what cannot be where weights are bounds', () => {
    const dawn = untouched(rangeOf(over(200_000)), stoneError);
    const cut = taken(dawn, [over(100_000)]);
    expect(refusalOf(() => checkNotGained(cut))).toBeUndefined();
    expect(refusalOf(() => checkAccounted(cut))).toBeUndefined();
    expect(leftOf(cut)).toEqual({ min: 0, max: Infinity });
    const small = taken(untouched(rangeOf(under(90_000)), stoneError), [over(100_000)]);
    expect(refusalOf(() => checkNotGained(small))).toBe('gained-weight');
    const heavy = taken(dawn, [mct(100_000)], mct(50_000));
    expect(refusalOf(() => checkAccounted(heavy))).toBe('unaccounted-weight');
  });

  it('narrows with a weighing, and never widens', () => {
    const dawn = untouched(rangeOf(over(200_000)), stoneError);
    expect(weighed(dawn, mct(203_400)).whole).toEqual({ min: 203_400, max: 203_400 });
    expect(weighed(rough, mct(34_172)).whole).toEqual(rough.whole);
    expect(weighed(dawn, { ...mct(203_400), basis: 'declared' })).toEqual(dawn);
    expect(weighed(dawn, undefined)).toEqual(dawn);
  });

  it('knows a weighing that cannot be of the same goods', () => {
    const check = (value: number) => () =>
      checkSameWeight(mct(value), rough.whole, 2 * stoneError, 'weight');
    expect(refusalOf(check(34_180))).toBeUndefined();
    expect(refusalOf(check(34_181))).toBe('weight-differs');
    expect(refusalOf(check(34_159))).toBe('weight-differs');
  });
});

describe('the tolerance of a scale', () => {
  const on = (tolMct: number, value = 34_170): Weight => ({ ...mct(value), tolMct });

  it.each([-1, 0.5, 342, Number.NaN])('of 34.17 ct is not %p mct', (tolMct) =>
    expect(refusalOf(() => checkWeight(on(tolMct), 'weight', 10_000_000))).toBe('bad-weight'),
  );

  it('is of what was weighed, as far as any scale errs', () => {
    const check = (weight: Weight) => refusalOf(() => checkWeight(weight, 'weight', 10_000_000));
    expect([on(0), on(341), on(5, 10)].map(check)).toEqual([undefined, undefined, undefined]);
    expect(check({ ...on(1), basis: 'declared' })).toBe('bad-weight');
  });

  it('takes the place of the 5 mct of a weighing in the sum', () => {
    const rough = untouched(rangeOf(on(1)), scaleOf(on(1)));
    const cut = (tolMct: number) => taken(rough, [on(tolMct, 20_000), on(tolMct, 14_000)]);
    expect([cut(1).slack, cut(100).slack]).toEqual([3, 201]);
    expect(taken(rough, [on(100, 500)]).slack).toBe(6);
    expect(refusalOf(() => checkNotGained(taken(cut(1), [], mct(173))))).toBeUndefined();
    expect(refusalOf(() => checkNotGained(taken(cut(1), [], mct(174))))).toBe('gained-weight');
  });

  it('narrows by less what a better scale has weighed', () => {
    const dawn = untouched(rangeOf(over(200_000)), stoneError);
    expect(weighed(dawn, on(25, 203_400)).whole).toEqual({ min: 203_380, max: 203_420 });
    expect(weighed(dawn, on(1, 203_400)).whole).toEqual({ min: 203_400, max: 203_400 });
  });

  it('goes on with what is left of weighed goods, and says nothing of the usual scale', () => {
    expect(weightOf({ min: 9, max: 9 }, 'weighed', 1)).toEqual(on(1, 9));
    expect(weightOf({ min: 9, max: 9 }, 'weighed', stoneError)).toEqual(mct(9));
    expect(weightOf({ min: 9, max: 9 }, 'estimated', 1)).not.toHaveProperty('tolMct');
  });
});
