import { expect, it } from '@jest/globals';
import { borderlineTold, papersTold } from '#apps/cli/show/verdict';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { Reason } from '#libs/rulebook/verdict';

const reason = (
  rule: string,
  minedIn: string,
  evidenceMissing?: Reason['evidenceMissing'],
): Reason => ({
  outcome: 'REQUIRES_EVIDENCE',
  rule,
  citation: 'Art. 1',
  minedIn,
  text: 'rough',
  ...(evidenceMissing && { evidenceMissing }),
});

it('tells the papers of each gap apart, once for all countries, with the ways to close it', () => {
  const ofLaw = [['due-diligence-statement', 'g7-certificate'], ['kimberley-single']] as const;
  const ofKimberley = [['kimberley-single'], ['kimberley-mixed']] as const;
  const reasons = [
    reason('EU-E4', 'BW', ofLaw),
    reason('EU-E4', 'ZA', ofLaw),
    reason('KP-2', 'BW', ofKimberley),
    { ...reason('EU-X3', 'RU', [['location-proof']]), outcome: 'EXEMPT' as const },
    reason('EU-R2', 'BW'),
  ];
  expect(papersTold(reasons)).toEqual([
    'EU-E4: due-diligence-statement and g7-certificate; or kimberley-single',
    'KP-2: kimberley-single; or kimberley-mixed',
  ]);
});

it('says why a weight is borderline', () => {
  const stone = { ...nothingElseKnown, hs: '710239', material: 'natural' } as const;
  const near = { ...stone, stoneMct: { min: 995, max: 995 } };
  const rounded = { ...stone, stoneMct: { min: 1_500, max: 1_509, rounded: true } } as const;
  expect(borderlineTold(near)).toBe('a weight lies within 9 mct of a threshold');
  expect(borderlineTold(rounded)).toMatch(/^the weight is known only from a report, which rounds/);
});
