import { article3p, listed, partA, partB, partC } from '#libs/rulebook/eu-annex';
import type { Condition, Rule } from '#libs/rulebook/rule';
import {
  all,
  directlyFrom,
  minedIn,
  not,
  processed,
  processedIn,
  stoneAtLeast,
  transited,
} from '#libs/rulebook/wording';

/** Mined in Russia and cut, polished or made outside it. */
const russianViaThirdCountry: Condition = all(processed, not(processedIn('RU')), minedIn('RU'));

/** What Article 3p forbids, the jewellery stage that was never activated included. */
export const euBans: readonly Rule[] = [
  {
    ...article3p,
    id: 'EU-R1',
    article: '3p(2)',
    citation: 'Art. 3p(2)',
    summary: 'listed goods of any origin and weight that transited Russian territory',
    hs: listed,
    kind: 'ban',
    exceptions: ['EU-X1', 'EU-X5'],
    when: transited('RU'),
  },
  {
    ...article3p,
    id: 'EU-R2',
    article: '3p(1)',
    citation: 'Art. 3p(1)',
    summary: 'listed goods that originate in Russia or are exported from it, at any weight',
    hs: listed,
    kind: 'ban',
    exceptions: ['EU-X1', 'EU-X2', 'EU-X3', 'EU-X4', 'EU-X5'],
    when: directlyFrom('RU'),
    reading: 'third-country-processing-is-not-direct',
  },
  {
    ...article3p,
    id: 'EU-R3',
    article: '3p(3)',
    citation: 'Art. 3p(3)',
    summary: 'Russian natural diamonds processed in a third country, 1.0 ct or more per diamond',
    hs: partA,
    effectiveFrom: '2024-03-01',
    kind: 'ban',
    exceptions: ['EU-X2', 'EU-X3', 'EU-X5'],
    when: all(russianViaThirdCountry, stoneAtLeast(1000)),
  },
  {
    ...article3p,
    id: 'EU-R4',
    article: '3p(4) subpara. 1',
    citation: 'Art. 3p(4)',
    summary:
      'Russian natural or synthetic diamonds processed in a third country, 0.5 ct or more per diamond',
    hs: [...partA, ...partB],
    effectiveFrom: '2024-09-01',
    kind: 'ban',
    exceptions: ['EU-X2', 'EU-X3', 'EU-X5'],
    when: all(russianViaThirdCountry, stoneAtLeast(500)),
  },
  {
    ...article3p,
    id: 'EU-R5',
    article: '3p(4) subpara. 2',
    citation: 'Art. 3p(4) subpara. 2 (date not set)',
    summary: 'articles made in a third country with Russian diamonds of 0.5 ct or more',
    hs: partC,
    state: 'announced',
    kind: 'ban',
    exceptions: ['EU-X3', 'EU-X4', 'EU-X5'],
    when: all(russianViaThirdCountry, stoneAtLeast(500)),
    sources: ['eu-3p-english', 'eu-3p-german', 'eu-2024-1745-press'],
  },
];

const earlier = {
  ...article3p,
  kind: 'unknown-law',
  instrument: 'Council Regulation (EU) No 833/2014',
  effectiveTo: '2023-12-31',
  afterwards: 'superseded',
  when: directlyFrom('RU'),
  confidence: 'reported',
  sources: ['eu-earlier-bans'],
} as const;

/** Bans before Article 3p whose annexes were not read: never CLEAR for what they may reach. */
export const euBeforeArticle3p: readonly Rule[] = [
  {
    ...earlier,
    id: 'EU-3O',
    article: '3o',
    citation: 'Art. 3o (gold jewellery; annex not read)',
    summary: 'gold jewellery from Russia before Art. 3p: the annex was not read',
    hs: ['7113'],
    effectiveFrom: '2022-07-22',
    publishedOn: '2022-07-21',
    endPublishedOn: '2023-12-18',
  },
  {
    ...earlier,
    id: 'EU-3I',
    article: '3i',
    citation: 'Art. 3i (synthetic diamonds, precious-metal articles; annex not read)',
    summary: 'synthetic diamonds and precious-metal articles from Russia before Art. 3p',
    hs: [...partB, ...partC],
    effectiveFrom: '2022-10-07',
    publishedOn: '2022-10-06',
    endPublishedOn: '2023-12-18',
  },
];
