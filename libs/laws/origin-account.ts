import type { LedgerEvent } from '#events/ledger-event';
import type { ParcelEvent } from '#events/parcel';
import type { Origin, Weight } from '#events/values';
import { declareOrigin, eitherOrigin, unknownOrigin } from '#libs/origin/origin';
import { originOfPart } from '#libs/parcel/parcel-content';
import { parcel } from '#libs/parcel/parcel';
import { originOfMine } from '#libs/trade/recovery';
import { rangeOf } from '#libs/trade/weight';

/** The origin of a stream's goods, as its events in force have it. */
export type OriginAccount = Readonly<{
  /** Of all that is there now; `null` before the first event. */
  whole: () => Origin | null;
  /**
   * Of a part that is taken out now: a stone is of one mine throughout, of a parcel a small part
   * may be all of any country (domain I6).
   */
  part: (weight: Weight) => Origin;
  take: (event: LedgerEvent) => void;
}>;

/** A parcel's origin widens with what is mixed in, a stone's does not. */
export function originAccount(isParcel: boolean): OriginAccount {
  return isParcel ? ofParcel() : ofStone();
}

function ofStone(): OriginAccount {
  let origin: Origin | null = null;
  return {
    whole: () => origin,
    part: () => origin ?? unknownOrigin,
    take: (event) => (origin = after(origin, event)),
  };
}

function after(origin: Origin | null, { type, data }: LedgerEvent): Origin | null {
  switch (type) {
    case 'RoughDiamondRecovered':
      return originOfMine(data, 'identity-preserved');
    case 'HistoryOpened':
    case 'StoneOpened':
      return data.origin;
    case 'OriginDeclared':
    case 'IdentitiesMerged':
      return declareOrigin(origin ?? unknownOrigin, data.origin);
    case 'OriginContestResolved':
      return origin && data.origin ? declareOrigin(origin, data.origin) : origin;
    case 'OriginContestFollowed':
      return origin && eitherOrigin(origin, data.origin);
    default:
      return origin;
  }
}

/** What is left weighs in: the parcel's own state keeps that account. */
function ofParcel(): OriginAccount {
  let state = parcel.initial;
  return {
    whole: () => state?.goods.origin ?? null,
    part: (weight) => (state ? originOfPart(state.goods, rangeOf(weight)) : unknownOrigin),
    take: (event) => (state = parcel.evolve(state, event as ParcelEvent)),
  };
}

/** An origin as two sides must agree on it: the shares and mines (I6), and what may be claimed (I7). */
export function originText({ countries, mineIds, chainOfCustody }: Origin): readonly string[] {
  const shares = countries.map(({ country, minPpm, maxPpm }) => `${country} ${minPpm}-${maxPpm}`);
  return [`I6 ${shares.join(', ')} of ${mineIds.join(' ')}`, `I7 ${chainOfCustody}`];
}
