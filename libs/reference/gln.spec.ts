import { describe, expect, it } from '@jest/globals';
import { isGln } from '#libs/reference/gln';

describe('a Global Location Number', () => {
  it.each(['9506000134352', '4012345000009', '5412345000013'])('is %s', (text) =>
    expect(isGln(text)).toBe(true),
  );

  it.each([
    '9506000134353',
    '950600013435',
    '95060001343520',
    ' 9506000134352',
    '95060001343٥2',
    '',
  ])('is not “%s”', (text) => expect(isGln(text)).toBe(false));

  it('is no longer one with any digit misread or two neighbours exchanged', () => {
    const right = '9506000134352';
    for (let n = 0; n < right.length; n += 1) {
      const wrong = (Number(right[n]) + 1) % 10;
      expect(isGln(`${right.slice(0, n)}${wrong}${right.slice(n + 1)}`)).toBe(false);
    }
    expect(isGln('9506000134532')).toBe(false);
  });
});
