import { article3p, listed, partA, partB, partC } from '#libs/rulebook/eu-annex';
import type { Rule } from '#libs/rulebook/rule';
import { always, not, stoneAtLeast } from '#libs/rulebook/wording';

const clear = {
  ...article3p,
  kind: 'clear',
  id: 'EU-R6',
  article: '3p(3) and (4)',
  citation: 'below/before Art. 3p(3)-(4)',
  when: always,
} as const;

/** Under the weight that a stage begins at, and the id for a weight that is missing. */
export const euBelow: readonly Rule[] = [
  {
    ...article3p,
    id: 'EU-U1',
    article: '3p(3) and (4)',
    citation: 'Art. 3p(3)-(4): "per diamond"',
    summary: 'the weight of the single diamond decides and is not known',
    hs: [...partA, ...partB],
    kind: 'missing-weight',
    when: always,
  },
  {
    ...clear,
    summary: 'before the 1.0 ct stage',
    hs: partA,
    effectiveTo: '2024-02-29',
    afterwards: 'superseded',
  },
  {
    ...clear,
    summary: 'under 1.0 ct, before the 0.5 ct stage',
    hs: partA,
    effectiveFrom: '2024-03-01',
    effectiveTo: '2024-08-31',
    afterwards: 'superseded',
    when: not(stoneAtLeast(1000)),
  },
  {
    ...clear,
    summary: 'synthetic, before the 0.5 ct stage',
    hs: partB,
    effectiveTo: '2024-08-31',
    afterwards: 'superseded',
  },
  {
    ...clear,
    summary: 'under 0.5 ct',
    hs: [...partA, ...partB],
    effectiveFrom: '2024-09-01',
    when: not(stoneAtLeast(500)),
  },
  { ...clear, summary: 'articles not made in Russia: no stage in force reaches them', hs: partC },
];

/** Not listed, or before the measure. */
export const euOutside: readonly Rule[] = [
  {
    ...article3p,
    id: 'EU-0',
    article: 'Annex XXXVIIIA',
    citation: 'outside Annex XXXVIIIA',
    summary: 'goods the annex does not list',
    hs: ['710221', '710229', '7105'],
    effectiveFrom: null,
    publishedOn: null,
    kind: 'clear',
    when: always,
  },
  {
    ...article3p,
    id: 'EU-PRE',
    article: '3p',
    citation: 'Art. 3p not yet applicable',
    summary: 'before the measure',
    hs: listed,
    effectiveFrom: null,
    effectiveTo: '2023-12-31',
    afterwards: 'superseded',
    publishedOn: null,
    endPublishedOn: '2023-12-18',
    kind: 'clear',
    when: always,
  },
];
