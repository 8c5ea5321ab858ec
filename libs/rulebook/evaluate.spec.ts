import { describe, expect, it } from '@jest/globals';
import { evaluate } from '#libs/rulebook/evaluate';
import { mctBounds, nothingElseKnown } from '#libs/rulebook/facts';
import type { Facts } from '#libs/rulebook/facts';

const exactly = (mct: number) => ({ min: mct, max: mct });

/** A Russian stone of 1.2 ct, cut and lying in India. */
const viaIndia: Facts = {
  ...nothingElseKnown,
  hs: '710239',
  material: 'natural',
  stoneMct: exactly(1200),
  minedIn: ['RU'],
  processing: { state: 'processed', in: 'IN' },
  shippedFrom: 'IN',
};

const newSun: Facts = {
  ...viaIndia,
  stoneMct: mctBounds({ mct: 100_000, qualifier: 'gt', basis: 'declared' }),
  processing: { state: 'processed', in: 'RU' },
  shippedFrom: 'RU',
};

const locationProof = { kind: 'location-proof', validFrom: null, validTo: null } as const;
const documents = { kind: 'documentary-evidence', validFrom: null, validTo: null } as const;

describe('New Sun', () => {
  it('may enter the EU until the direct ban and not after', () => {
    expect(evaluate(newSun, 'EU', '2023-12-31', 'import')).toMatchObject({
      outcome: 'CLEAR',
      rule: 'EU-PRE',
      nextChangeOn: '2024-01-01',
    });
    expect(evaluate(newSun, 'EU', '2024-01-01', 'import')).toMatchObject({
      outcome: 'PROHIBITED',
      rule: 'EU-R2',
      citation: 'Art. 3p(1)',
      staleRisk: false,
    });
  });

  it('carries the risk of stale law after the last day the law was followed', () => {
    expect(evaluate(newSun, 'EU', '2026-07-23', 'import').staleRisk).toBe(false);
    expect(evaluate(newSun, 'EU', '2026-07-24', 'import').staleRisk).toBe(true);
  });

  it('shows the facts it used and what it did not check', () => {
    const { factsUsed, notChecked, reasons } = evaluate(newSun, 'EU', '2025-04-07', 'import');
    expect(factsUsed.map(({ fact }) => fact)).toEqual([
      'day',
      'hs',
      'material',
      'processing',
      'minedIn',
      'shippedFrom',
    ]);
    expect(reasons[0]).toMatchObject({ outcome: 'PROHIBITED', rule: 'EU-R2', minedIn: 'RU' });
    expect(notChecked.join()).toContain('designated persons');
  });
});

describe('a weight known within bounds', () => {
  const weighing = (min: number, max: number | null): Facts => ({
    ...viaIndia,
    stoneMct: { min, max },
  });

  it('is at the threshold as soon as it cannot be less', () => {
    expect(evaluate(weighing(1001, null), 'EU', '2024-03-01', 'import')).toMatchObject({
      outcome: 'PROHIBITED',
      rule: 'EU-R3',
    });
  });

  it('is undetermined when it may lie on either side, and says what is missing', () => {
    expect(evaluate(weighing(900, 1100), 'EU', '2024-03-01', 'import')).toMatchObject({
      outcome: 'UNDETERMINED',
      rule: 'EU-U1',
      factsMissing: ['stoneMct'],
    });
  });

  it('is prohibited under the lower stage whatever the upper one would say', () => {
    expect(evaluate(weighing(900, 1100), 'EU', '2024-09-01', 'import')).toMatchObject({
      outcome: 'PROHIBITED',
      rule: 'EU-R4',
    });
  });

  it('does not matter where evidence is on file for either side', () => {
    const facts = { ...weighing(400, 600), minedIn: ['BW'], evidence: [documents] };
    expect(evaluate(facts, 'EU', '2025-01-01', 'import')).toMatchObject({ outcome: 'CLEAR' });
  });

  it.each([
    [990, false],
    [991, true],
    [1009, true],
    [1010, false],
  ])('of %i mct is borderline at 1 ct: %s', (mct, borderline) => {
    expect(evaluate(weighing(mct, mct), 'EU', '2024-03-01', 'import').borderline).toBe(borderline);
  });

  it('follows the words of the statement', () => {
    const basis = 'declared';
    expect(mctBounds({ mct: 500, qualifier: 'lt', basis })).toEqual({ min: 0, max: 499 });
    expect(mctBounds({ mct: 500, qualifier: 'approx', basis })).toEqual({ min: 450, max: 550 });
  });
});

describe('mixed and unknown origin', () => {
  it('is judged by the worst country it could come from', () => {
    const mixed = { ...viaIndia, minedIn: ['BW', 'RU'], evidence: [documents] };
    const { outcome, reasons } = evaluate(mixed, 'EU', '2025-01-01', 'import');
    expect(outcome).toBe('PROHIBITED');
    expect(reasons).toContainEqual(expect.objectContaining({ outcome: 'CLEAR', minedIn: 'BW' }));
  });

  it('asks for evidence where some country is not named', () => {
    const some = { ...viaIndia, minedIn: ['BW', 'ZZ'], evidence: [documents] };
    expect(evaluate(some, 'EU', '2025-01-01', 'import')).toMatchObject({
      outcome: 'REQUIRES_EVIDENCE',
      rule: 'EU-E0',
      factsMissing: ['minedIn'],
    });
  });

  it('asks for no paper again that is on file and does not tell the origin', () => {
    const asked = (...evidence: Facts['evidence']) =>
      evaluate({ ...viaIndia, minedIn: null, evidence }, 'EU', '2025-01-01', 'import').reasons[0];
    const g7 = { ...documents, kind: 'g7-certificate' } as const;
    const open = { rule: 'EU-E0', factsMissing: ['minedIn'] };
    const either = [['documentary-evidence'], ['g7-certificate']];
    expect(asked()).toMatchObject({ ...open, evidenceMissing: either });
    expect(asked(documents)).toMatchObject({ ...open, evidenceMissing: [['g7-certificate']] });
    expect(asked(documents, g7)).toMatchObject(open);
    expect(asked(documents, g7)?.evidenceMissing).toBeUndefined();
  });

  it('reads an empty list as unknown', () => {
    expect(evaluate({ ...viaIndia, minedIn: [] }, 'EU', '2025-01-01', 'import').rule).toBe('EU-E0');
  });

  it('is undetermined when it is not known where it was cut or shipped', () => {
    const nothing = { ...nothingElseKnown, hs: '710239', material: 'natural' } as const;
    expect(evaluate(nothing, 'EU', '2025-01-01', 'import')).toMatchObject({
      outcome: 'UNDETERMINED',
      factsMissing: expect.arrayContaining(['processing', 'shippedFrom']),
    });
  });

  it('tells of each reason the facts that it lacks, beside those of all that are as bad', () => {
    const some = { ...viaIndia, stoneMct: null, minedIn: ['BW', 'ZZ'] };
    const { reasons } = evaluate(some, 'EU', '2025-01-01', 'import');
    expect(reasons.map(({ minedIn, factsMissing }) => [minedIn, factsMissing])).toEqual([
      [null, ['minedIn', 'stoneMct']],
      [null, ['minedIn', 'stoneMct']],
      ['BW', ['stoneMct']],
    ]);
  });
});

describe('exceptions', () => {
  const grandfathered = { ...viaIndia, inThirdCountrySince: '2023-05-01' };

  it('name the paper that would prove them', () => {
    expect(evaluate(grandfathered, 'EU', '2024-07-01', 'import')).toMatchObject({
      outcome: 'REQUIRES_EVIDENCE',
      rule: 'EU-X3',
      evidenceMissing: [['location-proof']],
      confidence: 'mirror',
    });
  });

  it('are reported when they were tried in vain, with the facts they lack', () => {
    const { exceptionsTried } = evaluate(viaIndia, 'EU', '2024-07-01', 'import');
    expect(exceptionsTried).toContainEqual(
      expect.objectContaining({
        exception: 'EU-X3',
        rule: 'EU-R3',
        result: 'does-not-hold',
        lacking: ['inThirdCountrySince'],
      }),
    );
  });

  it('end with the paper that proves them', () => {
    const until = { ...locationProof, validTo: '2024-12-31' };
    const facts = { ...grandfathered, evidence: [until] };
    expect(evaluate(facts, 'EU', '2024-12-31', 'import')).toMatchObject({
      outcome: 'EXEMPT',
      nextChangeOn: '2025-01-01',
    });
    expect(evaluate(facts, 'EU', '2025-01-01', 'import').outcome).toBe('REQUIRES_EVIDENCE');
  });

  it('let articles come back under a customs procedure', () => {
    const ring: Facts = {
      ...viaIndia,
      hs: '7113',
      processing: { state: 'processed', in: 'RU' },
      shippedFrom: 'TR',
      madeOn: '2020-05-01',
      procedure: 'outward-processing',
      evidence: [documents],
    };
    expect(evaluate(ring, 'EU', '2025-01-01', 'import')).toMatchObject({
      outcome: 'EXEMPT',
      rule: 'EU-X4',
    });
    expect(evaluate({ ...ring, procedure: null }, 'EU', '2025-01-01', 'import').rule).toBe('EU-R2');
  });
});

describe('what was known on an earlier day', () => {
  const grandfathered = {
    ...viaIndia,
    inThirdCountrySince: '2023-05-01',
    evidence: [locationProof],
  };

  it('does not see the grandfathering of June 2024 before it was published', () => {
    const on = (knownAt: string) =>
      evaluate(grandfathered, 'EU', '2024-07-01', 'import', { knownAt });
    expect(on('2024-06-20')).toMatchObject({ outcome: 'PROHIBITED', rule: 'EU-R3' });
    expect(on('2024-06-24')).toMatchObject({ outcome: 'EXEMPT', rule: 'EU-X3' });
  });

  it('leaves a record open whose end was not public yet', () => {
    const rough: Facts = {
      ...viaIndia,
      hs: '710231',
      processing: { state: 'unprocessed' },
      minedIn: ['BW'],
      shippedFrom: 'BW',
      evidence: [{ ...documents, kind: 'kimberley-mixed' }, documents],
    };
    const on = (knownAt: string) => evaluate(rough, 'EU', '2025-03-01', 'import', { knownAt });
    expect(on('2025-02-23')).toMatchObject({ outcome: 'CLEAR', rule: 'EU-E1' });
    expect(on('2025-02-24')).toMatchObject({ outcome: 'REQUIRES_EVIDENCE', rule: 'EU-E2' });
  });

  it('knows no direct ban before it was published', () => {
    expect(evaluate(newSun, 'EU', '2024-02-01', 'import', { knownAt: '2023-12-17' })).toMatchObject(
      { outcome: 'CLEAR', rule: 'EU-PRE' },
    );
  });

  it('refuses a rule-book version it does not have', () => {
    expect(() =>
      evaluate(newSun, 'EU', '2025-01-01', 'import', { ruleBookVersion: '1999.1' }),
    ).toThrow(
      expect.objectContaining({
        code: 'unknown-rule-book-version',
        message: expect.stringContaining('neither in this build nor adopted'),
      }),
    );
  });
});

describe('facts that cannot be', () => {
  it.each<[string, Partial<Facts>, string, string]>([
    ['a negative weight', { stoneMct: exactly(-1) }, 'bad-weight', 'stoneMct'],
    ['half a mct', { stoneMct: exactly(0.5) }, 'bad-weight', 'stoneMct'],
    ['bounds the wrong way round', { stoneMct: { min: 2, max: 1 } }, 'bad-weight', 'stoneMct'],
    [
      'rough that was polished',
      { hs: '710231', processing: { state: 'processed', in: 'IN', operation: 'polished' } },
      'contradictory-facts',
      'processing',
    ],
    [
      'polished that was never processed',
      { processing: { state: 'unprocessed' } },
      'contradictory-facts',
      'processing',
    ],
    ['a synthetic of a natural code', { material: 'synthetic' }, 'contradictory-facts', 'material'],
    ['a country of three letters', { minedIn: ['RUS'] }, 'bad-country', 'minedIn'],
    ['an unnamed country of transit', { transited: ['ZZ'] }, 'bad-country', 'transited'],
    ['31 June', { inEuOn: '2023-06-31' }, 'bad-date', 'inEuOn'],
    [
      'evidence that ends before it begins',
      { evidence: [{ ...documents, validFrom: '2025-01-02', validTo: '2025-01-01' }] },
      'impossible-interval',
      'evidence',
    ],
  ])('are refused, never cleared: %s', (_, change, code, field) => {
    expect(() => evaluate({ ...viaIndia, ...change }, 'EU', '2025-01-01', 'import')).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining({ field }) }),
    );
  });

  it('refuses acts, days and jurisdictions it does not know', () => {
    const stealing = 'steal' as 'import';
    const refuses = (code: string) => expect.objectContaining({ code });
    expect(() => evaluate(newSun, 'EU', '2025-01-01', stealing)).toThrow(refuses('unknown-act'));
    expect(() => evaluate(newSun, 'EU', '2025-1-1', 'import')).toThrow(refuses('bad-date'));
    expect(() => evaluate(newSun, 'eu', '2025-01-01', 'import')).toThrow(
      refuses('unknown-jurisdiction'),
    );
  });
});

it('asks for the Kimberley certificate at import and says so for other acts', () => {
  const rough: Facts = {
    ...viaIndia,
    hs: '710221',
    processing: { state: 'unprocessed' },
    minedIn: ['BW'],
    shippedFrom: 'BW',
    kimberleyRefused: true,
  };
  expect(evaluate(rough, 'EU', '2025-01-01', 'import').rule).toBe('KP-1');
  const purchase = evaluate(rough, 'EU', '2025-01-01', 'purchase');
  expect(purchase.rule).toBe('EU-0');
  expect(purchase.notChecked).toContain('the Kimberley certificate: asked for at import only');
});
