import type { GoodsClassified } from '#events/classification';
import type { Draft } from '#events/event';
import { factsOf } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { needPartyOr } from '#libs/trade/holder';
import type { ClassifyGoods } from '#libs/trade/trade-command';
import type { TradedGoods } from '#libs/trade/traded-goods';

/** Throws `not-holder`, and `hs-differs` for a heading that such goods cannot be under. */
export function classify(
  command: ClassifyGoods,
  { holding, headings }: Pick<TradedGoods, 'holding' | 'headings'>,
): Draft<GoodsClassified> {
  const { meta, hs } = command;
  needPartyOr(meta, holding, 'authority');
  if (!headings.includes(hs)) {
    throw new Refused('hs-differs', `such goods are not under ${hs}`, {
      field: 'hs',
      known: headings,
    });
  }
  return { type: 'GoodsClassified', data: factsOf(command) };
}
