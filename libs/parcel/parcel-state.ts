import type { Recorded, When } from '#events/event';
import type { Content, ParcelEvent } from '#events/parcel';
import { longestChosenId } from '#events/streams';
import type { TradeEvent } from '#events/trade';
import { later } from '#libs/decider/when';
import { anyShare, declareOrigin, eitherOrigin } from '#libs/origin/origin';
import type { Goods } from '#libs/parcel/parcel-content';
import { cleaned, goodsOf, isExhausted, put, together, without } from '#libs/parcel/parcel-content';
import type { Holding } from '#libs/trade/holding';
import { evolveHolding, heldBy } from '#libs/trade/holding';
import { isTradeEvent } from '#libs/trade/kinds';
import type { Order } from '#libs/trade/order';
import { longestPartId } from '#libs/trade/part';
import { originOfMine } from '#libs/trade/recovery';
import { taken, weighed } from '#libs/trade/weight';

/** A parcel as its decider needs it; `null` before its first event. */
export type Parcel = Readonly<{
  form: 'rough' | 'polished';
  goods: Goods;
  holding: Holding;
  /** Sorted, mixed away or used up; nothing more can happen to it. */
  consumed: boolean;
  order: Order | null;
  /** The class of polished goods, by its upper sieve. */
  sieve: string | null;
  laboratoryGrown: boolean;
  /** The mix that took this parcel and may still give it back; `cause` is its event id. */
  mixed: Readonly<{ into: string; cause: string }> | null;
  /** What went into jewellery that may still give it back; `cause` is the event that set it. */
  set: readonly Readonly<{ cause: string; content: Content }>[];
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
  if (isOpening(event) && !(parcel && event.type === 'MixReceived')) return begun(event);
  if (!parcel) return null;
  return isTradeEvent(event) ? traded(parcel, event) : changed(parcel, event);
}

const openings = {
  ProductionLotRecovered: true,
  ParcelHistoryOpened: true,
  ParcelOpened: true,
  MixReceived: true,
} as const;

type Opening = Extract<ParcelEvent, { type: keyof typeof openings }>;

function isOpening(event: ParcelEvent): event is Opening {
  return Object.hasOwn(openings, event.type);
}

function begun(event: Opening): Parcel {
  const { meta } = event;
  switch (event.type) {
    case 'ProductionLotRecovered': {
      const goods = goodsOf(event.data.content, originOfMine(event.data, 'segregated'));
      return opened(goods, heldBy(meta.by, meta.by), meta.at);
    }
    case 'ParcelHistoryOpened': {
      const { content, origin, owner = null, form, sieve = null } = event.data;
      const held = heldBy(meta.by, owner);
      return { ...opened(goodsOf(content, origin), held, meta.at), form, sieve };
    }
    case 'ParcelOpened': {
      const { content, origin, custodian, owner, cause, parent, sieve = null } = event.data;
      return {
        ...opened(goodsOf(content, origin), heldBy(custodian, owner, event.data), meta.at),
        ...kindOf(event.data),
        sieve,
        cause,
        idLength: longestPartId(parent.stream),
      };
    }
    case 'MixReceived': {
      const { content, origin, custodian, owner, cause } = event.data;
      return {
        ...opened(goodsOf(content, origin), heldBy(custodian, owner, event.data), meta.at),
        ...kindOf(event.data),
        answered: [cause],
      };
    }
  }
}

function kindOf({
  form,
  laboratoryGrown,
}: Readonly<{ form?: 'polished'; laboratoryGrown?: true }>): Pick<
  Parcel,
  'form' | 'laboratoryGrown'
> {
  return { form: form ?? 'rough', laboratoryGrown: laboratoryGrown ?? false };
}

function traded(parcel: Parcel, event: Extract<ParcelEvent, TradeEvent>): Parcel {
  const { goods } = parcel;
  const next = { ...parcel, holding: evolveHolding(parcel.holding, event) };
  switch (event.type) {
    case 'CustodyReleased':
    case 'CustodyAccepted': {
      return { ...next, goods: { ...goods, balance: weighed(goods.balance, event.data.weight) } };
    }
    case 'OriginContestResolved': {
      const { origin } = event.data;
      if (!origin) return next;
      return { ...next, goods: { ...goods, origin: declareOrigin(goods.origin, origin) } };
    }
    case 'OriginContestFollowed': {
      const origin = eitherOrigin(goods.origin, event.data.origin);
      return { ...next, goods: { ...goods, origin } };
    }
    default:
      return next;
  }
}

function changed(parcel: Parcel, event: Exclude<ParcelEvent, TradeEvent>): Parcel {
  const { goods } = parcel;
  switch (event.type) {
    case 'MixReceived': {
      const { content, origin, cause } = event.data;
      return {
        ...parcel,
        goods: together(goods, goodsOf(content, origin)),
        sieve: null,
        answered: [...parcel.answered, cause],
      };
    }
    case 'MixRefused':
      return { ...parcel, answered: [...parcel.answered, event.data.cause] };
    case 'OriginDeclared': {
      const origin = declareOrigin(goods.origin, event.data.origin);
      return { ...parcel, goods: { ...goods, origin } };
    }
    case 'RoughCleaned':
      return { ...parcel, goods: cleaned(goods, event.data.weightAfter) };
    case 'ParcelSorted': {
      const { parts, loss } = event.data;
      const contents = parts.map(({ content }) => content);
      return {
        ...parcel,
        goods: without(goods, contents, loss),
        parts: parcel.parts + parts.length,
        consumed: true,
      };
    }
    case 'ParcelSplit':
      return lessened(
        parcel,
        event.data.parts.map(({ content }) => content),
      );
    case 'StoneSingledOut':
      return lessened(parcel, [{ weight: event.data.weight, pieces: 1 }]);
    case 'LaboratoryGrownDetected': {
      const { part } = event.data;
      return part ? lessened(parcel, [part.content]) : { ...parcel, laboratoryGrown: true };
    }
    case 'MeleeSet': {
      const { content } = event.data;
      const set = [...parcel.set, { cause: event.meta.id, content }];
      return { ...lessened(parcel, [content]), parts: parcel.parts, set };
    }
    case 'MeleeReturned': {
      const { cause, content } = event.data;
      const set = parcel.set.filter((each) => each.cause !== cause);
      return { ...parcel, goods: put(goods, content), consumed: false, set };
    }
    case 'ManufacturingStarted':
      return {
        ...parcel,
        goods: { ...goods, pieces: null, origin: anyShare(goods.origin) },
        order: { orderNo: event.data.orderNo, by: event.meta.by },
      };
    case 'PolishedParcelProduced': {
      const balance = taken(goods.balance, [event.data.content.weight]);
      return { ...parcel, goods: { ...goods, balance }, parts: parcel.parts + 1 };
    }
    case 'ManufacturingLossRecorded': {
      const balance = taken(goods.balance, [], event.data.weight);
      return { ...parcel, goods: { ...goods, balance } };
    }
    case 'ManufacturingClosed':
      return { ...parcel, consumed: true, order: null };
    case 'ParcelMixed': {
      const mixed = { into: event.data.into, cause: event.meta.id };
      return { ...parcel, consumed: true, mixed };
    }
    case 'MixReturned':
      return { ...parcel, consumed: false, mixed: null };
    case 'ProductionLotRecovered':
    case 'ParcelHistoryOpened':
    case 'ParcelOpened':
    case 'RoughValued':
    case 'StateControlPassed':
    case 'ParcelScreened':
      return parcel;
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
    form: 'rough',
    goods,
    holding,
    consumed: false,
    order: null,
    sieve: null,
    laboratoryGrown: false,
    mixed: null,
    set: [],
    answered: [],
    parts: 0,
    cause: null,
    idLength: longestChosenId,
    latest: at,
  };
}
