import type { Draft } from '#events/event';
import type { JewelleryEvent } from '#events/jewellery';
import { factsOf, needRole } from '#libs/decider/acts';
import type { RefusalCode } from '#libs/decider/codes';
import { Refused } from '#libs/decider/decider';
import { isBefore } from '#libs/decider/when';
import type {
  BreakUpItem,
  LetStoneGo,
  TakeInMelee,
  TakeInStone,
} from '#libs/jewellery/jewellery-command';
import type { Item, Jewellery } from '#libs/jewellery/jewellery-state';
import { bindingOf, needUnbound } from '#libs/trade/bounds';
import { isSameTitle, needCustody } from '#libs/trade/holder';
import { heldAs } from '#libs/trade/holding';

/**
 * By policy, after a stone or melee was set: this stream is the one place where it is decided
 * whether the item has it, once for each cause: a repeat changes nothing.
 */
export function takeIn(
  command: TakeInStone | TakeInMelee,
  state: Jewellery | null,
): readonly Draft<JewelleryEvent>[] {
  const { cause } = command;
  if (state?.answered.includes(cause)) return [];
  const code = whyNotTakenIn(command, state);
  if (!state && code) throw new Refused(code, 'there is no such piece of jewellery');
  if (command.type === 'TakeInStone') {
    const { custodian: _, owner: __, shares: ___, ...data } = factsOf(command);
    if (code) return [{ type: 'StoneNotTakenIn', data: { stone: command.stone, cause, code } }];
    return [{ type: 'StoneTakenIn', data }];
  }
  const { custodian: _, owner: __, shares: ___, ...data } = factsOf(command);
  if (code) return [{ type: 'MeleeNotTakenIn', data: { parcel: command.parcel, cause, code } }];
  return [{ type: 'MeleeTakenIn', data }];
}

/** What a setting brings, as far as it matters to whether the item takes it in. */
type Offered = Pick<TakeInStone, 'custodian' | 'owner' | 'shares' | 'meta'> &
  Readonly<{ stone?: string }>;

/** Why the item would not take it in, if so. */
export function whyNotTakenIn(
  { meta, stone, ...offered }: Offered,
  state: Jewellery | null,
): RefusalCode | undefined {
  if (state?.kind !== 'item') return 'unknown-jewellery';
  const { holding } = state;
  if (state.brokenUp) return 'broken-up';
  if (state.sold) return 'with-consumer';
  if (stone !== undefined && state.stones.includes(stone)) return 'set-already';
  if (holding.release) return 'custody-released';
  if (holding.custodian !== offered.custodian) return 'other-custodian';
  if (!isSameTitle(holding, offered)) return 'other-owner';
  if (isBefore(meta.at, state.latest)) return 'out-of-order';
  return bindingOf(holding);
}

/** The stone goes its own way again, held and owned as the item is (domain I12). */
export function letGo(command: LetStoneGo, item: Item): Draft<JewelleryEvent> {
  needWorkshop(command, item);
  if (!item.stones.includes(command.stone)) {
    throw new Refused('not-set', `${command.stone} is not set in it`, { field: 'stone' });
  }
  return { type: 'StoneLetGo', data: { ...factsOf(command), ...heldAs(item.holding) } };
}

/** Terminal: what was set in it is loose. */
export function breakUp(command: BreakUpItem, item: Item): Draft<JewelleryEvent> {
  needWorkshop(command, item);
  return {
    type: 'ItemBrokenUp',
    data: { ...factsOf(command), stones: item.stones, ...heldAs(item.holding) },
  };
}

function needWorkshop({ meta }: LetStoneGo | BreakUpItem, { holding }: Item): void {
  needRole(meta, 'jeweller');
  needCustody(meta, holding);
  needUnbound(holding);
}
