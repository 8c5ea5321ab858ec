import { article3p, listed, partC } from '#libs/rulebook/eu-annex';
import type { Rule } from '#libs/rulebook/rule';
import { all, not, shippedFrom } from '#libs/rulebook/wording';

/** Inserted by the 14th package; the stored English text is missing, the LI mirror was read. */
const of2024 = {
  ...article3p,
  kind: 'exception',
  instrument: 'Council Regulation (EU) No 833/2014, amended by Regulation (EU) 2024/1745',
  effectiveFrom: '2024-06-25',
  publishedOn: '2024-06-24',
  confidence: 'mirror',
  sources: ['li-15e', 'eu-2024-1745-press'],
} as const;

/** What lifts the bans of Article 3p; each ban names those that reach it. */
export const euExceptions: readonly Rule[] = [
  {
    ...article3p,
    id: 'EU-X1',
    article: '3p(6)',
    citation: 'Art. 3p(6) personal use',
    summary: 'articles for the personal use of travellers or their immediate family, not for sale',
    hs: partC,
    kind: 'exception',
    proof: [[]],
    unproved: 'REQUIRES_EVIDENCE',
    when: { test: 'used-for', use: ['personal'] },
    sources: ['eu-customs-codes', 'eu-import-ban-summary', 'li-15e'],
  },
  {
    ...of2024,
    id: 'EU-X2',
    article: '3p, grandfathering of rough (paragraph number not confirmed)',
    citation: 'Art. 3p grandfathering, rough (Reg. 2024/1745)',
    summary:
      'unworked diamonds physically in the EU before the ban began and then exported to a third country other than Russia',
    hs: ['710210', '710231', '710421'],
    proof: [['location-proof']],
    unproved: 'REQUIRES_EVIDENCE',
    when: all({ test: 'before', fact: 'inEuOn', day: 'ban-start' }, not(shippedFrom('RU'))),
    reading: 'rough-needs-eu-presence',
  },
  {
    ...of2024,
    id: 'EU-X3',
    article: '3p, grandfathering of polished and articles (paragraph number not confirmed)',
    citation: 'Art. 3p grandfathering, polished/jewellery (Reg. 2024/1745)',
    summary:
      'worked diamonds and articles physically in a third country other than Russia before the ban began',
    hs: ['710239', '710491', ...partC],
    proof: [['location-proof']],
    unproved: 'REQUIRES_EVIDENCE',
    when: all(
      { test: 'before', fact: 'inThirdCountrySince', day: 'ban-start' },
      not(shippedFrom('RU')),
    ),
    reading: 'located-processed-or-made-are-alternatives',
  },
  {
    ...of2024,
    id: 'EU-X4',
    article: '3p, temporary import and re-import (paragraph number not confirmed)',
    citation: 'Art. 3p temporary import or re-import (Reg. 2024/1745)',
    summary:
      'articles made before 2024-09-01, under temporary admission, inward or outward processing, not from Russia',
    hs: partC,
    proof: [['documentary-evidence']],
    unproved: 'REQUIRES_EVIDENCE',
    when: all(
      {
        test: 'under-procedure',
        procedures: ['temporary-admission', 'inward-processing', 'outward-processing'],
      },
      { test: 'before', fact: 'madeOn', day: '2024-09-01' },
      not(shippedFrom('RU')),
    ),
  },
  {
    ...article3p,
    id: 'EU-X5',
    article: '3p(7)',
    citation: 'Art. 3p(7) cultural goods on loan, national licence',
    summary: 'cultural goods on loan in official cooperation, with a national licence',
    hs: listed,
    kind: 'exception',
    proof: [['licence']],
    unproved: 'BAN_STANDS',
    when: { test: 'used-for', use: ['cultural-loan'] },
    sources: ['eu-customs-codes'],
  },
];
