import type { Stone } from '#libs/stone/stone-state';
import { checkFirstCall } from '#libs/stone/unique-stone';
import { headings } from '#libs/trade/heading';
import type { TradedGoods } from '#libs/trade/traded-goods';
import {
  bothErrors,
  canWeigh,
  checkWeight,
  heaviestStone,
  leftOf,
  weightOf,
} from '#libs/trade/weight';

/** A stone as the rules of the trade see it; under an order it may have become lighter. */
export function tradedStone(state: Stone): TradedGoods {
  const left = leftOf(state.balance);
  const possible = state.order ? { min: 0, max: left.max } : left;
  return {
    holding: state.holding,
    headings: headingsOf(state),
    weight: weightOf(left, 'reported'),
    isRough: isRough(state),
    isNatural: !state.laboratoryGrown && state.treatments.length === 0,
    fits: (weight) => {
      checkWeight(weight, 'weight', heaviestStone);
      return canWeigh(weight, possible, bothErrors(state.balance, weight));
    },
    mayPassTo: (party) => checkFirstCall(state, party),
  };
}

/** What it may be under as it is now. */
export function headingsOf(state: Stone): readonly string[] {
  if (isRough(state)) return state.laboratoryGrown ? headings.grownRough : headings.roughStone;
  return state.laboratoryGrown ? headings.grownPolished : headings.polished;
}

/** Unworked, or simply sawn, cleaved or bruted: what Kimberley calls rough (domain §1.1). */
export function isRough({ form, blocked }: Stone): boolean {
  return form !== 'polished' && !blocked;
}
