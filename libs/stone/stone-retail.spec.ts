import { describe, expect, it } from '@jest/globals';
import type { StoneEvent } from '#events/stone';
import { fold } from '#libs/decider/decider';
import { unknownOrigin } from '#libs/origin/origin';
import { stone } from '#libs/stone/stone';
import { as, given, mct, stated } from '#test/support/given';

const graff = as('graff', ['jeweller']);
const history = (form: 'rough' | 'polished') =>
  stated('graff', {
    type: 'HistoryOpened' as const,
    data: { form, weight: mct(1_000), origin: unknownOrigin, owner: 'graff', basis: 'stock' },
  });
const sale = { receiptNo: 'R-1001', buyerRef: 'c-7f3a91b2' };
const sell = { type: 'SellAtRetail', ...sale, meta: graff } as const;
const sold: StoneEvent = stated('graff', { type: 'RetailSold' as const, data: sale });
const polished = (...more: readonly StoneEvent[]) => given(stone)(history('polished'), ...more);

describe('a loose polished stone', () => {
  it('is sold to a consumer by its holder and owner', () => {
    polished().when(sell).thenRecorded({ type: 'RetailSold', data: sale });
    polished()
      .when({ ...sell, buyerRef: 'Ivan Ivanov' })
      .thenRefused('bad-pseudonym');
    polished()
      .when({ ...sell, price: { minor: -1, currency: 'USD' } })
      .thenRefused('bad-price');
    polished()
      .when({ ...sell, meta: as('graff', ['cutter']) })
      .thenRefused('role-needed');
    polished()
      .when({ ...sell, meta: as('kgk', ['dealer']) })
      .thenRefused('not-custodian');
    given(stone)(history('rough')).when(sell).thenRefused('not-polished');
  });

  it('is not sold while others have rights in it, nor twice', () => {
    const held = { holdNo: 'H', reason: 'asked', officer: 'o', ruleId: 'r', ruleVersion: '1' };
    polished(stated('graff', { type: 'HoldPlaced' as const, data: held }))
      .when(sell)
      .thenRefused('not-clear');
    const packed = { shipment: 's', cause: 'c' };
    polished(stated('graff', { type: 'GoodsPacked' as const, data: packed }))
      .when(sell)
      .thenRefused('goods-packed');
    polished(sold).when(sell).thenRefused('with-consumer');
  });

  it('does nothing until it comes back', () => {
    polished(sold)
      .when({ type: 'ReleaseCustody', to: 'kgk', purpose: 'vault', meta: graff })
      .thenRefused('with-consumer');
    polished(sold)
      .when({ type: 'NameStone', name: 'Star', meta: graff })
      .thenRefused('with-consumer');
  });

  it('comes back to its seller on the same receipt, or to a trader who buys it', () => {
    const back = { type: 'TakeBackFromCustomer', ...sale, meta: graff } as const;
    polished(sold).when(back).thenRecorded({ type: 'ReturnedByCustomer', data: sale });
    polished(sold)
      .when({ ...back, receiptNo: 'R-2' })
      .thenRefused('other-sale');
    polished(sold)
      .when({ ...back, meta: as('kgk', ['dealer']) })
      .thenRefused('not-your-act');
    polished().when(back).thenRefused('not-with-consumer');
    const buy = { type: 'BuyBack', sellerRef: 'c-11112222', meta: as('kgk', ['dealer']) } as const;
    const bought = { type: 'Repurchased' as const, data: { sellerRef: 'c-11112222' } };
    polished(sold).when(buy).thenRecorded(bought);
    polished().when(buy).thenRefused('not-with-consumer');
    expect(fold(stone, [history('polished'), sold, stated('kgk', bought)])).toMatchObject({
      sold: null,
      holding: { custodian: 'kgk', owner: 'kgk' },
    });
  });
});
