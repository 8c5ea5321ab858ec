import type { LedgerEvent } from '#events/ledger-event';
import type { ValueKind } from '#libs/correction/value-kinds';

/**
 * Who may say that an event did not happen. `stater`: the party that stated it, or an officer (an
 * authority or the operator). `officer`: it gave another party goods or a right in them, or binds
 * them, so no party takes it back alone. `nobody`: what came of it has a record of its own, or the
 * ledger's own safety rests on it.
 */
export type Annuller = 'stater' | 'officer' | 'nobody';

/** The fields of an event's data that may be corrected, as paths; `*` is any place in a list. */
export type Correctable = Readonly<{
  fields: Readonly<Record<string, ValueKind | `${ValueKind}?`>>;
  annulledBy: Annuller;
}>;

const stone = {
  shape: 'text?',
  colour: 'text?',
  clarity: 'text?',
  measurementsMm: 'text?',
} as const;
const loss = { lastSeen: 'when?', policeRef: 'text?', insurer: 'text?', circumstances: 'text' };
const rework = { weightBefore: 'weight', weightAfter: 'weight', reason: 'text', ...stone } as const;
const content = { 'content.weight': 'weight', 'content.pieces': 'count?' } as const;
const parts = { 'parts.*.content.weight': 'weight', 'parts.*.content.pieces': 'count?' } as const;

const of = (fields: Correctable['fields'], annulledBy: Annuller): Correctable => ({
  fields,
  annulledBy,
});

/**
 * What parties state of goods and may have misread. Parties, ids, numbers of papers and how many
 * parts there are do not stand here: others act by them. An event that is not here can be neither
 * corrected nor annulled: certificates, shipments and reports have ways of their own to be
 * replaced, keys and roles are granted and taken back.
 */
const table: Readonly<Partial<Record<LedgerEvent['type'], Correctable>>> = {
  PartyRegistered: of({ name: 'text', country: 'text', aliases: 'texts?' }, 'nobody'),

  RoughDiamondRecovered: of(
    { mineId: 'text', plant: 'text?', weight: 'weight', colour: 'text?', dimensionsMm: 'text?' },
    'stater',
  ),
  HistoryOpened: of({ weight: 'weight', origin: 'origin', basis: 'text' }, 'stater'),
  StoneNamed: of({ name: 'text', language: 'text?' }, 'stater'),
  OriginDeclared: of({ origin: 'origin' }, 'stater'),
  RoughScanned: of({ deviceId: 'text?' }, 'stater'),
  RoughScanMatched: of({}, 'stater'),
  ManufacturingStarted: of({ craftsmen: 'count?' }, 'stater'),
  CuttingPlanApproved: of({}, 'stater'),
  RoughSawn: of({ 'pieces.*.weight': 'weight', loss: 'weight' }, 'nobody'),
  RoughCleaved: of({ 'pieces.*.weight': 'weight', loss: 'weight' }, 'nobody'),
  StoneBroken: of({ 'pieces.*.weight': 'weight', loss: 'weight', cause: 'text' }, 'nobody'),
  PolishedDiamondProduced: of({ weight: 'weight', name: 'text?', ...stone }, 'nobody'),
  ManufacturingLossRecorded: of({ weight: 'weight' }, 'stater'),
  ManufacturingClosed: of({}, 'stater'),
  StoneBruted: of({ weightAfter: 'weight' }, 'stater'),
  StoneBlocked: of({ weightAfter: 'weight' }, 'stater'),
  StoneRecut: of(rework, 'nobody'),
  StoneRepolished: of(rework, 'nobody'),
  GradingReportIssued: of({ weight: 'weight', cut: 'text?', ...stone }, 'nobody'),
  LaserInscriptionApplied: of({ text: 'text' }, 'stater'),
  LaserInscriptionVerified: of({ method: 'text' }, 'stater'),
  LaserInscriptionRemoved: of({ reason: 'text' }, 'stater'),
  TreatmentDisclosed: of({ note: 'text?' }, 'officer'),
  LaboratoryGrownDetected: of({ instrument: 'text', finding: 'text?', grownIn: 'text?' }, 'nobody'),
  RoughCleaned: of({ weightBefore: 'weight', weightAfter: 'weight', method: 'text' }, 'stater'),
  RoughValued: of(
    { valuer: 'text', priceBook: 'text', value: 'money', perCarat: 'money?' },
    'stater',
  ),
  StateControlPassed: of({ actNo: 'text', actDate: 'day' }, 'stater'),
  UniqueStoneDesignated: of({ decree: 'text', decisionNo: 'text' }, 'stater'),
  StateOfferMade: of({ price: 'money?' }, 'stater'),
  IdentitySplit: of({ weight: 'weight', reason: 'text' }, 'nobody'),
  IdentityMergeAgreed: of({ reason: 'text' }, 'stater'),

  ProductionLotRecovered: of(
    { mineId: 'text', plant: 'text?', from: 'when', to: 'when', ...content },
    'stater',
  ),
  ParcelHistoryOpened: of({ origin: 'origin', basis: 'text', ...content }, 'stater'),
  ParcelSorted: of({ ...parts, loss: 'weight' }, 'nobody'),
  ParcelSplit: of(parts, 'nobody'),
  StoneSingledOut: of({ weight: 'weight', colour: 'text?', dimensionsMm: 'text?' }, 'nobody'),
  PolishedParcelProduced: of({ ...content, assortment: 'text?' }, 'nobody'),
  ParcelScreened: of(
    { instrument: 'text', standard: 'text', sampleSize: 'count', referrals: 'count' },
    'stater',
  ),

  CustodyReleased: of({ weight: 'weight?', sealNo: 'text?' }, 'stater'),
  CustodyAccepted: of({ weight: 'weight?' }, 'officer'),
  CustodyRefused: of({ reason: 'text' }, 'officer'),
  CustodyReleaseWithdrawn: of({ reason: 'text' }, 'stater'),
  OfferedForSale: of({ lotNo: 'text?', reserve: 'money?' }, 'stater'),
  OfferWithdrawn: of({ reason: 'text' }, 'stater'),
  LotAwarded: of({ price: 'money?', invoiceNo: 'text?' }, 'officer'),
  AwardEnded: of({ reason: 'text' }, 'officer'),
  InvoiceIssued: of({ price: 'money', terms: 'text?' }, 'officer'),
  WarrantyGiven: of({}, 'officer'),
  TitleTransferred: of({ price: 'money?', invoiceNo: 'text?' }, 'officer'),
  MemoIssued: of({ price: 'money?', filingRef: 'text?' }, 'officer'),
  MemoExtended: of({ dueOn: 'day' }, 'officer'),
  MemoReturned: of({}, 'officer'),
  MemoConvertedToSale: of({}, 'officer'),
  MemoExpired: of({}, 'officer'),
  PledgeRegistered: of({ filingRef: 'text', amount: 'money?' }, 'officer'),
  PledgeConsentGiven: of({}, 'stater'),
  PledgeReleased: of({}, 'officer'),
  PledgeEnforced: of({}, 'officer'),
  LossReported: of(loss as Correctable['fields'], 'stater'),
  TheftReported: of({ ...loss, policeRef: 'text' } as Correctable['fields'], 'stater'),
  Recovered: of({ policeRef: 'text?', condition: 'text?' }, 'officer'),
  Seized: of({ reason: 'text' }, 'officer'),
  Forfeited: of({}, 'officer'),
  ReleasedFromSeizure: of({ reason: 'text' }, 'officer'),
  HoldPlaced: of({ reason: 'text', rule: 'text?', ruleVersion: 'text?' }, 'nobody'),
  HoldReleased: of({ reason: 'text' }, 'officer'),
  ComplianceDecisionRecorded: of({ rationale: 'text' }, 'stater'),
  PacketSealed: of({ sealNo: 'text', containerNo: 'text?' }, 'stater'),
  PacketSealVerified: of({}, 'stater'),
  PacketSealBreachFound: of({ foundNo: 'text?', finding: 'text' }, 'stater'),
  PacketUnsealed: of({ reason: 'text' }, 'stater'),
  GoodsClassified: of({ hs: 'text' }, 'stater'),
  OriginEvidenceAttached: of({}, 'stater'),
  OriginContested: of({ ground: 'text', origin: 'origin?' }, 'stater'),
  OriginContestResolved: of({ ground: 'text' }, 'nobody'),

  JewelleryItemMade: of(
    { description: 'text', fineness: 'count', grossMg: 'count', makersMark: 'text?' },
    'stater',
  ),
  RetailSold: of({ price: 'money?' }, 'officer'),
  ReturnedByCustomer: of({ reason: 'text?' }, 'officer'),
  Repurchased: of({ price: 'money?', reference: 'text?' }, 'officer'),
};

/** What may be corrected of an event and who may annul it; `undefined`: nothing and nobody. */
export function correctableOf(type: LedgerEvent['type']): Correctable | undefined {
  return table[type];
}

/** The kind of value at a path of the statement, as `data.pieces.0.weight`; `undefined`: fixed. */
export function kindAt(type: LedgerEvent['type'], path: string) {
  const { fields } = correctableOf(type) ?? {};
  if (!fields) return undefined;
  if (path === 'at') return 'when';
  if (path === 'place') return 'place?';
  if (!path.startsWith('data.')) return undefined;
  const pattern = path.slice(5).replaceAll(/(?<=\.)(?:0|[1-9]\d{0,3})(?=\.)/g, '*');
  return Object.hasOwn(fields, pattern) ? fields[pattern] : undefined;
}
