import { always, directlyFrom, transited } from '#libs/rulebook/wording';
import type { Jurisdiction, Rule } from '#libs/rulebook/rule';

const articles = ['7113', '7114', '711590', '711620', '9101'];
const listed = ['710210', '710231', '710239', '710421', '710491', ...articles];

const measure = {
  layer: 'sanctions',
  instrument: 'Council Regulation (EC) No 765/2006, amended by Regulation (EU) 2024/1865',
  article: '1rb (number recalled)',
  material: null,
  acts: ['import', 'purchase', 'transfer'],
  state: 'in-force',
  effectiveFrom: '2024-07-01',
  effectiveTo: null,
  afterwards: null,
  publishedOn: '2024-06-30',
  endPublishedOn: null,
  confidence: 'reported',
  sources: ['eu-belarus-recitals', 'eu-belarus-press'],
  reading: null,
} as const;

const rules: readonly Rule[] = [
  {
    ...measure,
    id: 'BY-R1',
    citation: 'Reg. 765/2006 diamond article (Reg. 2024/1865) / LI Art. 11h(1)',
    summary: 'listed goods of Belarusian origin or exported from Belarus, at any weight',
    hs: listed,
    kind: 'ban',
    exceptions: ['BY-X1'],
    when: directlyFrom('BY'),
  },
  {
    ...measure,
    id: 'BY-R2',
    citation: 'same, transit / LI Art. 11h(2)',
    summary: 'listed goods of any origin that transited Belarus',
    hs: listed,
    kind: 'ban',
    exceptions: ['BY-X1'],
    when: transited('BY'),
    confidence: 'recalled',
    sources: ['li-11h'],
  },
  {
    ...measure,
    id: 'BY-X1',
    citation: 'same, personal use / LI Art. 11h(4)',
    summary: 'articles for the personal use of travellers or their immediate family',
    hs: articles,
    kind: 'exception',
    proof: [[]],
    unproved: 'REQUIRES_EVIDENCE',
    when: { test: 'used-for', use: ['personal'] },
    confidence: 'mirror',
    sources: ['li-11h'],
  },
  {
    ...measure,
    id: 'BY-0',
    citation: 'outside annex',
    summary: 'goods the annex does not list',
    hs: ['710221', '710229', '7105'],
    effectiveFrom: null,
    publishedOn: null,
    kind: 'clear',
    when: always,
  },
  {
    ...measure,
    id: 'BY-PRE',
    citation: 'before the measure',
    summary: 'before the measure',
    hs: listed,
    effectiveFrom: null,
    effectiveTo: '2024-06-30',
    afterwards: 'superseded',
    publishedOn: null,
    endPublishedOn: '2024-06-30',
    kind: 'clear',
    when: always,
  },
  {
    ...measure,
    id: 'BY-R3',
    citation: 'no Belarus link',
    summary: 'neither from Belarus nor through it',
    hs: listed,
    kind: 'clear',
    when: always,
  },
];

/** European Union, measures on Belarusian goods alone. */
export const euBelarus: Jurisdiction = {
  id: 'EUBY',
  name: 'European Union, measures on Belarus',
  knownThrough: '2026-07-23',
  knownThroughNote: 'recitals and reports of 2024; Regulation (EU) 2026/1846 was not read',
  silence: { id: 'BY-?', citation: 'no record of the rule book covers these facts' },
  readings: [],
  notChecked: [
    'designated persons: who sells, carries or pays is a separate answer',
    'measures on Russia and Kimberley certificates: a separate answer (EU)',
    'transit: only recorded transits were read, an unrecorded way through Belarus is not seen',
    'whether what the parties declared is true',
  ],
  rules,
};
