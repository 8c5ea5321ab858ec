import type { LedgerEvent } from '#events/ledger-event';
import type { Weight } from '#events/values';
import { phrase } from '#projections/history/phrase';
import { some } from '#projections/history/words';

type Fields = {
  readonly [T in LedgerEvent['type']]?: readonly (keyof Extract<
    LedgerEvent,
    { type: T }
  >['data'])[];
};

/** What each event says that the sentence telling it leaves out. */
const fields: Fields = {
  ApiKeyIssued: ['label'],
  ApiKeyRevoked: ['reason'],
  CertificateForgeryConfirmed: ['shipment', 'goods'],
  CertificateForgeryDismissed: ['shipment', 'goods'],
  CertificateForgerySuspected: ['shipment', 'goods'],
  ContainerSealed: ['containerNo'],
  EvidenceAttached: ['document', 'paper'],
  ExportDeclared: ['lines', 'countriesOfMining'],
  Forfeited: ['from'],
  GoodsCertified: ['origin', 'validFrom'],
  GradingReportIssued: [
    'shape',
    'measurementsMm',
    'cut',
    'polish',
    'symmetry',
    'fluorescence',
    'superseded',
  ],
  GradingReportSuperseded: ['laboratory'],
  GradingReportWithdrawn: ['laboratory'],
  HallmarkApplied: ['fineness', 'judgement'],
  HallmarkRecognised: ['basis', 'judgement'],
  HistoryOpened: ['origin', 'owner'],
  HoldPlaced: ['ruleVersion'],
  IdentitiesMerged: ['survivor', 'origin'],
  IdentityGivenUp: ['weight', 'origin'],
  ImportConfirmedToExporter: ['number', 'importer', 'exporter', 'judgement'],
  ImportDeclared: ['lines', 'countriesOfMining'],
  InvoiceIssued: ['market', 'terms', 'warranties'],
  ItemBrokenUp: ['custodian', 'owner', 'shares'],
  JewelleryItemMade: ['makersMark'],
  KpCertificateAmended: [
    'origin',
    'zone',
    'issuedOn',
    'expiresOn',
    'exporter',
    'importer',
    'exportingCountry',
    'importingCountry',
    'lines',
    'totalValue',
    'parcels',
    'parcelNumbers',
    'tamperResistant',
    'securityFeatures',
    'characteristics',
    'judgement',
  ],
  KpCertificateIssued: [
    'zone',
    'issuedOn',
    'exporter',
    'importer',
    'lines',
    'totalValue',
    'parcels',
    'parcelNumbers',
    'tamperResistant',
    'securityFeatures',
    'characteristics',
    'replaces',
    'judgement',
  ],
  KpCertificateUsed: ['goods'],
  KpCertificateValidated: ['signatory', 'stampNo', 'containerNo', 'judgement'],
  LaboratoryGrownDetected: ['finding', 'part'],
  LossReported: ['lastSeen', 'policeRef', 'insurer'],
  LotAwarded: ['invoiceNo'],
  MeleeSet: ['origin', 'sieve'],
  MeleeTakenIn: ['origin', 'sieve'],
  MemoConvertedToSale: ['invoiceNo'],
  MemoIssued: ['filingRef', 'warranties'],
  MixReceived: ['custodian', 'owner', 'shares', 'origin', 'form', 'laboratoryGrown'],
  MixRefused: ['from'],
  MixReturned: ['content'],
  OriginContestFollowed: ['inherited', 'origin'],
  OriginContestResolved: ['origin'],
  OriginContested: ['contestNo', 'origin'],
  OriginDeclared: ['origin'],
  OriginEvidenceAttached: ['document'],
  OwnershipDeclared: ['shareholders'],
  PacketSealed: ['containerNo'],
  ParcelHistoryOpened: ['origin', 'owner', 'sieve'],
  ParcelMixed: ['origin'],
  ParcelOpened: [
    'custodian',
    'owner',
    'shares',
    'pledges',
    'origin',
    'assortment',
    'sieve',
    'form',
    'laboratoryGrown',
  ],
  ParcelScreened: ['note'],
  ParcelSorted: ['parts'],
  ParcelSplit: ['parts'],
  PartyRegistered: ['country', 'gln', 'aliases'],
  PolishedDiamondProduced: ['n', 'colour', 'clarity', 'measurementsMm'],
  PolishedParcelProduced: ['n', 'assortment'],
  ProductionLotRecovered: ['mine', 'plant'],
  Recovered: ['from', 'policeRef', 'condition'],
  ReportCompared: ['laboratory'],
  ReportNumberReused: ['laboratory'],
  ReportOpened: ['weight'],
  ReportQuoted: ['laboratory', 'reference'],
  Repurchased: ['sellerRef', 'reference'],
  RetailSold: ['buyerRef'],
  ReturnedByCustomer: ['buyerRef', 'reason'],
  ReturnedToExporter: ['reason'],
  RoughCleaved: ['loss', 'pieces'],
  RoughDiamondRecovered: ['mine', 'plant', 'dimensionsMm'],
  RoughSawn: ['loss', 'pieces'],
  RoughScanMatched: ['provider'],
  RoughScanned: ['scanSha256', 'deviceId'],
  RoughValued: ['perCarat'],
  ScreeningPerformed: ['resultSha256'],
  Seized: ['from', 'custodian'],
  ShipmentArrived: ['mct', 'sealNo'],
  ShipmentCreated: ['goods', 'parcels', 'incoterm'],
  ShipmentDispatched: ['waybill'],
  ShipmentQuarantined: ['goods'],
  ShipmentUnpacked: ['goods', 'reason'],
  StoneBroken: ['pieces'],
  StoneLetGo: ['custodian', 'owner', 'shares', 'reason'],
  StoneNamed: ['language'],
  StoneOpened: [
    'custodian',
    'owner',
    'shares',
    'pledges',
    'origin',
    'orderNo',
    'shape',
    'colour',
    'clarity',
    'measurementsMm',
    'treatments',
    'laboratoryGrown',
  ],
  StoneRecut: ['shape', 'measurementsMm', 'superseded'],
  StoneRepolished: ['shape', 'measurementsMm', 'superseded'],
  StoneSet: ['weight', 'origin'],
  StoneSingledOut: ['n', 'colour', 'dimensionsMm'],
  StoneTakenIn: ['position', 'origin'],
  StoneUnset: ['owner', 'shares'],
  TheftReported: ['lastSeen', 'insurer'],
  TitleContestResolved: ['passed'],
  TitleShareTransferred: ['invoiceNo'],
  TitleTransferred: ['invoiceNo'],
  TransitRecorded: ['office', 'sealNo', 'goods'],
  TreatmentDisclosed: ['note'],
  UniqueStoneDesignated: ['threshold', 'country'],
  WarrantyGiven: ['warranty'],
  WeightDiscrepancyRecorded: ['from'],
};

/**
 * What an event says besides the sentence that tells it, a phrase each: `cut Excellent`, `12 pieces`.
 * `null` when it says nothing more. Parties and mines by their ids; a weight of which nothing else is
 * said was weighed.
 */
export function detailsOf(event: LedgerEvent): readonly string[] | null {
  const data = event.data as Readonly<Record<string, unknown>>;
  const told: string[] = [];
  const { pieces } = (data['content'] ?? {}) as Readonly<{ pieces?: number }>;
  if (pieces !== undefined) told.push(some(pieces, 'piece'));
  const bases = new Set<string>();
  addBases(bases, data);
  for (const basis of bases) told.push(`weight as ${basis}`);
  for (const name of (fields[event.type] ?? []) as readonly string[]) {
    const value = data[name];
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) told.push(phrase(name, value));
  }
  return told.length === 0 ? null : told;
}

/** Where weights are known from that nobody weighed. */
function addBases(bases: Set<string>, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { mct, basis } = value as Partial<Weight>;
  if (mct !== undefined && basis !== undefined) {
    if (basis !== 'weighed') bases.add(basis);
    return;
  }
  for (const each of Object.values(value)) addBases(bases, each);
}
