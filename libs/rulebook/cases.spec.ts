import { describe, expect, it } from '@jest/globals';
import { evaluate } from '#libs/rulebook/evaluate';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { Facts } from '#libs/rulebook/facts';

const exactly = (mct: number) => ({ min: mct, max: mct });
const locationProof = { kind: 'location-proof', validFrom: null, validTo: null } as const;

describe('a place of processing that is not known', () => {
  /** A Russian stone of 1.2 ct that lies in India. */
  const somewhere: Facts = {
    ...nothingElseKnown,
    hs: '710239',
    material: 'natural',
    stoneMct: exactly(1200),
    minedIn: ['RU'],
    shippedFrom: 'IN',
  };

  it('is no way out where goods cut in Russia and goods cut elsewhere are prohibited alike', () => {
    const { outcome, rule, factsMissing, reasons } = evaluate(
      somewhere,
      'EU',
      '2024-09-01',
      'import',
    );
    expect({ outcome, rule, factsMissing }).toEqual({
      outcome: 'PROHIBITED',
      rule: 'EU-R2',
      factsMissing: [],
    });
    expect(reasons.filter((each) => each.outcome === 'PROHIBITED').map(({ text }) => text)).toEqual(
      [
        expect.stringMatching(/^whichever it is that is not known; if processed in RU: /),
        expect.stringMatching(/^whichever it is that is not known; if processed elsewhere: /),
      ],
    );
  });

  it('decides below the threshold, where only goods cut in Russia are prohibited', () => {
    const light = { ...somewhere, stoneMct: exactly(499) };
    expect(evaluate(light, 'EU', '2024-09-01', 'import')).toMatchObject({
      outcome: 'UNDETERMINED',
      rule: 'EU-R2',
      factsMissing: ['processing'],
    });
  });

  it('decides while what lifts one of the bans lifts the other not', () => {
    const polished = { ...somewhere, stoneMct: exactly(700), inThirdCountrySince: '2024-08-31' };
    const proved = { ...polished, evidence: [locationProof] };
    expect(evaluate(proved, 'EU', '2024-09-01', 'import')).toMatchObject({
      outcome: 'UNDETERMINED',
      factsMissing: ['processing'],
    });
  });

  it('decides, of rough, also between sawn and as it left the mine', () => {
    const rough = { ...somewhere, hs: '710231' };
    const { outcome, reasons } = evaluate(rough, 'CH', '2024-09-01', 'import');
    expect(outcome).toBe('PROHIBITED');
    expect(reasons[0]?.text).toContain('if unprocessed, or processed in RU: ');
  });

  it('is no way out either where nobody says where the rough lies, which claims no exception', () => {
    const rough: Facts = {
      ...somewhere,
      hs: '710210',
      stoneMct: { min: 1001, max: null },
      shippedFrom: null,
      inEuOn: '2022-01-01',
    };
    expect(evaluate(rough, 'EU', '2027-05-05', 'import').outcome).toBe('PROHIBITED');
    const somewhereElse = { ...rough, shippedFrom: 'AE' };
    expect(evaluate(somewhereElse, 'EU', '2027-05-05', 'import').outcome).not.toBe('PROHIBITED');
  });
});
