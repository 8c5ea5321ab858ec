import type { Cast, Party } from '#apps/cli/generate/cast';
import { daysLater } from '#apps/cli/generate/moment';
import { type Goods, type Script, paper } from '#apps/cli/generate/script';
import { priceOf } from '#apps/cli/generate/trade-story';

type Owned = Readonly<{ script: Script; cast: Cast; goods: Goods; owner: Party; at: number }>;

/** A dealer buys a share and the owner takes it back later. Answers when it owns all again. */
export function coOwned({ script, cast, goods, owner, at }: Owned): number {
  const { random } = script;
  const partner = otherThan(owner, () => cast.dealer(random));
  const ppm = random.pick([250_000, 333_333, 500_000]);
  const boughtAt = daysLater(random, at, 1, 10);
  const backAt = daysLater(random, boughtAt, 10, 90);
  const price = priceOf({ ...goods, mct: (goods.mct * ppm) / 1e6 }, { centsPerCarat: 50_000 });
  const share = { type: 'TransferShare', ppm, basis: 'sale', price } as const;
  const deed = (by: Party, on: number) => {
    const documents = [paper(random, 'deed', `DEED-${random.int(100_000, 999_999)}`, by, on)];
    return { by, at: on, documents };
  };
  script.trade(goods, deed(owner, boughtAt), { ...share, to: partner.id });
  script.trade(goods, deed(partner, backAt), { ...share, to: owner.id });
  return backAt;
}

/** Another says that the title is its own, and is not believed. Answers when that is decided. */
export function claimed({ script, cast, goods, owner, at }: Owned): number {
  const { random } = script;
  const claimant = otherThan(owner, () => cast.dealer(random));
  const contestNo = `T-${script.count()}`;
  const claimedAt = daysLater(random, at, 1, 5);
  const decidedAt = daysLater(random, claimedAt, 10, 80);
  const authority = cast.authority(owner.country);
  const claim = [paper(random, 'claim', contestNo, claimant, claimedAt)];
  const order = [paper(random, 'court-order', contestNo, authority, decidedAt)];
  script.trade(
    goods,
    { by: claimant, at: claimedAt, documents: claim },
    { type: 'ContestTitle', contestNo, ground: 'paid for and never had' },
  );
  script.trade(
    goods,
    { by: authority, at: decidedAt, documents: order },
    { type: 'ResolveTitleContest', contestNo, outcome: 'dismissed', ground: 'no payment is shown' },
  );
  return decidedAt;
}

export function otherThan(party: Party, pick: () => Party): Party {
  for (;;) {
    const other = pick();
    if (other !== party) return other;
  }
}
