import type { Cast, Party } from '#apps/cli/generate/cast';
import { day, dayOf, daysLater, hour } from '#apps/cli/generate/moment';
import type { Goods, Script } from '#apps/cli/generate/script';

const metals = [
  { metal: 'gold', fineness: 750 },
  { metal: 'gold', fineness: 585 },
  { metal: 'platinum', fineness: 950 },
] as const;

/** At the jeweller's: set and marked, or sold loose, or in stock. */
export function retail(
  script: Script,
  cast: Cast,
  goods: Goods,
  jeweller: Party,
  at: number,
): void {
  const { random } = script;
  if (random.chance(0.4)) return setAndSell(script, cast, goods, jeweller, at);
  if (!random.chance(0.3)) return;
  const soldAt = daysLater(random, at, 5, 200);
  const sale = saleOf(script);
  const by = jeweller;
  script.stone(goods.id, { by, at: soldAt }, { type: 'SellAtRetail', ...sale });
  if (!random.chance(0.05)) return;
  const backAt = daysLater(random, soldAt, 2, 14);
  script.stone(goods.id, { by, at: backAt }, { type: 'TakeBackFromCustomer', ...sale });
}

/** Made, the stone set, hallmarked by the office of the country, sold; some are broken up again. */
function setAndSell(script: Script, cast: Cast, goods: Goods, jeweller: Party, at: number): void {
  const { random } = script;
  const by = jeweller;
  const id = `${goods.id.replaceAll(/[.~]+/g, '-')}-j`;
  const madeAt = daysLater(random, at, 3, 60);
  const { metal, fineness } = random.pick(metals);
  const grossMg = random.int(2_000, 9_000) + Math.round(goods.mct / 5);
  const description = 'ring with one stone';
  script.item(id, { by, at: madeAt }, { type: 'MakeItem', description, metal, fineness, grossMg });
  const setAt = madeAt + 2 * hour;
  script.stone(goods.id, { by, at: setAt }, { type: 'SetStone', item: id, position: 'centre' });
  const markedAt = daysLater(random, setAt, 2, 15);
  const office = cast.authority(jeweller.country);
  const isNumbered = jeweller.country === 'RU' && dayOf(markedAt) >= '2022-03-01';
  const uin = `643${String(random.int(0, 9_999_999_999_999)).padStart(13, '0')}`;
  script.item(
    id,
    { by: office, at: markedAt },
    {
      type: 'ApplyHallmark',
      fineness,
      mark: `assay mark ${fineness}`,
      ...(isNumbered && { uin }),
    },
  );
  if (!random.chance(0.8)) {
    if (random.chance(0.1)) {
      const reason = 'remade; the stone is kept';
      script.item(id, { by, at: markedAt + 90 * day }, { type: 'BreakUpItem', reason });
    }
    return;
  }
  const soldAt = daysLater(random, markedAt, 3, 200);
  const sale = saleOf(script);
  script.item(id, { by, at: soldAt }, { type: 'SellAtRetail', ...sale });
  if (!random.chance(0.05)) return;
  const backAt = daysLater(random, soldAt, 2, 14);
  script.item(id, { by, at: backAt }, { type: 'TakeBackFromCustomer', ...sale });
}

function saleOf({ random }: Script) {
  return { receiptNo: `R-${random.int(10_000, 99_999)}`, buyerRef: `c-${random.hex(12)}` };
}
