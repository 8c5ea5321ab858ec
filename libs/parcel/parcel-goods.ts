import { contentOf } from '#libs/parcel/parcel-content';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { RoughGoods } from '#libs/trade/rough';
import type { TradedGoods } from '#libs/trade/traded-goods';
import { canWeigh, checkWeight, heaviestParcel, leftOf, parcelError } from '#libs/trade/weight';

/** A parcel as the rules of the trade see it; under an order it may have become lighter. */
export function tradedParcel({
  goods,
  holding,
  form,
  order,
  laboratoryGrown,
}: Parcel): TradedGoods {
  const left = leftOf(goods.balance);
  const possible = order ? { min: 0, max: left.max } : left;
  return {
    holding,
    weight: contentOf(goods).weight,
    isRough: form === 'rough',
    isNatural: !laboratoryGrown,
    fits: (weight) => {
      checkWeight(weight, 'weight', heaviestParcel);
      return canWeigh(weight, possible, 2 * parcelError(left));
    },
    mayPassTo: () => undefined,
  };
}

export function roughParcel(state: Parcel): RoughGoods {
  const { balance } = state.goods;
  return {
    traded: tradedParcel(state),
    balance,
    error: parcelError(leftOf(balance)),
    orderNo: state.order?.orderNo ?? null,
  };
}
