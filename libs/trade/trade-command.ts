import type { CustodyPurpose, TitleTransferred } from '#events/trade';
import type { Money, SaleChannel, Weight } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';

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

/** The owner puts the goods up for sale; a later offer takes the place of an earlier one. */
export type OfferForSale = Readonly<{
  type: 'OfferForSale';
  channel: SaleChannel;
  lotNo?: string;
  reserve?: Money;
  meta: CommandMeta;
}>;

/** The owner ends the open offer with a buyer. */
export type AwardLot = Readonly<{
  type: 'AwardLot';
  buyer: string;
  price?: Money;
  invoiceNo?: string;
  meta: CommandMeta;
}>;

/** The owner passes title on; custody stays where it is. */
export type TransferTitle = Readonly<{
  type: 'TransferTitle';
  to: string;
  basis: TitleTransferred['data']['basis'];
  price?: Money;
  invoiceNo?: string;
  meta: CommandMeta;
}>;

/** What a party may ask of a stone and of a parcel alike. */
export type TradeCommand =
  ReleaseCustody | AcceptCustody | RefuseCustody | OfferForSale | AwardLot | TransferTitle;
