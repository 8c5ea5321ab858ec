import { describe, expect, it } from '@jest/globals';
import { moneyText } from '#libs/trade/price';

describe('an amount of money', () => {
  it.each([
    [123_450, 'USD', 'USD 1234.50'],
    [5, 'EUR', 'EUR 0.05'],
    [1234, 'JPY', 'JPY 1234'],
    [1234, 'KWD', 'KWD 1.234'],
    [0, 'KRW', 'KRW 0'],
  ])('of %d in %s is written %s', (minor, currency, text) =>
    expect(moneyText({ minor, currency })).toBe(text),
  );
});
