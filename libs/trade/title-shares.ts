import type { Draft } from '#events/event';
import type { TradeEvent } from '#events/trade';
import type { TitleShare } from '#events/values';
import { factsOf, needRole } from '#libs/decider/acts';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { wholePpm } from '#libs/origin/origin';
import { checkOther } from '#libs/trade/holder';
import type { Holding, TitleContest } from '#libs/trade/holding';
import { checkConsideration } from '#libs/trade/price';
import { needPassable } from '#libs/trade/title';
import type {
  ContestTitle,
  ResolveTitleContest,
  TitleCommand,
  TransferShare,
} from '#libs/trade/trade-command';
import type { TradedGoods } from '#libs/trade/traded-goods';

/** Title in shares, which sum to the whole, and title that another claims (domain §5). */
export function decideTitle(command: TitleCommand, goods: TradedGoods): Draft<TradeEvent> {
  const { holding } = goods;
  switch (command.type) {
    case 'TransferShare':
      return transferShare(command, goods);
    case 'ContestTitle':
      return contest(command, holding);
    case 'ResolveTitleContest':
      return resolve(command, holding);
  }
}

/** Goods in which others have rights by now are owned as they are: no share leaves the pledge. */
function transferShare(command: TransferShare, goods: TradedGoods): Draft<TradeEvent> {
  const { meta, to, ppm } = command;
  const { holding } = goods;
  const before = sharesIn(holding);
  const from = meta.by;
  const held = needShare(meta, before);
  checkOther(meta, to, 'to');
  checkConsideration(command);
  if (!Number.isSafeInteger(ppm) || ppm < 1 || ppm > held || ppm === wholePpm) {
    throw new Refused('bad-share', `${from} holds ${held} ppm and passes ${ppm}`, { field: 'ppm' });
  }
  if (holding.memo) throw new Refused('on-memo', `on memo with ${holding.memo.consignee}`);
  if (holding.buyer !== null) {
    throw new Refused('award-stands', `the goods are awarded to ${holding.buyer}`);
  }
  const [pledge] = holding.pledges;
  if (pledge) throw new Refused('pledged', `the goods are pledged to ${pledge.lender}`);
  needPassable(goods, to);
  const others = before.filter(({ party }) => party !== from && party !== to);
  const had = before.find(({ party }) => party === to)?.ppm ?? 0;
  const shares = [...others, { party: from, ppm: held - ppm }, { party: to, ppm: had + ppm }]
    .filter((share) => share.ppm > 0)
    .sort((a, b) => (a.party < b.party ? -1 : 1));
  return { type: 'TitleShareTransferred', data: { from, ...factsOf(command), shares } };
}

function sharesIn({ owner, shares }: Holding): readonly TitleShare[] {
  return owner === null ? shares : [{ party: owner, ppm: wholePpm }];
}

function needShare({ by }: CommandMeta, shares: readonly TitleShare[]): number {
  if (shares.length === 0) {
    throw new Refused('title-unknown', 'nobody is known to hold the title', { by });
  }
  const held = shares.find(({ party }) => party === by)?.ppm;
  if (held !== undefined) return held;
  throw new Refused('not-owner', `${by} holds no share of the title`, { by });
}

/** A contest keeps others from selling, so it rests on a paper. */
function contest(command: ContestTitle, holding: Holding): Draft<TradeEvent> {
  const { meta, contestNo } = command;
  if (meta.by === holding.owner) checkOther(meta, holding.owner, 'by');
  if (contestOf(holding, contestNo)) {
    throw new Refused('contest-exists', `there is a contest ${contestNo}`, { field: 'contestNo' });
  }
  needPaper(meta, 'a contest of the title');
  return { type: 'TitleContested', data: factsOf(command) };
}

function resolve(command: ResolveTitleContest, holding: Holding): Draft<TradeEvent> {
  const { meta, contestNo, outcome } = command;
  const open = contestOf(holding, contestNo);
  if (!open) {
    throw new Refused('unknown-contest', `there is no contest ${contestNo}`, {
      field: 'contestNo',
    });
  }
  if (outcome === 'withdrawn') {
    if (open.claimant !== meta.by) {
      throw new Refused('not-your-act', `${open.claimant} contested`, { by: meta.by });
    }
  } else {
    needRole(meta, 'authority');
    needPaper(meta, 'a decision on the title');
  }
  const passed = { from: holding.owner, to: open.claimant };
  const data = { ...factsOf(command), ...(outcome === 'upheld' && { passed }) };
  return { type: 'TitleContestResolved', data };
}

function contestOf({ titleContests }: Holding, contestNo: string): TitleContest | undefined {
  return titleContests.find((each) => each.contestNo === contestNo);
}

function needPaper({ documents }: CommandMeta, what: string): void {
  if (documents?.some(({ sha256 }) => sha256 !== undefined)) return;
  throw new Refused('document-needed', `${what} names its paper and its hash`, {
    field: 'documents',
  });
}
