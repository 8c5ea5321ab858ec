import type { Cast, Party } from '#apps/cli/generate/cast';
import { cutRough, takeScan } from '#apps/cli/generate/cutting-story';
import { roughColour } from '#apps/cli/generate/grading';
import { countryOf, pickMine } from '#apps/cli/generate/mine';
import { atDay, day, daysLater, hour } from '#apps/cli/generate/moment';
import { type Random, randomOf } from '#apps/cli/generate/random';
import { type Lot, illustrative, sellLot, sellOn } from '#apps/cli/generate/rough-story';
import { type Goods, type Script, type Step, paper, scriptOf } from '#apps/cli/generate/script';
import { withSlips } from '#apps/cli/generate/slips';
import { weighed } from '#apps/cli/generate/trade-story';

/** A month of one mine: `stones` followed singly, begun at a second since 1970. */
export type Consignment = Readonly<{ n: number; stones: number; begins: number }>;

/** Stones of 10.8 ct and more are picked out at the mine (domain §3). */
const lightestSpecial = 10_800;

/** Everything that happens to the goods of one consignment, in the order the ledger hears of it. */
export function consignmentSteps(
  cast: Cast,
  tag: string,
  seed: string,
  { n, stones, begins }: Consignment,
): readonly Step[] {
  const random = randomOf(`${seed}/${n}`);
  const script = scriptOf(random, n);
  const mine = pickMine(random, begins - 60 * day, begins + 60 * day);
  const producer = cast.producerOf(mine);
  const specials = Array.from({ length: stones }, () => random.chance(0.05)).filter(Boolean).length;
  const lot: Lot = {
    id: `${tag}-lot-${n}`,
    mine,
    producer,
    stones: Array.from({ length: stones - specials }, () => usualWeight(random)),
  };
  if (lot.stones.length > 0) {
    const other = random.chance(0.12) ? companion(cast, lot, random, begins) : null;
    sellLot(script, cast, lot, other, begins);
  }
  for (let i = 1; i <= specials; i++) {
    const id = `${tag}-special-${n}-${i}`;
    special(script, cast, { ...lot, id }, daysLater(random, begins, 1, 20));
  }
  return withSlips(random, script.steps());
}

/** A lot of a mine in another country. */
function companion(cast: Cast, lot: Lot, random: Random, begins: number): Lot | null {
  const mine = pickMine(random, begins - 60 * day, begins + 90 * day);
  if (countryOf(mine) === countryOf(lot.mine)) return null;
  const stones = [usualWeight(random), usualWeight(random), usualWeight(random)];
  return { id: `${lot.id}-b`, mine, producer: cast.producerOf(mine), stones };
}

/** Recovered alone, scanned at the mine, sold singly, then cut. */
function special(script: Script, cast: Cast, { id, mine, producer: by }: Lot, at: number): void {
  const { random } = script;
  const mct = Math.round(lightestSpecial * (1 + random.logNormal(0.5, 0.8)));
  const goods: Goods = { category: 'stone', id, mct, from: [by.country] };
  script.stone(
    id,
    { by, at, when: atDay(at), documents: [illustrative] },
    {
      type: 'RecoverRough',
      mineId: mine.id,
      weight: weighed(mct),
      colour: roughColour(random),
    },
  );
  const scannedAt = daysLater(random, at, 1, 10);
  const scanId = takeScan(script, goods, by, scannedAt);
  const document = paper(random, 'mine-record', `MR-${id}`, by, scannedAt);
  const record = { type: 'AttachOriginEvidence', kind: 'mine-record', document } as const;
  const countries = [by.country];
  script.trade(goods, { by, at: scannedAt + 2 * hour }, { ...record, countries });
  if (mct > 50_000) {
    const namedAt = daysLater(random, scannedAt, 1, 5);
    script.stone(id, { by, at: namedAt }, { type: 'NameStone', name: `Generated ${id}` });
  }
  const offeredAt =
    by.country === 'RU' && mct >= 50_000
      ? firstCall(script, cast, goods, by, scannedAt)
      : scannedAt;
  const cutter = cast.cutter(random, by.country);
  const heldAt = sellOn(script, cast, goods, by, cutter, daysLater(random, offeredAt, 6, 30));
  cutRough(script, cast, { goods, cutter, owner: cutter, scanId }, daysLater(random, heldAt, 1, 9));
}

/** Designated unique and offered to the state, which does not buy. Answers when it declined. */
function firstCall(script: Script, cast: Cast, goods: Goods, owner: Party, at: number): number {
  const { random } = script;
  const state = cast.authority(owner.country);
  const designatedAt = daysLater(random, at, 6, 20);
  const offeredAt = daysLater(random, designatedAt, 2, 20);
  const declinedAt = daysLater(random, offeredAt, 10, 60);
  const decree = 'Resolution 102 of 2016-02-15';
  const [decisionNo, reply] = [`U-${script.count()}`, `U-${script.count()}`];
  const { id } = goods;
  script.stone(
    id,
    { by: state, at: designatedAt },
    { type: 'DesignateUnique', decree, decisionNo },
  );
  script.stone(id, { by: owner, at: offeredAt }, { type: 'OfferToState', to: state.id });
  script.stone(id, { by: state, at: declinedAt }, { type: 'DeclineStateOffer', decisionNo: reply });
  return declinedAt;
}

/** Rough worth following singly: 0.5 ct up to the special sizes, mostly 1 to 3 ct. */
function usualWeight(random: Random): number {
  const mct = Math.round(random.logNormal(1_600, 0.6));
  return Math.min(lightestSpecial - 1, Math.max(500, mct));
}
