import type {
  MemoConvertedToSale,
  PledgeConsentGiven,
  PledgeEnforced,
  PledgeRegistered,
} from '#events/encumbrance';
import type { GoodsClassified } from '#events/classification';
import type { EvidenceAttached, EvidenceRevoked } from '#events/evidence';
import type {
  OriginContestResolved,
  OriginContested,
  OriginEvidenceAttached,
} from '#events/origin-claim';
import type { OriginDeclared } from '#events/stone';
import type {
  PacketSealBreachFound,
  PacketSealVerified,
  PacketSealed,
  PacketUnsealed,
} from '#events/packet-seal';
import type {
  ComplianceDecisionRecorded,
  HoldPlaced,
  HoldReleased,
  LossReported,
  Recovered,
  ReleasedFromSeizure,
  TheftReported,
} from '#events/standing';
import type { TitleContestResolved, TitleContested, TitleShareTransferred } from '#events/title';
import type { CustodyPurpose, InvoiceIssued, TitleTransferred, WarrantyGiven } from '#events/trade';
import type { Money, SaleChannel, Warranty, Weight } from '#events/values';
import type { Command, CommandMeta } from '#libs/decider/decider';

/** A command that says what an event says, less what the ledger knows by itself. */
type Stating<T extends string, D> = Command<T> & D;

/** A statement to be given; the ledger adds the hash of the text. */
export type WarrantyWanted = Omit<Warranty, 'textSha256' | 'data'>;

/** The custodian lets go; possession moves only when `to` accepts. `weight` is its own weighing. */
export type ReleaseCustody = Readonly<{
  type: 'ReleaseCustody';
  to: string;
  purpose: CustodyPurpose;
  weight?: Weight;
  sealNo?: string;
  meta: CommandMeta;
}>;

/** The named party takes possession. `weight` is what it weighed. */
export type AcceptCustody = Readonly<{
  type: 'AcceptCustody';
  weight?: Weight;
  meta: CommandMeta;
}>;

/** The named party does not take the goods; possession stays where it was. */
export type RefuseCustody = Readonly<{ type: 'RefuseCustody'; reason: string; meta: CommandMeta }>;

/** The custodian takes its own release back. */
export type WithdrawRelease = Stating<'WithdrawRelease', Readonly<{ reason: string }>>;

/** The owner, or the consignee of a memo, puts the goods up for sale; the latest offer counts. */
export type OfferForSale = Readonly<{
  type: 'OfferForSale';
  channel: SaleChannel;
  lotNo?: string;
  reserve?: Money;
  meta: CommandMeta;
}>;

/** The owner takes the open offer back. */
export type WithdrawOffer = Stating<'WithdrawOffer', Readonly<{ reason: string }>>;

/** The owner ends the open offer with a buyer. */
export type AwardLot = Readonly<{
  type: 'AwardLot';
  buyer: string;
  price?: Money;
  invoiceNo?: string;
  meta: CommandMeta;
}>;

/** The owner, or the buyer, ends the award without a sale. */
export type EndAward = Stating<'EndAward', Readonly<{ reason: string }>>;

/** The owner invoices the goods; in the trade with the warranty that was valid that day. */
export type IssueInvoice = Stating<
  'IssueInvoice',
  Omit<InvoiceIssued['data'], 'seller' | 'warranties'> &
    Readonly<{ warranties: readonly WarrantyWanted[] }>
>;

/** The owner gives a statement apart, for a paper that it names. */
export type GiveWarranty = Stating<
  'GiveWarranty',
  Omit<WarrantyGiven['data'], 'warranty'> & Readonly<{ warranty: WarrantyWanted }>
>;

/**
 * The owner passes title on; custody stays where it is. By `court` and `inheritance` an authority
 * may state it, with the document it rests on.
 */
export type TransferTitle = Readonly<{
  type: 'TransferTitle';
  to: string;
  basis: Exclude<TitleTransferred['data']['basis'], 'enforcement'>;
  price?: Money;
  invoiceNo?: string;
  meta: CommandMeta;
}>;

/** A party that holds the title, or a share of it, passes `ppm` of the whole on. */
export type TransferShare = Stating<
  'TransferShare',
  Omit<TitleShareTransferred['data'], 'from' | 'shares'>
>;

/** Any party but the owner says, on a paper, that the title is its own. */
export type ContestTitle = Stating<'ContestTitle', TitleContested['data']>;

/** An authority decides the contest, or the claimant withdraws it. */
export type ResolveTitleContest = Stating<
  'ResolveTitleContest',
  Omit<TitleContestResolved['data'], 'passed'>
>;

/** The owner lets the consignee have the goods; in its hands, they are released to it at once. */
export type IssueMemo = Stating<
  'IssueMemo',
  Readonly<{
    memoNo: string;
    consignee: string;
    dueOn: string;
    price?: Money;
    filingRef?: string;
    warranties: readonly WarrantyWanted[];
  }>
>;
export type ExtendMemo = Stating<'ExtendMemo', Readonly<{ dueOn: string }>>;

/** The consignee gives the goods back, or the owner, who has them again, ends the memo. */
export type ReturnMemo = Command<'ReturnMemo'>;

/** The owner sells to the consignee: the title moves with it. */
export type ConvertMemo = Stating<
  'ConvertMemo',
  Omit<MemoConvertedToSale['data'], 'memoNo' | 'buyer'>
>;

/** The owner or the consignee states that the due day passed without a return. */
export type ExpireMemo = Command<'ExpireMemo'>;

/** The owner pledges the goods. */
export type RegisterPledge = Stating<'RegisterPledge', PledgeRegistered['data']>;
/** The lender lets the title move to one party. */
export type ConsentToTransfer = Stating<'ConsentToTransfer', PledgeConsentGiven['data']>;
/** The lender lets the goods be cut or divided; its pledge goes on to the parts. */
export type ConsentToCutting = Stating<'ConsentToCutting', Readonly<{ pledgeNo: string }>>;
export type ReleasePledge = Stating<'ReleasePledge', Readonly<{ pledgeNo: string }>>;
/** The lender takes its security; `to` is left out when it takes the title itself. */
export type EnforcePledge = Stating<
  'EnforcePledge',
  Omit<PledgeEnforced['data'], 'to'> & Readonly<{ to?: string }>
>;

/** The custodian or the owner reports the goods missing. */
export type ReportLoss = Stating<'ReportLoss', LossReported['data']>;
export type ReportTheft = Stating<'ReportTheft', TheftReported['data']>;
/** The custodian, the owner or an authority has the goods in its hands again. */
export type ReportRecovery = Stating<
  'ReportRecovery',
  Omit<Recovered['data'], 'from' | 'custodian'>
>;

/** An authority seizes the goods; it has them from then on unless they stay in place. */
export type SeizeGoods = Stating<
  'SeizeGoods',
  Readonly<{ orderNo: string; reason: string; inPlace?: boolean }>
>;
/** An authority orders that seized goods become the property of `to`. */
export type ForfeitGoods = Stating<'ForfeitGoods', Readonly<{ orderNo: string; to: string }>>;
/** The authority that seized the goods lets them go. */
export type EndSeizure = Stating<'EndSeizure', Omit<ReleasedFromSeizure['data'], 'orderNo'>>;

/** The custodian, the owner, an authority or the operator stops the goods. */
export type PlaceHold = Stating<'PlaceHold', HoldPlaced['data']>;
/** The party that placed the hold, or an authority, lifts it: by another officer. */
export type ReleaseHold = Stating<'ReleaseHold', HoldReleased['data']>;
export type RecordDecision = Stating<'RecordDecision', ComplianceDecisionRecorded['data']>;

/** The custodian seals the packet. */
export type SealPacket = Stating<'SealPacket', PacketSealed['data']>;
/** The custodian, the receiver or an authority looked at the seal: it is whole. */
export type VerifySeal = Stating<'VerifySeal', PacketSealVerified['data']>;
/** The custodian, the receiver or an authority looked at the seal: it is not whole or another. */
export type ReportSealBreach = Stating<
  'ReportSealBreach',
  Omit<PacketSealBreachFound['data'], 'sealNo'>
>;
export type UnsealPacket = Stating<'UnsealPacket', Omit<PacketUnsealed['data'], 'sealNo'>>;

/** The custodian or the owner puts a paper behind the origin. */
export type AttachOriginEvidence = Stating<'AttachOriginEvidence', OriginEvidenceAttached['data']>;
/**
 * The custodian or the owner claims a mining origin. Each category takes it itself, as the origin of
 * goods is part of its own state.
 */
export type DeclareOrigin = Stating<'DeclareOrigin', OriginDeclared['data']>;
/** Any party says that the recorded origin is wrong. */
export type ContestOrigin = Stating<'ContestOrigin', OriginContested['data']>;
/**
 * An authority decides the contest, or the claimant withdraws it. `reached` is the ledger's: how
 * many streams of what came of the goods it reaches.
 */
export type ResolveOriginContest = Stating<
  'ResolveOriginContest',
  Omit<OriginContestResolved['data'], 'origin'>
>;

/** The custodian, the owner or an authority puts a paper on file that import measures ask for. */
export type AttachEvidence = Stating<'AttachEvidence', EvidenceAttached['data']>;
/**
 * Who put it on file, an authority or the operator says that it counts no longer: from the day
 * `from` on, left out, from the day of the act.
 */
export type RevokeEvidence = Stating<
  'RevokeEvidence',
  Omit<EvidenceRevoked['data'], 'from'> & Readonly<{ from?: string }>
>;

/** The custodian, the owner or an authority says under which heading the goods are. */
export type ClassifyGoods = Stating<'ClassifyGoods', GoodsClassified['data']>;

export type CustodyCommand = ReleaseCustody | AcceptCustody | RefuseCustody | WithdrawRelease;

export type SaleCommand =
  OfferForSale | WithdrawOffer | AwardLot | EndAward | IssueInvoice | GiveWarranty | TransferTitle;

export type MemoCommand = IssueMemo | ExtendMemo | ReturnMemo | ConvertMemo | ExpireMemo;

export type TitleCommand = TransferShare | ContestTitle | ResolveTitleContest;

export type PledgeCommand =
  RegisterPledge | ConsentToTransfer | ConsentToCutting | ReleasePledge | EnforcePledge;

export type StandingCommand =
  | ReportLoss
  | ReportTheft
  | ReportRecovery
  | SeizeGoods
  | ForfeitGoods
  | EndSeizure
  | PlaceHold
  | ReleaseHold
  | RecordDecision;

export type PacketSealCommand = SealPacket | VerifySeal | ReportSealBreach | UnsealPacket;

export type OriginClaimCommand = AttachOriginEvidence | ContestOrigin | ResolveOriginContest;

export type EvidenceCommand = AttachEvidence | RevokeEvidence;

/** What a party may ask of a stone, a parcel and a piece of jewellery alike. */
export type TradeCommand =
  | CustodyCommand
  | SaleCommand
  | TitleCommand
  | MemoCommand
  | PledgeCommand
  | StandingCommand
  | PacketSealCommand
  | OriginClaimCommand
  | EvidenceCommand
  | ClassifyGoods;
