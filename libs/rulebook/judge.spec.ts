import { describe, expect, it } from '@jest/globals';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { Facts } from '#libs/rulebook/facts';
import { judge } from '#libs/rulebook/judge';

const polished: Facts = {
  ...nothingElseKnown,
  hs: '710239',
  material: 'natural',
  minedIn: ['BW'],
  stoneMct: { min: 100, max: 100 },
  processing: { state: 'processed', in: 'IN', operation: 'polished' },
};

describe('facts that cannot be', () => {
  it.each<readonly [string, string, Partial<Facts>]>([
    ['contradictory-facts', 'processing', { processing: { state: 'unprocessed' } }],
    [
      'contradictory-facts',
      'leftRussiaOn',
      { leftRussiaOn: '2024-05-01', inThirdCountrySince: '2024-04-01' },
    ],
    ['bad-date', 'madeOn', { madeOn: '2024-02-30' }],
    ['bad-country', 'shippedFrom', { shippedFrom: 'XQ' }],
    ['bad-weight', 'stoneMct', { stoneMct: { min: 5, max: 1 } }],
    ['unknown-hs-code', 'hs', { hs: '710399' }],
  ])('are UNDETERMINED as %s in %s', (rule, field, wrong) => {
    const { outcome, verdict } = judge({ ...polished, ...wrong }, 'EU', '2024-10-01');
    expect({ outcome, rule: verdict.rule, facts: verdict.factsMissing }).toEqual({
      outcome: 'UNDETERMINED',
      rule,
      facts: [field],
    });
  });

  it('say what was judged by, and what that leaves open', () => {
    const { verdict } = judge({ ...polished, hs: '0' }, 'US', '2030-01-01');
    expect(verdict).toMatchObject({ staleRisk: true, ruleBookVersion: '2026.1' });
    expect(verdict.notChecked.length).toBeGreaterThan(0);
  });
});

describe('a question that cannot be', () => {
  it('is refused', () => {
    expect(() => judge(polished, 'XX', '2024-10-01')).toThrow(/XX/);
    expect(() => judge(polished, 'EU', '2024-02-30')).toThrow(/day/);
    expect(() => judge(polished, 'EU', '2024-10-01', { knownAt: 'then' })).toThrow(/knownAt/);
    expect(() => judge(polished, 'EU', '2024-10-01', { ruleBookVersion: '1' })).toThrow(/1/);
  });
});

it('tells of purchases as of imports', () => {
  const russian: Facts = { ...polished, minedIn: ['RU'], use: 'lawfully-in-destination' };
  const made: Facts = { ...russian, processing: { state: 'processed', in: 'RU' } };
  expect(judge(made, 'UK', '2024-01-01', { act: 'purchase' }).rule).toBe('UK-X1');
  expect(judge(made, 'UK', '2024-01-01').rule).toBe('UK-R1');
});
