import type { Draft } from '#events/event';
import type { TradeEvent } from '#events/trade';
import { factsOf } from '#libs/decider/acts';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { needUndisputed } from '#libs/trade/bounds';
import { checkOther, needTitle } from '#libs/trade/holder';
import type { Holding, Pledge } from '#libs/trade/holding';
import { checkPrice } from '#libs/trade/price';
import type { PledgeCommand, RegisterPledge } from '#libs/trade/trade-command';
import type { TradedGoods } from '#libs/trade/traded-goods';

const lowestRank = 100;

/** A lender's security: it stays on the goods and keeps the title where it is (domain §5). */
export function decidePledge(
  command: PledgeCommand,
  goods: TradedGoods,
): readonly Draft<TradeEvent>[] {
  const { meta } = command;
  const { holding } = goods;
  switch (command.type) {
    case 'RegisterPledge':
      return [register(command, holding)];
    case 'ConsentToTransfer':
      needLender(meta, holding, command.pledgeNo);
      return [{ type: 'PledgeConsentGiven', data: factsOf(command) }];
    case 'ConsentToCutting':
      needLender(meta, holding, command.pledgeNo);
      return [{ type: 'CuttingConsentGiven', data: factsOf(command) }];
    case 'ReleasePledge':
      needLender(meta, holding, command.pledgeNo);
      return [{ type: 'PledgeReleased', data: factsOf(command) }];
    case 'EnforcePledge': {
      const { pledgeNo, to = meta.by } = command;
      needLender(meta, holding, pledgeNo);
      needUndisputed(holding);
      goods.mayPassTo(to);
      const { owner } = holding;
      if (owner === null) {
        throw new Refused('title-unknown', 'nobody is known to hold the title', { by: meta.by });
      }
      checkOther({ ...meta, by: owner }, to, 'to');
      return [
        { type: 'PledgeEnforced', data: { pledgeNo, to } },
        { type: 'TitleTransferred', data: { from: owner, to, basis: 'enforcement' } },
      ];
    }
  }
}

function register(command: RegisterPledge, holding: Holding): Draft<TradeEvent> {
  const { meta, pledgeNo, lender, priority, amount } = command;
  needTitle(meta, holding);
  needUndisputed(holding);
  checkOther(meta, lender, 'lender');
  checkPrice(amount, 'amount');
  if (!Number.isSafeInteger(priority) || priority < 1 || priority > lowestRank) {
    throw new Refused('bad-count', `priority is not 1 to ${lowestRank}`, { field: 'priority' });
  }
  if (holding.pledges.some((pledge) => pledge.pledgeNo === pledgeNo)) {
    throw new Refused('pledge-exists', `there is a pledge ${pledgeNo}`, { field: 'pledgeNo' });
  }
  if (holding.pledges.some((pledge) => pledge.priority === priority)) {
    throw new Refused('priority-taken', `rank ${priority} is taken`, { field: 'priority' });
  }
  return { type: 'PledgeRegistered', data: factsOf(command) };
}

function needLender(meta: CommandMeta, { pledges }: Holding, pledgeNo: string): Pledge {
  const pledge = pledges.find((each) => each.pledgeNo === pledgeNo);
  if (!pledge) {
    throw new Refused('unknown-pledge', `there is no pledge ${pledgeNo}`, { field: 'pledgeNo' });
  }
  if (pledge.lender === meta.by) return pledge;
  throw new Refused('not-lender', `the pledge is ${pledge.lender}'s`, { by: meta.by });
}
