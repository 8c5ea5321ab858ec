import { Refused } from '#libs/decider/decider';
import { needUndisputed } from '#libs/trade/bounds';
import type { TradedGoods } from '#libs/trade/traded-goods';

/**
 * Throws when the title cannot go to `to` whoever asks: the goods are not clear, a lender has not
 * consented, or the goods themselves forbid it.
 */
export function needPassable({ holding, mayPassTo }: TradedGoods, to: string): void {
  needUndisputed(holding);
  const pledge = holding.pledges.find(({ consents }) => !consents.includes(to));
  if (pledge) {
    throw new Refused('pledged', `${pledge.lender} has not consented to a transfer to ${to}`, {
      field: 'to',
      pledgeNo: pledge.pledgeNo,
    });
  }
  mayPassTo(to);
}
