import type { GoodsClassified } from '#events/classification';
import type { MemoEvent, PledgeEvent } from '#events/encumbrance';
import type { Event } from '#events/event';
import type { EvidenceEvent } from '#events/evidence';
import type { OriginClaimEvent } from '#events/origin-claim';
import type { PacketSealEvent } from '#events/packet-seal';
import type { PackingEvent } from '#events/packing';
import type { StandingEvent } from '#events/standing';
import type { TitleEvent } from '#events/title';
import type { Money, SaleChannel, Warranty, Weight } from '#events/values';

/** Why goods left somebody's hands. `authority` is the police, a court or another authority. */
export type CustodyPurpose =
  | 'sale'
  | 'carriage'
  | 'vault'
  | 'laboratory'
  | 'cutting'
  | 'memo'
  | 'customs'
  | 'repair'
  | 'return'
  | 'authority';

/** First of the two acts that move possession: the holder lets go, `to` has still to accept. */
export type CustodyReleased = Event<
  'CustodyReleased',
  Readonly<{ from: string; to: string; purpose: CustodyPurpose; weight?: Weight; sealNo?: string }>
>;

/** Second act: possession moved. `weight` is what the receiver weighed. */
export type CustodyAccepted = Event<
  'CustodyAccepted',
  Readonly<{ from: string; to: string; weight?: Weight }>
>;

/** Second act, the other way: possession stays with `from`. */
export type CustodyRefused = Event<
  'CustodyRefused',
  Readonly<{ from: string; to: string; reason: string }>
>;

/** The holder took its release back before it was answered. */
export type CustodyReleaseWithdrawn = Event<
  'CustodyReleaseWithdrawn',
  Readonly<{ to: string; reason: string }>
>;

/** The receiver took the goods, but they do not weigh what the ledger says they weigh. */
export type WeightDiscrepancyRecorded = Event<
  'WeightDiscrepancyRecorded',
  Readonly<{ from: string; to: string; expected: Weight; weight: Weight }>
>;

/** The goods are for sale. `lotNo` names them in a tender or auction. */
export type OfferedForSale = Event<
  'OfferedForSale',
  Readonly<{ channel: SaleChannel; lotNo?: string; reserve?: Money }>
>;

/** The offer ended without a buyer. */
export type OfferWithdrawn = Event<'OfferWithdrawn', Readonly<{ reason: string }>>;

/** The offer ended with this buyer. Title moves by `TitleTransferred` only. */
export type LotAwarded = Event<
  'LotAwarded',
  Readonly<{ buyer: string; channel: SaleChannel; price?: Money; invoiceNo?: string }>
>;

/** The award fell: the buyer did not pay or stepped back, and the goods may be offered again. */
export type AwardEnded = Event<'AwardEnded', Readonly<{ buyer: string; reason: string }>>;

/** Which line of the invoice it is, counted from 1, and of how many. */
export type InvoiceLine = Readonly<{
  /** @asType integer */
  no: number;
  /** @asType integer */
  of: number;
}>;

/**
 * The holder of the title invoiced the goods. `trade` is one business to another and carries the
 * System of Warranties statement (domain I10); `retail` is to a consumer. An invoice of several goods
 * is recorded on each of them under one number: `price`, `weight` and `line` are those of its line.
 */
export type InvoiceIssued = Event<
  'InvoiceIssued',
  Readonly<{
    invoiceNo: string;
    seller: string;
    buyer: string;
    market: 'trade' | 'retail';
    price: Money;
    weight?: Weight;
    line?: InvoiceLine;
    terms?: string;
    warranties: readonly Warranty[];
  }>
>;

/** A statement given apart from an invoice or memo of the ledger, for a paper it names. */
export type WarrantyGiven = Event<
  'WarrantyGiven',
  Readonly<{ to: string; paper: 'invoice' | 'memo'; paperNo: string; warranty: Warranty }>
>;

/**
 * Ownership moved. Custody does not move with it. `enforcement` follows a pledge; a forfeiture is
 * told by `Forfeited`.
 */
export type TitleTransferred = Event<
  'TitleTransferred',
  Readonly<{
    from: string;
    to: string;
    basis: 'sale' | 'gift' | 'inheritance' | 'court' | 'set-off' | 'enforcement';
    price?: Money;
    invoiceNo?: string;
  }>
>;

export type CustodyEvent =
  | CustodyReleased
  | CustodyAccepted
  | CustodyRefused
  | CustodyReleaseWithdrawn
  | WeightDiscrepancyRecorded;

export type SaleEvent =
  | OfferedForSale
  | OfferWithdrawn
  | LotAwarded
  | AwardEnded
  | InvoiceIssued
  | WarrantyGiven
  | TitleTransferred;

/** What may happen to a stone, a parcel and a piece of jewellery alike. */
export type TradeEvent =
  | CustodyEvent
  | SaleEvent
  | TitleEvent
  | MemoEvent
  | PledgeEvent
  | StandingEvent
  | PacketSealEvent
  | PackingEvent
  | OriginClaimEvent
  | EvidenceEvent
  | GoodsClassified;
