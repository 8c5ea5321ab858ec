import type { RetailEvent } from '#events/retail';
import type { CommandMeta } from '#libs/decider/decider';

type Said<C extends string, E extends RetailEvent['type']> = Readonly<{
  type: C;
  meta: CommandMeta;
}> &
  Extract<RetailEvent, { type: E }>['data'];

/** The holder and owner sells it to a consumer; the seller takes it back; a trader buys it from one. */
export type RetailCommand =
  | Said<'SellAtRetail', 'RetailSold'>
  | Said<'TakeBackFromCustomer', 'ReturnedByCustomer'>
  | Said<'BuyBack', 'Repurchased'>;
