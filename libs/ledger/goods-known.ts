import type { RefusalCode } from '#libs/decider/codes';
import type { Item } from '#libs/jewellery/jewellery-state';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { GoodsKnown } from '#libs/shipment/shipment-command';
import type { Stone } from '#libs/stone/stone-state';
import { standingOf } from '#libs/trade/bounds';
import type { Holding } from '#libs/trade/holding';
import { whyNotPacked } from '#libs/trade/packing';
import { leftOf } from '#libs/trade/weight';

/** Who asks, and the shipment that has the goods if it is to leave now. */
type Asking = Readonly<{ by: string; packedIn: string | undefined }>;

const roughStone = ['710221', '710231'];
const roughParcel = ['710210', '710221', '710231'];
const polished = ['710239', '710229'];
const grownRough = ['710421'];
const grownPolished = ['710491'];
const articles = ['711311', '711319', '711320'];

/** Milligrams to mct: a carat is 200 mg. */
const mctPerMg = 5;

/** What a shipment must know of goods: headings they may bear, weight, and why they may not go. */
export const goodsKnown = {
  stone(stream: string, state: Stone, asking: Asking): GoodsKnown {
    const { form, blocked, laboratoryGrown, holding, consumed, setting } = state;
    const isRough = form !== 'polished' && !blocked;
    return {
      stream,
      hs: isRough
        ? laboratoryGrown
          ? grownRough
          : roughStone
        : laboratoryGrown
          ? grownPolished
          : polished,
      weight: leftOf(state.balance),
      ...standing(holding, consumed ? 'consumed' : setting ? 'set-in-item' : null, asking),
    };
  },

  parcel(stream: string, state: Parcel, asking: Asking): GoodsKnown {
    const { form, laboratoryGrown, holding, consumed, goods } = state;
    const natural = form === 'rough' ? roughParcel : polished;
    const grown = form === 'rough' ? grownRough : grownPolished;
    return {
      stream,
      hs: laboratoryGrown ? grown : natural,
      weight: leftOf(goods.balance),
      ...standing(holding, consumed ? 'consumed' : null, asking),
    };
  },

  item(stream: string, state: Item, asking: Asking): GoodsKnown {
    const { made, holding, brokenUp, sold } = state;
    const mct = made.grossMg * mctPerMg;
    return {
      stream,
      hs: articles,
      weight: { min: mct, max: mct },
      ...standing(holding, brokenUp ? 'broken-up' : sold ? 'with-consumer' : null, asking),
    };
  },
};

function standing(
  holding: Holding,
  over: RefusalCode | null,
  { by, packedIn }: Asking,
): Pick<GoodsKnown, 'shipment' | 'refusal'> {
  const { shipment } = holding;
  const isClear = standingOf(holding) === 'clear';
  const refusal =
    packedIn === undefined
      ? (whyNotPacked(holding, by) ?? null)
      : isClear
        ? null
        : ('not-clear' as const);
  return { shipment, refusal: over ?? refusal };
}
