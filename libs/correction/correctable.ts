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
const rework = {
  weightBefore: 'weight',
  weightAfter: 'weight',
  reason: 'text',
  shape: 'text?',
  measurementsMm: 'text?',
} as const;
const grades = {
  cut: 'text?',
  polish: 'text?',
  symmetry: 'text?',
  fluorescence: 'text?',
} as const;
const deltas = { 'deltas.mct': 'integer?', 'deltas.micrometres.*': 'integer' } as const;
const content = { 'content.weight': 'weight', 'content.pieces': 'count?' } as const;
const parts = { 'parts.*.content.weight': 'weight', 'parts.*.content.pieces': 'count?' } as const;

const lines = { 'lines.*.mct': 'count' } as const;

const of = (fields: Correctable['fields'], annulledBy: Annuller): Correctable => ({
  fields,
  annulledBy,
});

const follows = 'it follows from another event: that one is corrected';
const answered = 'other streams answered it';
const paper = 'a certificate is amended before it is validated, then voided or replaced';
const doubt = 'an issuer answers a doubt by confirming or dismissing it';
const role = 'roles are granted and withdrawn';
const key = 'keys are issued and revoked';

/**
 * What parties state and may have misread. Parties, ids, numbers of papers and how many parts there
 * are are no fields: others act by them. Of what is neither corrected nor annulled stands why not.
 */
const table: Readonly<Record<LedgerEvent['type'], Correctable | string>> = {
  PartyRegistered: of({ name: 'text', country: 'text', gln: 'text?', aliases: 'texts?' }, 'nobody'),
  PartyRoleGranted: role,
  PartyRoleWithdrawn: role,
  ApiKeyIssued: key,
  ApiKeyRevoked: key,
  ScreeningPerformed: of({ list: 'text', listDate: 'day' }, 'stater'),
  OwnershipDeclared: of(
    {
      'shareholders.*.name': 'text',
      'shareholders.*.country': 'text?',
      'shareholders.*.ppm': 'count',
    },
    'stater',
  ),
  DesignationRecorded: of({ list: 'text', from: 'day', citation: 'text' }, 'stater'),
  DesignationEnded: of({ list: 'text', from: 'day', citation: 'text' }, 'stater'),
  AddressDeclared: of({ lines: 'texts' }, 'stater'),
  RuleBookAdopted: 'another version is adopted, and one before it may be again',
  FlagClosed: of({ reason: 'text' }, 'stater'),

  RoughDiamondRecovered: of(
    { mineId: 'text', plant: 'text?', weight: 'weight', colour: 'text?', dimensionsMm: 'text?' },
    'stater',
  ),
  HistoryOpened: of({ weight: 'weight', origin: 'origin', basis: 'text' }, 'stater'),
  StoneOpened: follows,
  StoneNamed: of({ name: 'text', language: 'text?' }, 'stater'),
  OriginDeclared: of({ origin: 'origin' }, 'stater'),
  RoughScanned: of({ deviceId: 'text?' }, 'stater'),
  RoughScanMatched: of({ scorePpm: 'count?', tolerancePpm: 'count?' }, 'stater'),
  ManufacturingStarted: of({ factory: 'text?', craftsmen: 'count?' }, 'stater'),
  CuttingPlanApproved: of({}, 'stater'),
  RoughSawn: of({ 'pieces.*.weight': 'weight', loss: 'weight' }, 'nobody'),
  RoughCleaved: of({ 'pieces.*.weight': 'weight', loss: 'weight' }, 'nobody'),
  StoneBroken: of({ 'pieces.*.weight': 'weight', loss: 'weight', cause: 'text' }, 'nobody'),
  PolishedDiamondProduced: of(
    { weight: 'weight', name: 'text?', planNo: 'text?', ...stone },
    'nobody',
  ),
  ManufacturingLossRecorded: of({ weight: 'weight' }, 'stater'),
  ManufacturingClosed: of({}, 'stater'),
  StoneBruted: of({ weightAfter: 'weight' }, 'stater'),
  StoneBlocked: of({ weightAfter: 'weight' }, 'stater'),
  StoneRecut: of(rework, 'nobody'),
  StoneRepolished: of(rework, 'nobody'),
  GradingReportIssued: of({ weight: 'weight', ...grades, ...stone }, 'nobody'),
  StoneMatchedToReport: of({ method: 'text', ...deltas }, 'nobody'),
  ReportMismatchFound: of({ finding: 'text', ...deltas }, 'nobody'),
  SubmittedToLaboratory: of({ service: 'text' }, 'nobody'),
  ReturnedFromLaboratory: 'the next hand-over says who has it',
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
  StateOfferDeclined: of({ decisionNo: 'text' }, 'stater'),
  StoneSet: answered,
  SettingReturned: follows,
  StoneUnset: follows,
  IdentityGivenUp: answered,
  IdentitiesMerged: follows,
  IdentityMergeRefused: follows,
  IdentityRestored: follows,
  IdentitySplit: of({ weight: 'weight', reason: 'text' }, 'nobody'),
  IdentityMergeAgreed: of({ reason: 'text' }, 'stater'),

  ProductionLotRecovered: of(
    {
      mineId: 'text',
      plant: 'text?',
      from: 'when',
      to: 'when',
      minSieveUm: 'count?',
      ...content,
    },
    'stater',
  ),
  ParcelHistoryOpened: of({ origin: 'origin', basis: 'text', ...content }, 'stater'),
  ParcelOpened: follows,
  ParcelMixed: answered,
  MixReceived: follows,
  MixRefused: follows,
  MixReturned: follows,
  MeleeSet: of(content, 'nobody'),
  MeleeReturned: follows,
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
  WeightDiscrepancyRecorded: 'the acceptance that it was found in is corrected',
  CustodyRefused: of({ reason: 'text' }, 'officer'),
  CustodyReleaseWithdrawn: of({ reason: 'text' }, 'stater'),
  OfferedForSale: of({ lotNo: 'text?', reserve: 'money?' }, 'stater'),
  OfferWithdrawn: of({ reason: 'text' }, 'stater'),
  LotAwarded: of({ price: 'money?', invoiceNo: 'text?' }, 'officer'),
  AwardEnded: of({ reason: 'text' }, 'officer'),
  InvoiceIssued: of(
    { price: 'money', weight: 'weight?', 'line.no': 'count', 'line.of': 'count', terms: 'text?' },
    'officer',
  ),
  WarrantyGiven: of({}, 'officer'),
  TitleTransferred: of({ price: 'money?', invoiceNo: 'text?' }, 'officer'),
  TitleShareTransferred: of({ price: 'money?', invoiceNo: 'text?' }, 'officer'),
  TitleContested: of({ ground: 'text' }, 'stater'),
  TitleContestResolved: of({ ground: 'text' }, 'officer'),
  MemoIssued: of({ price: 'money?', filingRef: 'text?' }, 'officer'),
  MemoExtended: of({ dueOn: 'day' }, 'officer'),
  MemoReturned: of({}, 'officer'),
  MemoConvertedToSale: of({}, 'officer'),
  MemoExpired: of({}, 'officer'),
  PledgeRegistered: of({ filingRef: 'text', amount: 'money?' }, 'officer'),
  PledgeConsentGiven: of({}, 'stater'),
  CuttingConsentGiven: of({}, 'stater'),
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
  GoodsPacked: follows,
  PackingRefused: follows,
  GoodsUnpacked: follows,
  GoodsTransited: follows,
  GoodsCertified: follows,
  GoodsDecertified: follows,
  EvidenceAttached: of({ validFrom: 'day?', validTo: 'day?' }, 'stater'),
  EvidenceRevoked: of({ from: 'day', reason: 'text' }, 'stater'),
  OriginEvidenceAttached: of({}, 'stater'),
  OriginContested: of({ ground: 'text', origin: 'origin?' }, 'stater'),
  OriginContestResolved: of({ ground: 'text' }, 'nobody'),
  OriginContestFollowed: follows,

  JewelleryItemMade: of(
    { description: 'text', fineness: 'count', grossMg: 'count', makersMark: 'text?' },
    'stater',
  ),
  StoneTakenIn: follows,
  StoneNotTakenIn: follows,
  MeleeTakenIn: follows,
  MeleeNotTakenIn: follows,
  StoneLetGo: answered,
  ItemBrokenUp: answered,
  HallmarkApplied: of({ mark: 'text', fineness: 'count' }, 'nobody'),
  HallmarkReturned: follows,
  HallmarkRecognised: of({}, 'stater'),
  UinAssigned: follows,
  UinRefused: follows,
  RetailSold: of({ price: 'money?' }, 'officer'),
  ReturnedByCustomer: of({ reason: 'text?' }, 'officer'),
  Repurchased: of({ price: 'money?', reference: 'text?' }, 'officer'),

  KpCertificateIssued: paper,
  KpCertificateAmended: paper,
  KpCertificateValidated: paper,
  KpCertificateUsed: follows,
  KpCertificateUseRefused: follows,
  ImportConfirmedToExporter: 'the exporting authority was told of it',
  KpCertificateVoided: 'the number is spent: another certificate is issued',
  KpCertificateReplaced: 'the number is spent: another certificate is issued',
  CertificateForgerySuspected: doubt,
  CertificateForgeryConfirmed: 'it is final',
  CertificateForgeryDismissed: 'a paper is doubted again',

  ShipmentCreated: of(
    { from: 'text', to: 'text', 'goods.*.mct': 'count', parcels: 'count', incoterm: 'text?' },
    'nobody',
  ),
  GoodsLeftOut: follows,
  CertificateAttached: answered,
  CertificateDetached: follows,
  ContainerSealed: of({ sealNo: 'text', containerNo: 'text?' }, 'stater'),
  SealVerified: of({}, 'stater'),
  SealBreachFound: of({ foundNo: 'text?', finding: 'text' }, 'stater'),
  ExportDeclared: of({ office: 'text', ...lines }, 'stater'),
  ImportDeclared: of({ office: 'text', ...lines }, 'stater'),
  CustomsReleased: of({ office: 'text' }, 'officer'),
  ShipmentDispatched: of({ carrier: 'text', waybill: 'text?' }, 'officer'),
  TransitRecorded: of({ country: 'text', office: 'text?', sealNo: 'text?' }, 'nobody'),
  ShipmentArrived: of({ parcels: 'count', mct: 'count?', sealNo: 'text?' }, 'officer'),
  ShipmentRejected: of({ reason: 'text' }, 'officer'),
  ReturnedToExporter: of({ reason: 'text?' }, 'officer'),
  ShipmentUnpacked: of({ reason: 'text?' }, 'nobody'),
  ShipmentQuarantined: follows,
  QuarantineLifted: follows,

  ReportOpened: follows,
  ReportNumberReused: follows,
  GradingReportSuperseded: of({ reason: 'text' }, 'stater'),
  GradingReportWithdrawn: of({ reason: 'text' }, 'stater'),
  ReportInHouse: of({}, 'stater'),
  ReportQuoted: of({ reference: 'text?' }, 'stater'),
  ReportCompared: follows,

  RecordCorrected: 'a correction is annulled, or made again',
  EventAnnulled: 'an annulment is annulled',
};

/**
 * What may be corrected of an event and who may annul it; `undefined`: nothing and nobody. Of what
 * a party or a policy may have said, what a policy said follows.
 */
export function correctableOf({ type, data }: LedgerEvent): Correctable | undefined {
  if (type === 'GradingReportSuperseded' && data.cause !== undefined) return undefined;
  const found = table[type];
  return typeof found === 'string' ? undefined : found;
}

/** Why an event is neither corrected nor annulled. */
export function whyFixed({ type }: LedgerEvent): string {
  const found = table[type];
  return typeof found === 'string' ? found : follows;
}

/** The kind of value at a path of the statement, as `data.pieces.0.weight`; `undefined`: fixed. */
export function kindAt(event: LedgerEvent, path: string) {
  const { fields } = correctableOf(event) ?? {};
  if (!fields) return undefined;
  if (path === 'at') return 'when';
  if (path === 'place') return 'place?';
  if (!path.startsWith('data.')) return undefined;
  const pattern = path.slice(5).replaceAll(/(?<=\.)(?:0|[1-9]\d{0,3})(?=\.|$)/g, '*');
  return Object.hasOwn(fields, pattern) ? fields[pattern] : undefined;
}
