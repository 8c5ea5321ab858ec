import type { RefusalCode } from '#libs/decider/codes';
import { Refused } from '#libs/decider/decider';
import type { Holding } from '#libs/trade/holding';

/** The state of the law in which goods are, the gravest first where several hold. */
export type Standing = 'clear' | 'seized' | 'stolen' | 'lost' | 'hold';

export function standingOf({ seizure, missing, holds }: Holding): Standing {
  if (seizure) return 'seized';
  if (missing) return missing;
  return holds.length > 0 ? 'hold' : 'clear';
}

/** Throws `not-clear` when the goods are lost, stolen, seized or on hold. */
export function needClear(holding: Holding): void {
  const standing = standingOf(holding);
  if (standing === 'clear') return;
  throw new Refused('not-clear', `the goods are ${inWords[standing]}`, { standing });
}

/** Throws `not-clear` or `title-contested`: nobody is given a right in goods that may be another's. */
export function needUndisputed(holding: Holding): void {
  needClear(holding);
  const [contest] = holding.titleContests;
  if (!contest) return;
  throw new Refused('title-contested', `${contest.claimant} says the title is its own`, {
    contestNo: contest.contestNo,
  });
}

/**
 * What keeps goods from being divided, mixed, cut or used up: others have rights in them as they
 * are. `undefined` when nothing does.
 */
export function bindingOf(holding: Holding): RefusalCode | undefined {
  if (standingOf(holding) !== 'clear') return 'not-clear';
  if (holding.titleContests.length > 0) return 'title-contested';
  if (holding.shipment !== null) return 'goods-packed';
  if (holding.memo) return 'on-memo';
  if (holding.pledges.length > 0) return 'pledged';
  return holding.seal === null ? undefined : 'sealed';
}

/** Throws `not-clear`, `title-contested`, `goods-packed`, `on-memo`, `pledged` or `sealed`. */
export function needUnbound(holding: Holding): void {
  const code = bindingOf(holding);
  if (code === 'not-clear') return needClear(holding);
  if (code) throw new Refused(code, `the goods are ${reasons[code] ?? code}`);
}

/** The same for what makes parts of goods, which bear the pledges of lenders who consented to it. */
export function needDivisible(holding: Holding): void {
  needUnbound({ ...holding, pledges: holding.pledges.filter(({ cutting }) => !cutting) });
}

const inWords: Readonly<Record<Exclude<Standing, 'clear'>, string>> = {
  seized: 'seized',
  stolen: 'reported stolen',
  lost: 'reported lost',
  hold: 'on hold',
};

const reasons: Readonly<Partial<Record<RefusalCode, string>>> = {
  'title-contested': 'claimed by another owner',
  'on-memo': 'out on memo',
  pledged: 'pledged to a lender',
  sealed: 'in a sealed packet',
  'goods-packed': 'in a shipment',
};
