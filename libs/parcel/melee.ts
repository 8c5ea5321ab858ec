import type { Draft } from '#events/event';
import type { ParcelEvent } from '#events/parcel';
import { anyId, longestId } from '#events/streams';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type {
  OpenParcelHistory,
  ReturnMelee,
  ScreenParcel,
  SetMelee,
  TakeOutLaboratoryGrown,
} from '#libs/parcel/melee-command';
import type { Goods } from '#libs/parcel/parcel-content';
import { checkContent, checkPiecesTaken, checkRest, without } from '#libs/parcel/parcel-content';
import type { Parcel } from '#libs/parcel/parcel-state';
import { judgedBySieve } from '#libs/parcel/sieve';
import { needDivisible, needUnbound } from '#libs/trade/bounds';
import { checkGrownIn } from '#libs/trade/grown-in';
import { needCustody } from '#libs/trade/holder';
import { checkMayHaveParts } from '#libs/trade/part';
import { checkOrigin } from '#libs/trade/recovery';
import { checkNotGained } from '#libs/trade/weight';
import type { Content } from '#events/parcel';

/** Any trading party may bring an older parcel in; it says what it knows, and is the custodian. */
export function openParcelHistory(
  command: OpenParcelHistory,
  state: Parcel | null,
): Draft<ParcelEvent> {
  const { meta, form, content, origin, sieve } = command;
  if (state) throw new Refused('already-exists', 'a parcel with this id exists');
  needRole(meta, 'producer', 'dealer', 'cutter', 'laboratory', 'jeweller', 'authority');
  checkContent(content, 'content');
  checkOrigin(origin);
  const judged = form === 'polished' ? judgedBySieve([{ content, sieve, field: 'content' }]) : {};
  return { type: 'ParcelHistoryOpened', data: { ...factsOf(command), ...judged } };
}

export function decideMelee(
  command: ScreenParcel | TakeOutLaboratoryGrown | SetMelee,
  state: Parcel,
): Draft<ParcelEvent> {
  const { meta } = command;
  const { holding, goods } = state;
  needCustody(meta, holding);
  switch (command.type) {
    case 'ScreenParcel':
      needPolished(state);
      checkSample(command, goods);
      return { type: 'ParcelScreened', data: factsOf(command) };
    case 'TakeOutLaboratoryGrown': {
      const { instrument, finding, grownIn, content } = command;
      needDivisible(holding);
      if (state.laboratoryGrown) {
        throw new Refused('laboratory-grown', 'all of the parcel is laboratory-grown');
      }
      checkMayHaveParts(state.idLength);
      checkTaken(goods, content);
      const part = { n: state.parts + 1, content };
      checkGrownIn(grownIn);
      const found = {
        instrument,
        ...(finding !== undefined && { finding }),
        ...(grownIn !== undefined && { grownIn }),
      };
      return { type: 'LaboratoryGrownDetected', data: { ...found, part } };
    }
    case 'SetMelee': {
      const { item, content } = command;
      needRole(meta, 'jeweller');
      needUnbound(holding);
      needPolished(state);
      if (item.length > longestId || !anyId.test(item)) {
        throw new Refused('bad-id', 'item is no id of a piece of jewellery', { field: 'item' });
      }
      checkTaken(goods, content);
      const { origin } = goods;
      const { sieve } = state;
      return { type: 'MeleeSet', data: { item, content, origin, ...(sieve && { sieve }) } };
    }
  }
}

/** By policy: the parcel has its goods back. A repeat changes nothing. */
export function returnMelee(
  command: ReturnMelee,
  state: Parcel | null,
): readonly Draft<ParcelEvent>[] {
  const set = state?.set.find(({ cause }) => cause === command.cause);
  return set
    ? [{ type: 'MeleeReturned', data: { ...factsOf(command), content: set.content } }]
    : [];
}

function needPolished({ form }: Parcel): void {
  if (form !== 'polished') throw new Refused('not-polished', 'only polished goods take this');
}

function checkTaken(goods: Goods, content: Content): void {
  checkContent(content, 'content');
  const rest = without(goods, [content]);
  checkNotGained(rest.balance);
  checkPiecesTaken(goods, [content]);
  checkRest(rest);
}

function checkSample({ sampleSize, referrals }: ScreenParcel, { pieces }: Goods): void {
  const isCounted = [sampleSize, referrals].every((count) => Number.isSafeInteger(count));
  const isPossible = sampleSize >= 1 && referrals >= 0 && referrals <= sampleSize;
  if (isCounted && isPossible && (pieces === null || sampleSize <= pieces)) return;
  throw new Refused('bad-sample', `${referrals} of ${sampleSize} cannot be`, {
    field: 'sampleSize',
    pieces,
  });
}
