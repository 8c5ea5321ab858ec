import { describe, expect, it } from '@jest/globals';
import { cutsOf } from '#libs/rulebook/cuts';
import { evaluate } from '#libs/rulebook/evaluate';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { Facts } from '#libs/rulebook/facts';
import type { Jurisdiction, Rule } from '#libs/rulebook/rule';
import { ruleBook } from '#libs/rulebook/rule-book';

const eu = ruleBook().jurisdictions.find(({ id }) => id === 'EU') as Jurisdiction;

/** The half-carat stage in two records, the second from 2026 on and as `more` says. */
function divided(more: Partial<Rule>): Jurisdiction {
  const rules = eu.rules.flatMap((rule) => {
    if (rule.id !== 'EU-R4') return [rule];
    const end = { effectiveTo: '2025-12-31', afterwards: 'superseded' } as const;
    return [
      { ...rule, ...end, endPublishedOn: '2025-12-01' },
      { ...rule, effectiveFrom: '2026-01-01', ...more } as Rule,
    ];
  });
  return { ...eu, rules };
}

const atLeast = (mct: number) => ({ test: 'stone-at-least', mct }) as const;
const russian = { test: 'mined-in', countries: ['RU'] } as const;
const from = (mct: number): Partial<Rule> => ({
  when: { test: 'all', of: [russian, atLeast(mct)] },
});

/** Cut in India and there since some day, with proof of it. */
const since = (day: string, mct: number): Facts => ({
  ...nothingElseKnown,
  hs: '710239',
  material: 'natural',
  stoneMct: { min: mct, max: mct },
  minedIn: ['RU'],
  processing: { state: 'processed', in: 'IN' },
  shippedFrom: 'IN',
  inThirdCountrySince: day,
  evidence: [{ kind: 'location-proof', validFrom: null, validTo: null }],
});

const outcome = (jurisdiction: Jurisdiction, facts: Facts) =>
  evaluate(facts, 'EU', '2026-06-01', 'import', { rules: { version: 'next', jurisdiction } })
    .outcome;

describe('what was elsewhere before a ban began', () => {
  it('is reckoned from its first record, whichever took it over', () => {
    for (const rules of [eu, divided({}), divided({ summary: 'in other words' })]) {
      expect(outcome(rules, since('2024-08-31', 600))).toBe('EXEMPT');
      expect(outcome(rules, since('2024-09-01', 600))).toBe('PROHIBITED');
      expect(outcome(rules, since('2025-12-31', 600))).toBe('PROHIBITED');
    }
  });

  it('is reckoned from the later record for goods that only this one reaches', () => {
    const wider = divided(from(300));
    expect(outcome(wider, since('2025-12-31', 400))).toBe('EXEMPT');
    expect(outcome(wider, since('2026-01-01', 400))).toBe('PROHIBITED');
    expect(outcome(wider, since('2025-12-31', 600))).toBe('PROHIBITED');
  });

  it('is told apart by each beginning, also of a record that nothing lifts', () => {
    expect(cutsOf(divided(from(300))).days).toEqual(
      expect.arrayContaining(['2024-09-01', '2026-01-01']),
    );
    const bare = divided(from(300)).rules.map((rule) =>
      rule.id === 'EU-R4' && rule.effectiveFrom === '2026-01-01'
        ? ({ ...rule, exceptions: [] } as Rule)
        : rule,
    );
    expect(cutsOf({ ...eu, rules: bare }).days).toContain('2026-01-01');
  });
});
