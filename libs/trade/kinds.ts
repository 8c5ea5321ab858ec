import type { TradeEvent } from '#events/trade';
import type { TradeCommand } from '#libs/trade/trade-command';

const commandTypes: Readonly<Record<TradeCommand['type'], true>> = {
  ReleaseCustody: true,
  AcceptCustody: true,
  RefuseCustody: true,
  WithdrawRelease: true,
  OfferForSale: true,
  WithdrawOffer: true,
  AwardLot: true,
  EndAward: true,
  IssueInvoice: true,
  GiveWarranty: true,
  TransferTitle: true,
  IssueMemo: true,
  ExtendMemo: true,
  ReturnMemo: true,
  ConvertMemo: true,
  ExpireMemo: true,
  RegisterPledge: true,
  ConsentToTransfer: true,
  ReleasePledge: true,
  EnforcePledge: true,
  ReportLoss: true,
  ReportTheft: true,
  ReportRecovery: true,
  SeizeGoods: true,
  ForfeitGoods: true,
  EndSeizure: true,
  PlaceHold: true,
  ReleaseHold: true,
  RecordDecision: true,
  SealPacket: true,
  VerifySeal: true,
  ReportSealBreach: true,
  UnsealPacket: true,
  AttachOriginEvidence: true,
  ContestOrigin: true,
  ResolveOriginContest: true,
  AttachEvidence: true,
  RevokeEvidence: true,
  ClassifyGoods: true,
};

const eventTypes: Readonly<Record<TradeEvent['type'], true>> = {
  CustodyReleased: true,
  CustodyAccepted: true,
  CustodyRefused: true,
  CustodyReleaseWithdrawn: true,
  WeightDiscrepancyRecorded: true,
  OfferedForSale: true,
  OfferWithdrawn: true,
  LotAwarded: true,
  AwardEnded: true,
  InvoiceIssued: true,
  WarrantyGiven: true,
  TitleTransferred: true,
  MemoIssued: true,
  MemoExtended: true,
  MemoReturned: true,
  MemoConvertedToSale: true,
  MemoExpired: true,
  PledgeRegistered: true,
  PledgeConsentGiven: true,
  PledgeReleased: true,
  PledgeEnforced: true,
  LossReported: true,
  TheftReported: true,
  Recovered: true,
  Seized: true,
  Forfeited: true,
  ReleasedFromSeizure: true,
  HoldPlaced: true,
  HoldReleased: true,
  ComplianceDecisionRecorded: true,
  PacketSealed: true,
  PacketSealVerified: true,
  PacketSealBreachFound: true,
  PacketUnsealed: true,
  GoodsPacked: true,
  PackingRefused: true,
  GoodsUnpacked: true,
  OriginEvidenceAttached: true,
  OriginContested: true,
  OriginContestResolved: true,
  OriginContestFollowed: true,
  EvidenceAttached: true,
  EvidenceRevoked: true,
  GoodsClassified: true,
};

export const tradeEventTypes = Object.keys(eventTypes) as readonly TradeEvent['type'][];

/** True for what may be asked of any goods; the rest is of one category. */
export function isTradeCommand<C extends Readonly<{ type: string }>>(
  command: C,
): command is Extract<C, TradeCommand> {
  return Object.hasOwn(commandTypes, command.type);
}

/** True for what may happen to any goods. */
export function isTradeEvent<E extends Readonly<{ type: string }>>(
  event: E,
): event is Extract<E, TradeEvent> {
  return Object.hasOwn(eventTypes, event.type);
}
