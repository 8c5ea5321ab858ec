import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { anyId, longestId } from '#events/streams';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type { ReturnSetting, SetStone, UnsetStone } from '#libs/stone/setting-command';
import type { Stone } from '#libs/stone/stone-state';
import { needUnbound } from '#libs/trade/bounds';
import { needCustody } from '#libs/trade/holder';
import { leftOf, weightOf } from '#libs/trade/weight';

/** First act: the stone goes into the item; the item takes it in, or the policy gives it back. */
export function setStone(command: SetStone, state: Stone): Draft<StoneEvent> {
  const { meta, item } = command;
  needRole(meta, 'jeweller');
  needCustody(meta, state.holding);
  needUnbound(state.holding);
  if (state.form !== 'polished') throw new Refused('not-polished', 'only polished stones are set');
  if (item.length > longestId || !anyId.test(item)) {
    throw new Refused('bad-id', 'item is no id of a piece of jewellery', { field: 'item' });
  }
  const weight = weightOf(leftOf(state.balance), 'weighed');
  return { type: 'StoneSet', data: { ...factsOf(command), weight, origin: state.origin } };
}

/** By policy: a repeat changes nothing. */
export function returnSetting(
  command: ReturnSetting,
  state: Stone | null,
): readonly Draft<StoneEvent>[] {
  const { item, cause } = command;
  if (state?.setting?.item !== item || state.setting.cause !== cause) return [];
  return [{ type: 'SettingReturned', data: factsOf(command) }];
}

/** By policy: the stone is loose again; a repeat changes nothing. */
export function unsetStone(command: UnsetStone, state: Stone | null): readonly Draft<StoneEvent>[] {
  if (state?.setting?.item !== command.item || state.unset.includes(command.cause)) return [];
  return [{ type: 'StoneUnset', data: factsOf(command) }];
}

/** What may be asked of a stone while it is set; all else is asked of the item (domain I12). */
const alsoWhenSet: readonly string[] = [
  'ContestOrigin',
  'ResolveOriginContest',
  'PlaceHold',
  'ReleaseHold',
  'RecordDecision',
];

/** Throws `set-in-item` for an act that is the item's. */
export function checkLoose({ type }: Readonly<{ type: string }>, { setting }: Stone): void {
  if (!setting || alsoWhenSet.includes(type)) return;
  throw new Refused('set-in-item', `the stone is set in ${setting.item}`, { item: setting.item });
}
