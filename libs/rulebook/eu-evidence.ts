import { article3p, listed, partB } from '#libs/rulebook/eu-annex';
import type { Rule } from '#libs/rulebook/rule';
import { all, always, minedIn, not, stoneAtLeast } from '#libs/rulebook/wording';

const rough = ['710210', '710231'];
const polished = ['710239'];

const paragraph8 = {
  ...article3p,
  kind: 'evidence',
  article: '3p(8)',
  effectiveFrom: '2024-03-01',
} as const;

const nonRussian = (mct: number) => all(not(minedIn('RU')), stoneAtLeast(mct));

const stageOne = { effectiveTo: '2024-08-31', afterwards: 'superseded' } as const;

const sunrise = {
  ...paragraph8,
  id: 'EU-E1',
  citation: 'Art. 3p(8), sunrise',
  needs: [
    ['kimberley-single'],
    ['kimberley-listed'],
    ['g7-certificate'],
    ['kimberley-mixed', 'documentary-evidence'],
    ['kimberley-unstated', 'documentary-evidence'],
  ],
  hs: rough,
  sources: ['awdc-guidelines'],
} as const;

const documents = {
  ...paragraph8,
  id: 'EU-E3',
  citation: 'Art. 3p(8)',
  needs: [['documentary-evidence'], ['g7-certificate']],
  sources: ['eu-import-ban-summary', 'awdc-guidelines', 'eu-customs-codes'],
} as const;

/** What Article 3p(8) asks to show that goods at or above the threshold are not Russian. */
export const euEvidence: readonly Rule[] = [
  {
    ...paragraph8,
    id: 'EU-E0',
    kind: 'unknown-origin',
    citation: 'Art. 3p(8), origin unknown',
    summary: 'the country of mining is not known and a Russian one would be prohibited',
    hs: listed,
    needs: [['kimberley-single'], ['kimberley-listed'], ['g7-certificate']],
    when: always,
    sources: ['awdc-unknown-origin'],
  },
  {
    ...sunrise,
    ...stageOne,
    summary: 'non-Russian rough of 1.0 ct or more: where it was mined must be shown',
    when: nonRussian(1000),
  },
  {
    ...sunrise,
    summary: 'non-Russian rough of 0.5 ct or more: where it was mined must be shown',
    effectiveFrom: '2024-09-01',
    effectiveTo: '2025-02-28',
    afterwards: 'superseded',
    endPublishedOn: '2025-02-24',
    when: nonRussian(500),
  },
  {
    ...paragraph8,
    id: 'EU-E2',
    instrument: 'Council Regulation (EU) No 833/2014, amended by Regulation (EU) 2025/395',
    citation: 'Art. 3p(8) as amended by Reg. 2025/395',
    summary:
      'non-Russian rough of 0.5 ct or more: a Kimberley certificate naming every country of mining, unless already G7-verified',
    hs: rough,
    effectiveFrom: '2025-03-01',
    publishedOn: '2025-02-24',
    needs: [['kimberley-single'], ['kimberley-listed'], ['g7-certificate']],
    when: nonRussian(500),
    sources: ['awdc-2025', 'eu-2025-395-press'],
  },
  {
    ...documents,
    ...stageOne,
    summary: 'non-Russian polished of 1.0 ct or more: documents or a G7 certificate',
    hs: polished,
    when: nonRussian(1000),
  },
  {
    ...documents,
    summary: 'non-Russian polished of 0.5 ct or more: documents or a G7 certificate',
    hs: polished,
    effectiveFrom: '2024-09-01',
    effectiveTo: '2025-12-31',
    afterwards: 'superseded',
    endPublishedOn: '2025-02-24',
    when: nonRussian(500),
  },
  {
    ...documents,
    summary: 'non-Russian synthetic of 0.5 ct or more: documents or a G7 certificate',
    hs: partB,
    effectiveFrom: '2024-09-01',
    when: nonRussian(500),
  },
  {
    ...paragraph8,
    id: 'EU-E4',
    citation: 'Art. 3p(8) + Commission FAQ Dec 2025',
    summary:
      'non-Russian natural polished of 0.5 ct or more: a Due Diligence Statement on Diamond Origin with supporting proof',
    hs: polished,
    effectiveFrom: '2026-01-01',
    publishedOn: '2025-12-23',
    needs: [
      ['due-diligence-statement', 'documentary-evidence'],
      ['due-diligence-statement', 'g7-certificate'],
      ['due-diligence-statement', 'kimberley-single'],
      ['due-diligence-statement', 'kimberley-listed'],
    ],
    when: nonRussian(500),
    confidence: 'reported',
    sources: ['eu-due-diligence-press', 'eu-commission-guidelines'],
  },
];
