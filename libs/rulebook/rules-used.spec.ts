import { expect, it } from '@jest/globals';
import { adoptedRules, builtInRules } from '#libs/rulebook/rules-used';

it('adopted rules are read once, and again only after many others were', () => {
  const file = () => structuredClone(builtInRules('CABY').jurisdiction);
  const first = adoptedRules('first', file());
  expect(adoptedRules('first', file())).toBe(first);
  for (let n = 0; n < 63; n++) adoptedRules(`other ${n}`, file());
  expect(adoptedRules('first', file())).toBe(first);
  adoptedRules('one too many', file());
  const again = adoptedRules('first', file());
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});
