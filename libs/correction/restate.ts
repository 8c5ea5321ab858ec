import type { FlagClosed, FlagEvent } from '#events/flag';
import type { JewelleryEvent } from '#events/jewellery';
import type { LedgerEvent } from '#events/ledger-event';
import type { ParcelEvent, ParcelSorted, ParcelSplit } from '#events/parcel';
import type { ApiKeyIssued, ApiKeyRevoked, PartyEvent } from '#events/party';
import type { ReportEvent } from '#events/report';
import type { ShipmentEvent } from '#events/shipment';
import type { StoneEvent } from '#events/stone';
import type { StateOfferMade, UniqueStoneDesignated } from '#events/unique-stone';

type RestatedEvent =
  | StoneEvent
  | ParcelEvent
  | JewelleryEvent
  | ShipmentEvent
  | ReportEvent
  | FlagEvent
  | Exclude<PartyEvent, ApiKeyIssued | ApiKeyRevoked>;

/** A command without what surrounds it. */
export type Said = Readonly<{ type: string }> & Readonly<Record<string, unknown>>;

/**
 * The command that states an event: its name, and the fields that the ledger added by itself; or a
 * function for the few that are not so simple. `null` for what a party never states alone.
 */
type Restating =
  | readonly [command: string, ...added: string[]]
  | ((event: RestatedEvent, id: string) => Said | undefined)
  | null;

const byPolicy = null;

const table: Readonly<Record<RestatedEvent['type'], Restating>> = {
  CustodyReleased: ['ReleaseCustody', 'from'],
  CustodyAccepted: ['AcceptCustody', 'from', 'to'],
  CustodyRefused: ['RefuseCustody', 'from', 'to'],
  CustodyReleaseWithdrawn: ['WithdrawRelease', 'to'],
  WeightDiscrepancyRecorded: byPolicy,
  OfferedForSale: ['OfferForSale'],
  OfferWithdrawn: ['WithdrawOffer'],
  LotAwarded: ['AwardLot', 'channel'],
  AwardEnded: ['EndAward', 'buyer'],
  InvoiceIssued: ['IssueInvoice', 'seller'],
  WarrantyGiven: ['GiveWarranty'],
  TitleTransferred: ['TransferTitle', 'from'],
  TitleShareTransferred: ['TransferShare', 'from', 'shares'],
  TitleContested: ['ContestTitle'],
  TitleContestResolved: ['ResolveTitleContest', 'passed'],
  MemoIssued: ['IssueMemo'],
  MemoExtended: ['ExtendMemo', 'memoNo'],
  MemoReturned: ['ReturnMemo', 'memoNo'],
  MemoConvertedToSale: ['ConvertMemo', 'memoNo', 'buyer'],
  MemoExpired: ['ExpireMemo', 'memoNo', 'dueOn'],
  PledgeRegistered: ['RegisterPledge'],
  PledgeConsentGiven: ['ConsentToTransfer'],
  CuttingConsentGiven: ['ConsentToCutting'],
  PledgeReleased: ['ReleasePledge'],
  PledgeEnforced: ['EnforcePledge'],
  LossReported: ['ReportLoss'],
  TheftReported: ['ReportTheft'],
  Recovered: ['ReportRecovery', 'from', 'custodian'],
  Seized: ({ data }) => {
    const { from, custodian, ...said } = data as Readonly<Record<string, unknown>>;
    return { type: 'SeizeGoods', ...said, inPlace: from === custodian };
  },
  Forfeited: ['ForfeitGoods', 'from'],
  ReleasedFromSeizure: ['EndSeizure', 'orderNo'],
  HoldPlaced: ['PlaceHold'],
  HoldReleased: ['ReleaseHold'],
  ComplianceDecisionRecorded: ['RecordDecision'],
  PacketSealed: ['SealPacket'],
  PacketSealVerified: ['VerifySeal'],
  PacketSealBreachFound: ['ReportSealBreach', 'sealNo'],
  PacketUnsealed: ['UnsealPacket', 'sealNo'],
  GoodsPacked: byPolicy,
  PackingRefused: byPolicy,
  GoodsUnpacked: byPolicy,
  GoodsTransited: byPolicy,
  GoodsCertified: byPolicy,
  GoodsDecertified: byPolicy,
  OriginEvidenceAttached: ['AttachOriginEvidence'],
  OriginContested: ['ContestOrigin'],
  OriginContestResolved: ['ResolveOriginContest', 'origin'],
  OriginContestFollowed: byPolicy,
  EvidenceAttached: ['AttachEvidence'],
  EvidenceRevoked: ['RevokeEvidence'],
  GoodsClassified: ['ClassifyGoods'],

  RoughDiamondRecovered: ['RecoverRough', 'mine'],
  HistoryOpened: ['OpenHistory'],
  StoneOpened: byPolicy,
  StoneNamed: ['NameStone'],
  OriginDeclared: ['DeclareOrigin'],
  RoughScanned: ['ScanRough'],
  RoughScanMatched: ['MatchRoughScan'],
  ManufacturingStarted: ['StartManufacturing'],
  CuttingPlanApproved: ['ApproveCuttingPlan'],
  RoughSawn: ['SawRough'],
  RoughCleaved: ['CleaveRough'],
  PolishedDiamondProduced: ['ProducePolished', 'n'],
  ManufacturingLossRecorded: ['RecordLoss'],
  ManufacturingClosed: ['CloseManufacturing', 'orderNo'],
  GradingReportIssued: ['IssueReport', 'laboratory', 'superseded'],
  StoneMatchedToReport: ['MatchReport'],
  ReportMismatchFound: ['FindReportMismatch'],
  LaserInscriptionApplied: ['InscribeStone'],
  LaserInscriptionVerified: ['VerifyInscription'],
  LaserInscriptionRemoved: ['RemoveInscription'],
  RoughCleaned: ['CleanRough'],
  RoughValued: ['ValueRough'],
  StateControlPassed: ['PassStateControl', 'authority'],
  StoneBruted: ['BruteStone'],
  StoneBlocked: ['BlockStone'],
  StoneBroken: ['BreakStone'],
  StoneRecut: ['RecutStone', 'superseded'],
  StoneRepolished: ['RepolishStone', 'superseded'],
  TreatmentDisclosed: ['DiscloseTreatment'],
  SubmittedToLaboratory: ['SubmitToLaboratory'],
  ReturnedFromLaboratory: ['ReturnFromLaboratory', 'laboratory'],
  LaboratoryGrownDetected: ({ data }) => {
    const { part, ...said } = data as Readonly<{ part?: Readonly<{ content: unknown }> }>;
    if (!part) return { type: 'DetectLaboratoryGrown', ...said };
    return { type: 'TakeOutLaboratoryGrown', ...said, content: part.content };
  },
  UniqueStoneDesignated: ({ data }) => {
    const { decree, decisionNo, country = null, reliedOn } = data as UniqueStoneDesignated['data'];
    const known = { country, ...(reliedOn && { reliedOn }) };
    return { type: 'DesignateUnique', decree, decisionNo, known };
  },
  StateOfferMade: ({ data }) => {
    const { reliedOn, ...said } = data as StateOfferMade['data'];
    return { type: 'OfferToState', ...said, ...(!reliedOn && { known: { country: null } }) };
  },
  StateOfferDeclined: ['DeclineStateOffer', 'authority'],
  StoneSet: ['SetStone', 'weight', 'origin'],
  SettingReturned: byPolicy,
  StoneUnset: byPolicy,
  IdentityGivenUp: ['GiveUpIdentity', 'weight', 'origin'],
  IdentityMergeAgreed: ['AgreeToMerge'],
  IdentitiesMerged: byPolicy,
  IdentityMergeRefused: byPolicy,
  IdentityRestored: byPolicy,
  IdentitySplit: ['SplitIdentity', 'n'],

  ProductionLotRecovered: ['RecoverLot', 'mine'],
  ParcelHistoryOpened: ['OpenParcelHistory', 'sieves'],
  ParcelOpened: byPolicy,
  ParcelSorted: ({ data }) => ({ type: 'SortParcel', ...unnumbered(data) }),
  ParcelSplit: ({ data }) => ({ type: 'SplitParcel', ...unnumbered(data) }),
  ParcelMixed: ['MixParcel', 'content', 'origin'],
  MixReceived: byPolicy,
  MixRefused: byPolicy,
  MixReturned: byPolicy,
  StoneSingledOut: ['SingleOutStone', 'n'],
  PolishedParcelProduced: ['ProducePolishedParcel', 'n', 'sieves'],
  ParcelScreened: ['ScreenParcel'],
  MeleeSet: ['SetMelee', 'origin', 'sieve'],
  MeleeReturned: byPolicy,

  JewelleryItemMade: ['MakeItem'],
  StoneTakenIn: byPolicy,
  StoneNotTakenIn: byPolicy,
  MeleeTakenIn: byPolicy,
  MeleeNotTakenIn: byPolicy,
  StoneLetGo: ['LetStoneGo', 'custodian', 'owner'],
  ItemBrokenUp: ['BreakUpItem', 'stones', 'custodian', 'owner'],
  HallmarkApplied: ({ data }) => {
    const { country, reliedOn, ...said } = data as Readonly<Record<string, unknown>>;
    return { type: 'ApplyHallmark', ...said, known: { country, reliedOn } };
  },
  HallmarkReturned: byPolicy,
  HallmarkRecognised: ({ data }) => {
    const { judgement: _, reliedOn, ...said } = data as Readonly<Record<string, unknown>>;
    return { type: 'RecogniseHallmark', ...said, known: { country: said['state'], reliedOn } };
  },
  UinAssigned: byPolicy,
  UinRefused: byPolicy,
  RetailSold: ['SellAtRetail'],
  ReturnedByCustomer: ['TakeBackFromCustomer'],
  Repurchased: ['BuyBack'],

  ShipmentCreated: ['CreateShipment', 'reliedOn'],
  GoodsLeftOut: byPolicy,
  CertificateAttached: ['AttachCertificate', 'reliedOn'],
  CertificateDetached: byPolicy,
  ContainerSealed: ['SealContainer'],
  SealVerified: ['VerifySeal'],
  SealBreachFound: ['ReportSealBreach', 'sealNo'],
  ExportDeclared: ['DeclareExport'],
  ImportDeclared: ['DeclareImport'],
  CustomsReleased: ['ReleaseByCustoms'],
  ShipmentDispatched: ['DispatchShipment', 'border', 'reliedOn'],
  TransitRecorded: ['RecordTransit', 'goods'],
  ShipmentArrived: ['ArriveShipment', 'findings', 'reliedOn'],
  ShipmentRejected: ['RejectShipment'],
  ReturnedToExporter: ['ReturnShipment'],
  ShipmentUnpacked: ['UnpackShipment', 'goods', 'reliedOn'],
  ShipmentQuarantined: byPolicy,
  QuarantineLifted: byPolicy,

  ReportOpened: byPolicy,
  ReportNumberReused: byPolicy,
  GradingReportSuperseded: ({ data }) =>
    'cause' in data ? undefined : { type: 'SupersedeReport', ...data },
  GradingReportWithdrawn: ['WithdrawReport'],
  ReportInHouse: ['FlagInHouse'],
  ReportQuoted: ['QuoteReport'],
  ReportCompared: byPolicy,

  FlagClosed: ({ data }) => {
    const { outcome, reason, reliedOn } = data as FlagClosed['data'];
    const streams = reliedOn.map(({ stream }) => stream);
    return { type: 'CloseFlag', outcome, reason, streams };
  },

  PartyRegistered: ['RegisterParty'],
  PartyRoleGranted: ['GrantRole'],
  PartyRoleWithdrawn: ['WithdrawRole'],
  ScreeningPerformed: ['ScreenParty'],
  OwnershipDeclared: ({ data }, partyId) => ({ type: 'DeclareOwnership', partyId, ...data }),
  DesignationRecorded: ['RecordDesignation'],
  DesignationEnded: ['EndDesignation'],
  AddressDeclared: ({ data }, partyId) => ({ type: 'DeclareAddress', partyId, ...data }),
};

/** What a party said so that the event came to be; `undefined` for what follows by policy. */
export function restated(event: LedgerEvent, id: string): Said | undefined {
  const how = howStated(event);
  if (how === null) return undefined;
  if (typeof how === 'function') return how(event as RestatedEvent, id);
  const [type, ...added] = how;
  const said = Object.entries(event.data).filter(([name]) => !added.includes(name));
  return { ...Object.fromEntries(said), ...ownId(type, id), type };
}

/** The fields of its data that the ledger added by itself, where the table names them. */
export function addedTo(event: LedgerEvent): readonly string[] {
  const how = howStated(event);
  if (how === null || typeof how === 'function') return [];
  const [, ...added] = how;
  return added;
}

function howStated({ type }: LedgerEvent): Restating {
  return Object.hasOwn(table, type) ? table[type as RestatedEvent['type']] : null;
}

/** Two commands name their own stream. */
function ownId(type: string, id: string) {
  if (type === 'GiveUpIdentity') return { stoneId: id };
  return type === 'MixParcel' ? { parcelId: id } : {};
}

function unnumbered(data: unknown) {
  const { parts, sieves: _, ...said } = data as (ParcelSorted | ParcelSplit)['data'];
  return { ...said, parts: parts.map(({ n: __, ...part }) => part) };
}
