/** The texts behind the records: what was read, and where. */
export const sources = {
  'eu-3p-english':
    'Article 3p(1)-(4), consolidated Regulation (EU) No 833/2014, CELEX 02014R0833-20250720',
  'eu-3p-german': 'Article 3p(1)-(5) in German, gesetze.legal/eu/vo_eu_2014_833/3p',
  'eu-annex-codes':
    'French customs note of 2024-03-05 with the codes of Annex XXXVIIIA, veille-douaniere.com',
  'eu-customs-codes': 'Italian customs on the TARIC codes L146, L147, Y704, Y872, cnsd.it/31940',
  'eu-import-ban-summary': 'mordiglia.it/news/import-ban-on-diamonds',
  'awdc-faq': 'Antwerp World Diamond Centre, awdc.be/en/G7FAQ',
  'awdc-guidelines':
    'Antwerp World Diamond Centre, awdc.be/en/g7-import-guidelines, and its webinar',
  'awdc-2025': 'Antwerp World Diamond Centre on Regulation (EU) 2025/395, awdc.be',
  'awdc-unknown-origin': 'Antwerp World Diamond Centre, awdc.be/en/node/10581',
  'eu-2025-395-press': 'jewellerynewsindia.com and goldsilvergroup.it on Regulation (EU) 2025/395',
  'eu-due-diligence-press': 'idexonline.com of 2025-12-23 and diamantbericht.de',
  'eu-commission-guidelines': 'Commission guidelines of December 2025 as reported by ru24.pro',
  'eu-2024-1745-press': 'reports of June 2024 on Regulation (EU) 2024/1745: tass.com, rapaport.com',
  'eu-earlier-bans': 'Articles 3i and 3o as reported by bv-schmuck-uhren.de',
  'li-15e': 'Liechtenstein LGBl. 2022 Nr. 45, Art. 15e, which mirrors Article 3p',
  'li-11h': 'Liechtenstein LGBl. 2022 Nr. 63, Art. 11h, which mirrors the EU measures on Belarus',
  'eu-belarus-recitals': 'Regulation (EU) 2024/1865, recitals, eur-lex.europa.eu/eli/reg/2024/1865',
  'eu-belarus-press': 'trans.info, lupicinio.com and schneider-group.com of July 2024',
  'eu-kimberley': 'Regulation (EC) No 2368/2002 and zoll.de on rough diamonds',
} as const;

export type SourceId = keyof typeof sources;
