import type { ShippedGoods } from '#events/shipment';
import { lookedUp } from '#libs/certificate/certificate-standing';
import { refusalCodes } from '#libs/decider/codes';
import { Refused } from '#libs/decider/decider';
import type { PackingKnown } from '#libs/shipment/shipment-command';
import { parcelError } from '#libs/trade/weight';

/** Throws unless every one of the goods is there, free, under such a heading and of that weight. */
export function checkPacking(
  goods: readonly ShippedGoods[],
  known: PackingKnown | undefined,
): PackingKnown {
  const found = lookedUp(known);
  if (new Set(goods.map(({ stream }) => stream)).size !== goods.length) {
    throw new Refused('goods-differ', 'goods are named twice', { field: 'goods' });
  }
  goods.forEach(({ stream, hs, mct }, n) => {
    const field = `goods.${n}`;
    const seen = found.goods.find((each) => each.stream === stream);
    if (!seen) throw new Refused('goods-differ', `there is no ${stream}`, { field });
    if (seen.refusal) {
      const why = refusalCodes[seen.refusal];
      throw new Refused(seen.refusal, `${stream} cannot be packed. ${why}`, {
        field,
        goods: stream,
      });
    }
    if (seen.shipment !== null) {
      throw new Refused('goods-packed', `${stream} is in shipment ${seen.shipment}`, { field });
    }
    if (!seen.hs.includes(hs)) {
      throw new Refused('hs-differs', `${stream} is not under ${hs}`, { field: `${field}.hs` });
    }
    if (!Number.isSafeInteger(mct) || mct < 1) {
      throw new Refused('bad-weight', `${field}.mct is no weight`, { field: `${field}.mct` });
    }
    const { min, max } = seen.weight;
    const toleranceMct = parcelError(seen.weight);
    if (mct < min - toleranceMct || mct > max + toleranceMct) {
      throw new Refused('weight-differs', `${stream} cannot weigh ${mct} mct`, {
        field: `${field}.mct`,
        toleranceMct,
      });
    }
  });
  return found;
}
