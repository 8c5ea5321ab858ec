import type { Event } from '#events/event';
import type { Money, SaleChannel, Weight } from '#events/values';

/** Why goods left somebody's hands. */
export type CustodyPurpose =
  | 'sale'
  | 'carriage'
  | 'vault'
  | 'laboratory'
  | 'cutting'
  | 'memo'
  | 'customs'
  | 'repair'
  | 'return';

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

/** The goods are for sale. `lotNo` names them in a tender or auction. */
export type OfferedForSale = Event<
  'OfferedForSale',
  Readonly<{ channel: SaleChannel; lotNo?: string; reserve?: Money }>
>;

/** The offer ended with this buyer. Title moves by `TitleTransferred` only. */
export type LotAwarded = Event<
  'LotAwarded',
  Readonly<{ buyer: string; channel: SaleChannel; price?: Money; invoiceNo?: string }>
>;

/** Ownership moved. Custody does not move with it. */
export type TitleTransferred = Event<
  'TitleTransferred',
  Readonly<{
    from: string;
    to: string;
    basis: 'sale' | 'gift' | 'inheritance' | 'court' | 'set-off';
    price?: Money;
    invoiceNo?: string;
  }>
>;

/** What may happen to a stone and to a parcel alike. */
export type TradeEvent =
  | CustodyReleased
  | CustodyAccepted
  | CustodyRefused
  | OfferedForSale
  | LotAwarded
  | TitleTransferred;
