import { partId } from '#events/streams';
import type { Cast, Party } from '#apps/cli/generate/cast';
import { daysLater, hour } from '#apps/cli/generate/moment';
import type { Goods, Script } from '#apps/cli/generate/script';
import { hand, sell, weighed } from '#apps/cli/generate/trade-story';

/** What a stone of the class weighs on average, in mct. */
const averageMct = 45;
const sieve = '+6.5-11';

/**
 * Small rough cut as a parcel; the melee is screened, some of it turns out to be laboratory-grown
 * and leaves it; the rest is sold to a jeweller, who sets some.
 */
export function cutMelee(
  script: Script,
  cast: Cast,
  rough: Goods,
  cutter: Party,
  at: number,
): void {
  const { random } = script;
  const by = cutter;
  const pieces = Math.floor((rough.mct * 0.4) / averageMct);
  if (pieces < 20) return;
  const mct = pieces * averageMct;
  const begunAt = daysLater(random, at, 2, 20);
  const orderNo = `MO-${random.int(10_000, 99_999)}`;
  script.parcel(rough.id, { by, at: begunAt }, { type: 'StartManufacturing', orderNo });
  const doneAt = daysLater(random, begunAt, 20, 60);
  script.parcel(
    rough.id,
    { by, at: doneAt },
    { type: 'ProducePolishedParcel', content: { weight: weighed(mct), pieces }, sieve },
  );
  script.parcel(
    rough.id,
    { by, at: doneAt + hour },
    { type: 'RecordLoss', weight: weighed(rough.mct - mct), cause: 'polishing' },
  );
  const closed = doneAt + 2 * hour;
  script.parcel(rough.id, { by, at: closed }, { type: 'CloseManufacturing' });
  const melee: Goods = { ...rough, id: partId(rough.id, 1), mct };
  const screenedAt = daysLater(random, doneAt, 1, 10);
  const isMixed = random.chance(0.1);
  script.parcel(
    melee.id,
    { by, at: screenedAt },
    {
      type: 'ScreenParcel',
      instrument: 'screening instrument (generated)',
      standard: 'ISO 6893:2024',
      sampleSize: Math.min(pieces, 200),
      referrals: isMixed ? 2 : 0,
    },
  );
  let left = melee;
  if (isMixed) {
    const content = { weight: weighed(2 * averageMct), pieces: 2 };
    script.parcel(
      melee.id,
      { by, at: screenedAt + 2 * hour },
      { type: 'TakeOutLaboratoryGrown', instrument: 'phosphorescence (generated)', content },
    );
    left = { ...melee, mct: mct - content.weight.mct };
  }
  toJeweller(script, cast, left, cutter, daysLater(random, screenedAt, 2, 20));
}

function toJeweller(script: Script, cast: Cast, melee: Goods, cutter: Party, at: number): void {
  const { random } = script;
  const jeweller = cast.jeweller(random);
  const sale = { seller: cutter, buyer: jeweller, channel: 'spot', centsPerCarat: 40_000 } as const;
  const paidAt = sell(script, melee, sale, at);
  const handing = { from: cutter, to: jeweller, purpose: 'sale' } as const;
  const heldAt = hand(script, melee, handing, daysLater(random, paidAt, 1, 4));
  const by = jeweller;
  const item = `${melee.id.replaceAll(/[.~]+/g, '-')}-m`;
  const madeAt = daysLater(random, heldAt, 5, 40);
  const made = { description: 'bracelet with melee', metal: 'gold', fineness: 750 } as const;
  script.item(item, { by, at: madeAt }, { type: 'MakeItem', ...made, grossMg: 12_000 });
  const content = { weight: weighed(10 * averageMct), pieces: 10 };
  script.parcel(melee.id, { by, at: madeAt + 2 * hour }, { type: 'SetMelee', item, content });
}
