import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { ParcelOpened } from '#events/parcel';
import { originOfMine } from '#libs/trade/recovery';
import { made } from '#projections/way/article';
import { atMost, eachOf, eachOfPart } from '#projections/way/lot';
import { countryOf, minedIn } from '#projections/way/place';
import type { Way } from '#projections/way/way';
import { processingOf, unknown, unprocessed } from '#projections/way/work';

/** Goods of which nothing was told yet. */
export const untold = {
  hs: null,
  grownIn: null,
  grownParts: {},
  each: null,
  parts: [],
  madeOn: null,
  setIn: null,
  weight: null,
  country: null,
  isThere: false,
  transited: [],
  first: null,
  madeThere: null,
  leftRussiaOn: null,
  since: {},
  papers: [],
  kimberleyRefused: false,
  makingIn: null,
  worked: [],
} as const;

/** The parts of goods are goods of their own. */
const asParts = {
  papers: [],
  hs: null,
  makingIn: null,
  setIn: null,
  each: null,
  grownParts: {},
} as const;

/** The way of goods that an event brings into the ledger; `from` is of what they came out of. */
export function begun(event: Recorded<LedgerEvent>, from: Way | undefined): Way | undefined {
  switch (event.type) {
    case 'RoughDiamondRecovered': {
      const { weight } = event.data;
      const mined = minedIn(originOfMine(event.data, 'identity-preserved'));
      return { ...untold, form: 'rough', weight, mined, processing: unprocessed };
    }
    case 'ProductionLotRecovered': {
      const mined = minedIn(originOfMine(event.data, 'segregated'));
      const each = eachOf(event.data.content);
      return { ...untold, form: 'unsorted', mined, each, processing: unprocessed };
    }
    case 'HistoryOpened': {
      const { form, weight, origin } = event.data;
      const processing = form === 'rough' ? unprocessed : unknown;
      return { ...untold, form, weight, mined: minedIn(origin), processing };
    }
    case 'StoneOpened': {
      const { form, weight, origin, laboratoryGrown } = event.data;
      const grown = laboratoryGrown ? ({ grown: true } as const) : {};
      const mined = minedIn(origin);
      const way = { ...untold, ...from, ...asParts, mined, form, weight, ...grown };
      return { ...way, processing: processingOf(form, countryOf(event) ?? from?.makingIn ?? null) };
    }
    case 'ParcelOpened': {
      const { origin, laboratoryGrown } = event.data;
      const form = parcelForm(event.data, from);
      const grown = laboratoryGrown ? ({ grown: true } as const) : {};
      const made = event.data.form === 'polished' && from?.form !== 'melee';
      const country = countryOf(event) ?? from?.makingIn ?? null;
      const processing = made
        ? processingOf('polished', country)
        : form === 'melee'
          ? (from?.processing ?? unknown)
          : unprocessed;
      const mined = minedIn(origin);
      const each = eachOfPart(event.data, from);
      const stated = from?.grownParts[event.stream.slice(event.data.parent.stream.length + 1)];
      const grownIn = stated ?? from?.grownIn ?? null;
      const way = { ...untold, ...from, ...asParts, each, grownIn };
      return { ...way, form, mined, processing, ...grown };
    }
    case 'ParcelHistoryOpened': {
      const { form, content, sieve, origin } = event.data;
      const mined = minedIn(origin);
      return form === 'polished'
        ? { ...untold, form: 'melee', mined, each: eachOf(content, sieve), processing: unknown }
        : { ...untold, form: 'unsorted', mined, each: eachOf(content), processing: unprocessed };
    }
    case 'MixReceived': {
      const form = from?.form ?? 'unsorted';
      const mined = minedIn(event.data.origin);
      const processing = form === 'melee' ? (from?.processing ?? unknown) : unprocessed;
      const each = atMost(eachOf(event.data.content), from?.each ?? null);
      return { ...untold, ...from, ...asParts, each, form, mined, processing };
    }
    case 'JewelleryItemMade':
      return { ...untold, ...made(event, countryOf(event)) };
    default:
      return undefined;
  }
}

function parcelForm(
  { form, assortment, sieve }: ParcelOpened['data'],
  from: Way | undefined,
): Way['form'] {
  if (form === 'polished') return 'melee';
  const isSorted = assortment !== undefined || sieve !== undefined || from?.form === 'sorted';
  return isSorted ? 'sorted' : 'unsorted';
}
