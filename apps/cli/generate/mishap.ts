import { wholePpm } from '#libs/origin/origin';
import type { Cast, Party } from '#apps/cli/generate/cast';
import { daysLater, hour } from '#apps/cli/generate/moment';
import type { Goods, Script } from '#apps/cli/generate/script';
import { claimed, coOwned } from '#apps/cli/generate/title-story';
import { hand } from '#apps/cli/generate/trade-story';

type Befalling = Readonly<{
  script: Script;
  cast: Cast;
  goods: Goods;
  owner: Party;
  at: number;
}>;

/**
 * What now and then befalls goods that their owner holds: a pledge, a hold, a contest of the origin
 * or the title, a partner, a seizure, a loss, a theft. Answers when they are free again, `null` when they stay away.
 */
export function befall(
  script: Script,
  cast: Cast,
  goods: Goods,
  owner: Party,
  at: number,
): number | null {
  const befalling = { script, cast, goods, owner, at };
  const what = script.random.weighted<(befalling: Befalling) => number | null>([
    { weight: 937, value: () => at },
    { weight: 20, value: pledged },
    { weight: 10, value: held },
    { weight: 10, value: contested },
    { weight: 4, value: seized },
    { weight: 4, value: coOwned },
    { weight: 4, value: claimed },
    { weight: 7, value: lost },
    { weight: 4, value: stolen },
  ]);
  return what(befalling);
}

function pledged({ script, cast, goods, owner, at }: Befalling): number {
  const { random } = script;
  const pledgeNo = `P-${script.count()}`;
  const lender = cast.bank;
  script.trade(
    goods,
    { by: owner, at: daysLater(random, at, 1, 5) },
    {
      type: 'RegisterPledge',
      pledgeNo,
      lender: lender.id,
      filingRef: `register ${random.int(1000, 9999)}`,
      priority: 1,
    },
  );
  const freeAt = daysLater(random, at, 20, 120);
  if (random.chance(0.3)) inVault(script, goods, owner, daysLater(random, at, 6, 10), freeAt);
  script.trade(goods, { by: lender, at: freeAt }, { type: 'ReleasePledge', pledgeNo });
  return freeAt;
}

/** Sealed in the owner's vault for as long as the lender has its security. */
function inVault(script: Script, goods: Goods, by: Party, at: number, openedAt: number): void {
  const sealNo = `V${script.random.int(100_000, 999_999)}`;
  const seenAt = openedAt - 5 * hour;
  const reason = 'the pledge ends';
  script.trade(goods, { by, at }, { type: 'SealPacket', sealNo });
  script.trade(goods, { by, at: seenAt }, { type: 'VerifySeal', sealNo });
  script.trade(goods, { by, at: seenAt + 2 * hour }, { type: 'UnsealPacket', reason });
}

function held({ script, cast, goods, owner, at }: Befalling): number {
  const { random } = script;
  const by = cast.authority(owner.country);
  const holdNo = `H-${script.count()}`;
  const reason = 'papers to be compared';
  script.trade(
    goods,
    { by, at: daysLater(random, at, 1, 5) },
    { type: 'PlaceHold', holdNo, reason, officer: 'A. Weber' },
  );
  const freeAt = daysLater(random, at, 8, 40);
  script.trade(
    goods,
    { by, at: freeAt },
    { type: 'ReleaseHold', holdNo, reason: 'papers agree', officer: 'M. Okafor' },
  );
  return freeAt;
}

function contested({ script, cast, goods, owner, at }: Befalling): number {
  const { random } = script;
  const contestNo = `C-${script.count()}`;
  const isRight = random.chance(0.25);
  const whole = { country: random.pick(['BW', 'CA', 'RU']), minPpm: wholePpm, maxPpm: wholePpm };
  const origin = { countries: [whole], mineIds: [], chainOfCustody: 'unknown' } as const;
  script.trade(
    goods,
    { by: cast.laboratory(random, owner), at: daysLater(random, at, 1, 5) },
    { type: 'ContestOrigin', contestNo, ground: 'inclusions not seen from the mine named', origin },
  );
  const freeAt = daysLater(random, at, 10, 60);
  script.trade(
    goods,
    { by: cast.authority(owner.country), at: freeAt },
    {
      type: 'ResolveOriginContest',
      contestNo,
      outcome: isRight ? 'upheld' : 'dismissed',
      ground: isRight ? 'the mine’s records do not show it' : 'records agree',
    },
  );
  return freeAt;
}

function seized({ script, cast, goods, owner, at }: Befalling): number {
  const { random } = script;
  const by = cast.authority(owner.country);
  script.trade(
    goods,
    { by, at: daysLater(random, at, 1, 5) },
    { type: 'SeizeGoods', orderNo: `O-${script.count()}`, reason: 'customs', inPlace: true },
  );
  const freeAt = daysLater(random, at, 8, 60);
  script.trade(goods, { by, at: freeAt }, { type: 'EndSeizure', reason: 'duty was paid' });
  return freeAt;
}

function lost({ script, goods, owner, at }: Befalling): number | null {
  const { random } = script;
  const lostAt = daysLater(random, at, 1, 10);
  const circumstances = 'missing at stock-taking';
  script.trade(goods, { by: owner, at: lostAt }, { type: 'ReportLoss', circumstances });
  if (!random.chance(0.7)) return null;
  const foundAt = daysLater(random, lostAt, 2, 60);
  script.trade(goods, { by: owner, at: foundAt }, { type: 'ReportRecovery' });
  return foundAt;
}

function stolen({ script, cast, goods, owner, at }: Befalling): number | null {
  const { random } = script;
  const goneAt = daysLater(random, at, 1, 10);
  const policeRef = `POL-${random.int(10_000, 99_999)}`;
  script.trade(
    goods,
    { by: owner, at: goneAt },
    { type: 'ReportTheft', policeRef, circumstances: 'taken in transit' },
  );
  if (!random.chance(0.4)) return null;
  const by = cast.authority(owner.country);
  const foundAt = daysLater(random, goneAt, 20, 200);
  script.trade(goods, { by, at: foundAt }, { type: 'ReportRecovery', policeRef });
  const homeAt = daysLater(random, foundAt, 5, 30);
  return hand(script, goods, { from: by, to: owner, purpose: 'return' }, homeAt);
}
