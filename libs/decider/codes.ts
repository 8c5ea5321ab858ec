/** What the trade refuses, whoever acts: form and time of the command itself. */
const statement = {
  'bad-text': 'A text is blank, too long, or holds control characters or broken Unicode.',
  'bad-date': 'A time is not a real calendar time of its precision.',
  'bad-weight': 'A weight is not a whole number of mct within what such goods can weigh.',
  'bad-pieces': 'A count of pieces is not a whole number that the weight can hold.',
  'bad-price': 'A price is not a whole, non-negative amount of a currency that ISO 4217 names.',
  'no-price': 'What is given away or inherited has no price.',
  'bad-hash': 'A SHA-256 is not 64 lower-case hexadecimal digits.',
  'bad-id': 'An id is not one the ledger can use.',
  'bad-gln': 'A GLN has 13 digits, the last of which checks the others.',
  'bad-country': 'A country is not an ISO 3166-1 alpha-2 code.',
  'bad-count': 'A number is outside what can be counted here.',
  'impossible-origin': 'Shares of origin contradict each other: Σ min ≤ 1 ≤ Σ max must hold.',
  'in-the-future': 'The act, or what is asked, is dated after today.',
  'out-of-order': 'The act is dated before an act that is already recorded here.',
} as const;

/** Who may act. */
const actor = {
  'unknown-party': 'The party is not registered.',
  'auditor-only': 'An auditor appends nothing but why a flag ends, and what takes that back.',
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
  'already-designated': 'The list names the party already.',
  'not-designated': 'The list is not known to name the party.',
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
  'co-owned': 'Several parties hold the title in shares: each passes its own.',
  'bad-share': 'A share is whole parts per million, less than the whole and no more than is held.',
  'title-contested': 'Another party says the title is its own, and that is not decided.',
  'not-offered': 'There is no open offer.',
  'bad-invoice-line': 'A line of an invoice is counted from 1 to the number of its lines.',
  'award-stands': 'The goods are awarded to a buyer.',
  'not-the-buyer': 'The goods are awarded to another buyer.',
} as const;

/** What binds goods: memos, pledges, loss, theft, seizure, holds, seals, contests. */
const binding = {
  'not-clear': 'The goods are lost, stolen, seized or on hold.',
  'on-memo': 'The goods are out on memo.',
  'not-on-memo': 'There is no open memo.',
  'memo-expired': 'The memo has expired: the goods can only be returned.',
  'not-due': 'The day the memo is due has not passed.',
  'not-later': 'The new day is not after the one that stands.',
  'not-consignee': 'Only the consignee may do this.',
  pledged: 'A lender has a pledge on the goods and has not consented.',
  'unknown-pledge': 'There is no such pledge on the goods.',
  'pledge-exists': 'There is a pledge with this number on the goods.',
  'priority-taken': 'Another pledge already has this rank.',
  'not-lender': 'Only the lender of the pledge may do this.',
  'already-missing': 'The goods are already reported lost or stolen.',
  'not-missing': 'The goods are neither lost nor stolen.',
  'already-seized': 'The goods are already seized.',
  'not-seized': 'The goods are not seized.',
  'hold-exists': 'There is a hold with this number on the goods.',
  'unknown-hold': 'There is no such hold on the goods.',
  'same-officer': 'The officer who placed the hold cannot lift it.',
  sealed: 'The packet is sealed.',
  'not-sealed': 'The packet or container is not sealed.',
  'seal-differs': 'The packet or container carries another seal.',
  'contest-exists': 'There is an open contest with this number.',
  'unknown-contest': 'There is no open contest with this number.',
  'origin-contested': 'The origin is contested: no single country can be declared.',
} as const;

/** Papers. */
const papers = {
  'document-needed': 'The act needs the document it rests on.',
  'evidence-exists': 'There is, or was, evidence with this number on the goods.',
  'unknown-evidence': 'There is no evidence with this number on the goods.',
  'evidence-revoked': 'The evidence is already revoked.',
  'bad-evidence': 'A paper does not say what its kind must say, or says what belongs to another.',
  'warranty-needed':
    'In the trade every invoice and memo carries a System of Warranties statement.',
  'unknown-warranty': 'The reference data has no statement of this version.',
  'warranty-not-valid': 'This version of the statement was not accepted that day for such goods.',
  'warranty-untrue': 'The statement says what the ledger knows to be untrue of the goods.',
  'sow-id-needed': 'This version prints the issuer’s unique id in the System of Warranties.',
  'not-awarded': 'The goods are not awarded to anybody.',
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
  'not-active-scan': 'Scans are compared with the provider’s active fingerprint of the stone.',
  'bad-score': 'A score is 0 to 1000000 ppm, and within the tolerance when the scans match.',
  'unknown-plan': 'No cutting plan with this number was approved for the rough or piece.',
  'report-type-differs': 'What a laboratory grew and what was mined have reports of their own.',
  'scale-not-applicable': 'The scale is not for such stones: ISO 24016 grades D to Z over 0.25 ct.',
  'deltas-too-great': 'A stone that differs so much from its report does not match it.',
  'report-exists': 'The laboratory already issued a report with this number for the stone.',
  'not-lighter': 'The wheel takes weight away: the stone must weigh less than before.',
  'set-in-item': 'The stone is set: it follows the piece of jewellery.',
  'not-set': 'The stone is not set in this piece of jewellery.',
  'laboratory-grown': 'The goods were found to be laboratory-grown.',
  'treatment-disclosed': 'This treatment is already disclosed.',
  'unknown-inscription': 'The stone bears no such inscription.',
  'not-at-laboratory': 'The stone was not submitted to this laboratory.',
  'below-threshold': 'The stone is too light to be designated unique.',
  'not-the-state': 'The party is no authority of the state that has the first call.',
  'not-unique': 'The stone is not designated unique.',
  'already-unique': 'The stone is already designated unique.',
  'no-state-offer': 'The stone was not offered to the state.',
  'state-first-call': 'The state has the first call on a unique stone and has not declined.',
  'unknown-sieve': 'The sieve is no class of the chart of polished goods.',
  'pieces-implausible': 'So many pieces of this sieve class cannot weigh this.',
  'bad-sample': 'A sample holds no more pieces than the parcel, nor more referrals than pieces.',
  'not-agreed': 'The holder of the other record has not agreed that both are of one stone.',
} as const;

/** Mixing. */
const mixing = {
  'other-custodian': 'The parcels are not in the same custody.',
  'other-owner': 'The two do not have the same owner.',
  'other-form':
    'Rough and polished goods, or natural and laboratory-grown ones, do not go together.',
} as const;

/** Kimberley certificates. */
const certificates = {
  'unknown-certificate': 'Nobody issued a certificate with this number here.',
  'bad-certificate-number':
    'A number is no Kimberley certificate’s: two letters, then 1 to 20 more.',
  'certificate-number-suspect': 'The number is known to be forged, or outside its issuer’s range.',
  'number-taken': 'A certificate with this number was issued before.',
  'expires-before-issue': 'A certificate cannot expire before it is issued.',
  'not-tamper-resistant': 'A certificate must resist tampering and forgery.',
  'bad-lines': 'A heading stands on the paper twice, or none does.',
  'other-participant': 'The authority does not speak for the participant whose certificate it is.',
  'not-a-participant':
    'The issuer or country was no participant of the Kimberley Process that day.',
  'participant-suspended': 'The participant could not trade rough that day.',
  'zone-needed': 'The participant may export from some zones only: the zone must be said.',
  'zone-not-approved': 'The zone is not known to have been approved for exports that day.',
  'not-yet-issued': 'The certificate is dated after the act.',
  'certificate-expired': 'The certificate expired before the act.',
  'wrong-status': 'The certificate, shipment, report or item is not where this act begins.',
  'not-validated': 'The exporting authority has not validated the certificate.',
  'certificate-used': 'The certificate travels, or travelled, with another shipment.',
  'certificate-forged': 'The certificate was found to be forged.',
  'under-suspicion': 'The certificate is suspected to be forged.',
  'already-suspected': 'The certificate is suspected or forged already.',
  'not-suspected': 'Nobody suspects the certificate.',
  'not-a-replacement': 'The other certificate was not issued to replace this one.',
  'other-certificate': 'The number is another certificate’s.',
  'other-party': 'The certificate names another party.',
  'already-confirmed': 'The import was confirmed before.',
  'parcels-differ': 'The numbers of parcels are not the same.',
  'carats-differ': 'The weights differ by more than scales may.',
  'same-participant': 'Rough moves inside one participant without a certificate.',
} as const;

/** Shipments. */
const shipments = {
  'unknown-shipment': 'There is no such shipment.',
  'goods-differ': 'The goods are not those of the shipment, or not such goods.',
  'goods-packed': 'The goods are in a shipment.',
  'goods-not-packed': 'Goods of the shipment are not, or no longer, in it.',
  'certificate-needed': 'Rough between participants travels under a Kimberley certificate.',
  'certificate-attached': 'A certificate is attached to the shipment.',
  'certificate-differs': 'The certificate is of another journey or of other parties.',
  'hs-differs': 'The headings are not those of the goods.',
  'seal-breached': 'The seal was found broken.',
  'already-declared': 'The customs declaration was made before.',
  'not-declared': 'There is no such customs declaration.',
  'not-released-by-customs': 'Customs has not released the goods.',
  quarantined: 'The shipment is in quarantine: its certificate is doubted.',
} as const;

/** Jewellery, reports and what is known of parties. */
const others = {
  'unknown-jewellery': 'There is no such piece of jewellery.',
  'unknown-report': 'The laboratory issued no such report here.',
  'bad-report-number': 'A report’s number begins with a letter or digit.',
  'broken-up': 'The piece of jewellery was broken up.',
  'with-consumer': 'The piece was sold to a consumer and did not come back.',
  'not-with-consumer': 'The piece is not with a consumer.',
  'set-already': 'The stone is set in the piece already.',
  'bad-fineness': 'Fineness is parts in a thousand, 1 to 1000, and the item’s own.',
  'bad-uin': 'A UIN has 16 digits.',
  'uin-needed': 'Articles marked there since that day bear a UIN.',
  'uin-taken': 'The UIN is another item’s.',
  'not-hallmarked': 'The piece bears no mark of that country.',
  'before-the-mark': 'A mark counts nowhere before it was struck.',
  'already-recognised': 'The state recognises the mark already.',
  'not-recognised': 'The agreement between the two states is not in effect that day.',
  'other-state': 'The authority is not one of that state.',
  'bad-pseudonym': 'A consumer is named by a pseudonym of 8 to 64 letters, digits, - and _.',
  'other-sale': 'Receipt or pseudonym are not those of the sale.',
  'impossible-shares': 'Shares of ownership are over the whole, or one is nothing.',
} as const;

/** Red flags. */
const flags = {
  'unknown-flag': 'Nothing in the streams named raises this flag.',
  'flag-closed': 'The flag is closed.',
  'own-flag': 'Whoever stated what raised the flag does not close it.',
} as const;

/** Documents that are asked for. */
const documents = {
  'statement-not-in-use': 'The statement was not asked for by customs on that day.',
  'statement-untrue': 'The statement says what the ledger knows to be untrue of the goods.',
  'statement-unproved': 'The ledger does not know what the statement says of the goods.',
  'no-warranty':
    'No invoice, memo or warranty of the goods, or none with that number, has a statement.',
  'no-letterhead': 'The party has declared no address for its letterhead.',
} as const;

/** Questions to the rule book. */
const rules = {
  'too-many-candidates': 'More begins so than can be looked into as of another time.',
  'unknown-jurisdiction': 'The rule book holds no measures of this jurisdiction.',
  'unknown-rule-book-version':
    'This version of the rule book is neither in this build nor adopted.',
  'goods-being-sorted':
    'Rules that were adopted tell more goods apart than before, and not all of them are sorted yet.',
  'version-taken': 'This version was adopted before, with other rules.',
  'already-adopted': 'This version is the one in use.',
  'bad-rule-file': 'A file of rules cannot be judged by; the details name the place.',
  'bad-reference-file': 'A file of dated facts cannot be decided by; the details name the place.',
  'unknown-act': 'The act is not one the rule book knows.',
  'unknown-hs-code': 'The HS code is not one the rule book answers for.',
  'contradictory-facts': 'The facts contradict each other.',
  'impossible-interval': 'An interval ends before it begins.',
} as const;

/** Corrections and annulments. */
const corrections = {
  'unknown-entry': 'The stream has no event with this revision.',
  'not-correctable': 'The event, or this field of it, is not corrected.',
  'not-annullable': 'The event is not annulled: it has consequences, or a way of its own back.',
  annulled: 'The event was annulled.',
  'bad-value': 'The value is not of the kind that stands in the field.',
  'nothing-changes': 'The correction says what is recorded already.',
  'later-act-falls': 'A later act, which is named, would not have been accepted.',
} as const;

/** The ledger's own. */
const ledger = {
  'not-found': 'There is nothing under this id.',
  'not-yet-recorded': 'The ledger does not reach as far as the position asked for.',
  'idempotency-key-reused': 'The id of the act was used for another act.',
} as const;

/** Every stable code a refusal may carry, with its meaning in one line. */
export const refusalCodes = {
  ...statement,
  ...actor,
  ...party,
  ...goods,
  ...trade,
  ...binding,
  ...papers,
  ...making,
  ...mixing,
  ...certificates,
  ...shipments,
  ...others,
  ...flags,
  ...corrections,
  ...ledger,
  ...rules,
  ...documents,
} as const;

export type RefusalCode = keyof typeof refusalCodes;
