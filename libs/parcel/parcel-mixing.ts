import type { Draft } from '#events/event';
import type { ParcelEvent } from '#events/parcel';
import { anyId, chosenId, longestChosenId, longestId } from '#events/streams';
import { factsOf } from '#libs/decider/acts';
import type { RefusalCode } from '#libs/decider/codes';
import { Refused } from '#libs/decider/decider';
import { isBefore } from '#libs/decider/when';
import type { MixParcel, ReceiveMix, ReturnMix } from '#libs/parcel/parcel-command';
import { contentOf } from '#libs/parcel/parcel-content';
import { needNoOrder } from '#libs/parcel/parcel-division';
import type { Parcel } from '#libs/parcel/parcel-state';
import { bindingOf, needUnbound } from '#libs/trade/bounds';
import { isSameTitle, needCustody } from '#libs/trade/holder';
import { heldAs } from '#libs/trade/holding';
import { heaviestParcel, leftOf, rangeOf } from '#libs/trade/weight';

/** First act: the parcel goes off whole; `into` takes it in, or the policy gives it back. */
export function mixParcel(command: MixParcel, state: Parcel): Draft<ParcelEvent> {
  const { meta, parcelId, into } = command;
  needCustody(meta, state.holding);
  needUnbound(state.holding);
  needNoOrder(state);
  if (into === parcelId) {
    throw new Refused('to-itself', 'a parcel cannot be mixed into itself', { field: 'into' });
  }
  if (into.length > longestId || !anyId.test(into)) {
    throw new Refused('bad-id', 'into is no id of a parcel', { field: 'into' });
  }
  const { goods } = state;
  return { type: 'ParcelMixed', data: { into, content: contentOf(goods), origin: goods.origin } };
}

/** What a mix says of the goods that go into it besides what they weigh. */
export function mixedKind({
  form,
  laboratoryGrown,
}: Parcel): Pick<ReceiveMix, 'form' | 'laboratoryGrown'> {
  return {
    ...(form === 'polished' && { form }),
    ...(laboratoryGrown && { laboratoryGrown: true as const }),
  };
}

/**
 * Second act, by policy: an empty stream opens with the goods (under a chosen id only: derived ids
 * belong to what their parents make), an open parcel takes in goods of its own custodian and owner
 * or records that it refuses them. Its stream is the one place where that is decided, once for each
 * cause: a repeat changes nothing.
 */
export function receiveMix(
  command: ReceiveMix,
  state: Parcel | null,
): readonly Draft<ParcelEvent>[] {
  const { from, cause, parcelId } = command;
  if (state?.answered.includes(cause)) return [];
  const code = refusalOfMix(command, state);
  if (!state && code) {
    throw new Refused(code, 'there is no such parcel to mix into', { parcel: parcelId });
  }
  if (code) return [{ type: 'MixRefused', data: { from, cause, code } }];
  const { parcelId: _, ...facts } = factsOf(command);
  return [{ type: 'MixReceived', data: facts }];
}

/** By policy: the parcel is back as it was. A repeat changes nothing. */
export function returnMix(command: ReturnMix, state: Parcel | null): readonly Draft<ParcelEvent>[] {
  if (state?.mixed?.cause !== command.cause) return [];
  return [{ type: 'MixReturned', data: { ...factsOf(command), content: contentOf(state.goods) } }];
}

/** What a mix brings, as far as it matters to whether it is taken in. */
type Offered = Pick<
  ReceiveMix,
  'parcelId' | 'custodian' | 'owner' | 'shares' | 'content' | 'meta' | 'form' | 'laboratoryGrown'
>;

/** Why the parcel `taker` (`null`: there is none yet) would not take the goods in, if so. */
function refusalOfMix(offered: Offered, taker: Parcel | null): RefusalCode | undefined {
  if (!taker) {
    const { parcelId } = offered;
    const isChosen = parcelId.length <= longestChosenId && chosenId.test(parcelId);
    return isChosen ? undefined : 'unknown-parcel';
  }
  const { consumed, holding, goods, latest } = taker;
  if (consumed) return 'consumed';
  if (holding.release) return 'custody-released';
  if (holding.custodian !== offered.custodian) return 'other-custodian';
  if (!isSameTitle(holding, offered)) return 'other-owner';
  if (taker.form !== (offered.form ?? 'rough')) return 'other-form';
  if (taker.laboratoryGrown !== (offered.laboratoryGrown ?? false)) return 'other-form';
  if (taker.order) return 'in-manufacture';
  const binding = bindingOf(holding);
  if (binding) return binding;
  if (isBefore(offered.meta.at, latest)) return 'out-of-order';
  const heaviest = leftOf(goods.balance).min + rangeOf(offered.content.weight).min;
  return heaviest > heaviestParcel ? 'bad-weight' : undefined;
}

/**
 * Throws before anything is recorded when `taker` would refuse the mix as it stands now. What the
 * giver's own stream refuses is left to its decider.
 */
export function checkMayMix(command: MixParcel, giver: Parcel | null, taker: Parcel | null): void {
  if (!giver || giver.consumed || giver.holding.custodian !== command.meta.by) return;
  const held = heldAs(giver.holding);
  const { into: parcelId, meta } = command;
  const code = refusalOfMix(
    { parcelId, meta, ...held, content: contentOf(giver.goods), ...mixedKind(giver) },
    taker,
  );
  if (code) {
    throw new Refused(code, `parcel ${parcelId} cannot take the goods in`, { field: 'into' });
  }
}
