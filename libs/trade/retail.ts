import type { Draft } from '#events/event';
import type { RetailEvent } from '#events/retail';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { needUnbound } from '#libs/trade/bounds';
import { needCustody, needTitle } from '#libs/trade/holder';
import type { Holding } from '#libs/trade/holding';
import { heldBy } from '#libs/trade/holding';
import { checkPrice } from '#libs/trade/price';
import type { RetailCommand } from '#libs/trade/retail-command';

/** No name, no address: only the seller can tell who it stands for. */
const pseudonym = /^[\w-]{8,64}$/;

/** With a consumer: who sold it, on which receipt, to which pseudonym. */
export type Sold = Readonly<{ by: string; receiptNo: string; buyerRef: string }>;

export function isRetail<C extends Readonly<{ type: string }>>(
  command: C,
): command is Extract<C, RetailCommand> {
  return ['SellAtRetail', 'TakeBackFromCustomer', 'BuyBack'].includes(command.type);
}

/** Throws `with-consumer`: a consumer is no party, and nothing happens until it comes back. */
export function needInTrade(sold: Sold | null): void {
  if (sold) throw new Refused('with-consumer', 'it is with a consumer');
}

/** To a consumer and back. */
export function decideRetail(
  command: RetailCommand,
  { holding, sold }: Readonly<{ holding: Holding; sold: Sold | null }>,
): Draft<RetailEvent> {
  const { meta } = command;
  switch (command.type) {
    case 'SellAtRetail':
      needRole(meta, 'jeweller', 'dealer');
      needCustody(meta, holding);
      needTitle(meta, holding);
      needUnbound(holding);
      needInTrade(sold);
      checkPseudonym(command.buyerRef, 'buyerRef');
      checkPrice(command.price, 'price');
      return { type: 'RetailSold', data: factsOf(command) };
    case 'TakeBackFromCustomer':
      if (!sold) throw new Refused('not-with-consumer', 'it is not with a consumer');
      if (sold.by !== meta.by) {
        throw new Refused('not-your-act', `${sold.by} sold it`, { by: meta.by });
      }
      if (sold.receiptNo !== command.receiptNo || sold.buyerRef !== command.buyerRef) {
        throw new Refused('other-sale', 'receipt or pseudonym are of another sale', {
          field: 'receiptNo',
        });
      }
      return { type: 'ReturnedByCustomer', data: factsOf(command) };
    case 'BuyBack':
      needRole(meta, 'jeweller', 'dealer');
      if (!sold) throw new Refused('not-with-consumer', 'it is not with a consumer');
      checkPseudonym(command.sellerRef, 'sellerRef');
      checkPrice(command.price, 'price');
      return { type: 'Repurchased', data: factsOf(command) };
  }
}

function checkPseudonym(text: string, field: string): void {
  if (pseudonym.test(text)) return;
  throw new Refused('bad-pseudonym', `${field} is no pseudonym`, { field });
}

/** No rules here: the state of a sale after it; a holder of its own once it is back in the trade. */
export function afterRetail<S extends Readonly<{ holding: Holding; sold: Sold | null }>>(
  state: S,
  { type, data, meta }: RetailEvent,
): S {
  if (type !== 'RetailSold') return { ...state, sold: null, holding: heldBy(meta.by, meta.by) };
  const { receiptNo, buyerRef } = data;
  return { ...state, sold: { by: meta.by, receiptNo, buyerRef } };
}
