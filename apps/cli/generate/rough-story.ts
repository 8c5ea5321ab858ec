import type { PartWanted } from '#libs/parcel/parcel-command';
import { partId, singledOutId } from '#events/streams';
import type { SaleChannel } from '#events/values';
import type { Cast, Party } from '#apps/cli/generate/cast';
import { cutRough } from '#apps/cli/generate/cutting-story';
import { roughColour } from '#apps/cli/generate/grading';
import { cutMelee } from '#apps/cli/generate/melee-story';
import type { Mine } from '#apps/cli/generate/mine';
import { atDay, day, dayOf, daysLater, hour } from '#apps/cli/generate/moment';
import type { Goods, Script } from '#apps/cli/generate/script';
import { ship } from '#apps/cli/generate/shipping';
import { hand, priceOf, sell, weighed } from '#apps/cli/generate/trade-story';

/** A lot as planned; `stones` are the weights of those in its best box that count, in mct. */
export type Lot = Readonly<{
  id: string;
  mine: Mine;
  producer: Party;
  stones: readonly number[];
}>;

/** About seven tenths of rough goes under contract. */
const channels: readonly Readonly<{ weight: number; value: SaleChannel }>[] = [
  { weight: 70, value: 'long-term-contract' },
  { weight: 10, value: 'tender' },
  { weight: 6, value: 'auction' },
  { weight: 14, value: 'spot' },
];

/** What a lot is sorted into beside the box of followed stones; `share` is of the box's weight. */
const smaller = [
  { assortment: 'smalls', sieve: '-11+7', share: 0.9 },
  { assortment: 'melee', sieve: '-7+3', share: 0.7 },
  { assortment: 'industrial', sieve: '-3', share: 1.4 },
];

export const illustrative = { type: 'illustrative', number: 'generated' };

/**
 * Recovered, sorted, and the boxes sold; then the stones of the best box are cut. A dealer mixes
 * the best box of `other`, a lot of another mine, in first.
 */
export function sellLot(script: Script, cast: Cast, lot: Lot, other: Lot | null, at: number): void {
  const { random } = script;
  const { producer } = lot;
  const { box, rest, sortedAt } = sort(script, lot, at);
  for (const goods of rest) {
    if (random.chance(0.5)) sellRest(script, cast, goods, producer, sortedAt);
  }
  const cutter = cast.cutter(random, producer.country);
  if (!other && random.chance(0.65)) {
    const heldAt = sellOn(script, cast, box, producer, cutter, sortedAt);
    return cutBox(script, cast, lot, box, cutter, cutter, heldAt);
  }
  const dealer = cast.dealer(random);
  const boughtAt = sellOn(script, cast, box, producer, dealer, sortedAt);
  if (other) {
    const mixed = mix(script, cast, other, box, dealer, at, boughtAt);
    const heldAt = sellOn(script, cast, mixed.goods, dealer, cutter, mixed.at);
    return cutBox(script, cast, lot, mixed.goods, cutter, cutter, heldAt);
  }
  if (random.chance(0.3)) {
    const handing = { from: dealer, to: cutter, purpose: 'cutting' } as const;
    const heldAt = send(script, cast, box, handing, daysLater(random, boughtAt, 2, 20));
    return cutBox(script, cast, lot, box, cutter, dealer, heldAt);
  }
  const splitAt = daysLater(random, boughtAt, 3, 20);
  const taken = split(script, lot, box, dealer, splitAt);
  const heldAt = sellOn(script, cast, taken, dealer, cutter, splitAt);
  cutBox(script, cast, lot, taken, cutter, cutter, heldAt);
}

/** Rough that is followed stone by stone: the box, and smaller goods that stay parcels. */
export function sort(
  script: Script,
  { id, mine, producer: by, stones }: Lot,
  at: number,
): Readonly<{ box: Goods; rest: readonly Goods[]; sortedAt: number }> {
  const { random } = script;
  const boxMct = Math.round(sumOf(stones) * (1.1 + random.next()));
  const wanted: PartWanted[] = [
    {
      content: { weight: weighed(boxMct), pieces: stones.length * 2 + 1 },
      assortment: 'sawables and makeables',
      sieve: '+11',
    },
    ...smaller.map(({ assortment, sieve, share }) => ({
      content: { weight: weighed(Math.round(boxMct * share * (0.5 + random.next()))) },
      assortment,
      sieve,
    })),
  ];
  const outMct = sumOf(wanted.map(({ content }) => content.weight.mct));
  const loss = Math.round(outMct * 0.0005);
  const place = { country: by.country, mineId: mine.id };
  script.parcel(
    id,
    { by, at, when: atDay(at), place, documents: [illustrative] },
    {
      type: 'RecoverLot',
      mineId: mine.id,
      plant: `${mine.name} plant`,
      from: atDay(at - 30 * day),
      to: atDay(at - day),
      content: { weight: weighed(outMct + loss) },
    },
  );
  const sortedAt = daysLater(random, at, 5, 25);
  script.parcel(
    id,
    { by, at: sortedAt },
    { type: 'SortParcel', parts: wanted, loss: weighed(loss) },
  );
  const [box, ...rest] = wanted.map(({ content }, i): Goods => {
    const mct = content.weight.mct;
    return { category: 'parcel', id: partId(id, i + 1), mct, from: [by.country] };
  });
  if (!box) throw new RangeError('a lot is sorted into at least one box');
  const perCarat = { minor: Math.round(random.logNormal(12_000, 0.4)), currency: 'USD' };
  script.rough(
    box,
    { by, at: sortedAt + 2 * hour },
    {
      type: 'ValueRough',
      valuer: by.name,
      priceBook: `price book ${dayOf(sortedAt).slice(0, 7)}`,
      value: priceOf(box, { centsPerCarat: perCarat.minor }),
      perCarat,
    },
  );
  return { box, rest, sortedAt };
}

/** Offered, sold and sent. Answers when the buyer held the goods. */
export function sellOn(
  script: Script,
  cast: Cast,
  goods: Goods,
  seller: Party,
  buyer: Party,
  at: number,
): number {
  const { random } = script;
  const channel = random.weighted(channels);
  const lotNo = `L-${random.int(1000, 9999)}`;
  const centsPerCarat = Math.round(random.logNormal(12_000, 0.5));
  const sale = { seller, buyer, channel, lotNo, centsPerCarat };
  const paidAt = sell(script, goods, sale, daysLater(random, at, 3, 30));
  const handing = { from: seller, to: buyer, purpose: 'sale' } as const;
  return send(script, cast, goods, handing, daysLater(random, paidAt, 1, 10));
}

/** Shipped where a border is in between, and handed over. Answers when the receiver held the goods. */
function send(
  script: Script,
  cast: Cast,
  goods: Goods,
  handing: Readonly<{ from: Party; to: Party; purpose: 'sale' | 'cutting' }>,
  at: number,
): number {
  const arrivedAt = ship(script, cast, goods, handing, at);
  const { place } = arrivedAt === at ? handing.from : handing.to;
  return hand(script, goods, { ...handing, place }, arrivedAt);
}

/** Smaller goods go to a dealer, and now and then to a cutter who makes melee of them. */
function sellRest(script: Script, cast: Cast, goods: Goods, producer: Party, at: number): void {
  const { random } = script;
  if (!random.chance(0.25)) {
    sellOn(script, cast, goods, producer, cast.dealer(random), at);
    return;
  }
  const cutter = cast.cutter(random, producer.country);
  cutMelee(script, cast, goods, cutter, sellOn(script, cast, goods, producer, cutter, at));
}

/** A dealer takes the followed stones and a little more out of the box for one customer. */
function split(script: Script, { stones }: Lot, box: Goods, by: Party, at: number): Goods {
  const mct = Math.round((sumOf(stones) * 2 + box.mct) / 3);
  const pieces = stones.length + Math.max(1, Math.floor(stones.length / 3));
  const content = { weight: weighed(mct), pieces };
  script.parcel(box.id, { by, at }, { type: 'SplitParcel', parts: [{ content }] });
  return { ...box, id: partId(box.id, 1), mct };
}

/** The dealer buys the best box of another lot too and puts it into `box`. */
function mix(
  script: Script,
  cast: Cast,
  other: Lot,
  box: Goods,
  by: Party,
  at: number,
  boughtAt: number,
): Readonly<{ goods: Goods; at: number }> {
  const { random } = script;
  const second = sort(script, other, daysLater(random, at, 1, 20));
  const heldAt = sellOn(script, cast, second.box, other.producer, by, second.sortedAt);
  const mixedAt = daysLater(random, Math.max(boughtAt, heldAt), 2, 20);
  const { id } = second.box;
  script.parcel(id, { by, at: mixedAt }, { type: 'MixParcel', parcelId: id, into: box.id });
  return {
    goods: {
      ...box,
      mct: box.mct + second.box.mct,
      from: [...new Set([...box.from, ...second.box.from])],
    },
    at: mixedAt,
  };
}

/** The cutter picks the stones out of its box, a few a day, and cuts each. */
export function cutBox(
  script: Script,
  cast: Cast,
  { stones }: Lot,
  box: Goods,
  cutter: Party,
  owner: Party,
  at: number,
): void {
  const { random } = script;
  let pickedAt = at;
  stones.forEach((mct, i) => {
    pickedAt = daysLater(random, pickedAt, 1, 4);
    script.parcel(
      box.id,
      { by: cutter, at: pickedAt },
      { type: 'SingleOutStone', weight: weighed(mct), colour: roughColour(random) },
    );
    const goods: Goods = { ...box, category: 'stone', id: singledOutId(box.id, i + 1), mct };
    cutRough(script, cast, { goods, cutter, owner }, daysLater(random, pickedAt, 1, 5));
  });
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, mct) => sum + mct, 0);
}
