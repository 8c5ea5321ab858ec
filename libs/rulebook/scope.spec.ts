import { expect, it } from '@jest/globals';
import { eraOf, nextChange } from '#libs/rulebook/era';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { Facts } from '#libs/rulebook/facts';
import { addFindings } from '#libs/rulebook/findings';
import type { Finding } from '#libs/rulebook/findings';
import type { Jurisdiction } from '#libs/rulebook/rule';
import { jurisdictionOf, ruleBook } from '#libs/rulebook/rule-book';
import { scopeOf } from '#libs/rulebook/scope';

const eu = jurisdictionOf(ruleBook(), 'EU');

const facts: Facts = {
  ...nothingElseKnown,
  hs: '710239',
  material: 'natural',
  stoneMct: { min: 2000, max: 2000 },
  processing: { state: 'processed', in: 'IN' },
  shippedFrom: 'IN',
};

/** Law that asks for papers of non-Russian stones, bans nothing, and ends with 2025. */
const papersOnly: Jurisdiction = {
  ...eu,
  rules: eu.rules
    .filter(({ id }) => id === 'EU-E4')
    .map((rule) => ({
      ...rule,
      effectiveFrom: '2024-01-01',
      effectiveTo: '2025-12-31',
      afterwards: 'expired',
    })),
};

it('a record that ends without a successor changes the verdict on the day after', () => {
  const scope = scopeOf(papersOnly, '710239', 'natural', false);
  expect(scope.boundaries).toEqual(['2024-01-01', '2026-01-01', '2026-07-24']);
  const era = eraOf(scope, 'import', '2025-06-01', null);
  expect(nextChange(era, facts, '2025-06-01')).toBe('2026-01-01');
});

it('papers "until 9999-12-31" never end', () => {
  const era = eraOf(scopeOf(papersOnly, '710239', 'natural', false), 'import', '2027-01-01', null);
  const forever = { kind: 'licence', validFrom: null, validTo: '9999-12-31' } as const;
  expect(nextChange(era, { ...facts, evidence: [forever] }, '2027-01-01')).toBeNull();
});

it('papers asked of non-Russian stones are asked of stones of unknown origin too', () => {
  const era = eraOf(scopeOf(papersOnly, '710239', 'natural', false), 'import', '2025-06-01', null);
  const findings: Finding[] = [];
  addFindings(findings, { facts, minedIn: null, banStart: null }, era, [], []);
  expect(findings).toMatchObject([
    { reason: { outcome: 'REQUIRES_EVIDENCE', rule: 'EU-E4', minedIn: null } },
  ]);
});
