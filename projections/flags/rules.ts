/** Every rule a flag may be raised by, with its meaning in one line. */
export const flagRules = {
  'carats-from-nowhere': 'More carats came out of goods than they weighed.',
  'source-not-in-ledger': 'Goods came in with neither a source here nor a paper of an older one.',
  'yield-out-of-bounds': 'Cutting gave more or less than the policy’s bounds.',
  'yield-implausible': 'Cutting gave more than hardly any rough can give.',
  'certificate-used-twice': 'A Kimberley certificate was presented for two shipments.',
  'certificate-number-out-of-range':
    'A Kimberley certificate’s number is forged, not of its issuer’s range, or of no certificate’s form.',
  'certificate-from-non-participant':
    'The issuer of a Kimberley certificate could not export rough on its day of issue.',
  'certificate-expired-on-arrival': 'Rough arrived after its certificate had expired.',
  'certificate-not-valid-on-arrival':
    'Rough arrived under a certificate that is doubted, or where rough may not enter.',
  'participation-unknown':
    'Rough left for or from a country whose part in the Kimberley Process that day is not known.',
  'border-without-shipment':
    'Rough was in one Kimberley participant and is in another, and no shipment took it there.',
  'joined-from-elsewhere': 'A parcel was mixed, or stones set, where goods of another country are.',
  'shipment-differs': 'Parcels or carats that arrived are not those that left.',
  'report-on-two-stones': 'Two live stones are said to be the one of a single laboratory report.',
  'same-measurements': 'Two live polished stones weigh and measure the same.',
  'moved-while-not-clear': 'Goods moved while they were lost, stolen, seized or on hold.',
  'impossible-journey': 'Goods were in two places too far apart for the time between.',
  'title-not-held': 'The title was passed on by somebody who did not hold it.',
  'title-without-paper':
    'The title passed on neither a document with its hash nor an invoice that is on record.',
  'seal-changed': 'The seal of a container or packet was broken, missing or another one.',
  'release-unanswered':
    'Goods were let go, and nobody accepted or refused them within the policy’s days.',
  'memo-overdue':
    'Goods on memo were neither returned, extended nor sold by the day they were due.',
  'set-heavier-than-article':
    'What is set in an article weighs more than all of it did when it was made.',
  'invoice-lines-differ':
    'Goods under one invoice number do not agree on who bought them, when, or on what terms.',
  'weight-discrepancy': 'A receiver weighed what the goods cannot weigh.',
} as const;

export type FlagRule = keyof typeof flagRules;

export const flagRuleNames = Object.keys(flagRules) as readonly FlagRule[];
