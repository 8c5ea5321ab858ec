import type { Draft } from '#events/event';
import type { TradeEvent } from '#events/trade';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { needUndisputed } from '#libs/trade/bounds';
import { checkOther, needTitle } from '#libs/trade/holder';
import type { Holding } from '#libs/trade/holding';
import { checkConsideration, checkPrice } from '#libs/trade/price';
import { needPassable } from '#libs/trade/title';
import type {
  IssueInvoice,
  OfferForSale,
  SaleCommand,
  TransferTitle,
} from '#libs/trade/trade-command';
import type { TradedGoods } from '#libs/trade/traded-goods';
import { warrantiesOf, warrantyOf } from '#libs/trade/warranty';

/** More lines than one invoice has. */
const mostLines = 10_000;

/** Offers, awards, invoices and title: all of them the owner's, but for an end of an award. */
export function decideSale(command: SaleCommand, goods: TradedGoods): Draft<TradeEvent> {
  const { meta } = command;
  const { holding } = goods;
  switch (command.type) {
    case 'OfferForSale':
      needMandate(command, holding);
      needUndisputed(holding);
      needNoAward(holding);
      checkPrice(command.reserve, 'reserve');
      return { type: 'OfferedForSale', data: factsOf(command) };
    case 'WithdrawOffer':
      needMandate(command, holding);
      if (holding.offer === null) throw notOffered();
      return { type: 'OfferWithdrawn', data: factsOf(command) };
    case 'AwardLot':
      needTitle(meta, holding);
      needUndisputed(holding);
      checkOther(meta, command.buyer, 'buyer');
      checkPrice(command.price, 'price');
      if (holding.offer === null) throw notOffered();
      return { type: 'LotAwarded', data: { channel: holding.offer, ...factsOf(command) } };
    case 'EndAward': {
      const { buyer } = holding;
      if (buyer !== meta.by) needTitle(meta, holding);
      if (buyer === null) throw new Refused('not-awarded', 'the goods are awarded to nobody');
      return { type: 'AwardEnded', data: { buyer, ...factsOf(command) } };
    }
    case 'IssueInvoice': {
      const { buyer, market, warranties } = command;
      needTitle(meta, holding);
      needUndisputed(holding);
      checkOther(meta, buyer, 'buyer');
      checkPrice(command.price, 'price');
      checkBuyer(buyer, 'buyer', holding);
      checkLine(command, goods);
      if (market === 'retail' && goods.isRough) {
        throw new Refused('not-polished', 'no consumer buys rough: the trade warrants it', {
          field: 'market',
        });
      }
      const given = warrantiesOf(warranties, meta, goods, 'invoice', market === 'trade');
      const data = { ...factsOf(command), seller: meta.by, warranties: given };
      return { type: 'InvoiceIssued', data };
    }
    case 'GiveWarranty': {
      needTitle(meta, holding);
      checkOther(meta, command.to, 'to');
      const warranty = warrantyOf(command.warranty, meta, goods, command.paper, 'warranty');
      return { type: 'WarrantyGiven', data: { ...factsOf(command), warranty } };
    }
    case 'TransferTitle':
      return transfer(command, goods);
  }
}

/** The owner may offer its goods, and so may the consignee it let have them to find a buyer. */
function needMandate({ meta }: Pick<OfferForSale, 'meta'>, holding: Holding): void {
  const { memo } = holding;
  if (memo && !memo.expired && memo.consignee === meta.by) return;
  needTitle(meta, holding);
}

function needNoAward({ buyer }: Holding): void {
  if (buyer === null) return;
  throw new Refused('award-stands', `the goods are awarded to ${buyer}`);
}

function notOffered(): Refused {
  return new Refused('not-offered', 'there is no open offer');
}

function transfer(command: TransferTitle, goods: TradedGoods): Draft<TradeEvent> {
  const { meta, to, basis } = command;
  const { holding } = goods;
  const isByAuthority = (basis === 'court' || basis === 'inheritance') && meta.by !== holding.owner;
  if (isByAuthority) needOrder(command, holding);
  else needTitle(meta, holding);
  const from = holding.owner ?? meta.by;
  if (to === from) checkOther({ ...meta, by: from }, to, 'to');
  checkConsideration(command);
  if (basis === 'sale') checkBuyer(to, 'to', holding);
  if (holding.memo && !isByAuthority) {
    throw new Refused('on-memo', `the goods are on memo with ${holding.memo.consignee}`);
  }
  needPassable(goods, to);
  return { type: 'TitleTransferred', data: { from, ...factsOf(command) } };
}

/** A court or notary passes the title of another by an order, which is named. */
function needOrder({ meta, basis }: TransferTitle, holding: Holding): void {
  if (!meta.roles.includes('authority')) needTitle(meta, holding);
  needRole(meta, 'authority');
  if (holding.shares.length > 0) needTitle(meta, holding);
  if (holding.owner === null) {
    throw new Refused('title-unknown', 'nobody is known to hold the title', { by: meta.by });
  }
  if (meta.documents?.some(({ sha256 }) => sha256 !== undefined)) return;
  throw new Refused('document-needed', `a transfer by ${basis} names its order and its hash`, {
    field: 'documents',
  });
}

function checkBuyer(party: string, field: string, { buyer }: Holding): void {
  if (buyer === null || buyer === party) return;
  throw new Refused('not-the-buyer', `the goods are awarded to ${buyer}`, { field, party });
}

/** What an invoice says of these goods among others: they weigh that, and the lines are counted. */
function checkLine({ weight, line }: IssueInvoice, goods: TradedGoods): void {
  if (weight && !goods.fits(weight)) {
    throw new Refused('weight-differs', `the goods cannot weigh ${weight.mct} mct`, {
      field: 'weight',
      mct: weight.mct,
    });
  }
  if (!line) return;
  const { no, of } = line;
  if ([no, of].every(Number.isSafeInteger) && no >= 1 && no <= of && of <= mostLines) return;
  throw new Refused('bad-invoice-line', `there is no line ${no} of ${of}`, { field: 'line' });
}
