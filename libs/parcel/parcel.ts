import type { Draft } from '#events/event';
import type { ParcelEvent } from '#events/parcel';
import type { Mention } from '#libs/decider/acts';
import { checkAct, checkTime, factsOf, needRole } from '#libs/decider/acts';
import type { Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { isBefore } from '#libs/decider/when';
import type { OpenParcel, ParcelCommand, RecoverLot } from '#libs/parcel/parcel-command';
import { decideMelee, openParcelHistory, returnMelee } from '#libs/parcel/melee';
import { checkContent } from '#libs/parcel/parcel-content';
import { divideParcel } from '#libs/parcel/parcel-division';
import { roughParcel, tradedParcel } from '#libs/parcel/parcel-goods';
import { decideParcelMaking } from '#libs/parcel/parcel-making';
import { mixParcel, receiveMix, returnMix } from '#libs/parcel/parcel-mixing';
import type { Parcel } from '#libs/parcel/parcel-state';
import { evolve } from '#libs/parcel/parcel-state';
import { isTradeCommand } from '#libs/trade/kinds';
import { alsoWhenConsumed, declareClaim } from '#libs/trade/origin-claims';
import { decidePacking, isPackingCommand, type PackingCommand } from '#libs/trade/packing';
import { mineThen } from '#libs/trade/recovery';
import { decideRough } from '#libs/trade/rough';
import { decideTrade, tradeMentions } from '#libs/trade/trade';
import type { TradeCommand } from '#libs/trade/trade-command';

/** Goods packed together and not individualised. */
export const parcel: Decider<Parcel | null, ParcelCommand, ParcelEvent> = {
  initial: null,
  evolve,
  decide,
};

/** The parties a command names besides the one that acts. */
export function parcelMentions(command: ParcelCommand): readonly Mention[] {
  if (isTradeCommand(command)) return tradeMentions(command);
  return command.type === 'OpenParcelHistory' && command.owner !== undefined
    ? [{ party: command.owner, field: 'owner' }]
    : [];
}

function decide(command: ParcelCommand, state: Parcel | null): readonly Draft<ParcelEvent>[] {
  if (command.type === 'OpenParcel') return openParcel(command, state);
  if (command.type === 'ReceiveMix') return receiveMix(command, state);
  if (command.type === 'ReturnMix') return returnMix(command, state);
  if (command.type === 'ReturnMelee') return returnMelee(command, state);
  if (isPackingCommand(command)) {
    return decidePacking(command, state, state?.consumed === true);
  }
  checkAct(command, state?.latest ?? null);
  if (command.type === 'RecoverLot') return [recoverLot(command, state)];
  if (command.type === 'OpenParcelHistory') return [openParcelHistory(command, state)];
  if (!state) throw new Refused('unknown-parcel', 'there is no such parcel');
  if (state.consumed && !alsoWhenConsumed.includes(command.type)) {
    throw new Refused('consumed', 'the parcel was sorted, mixed or used up');
  }
  if (isTradeCommand(command)) return decideTrade(command, tradedParcel(state));
  return [decideLiving(command, state)];
}

type Living = Exclude<
  ParcelCommand,
  | TradeCommand
  | PackingCommand
  | {
      type:
        | 'OpenParcel'
        | 'ReceiveMix'
        | 'ReturnMix'
        | 'ReturnMelee'
        | 'RecoverLot'
        | 'OpenParcelHistory';
    }
>;

function decideLiving(command: Living, state: Parcel): Draft<ParcelEvent> {
  switch (command.type) {
    case 'DeclareOrigin':
      return declareClaim(command, state.holding, state.laboratoryGrown);
    case 'CleanRough':
    case 'ValueRough':
    case 'PassStateControl':
      return decideRough(command, roughParcel(state));
    case 'SortParcel':
    case 'SplitParcel':
    case 'SingleOutStone':
      return divideParcel(command, state);
    case 'MixParcel':
      return mixParcel(command, state);
    case 'StartManufacturing':
    case 'ProducePolishedParcel':
    case 'RecordLoss':
    case 'CloseManufacturing':
      return decideParcelMaking(command, state);
    case 'ScreenParcel':
    case 'TakeOutLaboratoryGrown':
    case 'SetMelee':
      return decideMelee(command, state);
  }
}

function recoverLot(command: RecoverLot, state: Parcel | null): Draft<ParcelEvent> {
  const { meta, mineId, from, to, content } = command;
  checkNew(state);
  needRole(meta, 'producer');
  checkContent(content, 'content');
  checkMesh(command);
  checkTime(from, 'from', meta.now);
  checkTime(to, 'to', meta.now);
  if (isBefore(to, from) || isBefore(meta.at, from)) {
    throw new Refused('out-of-order', 'the lot was recovered before its production began', {
      field: 'from',
    });
  }
  const mine = mineThen(mineId, from, to);
  return { type: 'ProductionLotRecovered', data: { ...factsOf(command), mine } };
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

/** Plants recover from under a millimetre on; nothing is sieved out at a hand's breadth. */
const widestMesh = 100_000;

function checkMesh({ minSieveUm }: RecoverLot): void {
  if (minSieveUm === undefined) return;
  if (Number.isSafeInteger(minSieveUm) && minSieveUm >= 1 && minSieveUm <= widestMesh) return;
  throw new Refused('bad-count', `a sieve is 1 to ${widestMesh} thousandths of a millimetre`, {
    field: 'minSieveUm',
  });
}
