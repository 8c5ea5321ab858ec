import type { Cast, Party } from '#apps/cli/generate/cast';
import { type Polished, grade } from '#apps/cli/generate/laboratory-story';
import { befall } from '#apps/cli/generate/mishap';
import { day, dayOf, daysLater, hour, minute } from '#apps/cli/generate/moment';
import { retail } from '#apps/cli/generate/retail-story';
import { type Goods, type Script, paper } from '#apps/cli/generate/script';
import { otherThan } from '#apps/cli/generate/title-story';
import { hand, priceOf, sell, warrantyOn, weighed } from '#apps/cli/generate/trade-story';

/** Lighter polished stones are hardly ever graded singly. */
const lightestGraded = 300;

/** Dealers a polished stone passes through between its cutter and a jeweller. */
const mostDealers = 4;

/** From the wheel to the laboratory, back to its owner, and on to the trade. */
export function bringToMarket(script: Script, cast: Cast, polished: Polished, at: number): void {
  const { random } = script;
  const { stone, at: finishedAt } = reworked(script, polished, at);
  const { goods, cutter, owner } = stone;
  let readyAt = finishedAt;
  if (goods.mct >= lightestGraded && random.chance(0.75)) {
    readyAt = grade(script, cast, stone, finishedAt);
  } else if (owner !== cutter) {
    readyAt = hand(script, goods, { from: cutter, to: owner, purpose: 'return' }, finishedAt);
  }
  let seller = owner;
  let offeredAt = daysLater(random, readyAt, 2, 40);
  for (let dealers = 0; dealers < mostDealers && random.chance(0.53); dealers++) {
    const sold = sellToDealer(script, cast, goods, seller, offeredAt);
    seller = sold.dealer;
    const freeAt = befall(script, cast, goods, seller, sold.at);
    if (freeAt === null) return;
    offeredAt = daysLater(random, freeAt, 5, 60);
  }
  if (random.chance(0.88)) sellToJeweller(script, cast, goods, seller, offeredAt);
}

/** Put on the wheel once more now and then, for a better make; up to 3 % lighter. Answers when. */
function reworked(
  script: Script,
  stone: Polished,
  at: number,
): Readonly<{ stone: Polished; at: number }> {
  const { random } = script;
  const { goods, cutter } = stone;
  if (goods.mct < lightestGraded || !random.chance(0.03)) return { stone, at };
  const mct = Math.floor((goods.mct * random.int(970, 985)) / 1000);
  const [weightBefore, weightAfter] = [weighed(goods.mct), weighed(mct)];
  const work = { weightBefore, weightAfter, reason: 'for a better make' } as const;
  const type = random.pick(['RecutStone', 'RepolishStone'] as const);
  script.stone(goods.id, { by: cutter, at }, { type, ...work });
  return { stone: { ...stone, goods: { ...goods, mct } }, at: daysLater(random, at, 1, 6) };
}

/** On memo now and then. Answers who holds and owns it from when. */
function sellToDealer(
  script: Script,
  cast: Cast,
  goods: Goods,
  seller: Party,
  at: number,
): Readonly<{ dealer: Party; at: number }> {
  const { random } = script;
  const dealer = otherThan(seller, () => cast.dealer(random));
  if (random.chance(0.2)) return { dealer, at: onMemo(script, goods, seller, dealer, at) };
  const sale = { seller, buyer: dealer, ...polishedSale(script) };
  const paidAt = sell(script, goods, sale, daysLater(random, at, 1, 20));
  const sentAt = daysLater(random, paidAt, 1, 3);
  const handing = { from: seller, to: dealer, purpose: 'sale' } as const;
  return { dealer, at: hand(script, goods, handing, sentAt) };
}

/** Out on memo: one in four comes back and goes out again before it is bought. Answers when. */
function onMemo(script: Script, goods: Goods, seller: Party, dealer: Party, at: number): number {
  const { random } = script;
  const price = priceOf(goods, polishedSale(script));
  const outAt = daysLater(random, at, 1, 5);
  const memo = {
    type: 'IssueMemo',
    memoNo: `M-${script.count()}-${random.int(1000, 9999)}`,
    consignee: dealer.id,
    dueOn: dayOf(outAt + 60 * day),
    price,
    warranties: [warrantyOn(seller, outAt)],
  } as const;
  script.trade(goods, { by: seller, at: outAt }, memo);
  const weight = weighed(goods.mct);
  const heldAt = daysLater(random, outAt, 1, 6);
  script.trade(goods, { by: dealer, at: heldAt }, { type: 'AcceptCustody', weight });
  let decidedAt = daysLater(random, heldAt, 3, 40);
  if (random.chance(0.1)) {
    const dueOn = dayOf(outAt + 90 * day);
    script.trade(goods, { by: seller, at: decidedAt }, { type: 'ExtendMemo', dueOn });
    decidedAt = daysLater(random, decidedAt, 1, 30);
  }
  const isOver = random.chance(0.02);
  if (isOver) {
    decidedAt = outAt + 95 * day;
    script.trade(goods, { by: seller, at: decidedAt }, { type: 'ExpireMemo' });
    decidedAt = daysLater(random, decidedAt, 1, 9);
  }
  if (isOver || random.chance(0.25)) {
    script.trade(goods, { by: dealer, at: decidedAt }, { type: 'ReturnMemo' });
    const backAt = daysLater(random, decidedAt, 1, 6);
    script.trade(goods, { by: seller, at: backAt }, { type: 'AcceptCustody', weight });
    return onMemo(script, goods, seller, dealer, backAt);
  }
  const invoiceNo = `INV-${random.int(100_000, 999_999)}`;
  const documents = [paper(random, 'invoice', invoiceNo, seller, decidedAt)];
  const convert = { type: 'ConvertMemo', price, invoiceNo } as const;
  script.trade(goods, { by: seller, at: decidedAt, documents }, convert);
  return decidedAt;
}

function sellToJeweller(script: Script, cast: Cast, goods: Goods, seller: Party, at: number): void {
  const { random } = script;
  const jeweller = cast.jeweller(random);
  const sale = { seller, buyer: jeweller, ...polishedSale(script) };
  if (random.chance(0.15)) declare(script, goods, seller, at - 3 * hour);
  const paidAt = sell(script, goods, sale, at);
  const sentAt = daysLater(random, paidAt, 1, 3);
  const heldAt = hand(script, goods, { from: seller, to: jeweller, purpose: 'sale' }, sentAt);
  retail(script, cast, goods, jeweller, heldAt);
}

/** The seller's word for where it was mined, put on file for the import that follows. */
function declare(script: Script, goods: Goods, seller: Party, at: number): void {
  const evidenceNo = `E-${script.count()}`;
  const document = paper(script.random, 'declaration', evidenceNo, seller, at);
  const said = { kind: 'supplier-declaration', supplier: seller.id } as const;
  const evidence = { type: 'AttachEvidence', evidenceNo, paper: said, document } as const;
  script.trade(goods, { by: seller, at }, evidence);
  if (!script.random.chance(0.05)) return;
  const mistaken = { by: seller, at: at + 80 * minute };
  script.trade(goods, mistaken, {
    type: 'RevokeEvidence',
    evidenceNo,
    ground: 'withdrawn',
    reason: 'given for other goods',
  });
}

function polishedSale({ random }: Script) {
  const channel = random.chance(0.95) ? 'spot' : 'auction';
  return { channel, centsPerCarat: Math.round(random.logNormal(350_000, 0.7)) } as const;
}
