import type { Draft } from '#events/event';
import type { JewelleryEvent } from '#events/jewellery';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type {
  BuyBack,
  SellAtRetail,
  TakeBackFromCustomer,
} from '#libs/jewellery/jewellery-command';
import type { Item } from '#libs/jewellery/jewellery-state';
import { needUnbound } from '#libs/trade/bounds';
import { needCustody, needTitle } from '#libs/trade/holder';
import { checkPrice } from '#libs/trade/price';

/** No name, no address: only the seller can tell who it stands for. */
const pseudonym = /^[\w-]{8,64}$/;

/** To a consumer and back. A consumer is no party: nothing more happens until it comes back. */
export function decideRetail(
  command: SellAtRetail | TakeBackFromCustomer | BuyBack,
  item: Item,
): Draft<JewelleryEvent> {
  const { meta } = command;
  switch (command.type) {
    case 'SellAtRetail':
      needRole(meta, 'jeweller', 'dealer');
      needCustody(meta, item.holding);
      needTitle(meta, item.holding);
      needUnbound(item.holding);
      if (item.sold) throw new Refused('with-consumer', 'it is with a consumer');
      checkPseudonym(command.buyerRef, 'buyerRef');
      checkPrice(command.price, 'price');
      return { type: 'RetailSold', data: factsOf(command) };
    case 'TakeBackFromCustomer': {
      const { sold } = item;
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
    }
    case 'BuyBack':
      needRole(meta, 'jeweller', 'dealer');
      if (!item.sold) throw new Refused('not-with-consumer', 'it is not with a consumer');
      checkPseudonym(command.sellerRef, 'sellerRef');
      checkPrice(command.price, 'price');
      return { type: 'Repurchased', data: factsOf(command) };
  }
}

function checkPseudonym(text: string, field: string): void {
  if (pseudonym.test(text)) return;
  throw new Refused('bad-pseudonym', `${field} is no pseudonym`, { field });
}
