import type { Recorded, When } from '#events/event';
import type { ParcelEvent } from '#events/parcel';
import { longestChosenId } from '#events/streams';
import { later } from '#libs/decider/when';
import { declareOrigin } from '#libs/origin/origin';
import type { Goods } from '#libs/parcel/parcel-content';
import { goodsOf, isExhausted, together, without } from '#libs/parcel/parcel-content';
import type { Holding } from '#libs/trade/holding';
import { evolveHolding, heldBy } from '#libs/trade/holding';
import { longestPartId } from '#libs/trade/part';
import { originOfMine } from '#libs/trade/recovery';
import { weighed } from '#libs/trade/weight';

/** A parcel as its decider needs it; `null` before its first event. */
export type Parcel = Readonly<{
  goods: Goods;
  holding: Holding;
  /** Sorted, mixed away or used up; nothing more can happen to it. */
  consumed: boolean;
  /** The mix that took this parcel and may still give it back; `cause` is its event id. */
  mixed: Readonly<{ into: string; cause: string }> | null;
  /** Event ids of the mixes that this parcel took in or refused. */
  answered: readonly string[];
  /** How many parts and stones came out of it. */
  parts: number;
  /** The event this parcel came out of, `null` for one that a party opened. */
  cause: string | null;
  /** The parcel's id is at most this long. */
  idLength: number;
  latest: When;
}>;

/** No rules here: what was recorded happened. */
export function evolve(
  parcel: Parcel | null,
  event: ParcelEvent | Recorded<ParcelEvent>,
): Parcel | null {
  const next = apply(parcel, event);
  return next && { ...next, latest: later(next.latest, event.meta.at) };
}

function apply(parcel: Parcel | null, event: ParcelEvent): Parcel | null {
  const { meta } = event;
  switch (event.type) {
    case 'ProductionLotRecovered': {
      const { content, mineId } = event.data;
      const goods = goodsOf(content, originOfMine(mineId, 'segregated'));
      return opened(goods, heldBy(meta.by, meta.by), meta.at);
    }
    case 'ParcelOpened': {
      const { content, origin, custodian, owner, cause, parent } = event.data;
      return {
        ...opened(goodsOf(content, origin), heldBy(custodian, owner), meta.at),
        cause,
        idLength: longestPartId(parent.stream),
      };
    }
    case 'MixReceived': {
      const { content, origin, custodian, owner, cause } = event.data;
      const goods = goodsOf(content, origin);
      const before = parcel ?? opened(goods, heldBy(custodian, owner), meta.at);
      return {
        ...before,
        goods: parcel ? together(parcel.goods, goods) : goods,
        answered: [...before.answered, cause],
      };
    }
    case 'MixRefused':
      return parcel && { ...parcel, answered: [...parcel.answered, event.data.cause] };
    case 'CustodyReleased':
    case 'CustodyAccepted':
      return (
        parcel && {
          ...parcel,
          holding: evolveHolding(parcel.holding, event),
          goods: {
            ...parcel.goods,
            balance: weighed(parcel.goods.balance, event.data.weight),
          },
        }
      );
    case 'CustodyRefused':
    case 'OfferedForSale':
    case 'LotAwarded':
    case 'TitleTransferred':
      return parcel && { ...parcel, holding: evolveHolding(parcel.holding, event) };
    case 'OriginDeclared':
      return (
        parcel && {
          ...parcel,
          goods: {
            ...parcel.goods,
            origin: declareOrigin(parcel.goods.origin, event.data.origin),
          },
        }
      );
    case 'ParcelSorted': {
      const { parts, loss } = event.data;
      const contents = parts.map(({ content }) => content);
      return (
        parcel && {
          ...parcel,
          goods: without(parcel.goods, contents, loss),
          parts: parcel.parts + parts.length,
          consumed: true,
        }
      );
    }
    case 'ParcelSplit':
      return (
        parcel &&
        lessened(
          parcel,
          event.data.parts.map(({ content }) => content),
        )
      );
    case 'StoneSingledOut':
      return parcel && lessened(parcel, [{ weight: event.data.weight, pieces: 1 }]);
    case 'ParcelMixed':
      return (
        parcel && { ...parcel, consumed: true, mixed: { into: event.data.into, cause: meta.id } }
      );
    case 'MixReturned':
      return parcel && { ...parcel, consumed: false, mixed: null };
  }
}

function lessened(parcel: Parcel, parts: Parameters<typeof without>[1]): Parcel {
  const goods = without(parcel.goods, parts);
  return {
    ...parcel,
    goods,
    parts: parcel.parts + parts.length,
    consumed: isExhausted(goods),
  };
}

function opened(goods: Goods, holding: Holding, at: When): Parcel {
  return {
    goods,
    holding,
    consumed: false,
    mixed: null,
    answered: [],
    parts: 0,
    cause: null,
    idLength: longestChosenId,
    latest: at,
  };
}
