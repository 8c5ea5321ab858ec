import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type { OpenHistory, OpenStone, RecoverRough } from '#libs/stone/stone-command';
import type { Stone } from '#libs/stone/stone-state';
import { checkOrigin, mineThen } from '#libs/trade/recovery';
import { checkWeight, heaviestStone } from '#libs/trade/weight';

export function recoverRough(command: RecoverRough, state: Stone | null): Draft<StoneEvent> {
  const { meta, mineId, weight } = command;
  checkNew(state);
  needRole(meta, 'producer');
  checkWeight(weight, 'weight', heaviestStone);
  const mine = mineThen(mineId, meta.at, meta.at);
  return { type: 'RoughDiamondRecovered', data: { ...factsOf(command), mine } };
}

/** Any trading party may bring an older stone in; it says what it knows, and is the custodian. */
export function openHistory(command: OpenHistory, state: Stone | null): Draft<StoneEvent> {
  checkNew(state);
  needRole(command.meta, 'producer', 'dealer', 'cutter', 'laboratory', 'jeweller', 'authority');
  checkWeight(command.weight, 'weight', heaviestStone);
  checkOrigin(command.origin);
  return { type: 'HistoryOpened', data: factsOf(command) };
}

/** By policy: a repeat changes nothing. */
export function openStone(command: OpenStone, state: Stone | null): readonly Draft<StoneEvent>[] {
  if (state?.cause === command.cause) return [];
  checkNew(state);
  return [{ type: 'StoneOpened', data: factsOf(command) }];
}

function checkNew(state: Stone | null): void {
  if (state) throw new Refused('already-exists', 'a stone with this id exists');
}
