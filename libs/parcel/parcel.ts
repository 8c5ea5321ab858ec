import type { Draft } from '#events/event';
import type { ParcelEvent } from '#events/parcel';
import type { Mention } from '#libs/decider/acts';
import { checkAct, checkTime, factsOf, needRole } from '#libs/decider/acts';
import type { Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { isBefore } from '#libs/decider/when';
import type { OpenParcel, ParcelCommand, RecoverLot } from '#libs/parcel/parcel-command';
import { checkContent } from '#libs/parcel/parcel-content';
import { divideParcel } from '#libs/parcel/parcel-division';
import { mixParcel, receiveMix, returnMix } from '#libs/parcel/parcel-mixing';
import type { Parcel } from '#libs/parcel/parcel-state';
import { evolve } from '#libs/parcel/parcel-state';
import { needHolding } from '#libs/trade/holder';
import { checkMine, checkOrigin } from '#libs/trade/recovery';
import { decideTrade, tradeMentions } from '#libs/trade/trade';
import {
  checkSameWeight,
  checkWeight,
  heaviestParcel,
  leftOf,
  parcelError,
} from '#libs/trade/weight';

/** Rough goods packed together and not individualised. */
export const parcel: Decider<Parcel | null, ParcelCommand, ParcelEvent> = {
  initial: null,
  evolve,
  decide,
};

/** The parties a command names besides the one that acts. */
export function parcelMentions(command: ParcelCommand): readonly Mention[] {
  switch (command.type) {
    case 'ReleaseCustody':
    case 'AcceptCustody':
    case 'RefuseCustody':
    case 'OfferForSale':
    case 'AwardLot':
    case 'TransferTitle':
      return tradeMentions(command);
    case 'RecoverLot':
    case 'OpenParcel':
    case 'SortParcel':
    case 'SplitParcel':
    case 'MixParcel':
    case 'ReceiveMix':
    case 'ReturnMix':
    case 'SingleOutStone':
    case 'DeclareOrigin':
      return [];
  }
}

function decide(command: ParcelCommand, state: Parcel | null): readonly Draft<ParcelEvent>[] {
  if (command.type === 'OpenParcel') return openParcel(command, state);
  if (command.type === 'ReceiveMix') return receiveMix(command, state);
  if (command.type === 'ReturnMix') return returnMix(command, state);
  checkAct(command, state?.latest ?? null);
  if (command.type === 'RecoverLot') return [recoverLot(command, state)];
  if (!state) throw new Refused('unknown-parcel', 'there is no such parcel');
  if (state.consumed) throw new Refused('consumed', 'the parcel was sorted, mixed or used up');
  return [decideLiving(command, state)];
}

type Living = Exclude<
  ParcelCommand,
  { type: 'OpenParcel' | 'ReceiveMix' | 'ReturnMix' | 'RecoverLot' }
>;

function decideLiving(command: Living, state: Parcel): Draft<ParcelEvent> {
  switch (command.type) {
    case 'ReleaseCustody':
    case 'AcceptCustody':
    case 'RefuseCustody':
    case 'OfferForSale':
    case 'AwardLot':
    case 'TransferTitle':
      return decideTrade(command, state.holding, (weight) => {
        checkWeight(weight, 'weight', heaviestParcel);
        const left = leftOf(state.goods.balance);
        checkSameWeight(weight, left, 2 * parcelError(left), 'weight');
      });
    case 'DeclareOrigin':
      needHolding(command.meta, state.holding);
      checkOrigin(command.origin);
      return { type: 'OriginDeclared', data: factsOf(command) };
    case 'SortParcel':
    case 'SplitParcel':
    case 'SingleOutStone':
      return divideParcel(command, state);
    case 'MixParcel':
      return mixParcel(command, state);
  }
}

function recoverLot(command: RecoverLot, state: Parcel | null): Draft<ParcelEvent> {
  const { meta, mineId, from, to, content } = command;
  checkNew(state);
  needRole(meta, 'producer');
  checkContent(content, 'content');
  checkTime(from, 'from', meta.now);
  checkTime(to, 'to', meta.now);
  if (isBefore(to, from) || isBefore(meta.at, from)) {
    throw new Refused('out-of-order', 'the lot was recovered before its production began', {
      field: 'from',
    });
  }
  checkMine(mineId, from, to);
  return { type: 'ProductionLotRecovered', data: factsOf(command) };
}

/** By policy: a repeat changes nothing. */
function openParcel(command: OpenParcel, state: Parcel | null): readonly Draft<ParcelEvent>[] {
  if (state?.cause === command.cause) return [];
  checkNew(state);
  return [{ type: 'ParcelOpened', data: factsOf(command) }];
}

function checkNew(state: Parcel | null): void {
  if (state) throw new Refused('already-exists', 'a parcel with this id exists');
}
