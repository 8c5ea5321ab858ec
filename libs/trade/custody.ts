import type { Draft } from '#events/event';
import type { CustodyPurpose, TradeEvent } from '#events/trade';
import { factsOf } from '#libs/decider/acts';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { needClear } from '#libs/trade/bounds';
import { checkOther, needCustody } from '#libs/trade/holder';
import type { Holding, Release } from '#libs/trade/holding';
import type { CustodyCommand } from '#libs/trade/trade-command';
import type { TradedGoods } from '#libs/trade/traded-goods';

/** Goods that are not clear may still go to be examined, to customs and to the police. */
const official: readonly CustodyPurpose[] = ['laboratory', 'customs', 'authority'];

/** Possession moves in two acts, of the one that lets go and of the one that takes. */
export function decideCustody(
  command: CustodyCommand,
  goods: TradedGoods,
): readonly Draft<TradeEvent>[] {
  const { meta } = command;
  const { holding } = goods;
  switch (command.type) {
    case 'ReleaseCustody': {
      const { to, purpose, weight, sealNo } = command;
      needCustody(meta, holding);
      checkOther(meta, to, 'to');
      if (!official.includes(purpose)) needClear(holding);
      if (weight && !goods.fits(weight)) {
        throw new Refused('weight-differs', `the goods cannot weigh ${weight.mct} mct`, {
          field: 'weight',
          mct: weight.mct,
        });
      }
      if (holding.seal !== null && sealNo !== undefined) checkSeal(holding.seal, sealNo);
      return [{ type: 'CustodyReleased', data: { from: meta.by, ...factsOf(command) } }];
    }
    case 'AcceptCustody': {
      const { weight } = command;
      const { to, purpose } = releaseTo(meta, holding);
      if (!official.includes(purpose)) needClear(holding);
      const from = holding.custodian;
      const accepted = {
        type: 'CustodyAccepted',
        data: { from, to, ...factsOf(command) },
      } as const;
      if (!weight || goods.fits(weight)) return [accepted];
      const data = { from, to, expected: goods.weight, weight };
      return [accepted, { type: 'WeightDiscrepancyRecorded', data }];
    }
    case 'RefuseCustody': {
      const { to } = releaseTo(meta, holding);
      const data = { from: holding.custodian, to, reason: command.reason };
      return [{ type: 'CustodyRefused', data }];
    }
    case 'WithdrawRelease': {
      const { custodian, release } = holding;
      if (meta.by !== custodian) {
        throw new Refused('not-custodian', `${meta.by} does not hold the goods`, { by: meta.by });
      }
      if (!release) throw notReleased();
      const data = { to: release.to, reason: command.reason };
      return [{ type: 'CustodyReleaseWithdrawn', data }];
    }
  }
}

/** Throws `seal-differs` unless the packet carries this seal. */
export function checkSeal(seal: string, sealNo: string): void {
  if (seal === sealNo) return;
  throw new Refused('seal-differs', `the packet carries seal ${seal}; a breach is to be reported`, {
    field: 'sealNo',
    seal,
  });
}

function releaseTo(meta: CommandMeta, { release }: Holding): Release {
  if (!release) throw notReleased();
  if (release.to !== meta.by) {
    throw new Refused('not-receiver', `the goods were released to ${release.to}`, { by: meta.by });
  }
  return release;
}

function notReleased(): Refused {
  return new Refused('not-released', 'the goods were not released to anybody');
}
