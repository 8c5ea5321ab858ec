import type { Draft } from '#events/event';
import type { JewelleryEvent } from '#events/jewellery';
import type { Weight } from '#events/values';
import type { Mention } from '#libs/decider/acts';
import { checkAct, factsOf, needRole } from '#libs/decider/acts';
import type { Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import type { JewelleryCommand, MakeItem } from '#libs/jewellery/jewellery-command';
import {
  applyHallmark,
  assignUin,
  recogniseHallmark,
  returnHallmark,
} from '#libs/jewellery/jewellery-hallmark';
import { decideRetail, isRetail, needInTrade } from '#libs/trade/retail';
import { breakUp, letGo, takeIn } from '#libs/jewellery/jewellery-setting';
import type { Item, Jewellery } from '#libs/jewellery/jewellery-state';
import { evolve } from '#libs/jewellery/jewellery-state';
import { headings } from '#libs/trade/heading';
import { isTradeCommand } from '#libs/trade/kinds';
import { declareClaim } from '#libs/trade/origin-claims';
import type { PackingCommand } from '#libs/trade/packing';
import { decidePacking, isPackingCommand, needUnpacked } from '#libs/trade/packing';
import { decideTrade, tradeMentions } from '#libs/trade/trade';
import type { TradedGoods } from '#libs/trade/traded-goods';

/** A hundred kilograms. */
const heaviestMg = 100_000_000;

/** A carat is 200 mg: 5 mct to the milligram. */
const mctPerMg = 5;

/** A piece of jewellery: made, set, marked, sold, and what is set in it follows it. */
export const jewellery: Decider<Jewellery | null, JewelleryCommand, JewelleryEvent> = {
  initial: null,
  evolve,
  decide,
};

/** The parties a command names besides the one that acts. */
export function jewelleryMentions(command: JewelleryCommand): readonly Mention[] {
  return isTradeCommand(command) ? tradeMentions(command) : [];
}

function decide(
  command: JewelleryCommand,
  state: Jewellery | null,
): readonly Draft<JewelleryEvent>[] {
  if (command.type === 'TakeInStone' || command.type === 'TakeInMelee') {
    return takeIn(command, state);
  }
  if (command.type === 'AssignUin') return assignUin(command, state);
  if (command.type === 'ReturnHallmark') return returnHallmark(command, state);
  if (isPackingCommand(command)) {
    const item = state?.kind === 'item' ? state : null;
    const isOver = item === null || item.brokenUp || item.sold !== null;
    return decidePacking(command, item, isOver);
  }
  checkAct(command, state?.latest ?? null);
  if (command.type === 'MakeItem') return [make(command, state)];
  if (state?.kind !== 'item') {
    throw new Refused('unknown-jewellery', 'there is no such piece of jewellery');
  }
  if (state.brokenUp) throw new Refused('broken-up', 'the piece was broken up');
  return decideItem(command, state);
}

type Acted = Exclude<
  JewelleryCommand,
  {
    type:
      | 'TakeInStone'
      | 'TakeInMelee'
      | 'AssignUin'
      | 'ReturnHallmark'
      | PackingCommand['type']
      | 'MakeItem';
  }
>;

function decideItem(command: Acted, item: Item): readonly Draft<JewelleryEvent>[] {
  if (command.type === 'RecogniseHallmark') return [recogniseHallmark(command, item)];
  if (isRetail(command)) {
    needUnpacked(item.holding);
    return [decideRetail(command, item)];
  }
  needInTrade(item.sold);
  if (isTradeCommand(command)) return decideTrade(command, goodsOf(item));
  switch (command.type) {
    case 'DeclareOrigin':
      return [declareClaim(command, item.holding, false)];
    case 'LetStoneGo':
      return [letGo(command, item)];
    case 'BreakUpItem':
      return [breakUp(command, item)];
    case 'ApplyHallmark':
      return [applyHallmark(command, item)];
  }
}

function make(command: MakeItem, state: Jewellery | null): Draft<JewelleryEvent> {
  const { meta, fineness, grossMg } = command;
  if (state) throw new Refused('already-exists', 'a piece of jewellery with this id exists');
  needRole(meta, 'jeweller');
  if (!Number.isSafeInteger(fineness) || fineness < 1 || fineness > 1000) {
    throw new Refused('bad-fineness', 'fineness is 1 to 1000', { field: 'fineness' });
  }
  if (!Number.isSafeInteger(grossMg) || grossMg < 1 || grossMg > heaviestMg) {
    throw new Refused('bad-weight', `grossMg is not 1 to ${heaviestMg}`, { field: 'grossMg' });
  }
  return { type: 'JewelleryItemMade', data: factsOf(command) };
}

function goodsOf({ holding, made }: Item): TradedGoods {
  const mct = made.grossMg * mctPerMg;
  const weight: Weight = { mct, qualifier: 'eq', basis: 'declared' };
  return {
    holding,
    headings: headings.article,
    weight,
    isRough: false,
    isNatural: true,
    fits: (other) => Math.abs(other.mct - mct) * 100 <= mct,
    mayPassTo: () => undefined,
  };
}
