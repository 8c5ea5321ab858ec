import { describe, expect, it } from '@jest/globals';
import { evaluate } from '#libs/rulebook/evaluate';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { Act, Evidence, EvidenceKind, Facts } from '#libs/rulebook/facts';
import type { Rule, RuleState } from '#libs/rulebook/rule';
import { stateOn } from '#libs/rulebook/rule';
import { jurisdictionOf, ruleBook } from '#libs/rulebook/rule-book';

const viaIndia: Facts = {
  ...nothingElseKnown,
  hs: '710239',
  material: 'natural',
  stoneMct: { min: 1200, max: 1200 },
  minedIn: ['RU'],
  processing: { state: 'processed', in: 'IN' },
  shippedFrom: 'IN',
};
const notRussian: Facts = { ...viaIndia, minedIn: ['BW'] };
const onFile = (kind: EvidenceKind): Evidence => ({ kind, validFrom: null, validTo: null });
const recordsOf = (where: string, id: string): readonly Rule[] =>
  jurisdictionOf(ruleBook(), where).rules.filter((rule) => rule.id === id);

describe('acts', () => {
  it.each<[string, Act]>(
    ['EU', 'UK', 'CA', 'CH', 'LI'].flatMap((where) => [
      [where, 'purchase'],
      [where, 'transfer'],
    ]),
  )('%s forbids %s as it forbids import', (where, act) => {
    expect(evaluate(viaIndia, where, '2025-01-01', act)).toMatchObject({ outcome: 'PROHIBITED' });
  });

  it.each<[string, Act]>([
    ['US', 'purchase'],
    ['US', 'transfer'],
    ['JP', 'purchase'],
    ['JP', 'transfer'],
  ])('%s speaks of import only: %s of Russian goods is not cleared by that', (where, act) => {
    expect(evaluate(viaIndia, where, '2025-01-01', act)).toMatchObject({
      outcome: 'UNDETERMINED',
      rule: `${where}-A1`,
      factsMissing: ['law'],
    });
    expect(evaluate(notRussian, where, '2025-01-01', act).outcome).toBe('CLEAR');
    expect(evaluate({ ...viaIndia, minedIn: null }, where, '2025-01-01', act).outcome).not.toBe(
      'CLEAR',
    );
  });

  it('lets goods lawfully in the United Kingdom be bought, not imported or passed on', () => {
    const inside: Facts = { ...viaIndia, use: 'lawfully-in-destination' };
    const by = (act: Act) => evaluate(inside, 'UK', '2025-01-01', act).outcome;
    expect([by('purchase'), by('import'), by('transfer')]).toEqual([
      'EXEMPT',
      'PROHIBITED',
      'PROHIBITED',
    ]);
  });

  it('asks for the Canadian attestation at import only', () => {
    expect(evaluate(notRussian, 'CA', '2025-01-01', 'import').rule).toBe('CA-E1');
    expect(evaluate(notRussian, 'CA', '2025-01-01', 'purchase')).toMatchObject({
      outcome: 'CLEAR',
      rule: 'CA-R3',
    });
  });
});

describe('states', () => {
  it('of the country-of-mining rule: announced, then suspended, never in force', () => {
    const states = (day: string) => recordsOf('US', 'US-M1').map((rule) => stateOn(rule, day));
    expect(states('2025-01-13')).toEqual([null, null]);
    expect(states('2025-01-14')[0]).toBe('announced' satisfies RuleState);
    expect(states('2025-02-21')).toEqual(['superseded', 'suspended']);
    for (const day of ['2025-01-14', '2025-04-01', '2026-10-01']) {
      const facts = { ...notRussian, evidence: [onFile('us-statement-loose')] };
      const { outcome, rule, reasons } = evaluate(facts, 'US', day, 'import');
      expect({ outcome, rule }).toEqual({ outcome: 'CLEAR', rule: 'US-E1' });
      expect(reasons.find((each) => each.rule === 'US-M1')?.text).toMatch(/not currently required/);
    }
  });

  it('of GL 104A: expired, and its successor unknown', () => {
    const [, gl104a] = recordsOf('US', 'US-X2');
    expect(gl104a && stateOn(gl104a, '2026-09-01')).toBe('expired');
    const [successor] = recordsOf('US', 'US-U3');
    expect(successor && stateOn(successor, '2026-09-01')).toBe('unknown-successor');
    const facts: Facts = {
      ...viaIndia,
      leftRussiaOn: '2023-05-01',
      evidence: [onFile('us-statement-gl104')],
    };
    expect(evaluate(facts, 'US', '2026-08-31', 'import').nextChangeOn).toBe('2026-09-01');
    expect(evaluate(facts, 'US', '2026-09-01', 'import')).toMatchObject({
      outcome: 'UNDETERMINED',
      rule: 'US-U3',
      factsMissing: ['law'],
      staleRisk: true,
    });
  });

  it('of GL 104A: nothing for goods that papers on origin still take out of the ban', () => {
    const facts: Facts = { ...viaIndia, minedIn: null, leftRussiaOn: '2023-05-01' };
    expect(evaluate(facts, 'US', '2026-09-01', 'import')).toMatchObject({
      outcome: 'REQUIRES_EVIDENCE',
      rule: 'US-E1',
      exceptionsTried: [expect.objectContaining({ exception: 'US-U3', result: 'unproved' })],
    });
  });

  it('of the products stage of the EU: announced only', () => {
    const [stage] = recordsOf('EU', 'EU-R5');
    expect(stage && stateOn(stage, '2026-01-01')).toBe('announced');
  });
});

describe('papers on origin', () => {
  it('are not asked for of goods that an exception lets in wherever they were mined', () => {
    const stored: Facts = {
      ...viaIndia,
      minedIn: ['BW'],
      inThirdCountrySince: '2022-01-01',
      evidence: [onFile('location-proof')],
    };
    const asked = (facts: Facts) => {
      const { outcome, evidenceMissing } = evaluate(facts, 'EU', '2025-04-01', 'import');
      return [outcome, evidenceMissing.length > 0];
    };
    expect(asked({ ...stored, minedIn: ['RU'] })).toEqual(['EXEMPT', false]);
    expect(asked({ ...stored, minedIn: null })).toEqual(['EXEMPT', false]);
    expect(asked(stored)).toEqual(['CLEAR', false]);
    expect(asked({ ...stored, evidence: [] })).toEqual(['REQUIRES_EVIDENCE', true]);
    expect(asked({ ...stored, inThirdCountrySince: null })).toEqual(['REQUIRES_EVIDENCE', true]);
  });
});

describe('what was known earlier', () => {
  const gl104: Facts = {
    ...viaIndia,
    leftRussiaOn: '2023-05-01',
    evidence: [onFile('us-statement-gl104')],
  };
  const on = (where: string, facts: Facts, day: string, knownAt: string) =>
    evaluate(facts, where, day, 'import', { knownAt }).outcome;

  it.each([
    ['US', '2025-10-01', '2025-08-26', 'PROHIBITED'],
    ['US', '2025-10-01', '2025-08-27', 'EXEMPT'],
    ['US', '2024-10-01', '2024-08-22', 'PROHIBITED'],
    ['US', '2024-10-01', '2024-08-23', 'EXEMPT'],
  ])('%s on %s, as known on %s: %s', (where, day, knownAt, outcome) => {
    expect(on(where, gl104, day, knownAt)).toBe(outcome);
  });

  it('knows no chapter 4JC before it was published', () => {
    expect(on('UK', viaIndia, '2024-03-01', '2024-02-27')).toBe('CLEAR');
    expect(on('UK', viaIndia, '2024-03-01', '2024-02-28')).toBe('PROHIBITED');
  });
});

describe('a counterparty', () => {
  const from = (counterparty: string | null, where: string, day: string) =>
    evaluate({ ...notRussian, stoneMct: { min: 50, max: 50 }, counterparty }, where, day, 'import');

  it.each([
    ['US', '2022-04-06', '2022-04-07'],
    ['EU', '2024-01-02', '2024-01-03'],
    ['CA', '2022-02-23', '2022-02-24'],
    ['UK', '2022-03-23', '2022-03-24'],
  ])('ALROSA, in %s: not on %s, prohibited from %s on', (where, before, first) => {
    expect(from('alrosa', where, before).outcome).toBe('CLEAR');
    expect(from('alrosa', where, first)).toMatchObject({
      outcome: 'PROHIBITED',
      rule: `${where}-P1`,
    });
    expect(from(null, where, first).outcome).toBe('CLEAR');
  });

  it('named on another list only does not weigh here; a name on no list is not cleared', () => {
    expect(from('first-diamond-company', 'US', '2026-08-01').outcome).toBe('CLEAR');
    expect(from('somebody', 'US', '2026-08-01').outcome).toBe('UNDETERMINED');
  });
});

describe('a verdict shows', () => {
  it('the papers an exemption rests on, by name', () => {
    const facts: Facts = {
      ...viaIndia,
      leftRussiaOn: '2023-05-01',
      evidence: [{ ...onFile('us-statement-gl104'), ref: 'doc-7' }],
    };
    expect(evaluate(facts, 'US', '2025-01-01', 'import').exceptionsTried).toContainEqual(
      expect.objectContaining({ exception: 'US-X2', result: 'holds', proof: ['doc-7'] }),
    );
  });

  it('the weakest text it rests on, and the risk of stale law by jurisdiction', () => {
    const stale = (where: string, day: string) =>
      evaluate(viaIndia, where, day, 'import').staleRisk;
    const lastDays = [
      ['US', '2025-08-27', '2025-08-28'],
      ['UK', '2025-04-24', '2025-04-25'],
      ['JP', '2024-09-02', '2024-09-03'],
      ['CA', '2026-06-14', '2026-06-15'],
      ['CH', '2026-03-27', '2026-03-28'],
      ['LI', '2026-03-27', '2026-03-28'],
      ['CABY', '2025-07-24', '2025-07-25'],
    ] as const;
    for (const [where, last, next] of lastDays) {
      expect([where, stale(where, last), stale(where, next)]).toEqual([where, false, true]);
    }
    expect(evaluate(viaIndia, 'CH', '2025-01-01', 'import').confidence).toBe('mirror');
    expect(evaluate(viaIndia, 'LI', '2025-01-01', 'import').confidence).toBe('read');
  });

  it('a weight known only from a rounded report as borderline, where a threshold stands', () => {
    const rounded: Facts = { ...viaIndia, stoneMct: { min: 5000, max: 5000, rounded: true } };
    expect(evaluate(rounded, 'UK', '2025-01-01', 'import').borderline).toBe(true);
    expect(evaluate(rounded, 'UK', '2024-01-15', 'import').borderline).toBe(false);
    expect(evaluate({ ...rounded, hs: '7113' }, 'UK', '2025-01-01', 'import').borderline).toBe(
      false,
    );
  });

  it('no reason that is not so: what comes from there is not said to come from elsewhere', () => {
    const ring: Facts = {
      ...viaIndia,
      hs: '7113',
      processing: { state: 'processed', in: 'RU' },
      shippedFrom: 'TR',
      use: 'personal',
    };
    const rulesOf = (facts: Facts, where: string) =>
      evaluate(facts, where, '2025-01-01', 'import').reasons.map(({ rule }) => rule);
    expect(rulesOf(ring, 'EU')).toEqual(['EU-X1']);
    expect(rulesOf(ring, 'UK')).toEqual(['UK-R1']);
    expect(rulesOf(ring, 'CH')).toEqual(['CH-X1']);
    expect(rulesOf(ring, 'LI')).toEqual(['LI-X1']);
    const fromBelarus: Facts = { ...ring, processing: { state: 'processed', in: 'BY' } };
    for (const where of ['EUBY', 'CHBY', 'LIBY']) {
      expect(rulesOf(fromBelarus, where)).toEqual(['BY-X1']);
      expect(rulesOf({ ...ring, transited: ['BY'] }, where)).toEqual(['BY-X1']);
      expect(rulesOf(ring, where)).toEqual(['BY-R3']);
    }
    expect(rulesOf({ ...ring, processing: { state: 'processed', in: 'TR' } }, 'UK')).toEqual([
      'UK-R5',
    ]);
  });

  it('which goods of regulation 46Z16J are recalled', () => {
    const known = (hs: string) =>
      evaluate({ ...viaIndia, hs, shippedFrom: 'RU' }, 'UK', '2024-01-01', 'import').confidence;
    expect(['710239', '7113', '7114', '711620', '9101'].map(known)).toEqual([
      'reported',
      'reported',
      'recalled',
      'recalled',
      'recalled',
    ]);
  });

  it('of an exception that could hold only what is not known', () => {
    const { exceptionsTried } = evaluate(viaIndia, 'US', '2025-01-01', 'import');
    expect(exceptionsTried).toContainEqual(
      expect.objectContaining({
        exception: 'US-X2',
        lacking: ['inThirdCountrySince', 'leftRussiaOn'],
      }),
    );
  });

  it('no way to close a gap that asks for more than another', () => {
    const missingWith = (...kinds: readonly EvidenceKind[]) =>
      evaluate({ ...notRussian, evidence: kinds.map(onFile) }, 'EU', '2026-01-01', 'import')
        .evidenceMissing;
    expect(missingWith('documentary-evidence')).toEqual([['due-diligence-statement']]);
    expect(missingWith('due-diligence-statement')).toEqual([
      ['documentary-evidence'],
      ['g7-certificate'],
      ['kimberley-single'],
      ['kimberley-listed'],
    ]);
  });
});
