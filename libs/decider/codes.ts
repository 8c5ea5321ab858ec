/** What the trade refuses, whoever acts: form and time of the command itself. */
const statement = {
  'bad-text': 'A text is blank, too long, or holds control characters or broken Unicode.',
  'bad-date': 'A time is not a real calendar time of its precision.',
  'bad-weight': 'A weight is not a whole number of mct within what such goods can weigh.',
  'bad-pieces': 'A count of pieces is not a whole number that the weight can hold.',
  'bad-price': 'A price is not a whole, non-negative amount of an ISO 4217 currency.',
  'bad-hash': 'A SHA-256 is not 64 lower-case hexadecimal digits.',
  'bad-id': 'An id is not one the ledger can use.',
  'bad-country': 'A country is not an ISO 3166-1 alpha-2 code.',
  'bad-count': 'A number is outside what can be counted here.',
  'impossible-origin': 'Shares of origin contradict each other: Σ min ≤ 1 ≤ Σ max must hold.',
  'in-the-future': 'The act is dated after today.',
  'out-of-order': 'The act is dated before an act that is already recorded here.',
} as const;

/** Who may act. */
const actor = {
  'unknown-party': 'The party is not registered.',
  'auditor-only': 'An auditor appends nothing.',
  'role-needed': 'The act needs a role that the credential does not carry.',
  'not-your-act': 'The act belongs to another party.',
  'not-custodian': 'Only the custodian may do this.',
  'not-owner': 'Only the holder of the title may do this.',
  'not-holder': 'Only the custodian or the holder of the title may do this.',
  'not-receiver': 'Only the party the goods were released to may accept or refuse them.',
  'not-your-order': 'Another party began the manufacturing.',
} as const;

/** Parties, their roles and keys. */
const party = {
  'role-held': 'The party already has the role.',
  'role-not-held': 'The party does not have the role.',
  'key-exists': 'The party has, or had, a key with this id.',
  'unknown-key': 'The party has no key with this id.',
  'key-revoked': 'The key is already revoked.',
} as const;

/** Goods and where they stand. */
const goods = {
  'already-exists': 'The id is taken.',
  'unknown-stone': 'There is no such stone.',
  'unknown-parcel': 'There is no such parcel.',
  'unknown-mine': 'The mine is not in the reference data.',
  'mine-not-operating': 'The mine is known not to have been operating then.',
  consumed: 'The goods no longer exist as such: cut, sorted, mixed or used up.',
  'gained-weight': 'More weight came out than went in.',
  'unaccounted-weight': 'Weight is missing: outputs and losses do not add up.',
  'weight-differs': 'The goods cannot weigh this.',
  'pieces-differ': 'The pieces do not add up.',
  'too-few-parts': 'A division yields at least two pieces, a sorting or split at least one part.',
  'too-many-parts': 'More parts than one act may record.',
  'too-many-generations': 'The goods were divided too often for their ids.',
} as const;

/** Custody and title. */
const trade = {
  'custody-released': 'The goods are released and not yet accepted or refused.',
  'not-released': 'The goods were not released to anybody.',
  'to-itself': 'Giver and receiver are the same.',
  'title-unknown': 'Nobody is known to hold the title.',
  'not-offered': 'There is no open offer.',
  'award-stands': 'The goods are awarded to a buyer.',
  'not-the-buyer': 'The goods are awarded to another buyer.',
} as const;

/** Cutting, scanning and grading. */
const making = {
  'not-rough': 'Only rough, or a piece of it, takes this.',
  'not-polished': 'Only a polished stone takes this.',
  'in-manufacture': 'An order of this party is open.',
  'not-in-manufacture': 'No manufacturing order is open.',
  'plan-exceeds-rough': 'The plan makes more than the rough can hold.',
  'scan-exists': 'The provider already has a scan with this id of the stone.',
  'unknown-scan': 'The provider has no scan with this id of the stone.',
  'report-exists': 'The laboratory already issued a report with this number for the stone.',
} as const;

/** Mixing. */
const mixing = {
  'other-custodian': 'The parcels are not in the same custody.',
  'other-owner': 'The parcels do not have the same owner.',
} as const;

/** Questions to the rule book. */
const rules = {
  'unknown-jurisdiction': 'The rule book holds no measures of this jurisdiction.',
  'unknown-rule-book-version': 'This version of the rule book is not in this build.',
  'bad-rule-file': 'A file of rules cannot be judged by; the details name the place.',
  'unknown-act': 'The act is not one the rule book knows.',
  'unknown-hs-code': 'The HS code is not one the rule book answers for.',
  'contradictory-facts': 'The facts contradict each other.',
  'impossible-interval': 'An interval ends before it begins.',
} as const;

/** The ledger's own. */
const ledger = {
  'not-found': 'There is nothing under this id.',
  'idempotency-key-reused': 'The id of the act was used for another act.',
} as const;

/** Every stable code a refusal may carry, with its meaning in one line. */
export const refusalCodes = {
  ...statement,
  ...actor,
  ...party,
  ...goods,
  ...trade,
  ...making,
  ...mixing,
  ...ledger,
  ...rules,
} as const;

export type RefusalCode = keyof typeof refusalCodes;
