import { expect, it } from '@jest/globals';
import { papersTold } from '#apps/cli/show/verdict';
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
