import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { anyId, longestId } from '#events/streams';
import { factsOf } from '#libs/decider/acts';
import type { RefusalCode } from '#libs/decider/codes';
import { refusalCodes } from '#libs/decider/codes';
import { Refused } from '#libs/decider/decider';
import { isBefore } from '#libs/decider/when';
import type {
  AgreeToMerge,
  GiveUpIdentity,
  MergeIdentity,
  RestoreIdentity,
  SplitIdentity,
} from '#libs/stone/identity-command';
import type { Stone } from '#libs/stone/stone-state';
import { needUnbound } from '#libs/trade/bounds';
import { isSameTitle, needCustody } from '#libs/trade/holder';
import { heldAs } from '#libs/trade/holding';
import { checkMayHaveParts } from '#libs/trade/part';
import {
  bothErrors,
  canWeigh,
  checkSameWeight,
  checkWeight,
  heaviestStone,
  leftOf,
  weightOf,
} from '#libs/trade/weight';

type Own = GiveUpIdentity | AgreeToMerge | SplitIdentity;

/**
 * Two records of one stone, or one record of two. Merging takes two acts, like mixing: this record
 * is given up, the survivor's stream takes it in or refuses it.
 */
export function decideIdentity(command: Own, state: Stone): Draft<StoneEvent> {
  const { meta } = command;
  const { holding, balance } = state;
  needCustody(meta, holding);
  switch (command.type) {
    case 'GiveUpIdentity': {
      const { stoneId, survivor } = command;
      needUnbound(holding);
      if (survivor === stoneId) {
        throw new Refused('to-itself', 'a record is not merged with itself', { field: 'survivor' });
      }
      checkId(survivor, 'survivor');
      const weight = weightOf(leftOf(balance), 'reported');
      return { type: 'IdentityGivenUp', data: { survivor, weight, origin: state.origin } };
    }
    case 'AgreeToMerge':
      checkId(command.merged, 'merged');
      return { type: 'IdentityMergeAgreed', data: factsOf(command) };
    case 'SplitIdentity': {
      const { weight } = command;
      needUnbound(holding);
      checkMayHaveParts(state.idLength);
      checkWeight(weight, 'weight', heaviestStone);
      checkSameWeight(weight, leftOf(balance), bothErrors(balance, weight), 'weight');
      return { type: 'IdentitySplit', data: { n: state.parts + 1, ...factsOf(command) } };
    }
  }
}

/** By policy: decided here, once for each cause; a repeat changes nothing. */
export function mergeIdentity(
  command: MergeIdentity,
  state: Stone | null,
): readonly Draft<StoneEvent>[] {
  const { survivor, merged, cause, origin } = command;
  if (!state) throw new Refused('unknown-stone', 'there is no such stone', { stone: survivor });
  if (state.answered.includes(cause)) return [];
  const code = whyNotMerged(command, state);
  return code
    ? [{ type: 'IdentityMergeRefused', data: { merged, cause, code } }]
    : [{ type: 'IdentitiesMerged', data: { survivor, merged: [merged], cause, origin } }];
}

/** By policy: the record stands again. A repeat changes nothing. */
export function restoreIdentity(
  command: RestoreIdentity,
  state: Stone | null,
): readonly Draft<StoneEvent>[] {
  if (state?.givenUp?.cause !== command.cause) return [];
  return [{ type: 'IdentityRestored', data: factsOf(command) }];
}

/** What a record that is given up says of its stone and its holders. */
type GivenUp = Pick<
  MergeIdentity,
  'merged' | 'weight' | 'form' | 'custodian' | 'owner' | 'shares' | 'meta'
>;

/**
 * Why this record would not take the other in, if so. Both holders must have agreed; one that holds
 * and owns both has.
 */
export function whyNotMerged(command: GivenUp, state: Stone): RefusalCode | undefined {
  const { merged, weight, form, custodian, meta } = command;
  const { holding, balance } = state;
  if (state.consumed) return 'consumed';
  if (state.setting) return 'set-in-item';
  const isOneHolder = holding.custodian === custodian && isSameTitle(holding, command);
  if (!isOneHolder && !state.agreed.includes(merged)) return 'not-agreed';
  if (state.form !== form) return 'other-form';
  if (isBefore(meta.at, state.latest)) return 'out-of-order';
  return canWeigh(weight, leftOf(balance), bothErrors(balance, weight))
    ? undefined
    : 'weight-differs';
}

/**
 * Throws before anything is recorded when `survivor` would refuse the record as it stands now. What
 * the giver's own stream refuses is left to its decider.
 */
export function checkMayMerge(
  { stoneId, survivor, meta }: GiveUpIdentity,
  giver: Stone | null,
  taker: Stone | null,
): void {
  if (!giver || giver.consumed || giver.holding.custodian !== meta.by) return;
  if (survivor === stoneId) return;
  const { form, balance } = giver;
  const weight = weightOf(leftOf(balance), 'reported');
  const given = { merged: stoneId, weight, form, ...heldAs(giver.holding), meta };
  const code = taker ? whyNotMerged(given, taker) : 'unknown-stone';
  if (!code) return;
  const why = refusalCodes[code];
  throw new Refused(code, `the record of ${survivor} cannot take this one in. ${why}`, {
    field: 'survivor',
  });
}

function checkId(id: string, field: string): void {
  if (id.length <= longestId && anyId.test(id)) return;
  throw new Refused('bad-id', `${field} is no id of a stone`, { field });
}
