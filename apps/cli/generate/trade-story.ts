import type { DocumentRef, Place } from '#events/event';
import type { CustodyPurpose } from '#events/trade';
import type { Money, SaleChannel, Weight } from '#events/values';
import type { Party } from '#apps/cli/generate/cast';
import { dayOf, daysLater, hour } from '#apps/cli/generate/moment';
import { type Goods, type Script, paper } from '#apps/cli/generate/script';

export type Sale = Readonly<{
  seller: Party;
  buyer: Party;
  channel: SaleChannel;
  /** US cents for a carat. */
  centsPerCarat: number;
  lotNo?: string;
}>;

export function weighed(mct: number): Weight {
  return { mct, qualifier: 'eq', basis: 'weighed' };
}

/** Offered, awarded, paid for: title moves, the goods stay where they are. Answers when. */
export function sell(script: Script, goods: Goods, sale: Sale, at: number): number {
  const { random } = script;
  const { seller, buyer, channel, lotNo } = sale;
  const price = priceOf(goods, sale);
  const invoiceNo = `INV-${random.int(100_000, 999_999)}`;
  const awardedAt = daysLater(random, at, 3, 21);
  const offer = { type: 'OfferForSale', channel, ...(lotNo && { lotNo }) } as const;
  script.trade(goods, { by: seller, at }, offer);
  if (random.chance(0.02)) {
    const reason = 'offered by another channel first';
    script.trade(goods, { by: seller, at: at + 5 * hour }, { type: 'WithdrawOffer', reason });
    script.trade(goods, { by: seller, at: at + 24 * hour }, offer);
  }
  const paidAt = daysLater(random, awardedAt, 1, 14);
  const billedAt = paidAt - 2 * hour;
  const invoice = paper(random, 'invoice', invoiceNo, seller, paidAt);
  script.trade(
    goods,
    { by: seller, at: awardedAt },
    { type: 'AwardLot', buyer: buyer.id, price, invoiceNo },
  );
  script.trade(
    goods,
    { by: seller, at: billedAt },
    {
      type: 'IssueInvoice',
      invoiceNo,
      buyer: buyer.id,
      market: 'trade',
      price,
      warranties: [warrantyOn(seller, billedAt)],
    },
  );
  script.trade(
    goods,
    { by: seller, at: paidAt, documents: [invoice] },
    { type: 'TransferTitle', to: buyer.id, basis: 'sale', price, invoiceNo },
  );
  return paidAt;
}

/** The System of Warranties as it was worded that day. */
export function warrantyOn(seller: Party, at: number) {
  return dayOf(at) < '2021-09-21'
    ? { version: 'WDC-2002' }
    : { version: 'WDC-2021', sowId: `SOW-${seller.id}`.slice(0, 60) };
}

export type Handing = Readonly<{
  from: Party;
  to: Party;
  purpose: CustodyPurpose;
  documents?: readonly DocumentRef[];
  /** Where it is released, when not where `from` works. */
  place?: Place;
}>;

/** Released by the one, accepted by the other some days later. Answers when it was accepted. */
export function hand(script: Script, goods: Goods, handing: Handing, at: number): number {
  const { random } = script;
  const { from, to, purpose, place = from.place } = handing;
  const documents = handing.documents ?? [
    paper(random, 'waybill', `AWB-${random.int(10_000_000, 99_999_999)}`, from, at),
  ];
  const release = {
    type: 'ReleaseCustody',
    to: to.id,
    purpose,
    weight: weighed(goods.mct),
    sealNo: `S${random.int(1_000_000, 9_999_999)}`,
  } as const;
  script.trade(goods, { by: from, at, place, documents }, release);
  let arrivedAt = daysLater(random, at, 1, from.country === to.country ? 2 : 9);
  if (random.chance(0.01)) {
    const reason = 'the seal was broken on arrival';
    script.trade(goods, { by: to, at: arrivedAt }, { type: 'RefuseCustody', reason });
    const again = daysLater(random, arrivedAt, 2, 5);
    script.trade(goods, { by: from, at: again, place, documents }, release);
    arrivedAt = daysLater(random, again, 1, 3);
  }
  const accept = { type: 'AcceptCustody', weight: weighed(goods.mct) } as const;
  script.trade(goods, { by: to, at: arrivedAt }, accept);
  return arrivedAt;
}

export function priceOf({ mct }: Goods, { centsPerCarat }: Pick<Sale, 'centsPerCarat'>): Money {
  return { minor: Math.max(100, Math.round((mct * centsPerCarat) / 1000)), currency: 'USD' };
}
