import type { Recorded, When } from '#events/event';
import type { JewelleryEvent, JewelleryItemMade } from '#events/jewellery';
import { daysOf, later } from '#libs/decider/when';
import type { Holding } from '#libs/trade/holding';
import { evolveHolding, heldBy } from '#libs/trade/holding';
import { isTradeEvent } from '#libs/trade/kinds';
import type { Sold } from '#libs/trade/retail';
import { afterRetail } from '#libs/trade/retail';

/**
 * A mark on it; `cause` is the id of the event it was applied by, `since` the first day that it may
 * have been there, `recognisedBy` the other states that let it count.
 */
export type Hallmark = Readonly<{
  country: string;
  uin: string | null;
  cause: string;
  since: string;
  recognisedBy: readonly string[];
}>;

/** A piece of jewellery as its decider needs it. */
export type Item = Readonly<{
  kind: 'item';
  made: JewelleryItemMade['data'];
  holding: Holding;
  /** Ids of the stones that are set in it now. */
  stones: readonly string[];
  hallmarks: readonly Hallmark[];
  sold: Sold | null;
  brokenUp: boolean;
  /** Event ids of what policies asked of it. */
  answered: readonly string[];
  latest: When;
}>;

/** The stream of a UIN, which says whose it is. */
export type Uin = Readonly<{
  kind: 'uin';
  item: string;
  answered: readonly string[];
  latest: When;
}>;

export type Jewellery = Item | Uin;

/** No rules here: what was recorded happened. */
export function evolve(
  state: Jewellery | null,
  event: JewelleryEvent | Recorded<JewelleryEvent>,
): Jewellery | null {
  const next = apply(state, event);
  return next && { ...next, latest: later(next.latest, event.meta.at) };
}

function apply(state: Jewellery | null, event: JewelleryEvent): Jewellery | null {
  const { meta } = event;
  if (event.type === 'JewelleryItemMade') {
    return {
      kind: 'item',
      made: event.data,
      holding: heldBy(meta.by, meta.by),
      stones: [],
      hallmarks: [],
      sold: null,
      brokenUp: false,
      answered: [],
      latest: meta.at,
    };
  }
  if (event.type === 'UinAssigned') {
    const { item, cause } = event.data;
    return { kind: 'uin', item, answered: [cause], latest: meta.at };
  }
  if (event.type === 'UinRefused') {
    return state && { ...state, answered: [...state.answered, event.data.cause] };
  }
  return state?.kind === 'item' ? applyToItem(state, event) : state;
}

function applyToItem(
  item: Item,
  event: Exclude<JewelleryEvent, { type: 'JewelleryItemMade' | 'UinAssigned' | 'UinRefused' }>,
): Item {
  if (isTradeEvent(event)) return { ...item, holding: evolveHolding(item.holding, event) };
  const { meta } = event;
  switch (event.type) {
    case 'StoneTakenIn': {
      const { stone, cause } = event.data;
      return { ...item, stones: [...item.stones, stone], answered: [...item.answered, cause] };
    }
    case 'MeleeTakenIn':
    case 'StoneNotTakenIn':
    case 'MeleeNotTakenIn':
      return { ...item, answered: [...item.answered, event.data.cause] };
    case 'StoneLetGo':
      return { ...item, stones: item.stones.filter((stone) => stone !== event.data.stone) };
    case 'ItemBrokenUp':
      return { ...item, stones: [], brokenUp: true };
    case 'HallmarkApplied': {
      const { country, uin = null } = event.data;
      const since = daysOf(meta.at).first;
      const mark = { country, uin, cause: meta.id, since, recognisedBy: [] };
      return { ...item, hallmarks: [...item.hallmarks, mark] };
    }
    case 'HallmarkReturned': {
      const { cause } = event.data;
      const hallmarks = item.hallmarks.filter((mark) => mark.cause !== cause);
      return { ...item, hallmarks, answered: [...item.answered, cause] };
    }
    case 'HallmarkRecognised': {
      const { state, markCountry } = event.data;
      const hallmarks = item.hallmarks.map((mark) =>
        mark.country === markCountry
          ? { ...mark, recognisedBy: [...mark.recognisedBy, state] }
          : mark,
      );
      return { ...item, hallmarks };
    }
    case 'OriginDeclared':
      return item;
    case 'RetailSold':
    case 'ReturnedByCustomer':
    case 'Repurchased':
      return afterRetail(item, event);
  }
}
