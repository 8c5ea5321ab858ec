import { euBans, euBeforeArticle3p } from '#libs/rulebook/eu-bans';
import { euBelow, euOutside } from '#libs/rulebook/eu-clear';
import { euEvidence } from '#libs/rulebook/eu-evidence';
import { euExceptions } from '#libs/rulebook/eu-exceptions';
import { kimberleyRules } from '#libs/rulebook/kimberley';
import type { Jurisdiction } from '#libs/rulebook/rule';

/** European Union, measures on Russian goods (Art. 3p) and the Kimberley layer. */
export const eu: Jurisdiction = {
  id: 'EU',
  name: 'European Union',
  knownThrough: '2026-07-23',
  knownThroughNote:
    'consolidated text of 2025-07-20, commentary to 2025-12-23; Regulation (EU) 2026/1848 of July 2026 was not read',
  silence: { id: 'EU-?', citation: 'no record of the rule book covers these facts' },
  readings: [
    {
      id: 'third-country-processing-is-not-direct',
      text: 'stones cut or polished outside Russia fall under Art. 3p(3)-(4) only, although (1) read alone could reach them',
      sources: ['awdc-faq', 'awdc-guidelines'],
    },
    {
      id: 'rough-needs-eu-presence',
      text: 'rough that was only ever in a third country is not grandfathered (a summary of the Commission reads wider)',
      sources: ['li-15e', 'eu-2024-1745-press'],
    },
    {
      id: 'located-processed-or-made-are-alternatives',
      text: '"located, processed or manufactured there": one of the three before the stage date is enough, although the text may ask for all',
      sources: ['li-15e'],
    },
  ],
  notChecked: [
    'designated persons: who sells, carries or pays is a separate answer',
    'measures on Belarus: a separate answer (EUBY)',
    'transit: only recorded transits were read, an unrecorded way through Russia is not seen',
    'whether what the parties declared is true',
  ],
  rules: [
    ...euBans,
    ...euExceptions,
    ...euBeforeArticle3p,
    ...euEvidence,
    ...euOutside,
    ...euBelow,
    ...kimberleyRules({
      instrument: 'Council Regulation (EC) No 2368/2002',
      article: '3',
      citation: 'KP: Reg. 2368/2002 Art. 3',
      effectiveFrom: '2003-01-01',
      publishedOn: '2002-12-31',
      confidence: 'read',
      sources: ['eu-kimberley'],
    }),
  ],
};
