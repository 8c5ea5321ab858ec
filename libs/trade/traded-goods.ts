import type { Weight } from '#events/values';
import type { Holding } from '#libs/trade/holding';

/** What the rules of the trade must know of goods, whether stone, parcel or jewellery. */
export type TradedGoods = Readonly<{
  holding: Holding;
  /** Six digits of the Harmonised System that such goods may be under. */
  headings: readonly string[];
  /** What the ledger says they weigh. */
  weight: Weight;
  /** Rough for the Kimberley Process; the warranty of 2002 ended earlier for it. */
  isRough: boolean;
  /** Neither treated nor laboratory-grown, as far as is recorded. */
  isNatural: boolean;
  /** Whether the goods can weigh this, within errors of weighing. Throws `bad-weight`. */
  fits: (weight: Weight) => boolean;
  /** Throws when the title may not go to the party, whatever the trade says. */
  mayPassTo: (party: string) => void;
}>;
