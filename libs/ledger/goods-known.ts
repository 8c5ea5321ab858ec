import type { RefusalCode } from '#libs/decider/codes';
import type { Item } from '#libs/jewellery/jewellery-state';
import { headingsOf as headingsOfParcel } from '#libs/parcel/parcel-goods';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { GoodsKnown } from '#libs/shipment/shipment-command';
import { headingsOf as headingsOfStone } from '#libs/stone/stone-goods';
import type { Stone } from '#libs/stone/stone-state';
import { standingOf } from '#libs/trade/bounds';
import { headings } from '#libs/trade/heading';
import type { Holding } from '#libs/trade/holding';
import { whyNotPacked } from '#libs/trade/packing';
import { leftOf } from '#libs/trade/weight';

/** Who asks, and the shipment that has the goods if it is to leave now. */
type Asking = Readonly<{ by: string; packedIn: string | undefined }>;

/** Milligrams to mct: a carat is 200 mg. */
const mctPerMg = 5;

/** What a shipment must know of goods: headings they may bear, weight, and why they may not go. */
export const goodsKnown = {
  stone(stream: string, state: Stone, asking: Asking): GoodsKnown {
    const { holding, consumed, setting } = state;
    return {
      stream,
      hs: bearing(headingsOfStone(state), holding),
      weight: leftOf(state.balance),
      ...standing(holding, consumed ? 'consumed' : setting ? 'set-in-item' : null, asking),
    };
  },

  parcel(stream: string, state: Parcel, asking: Asking): GoodsKnown {
    const { holding, consumed, goods } = state;
    return {
      stream,
      hs: bearing(headingsOfParcel(state), holding),
      weight: leftOf(goods.balance),
      ...standing(holding, consumed ? 'consumed' : null, asking),
    };
  },

  item(stream: string, state: Item, asking: Asking): GoodsKnown {
    const { made, holding, brokenUp, sold } = state;
    const mct = made.grossMg * mctPerMg;
    return {
      stream,
      hs: bearing(headings.article, holding),
      weight: { min: mct, max: mct },
      ...standing(holding, brokenUp ? 'broken-up' : sold ? 'with-consumer' : null, asking),
    };
  },
};

/** What was said of the goods counts, as long as such goods can be under it. */
function bearing(headings: readonly string[], { hs }: Holding): readonly string[] {
  return hs !== null && headings.includes(hs) ? [hs] : headings;
}

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
