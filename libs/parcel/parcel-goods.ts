import { contentOf } from '#libs/parcel/parcel-content';
import type { Parcel } from '#libs/parcel/parcel-state';
import { headings } from '#libs/trade/heading';
import type { RoughGoods } from '#libs/trade/rough';
import type { TradedGoods } from '#libs/trade/traded-goods';
import {
  bothErrors,
  canWeigh,
  checkWeight,
  heaviestParcel,
  leftOf,
  parcelShare,
} from '#libs/trade/weight';

/** What it may be under as it is now. */
export function headingsOf({ form, laboratoryGrown }: Parcel): readonly string[] {
  if (form === 'rough') return laboratoryGrown ? headings.grownRough : headings.roughParcel;
  return laboratoryGrown ? headings.grownPolished : headings.polished;
}

/** A parcel as the rules of the trade see it; under an order it may have become lighter. */
export function tradedParcel(state: Parcel): TradedGoods {
  const { goods, holding, form, order, laboratoryGrown } = state;
  const left = leftOf(goods.balance);
  const possible = order ? { min: 0, max: left.max } : left;
  return {
    holding,
    headings: headingsOf(state),
    weight: contentOf(goods).weight,
    isRough: form === 'rough',
    isNatural: !laboratoryGrown,
    fits: (weight) => {
      checkWeight(weight, 'weight', heaviestParcel);
      return canWeigh(weight, possible, bothErrors(goods.balance, weight) + 2 * parcelShare(left));
    },
    mayPassTo: () => undefined,
  };
}

export function roughParcel(state: Parcel): RoughGoods {
  const { balance } = state.goods;
  return {
    traded: tradedParcel(state),
    balance,
    share: parcelShare(leftOf(balance)),
    orderNo: state.order?.orderNo ?? null,
  };
}
