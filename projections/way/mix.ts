import type { Recorded } from '#events/event';
import type { MixReceived } from '#events/parcel';
import { passedBy, saidOfArticle } from '#projections/way/article';
import { atMost, eachOf, eachOfMix } from '#projections/way/lot';
import { minedIn } from '#projections/way/place';
import { unknown, workedOn } from '#projections/way/work';
import type { Way } from '#projections/way/way';

/** Possible countries only ever grow; a claim removes none. */
export function also(way: Way, mined: readonly string[]): Way {
  if (way.form === 'article') return saidOfArticle(way, mined);
  const all = [...new Set([...way.mined, ...mined])].sort();
  return all.length === way.mined.length ? way : { ...way, mined: all };
}

/** Whatever either lot went through, some of the mix went through. */
export function joined(way: Way, { data }: Recorded<MixReceived>, from: Way | undefined): Way {
  const transited = [...new Set([...passedBy(way), ...(from ? passedBy(from) : [])])].sort();
  return {
    ...also(way, minedIn(data.origin)),
    each: eachOfMix(way.each, atMost(eachOf(data.content), from?.each ?? null)),
    form: mixedForm(way, from),
    ...(way.form === 'melee' &&
      JSON.stringify(way.processing) !== JSON.stringify(from?.processing) && {
        processing: unknown,
      }),
    hs: null,
    first: null,
    madeThere: way.madeThere === from?.madeThere ? way.madeThere : null,
    grownIn: way.grownIn === (from?.grownIn ?? null) ? way.grownIn : null,
    transited,
    ...placeOfBoth(way, from),
    worked: workedOn(way, from).worked,
    since: sinceBoth(way, from),
    papers: [],
    kimberleyRefused: way.kimberleyRefused || from?.kimberleyRefused === true,
  };
}

/**
 * In two countries, goods are in neither for certain; elsewhere than in Russia or Belarus, so that
 * to come there later is told of them. What may still be in Russia has not left it.
 */
function placeOfBoth(
  way: Way,
  from: Way | undefined,
): Pick<Way, 'country' | 'isThere' | 'leftRussiaOn'> {
  const countries = [way.country, from?.country ?? null].filter((each) => each !== null).sort();
  const [one = null, other = one] = countries;
  const isThere = way.isThere && from?.isThere === true && one === other;
  const isBarred = one === 'RU' || one === 'BY';
  const left = laterDay(way.leftRussiaOn, from?.leftRussiaOn ?? null);
  return {
    country: isBarred && other !== 'RU' ? other : one,
    isThere,
    leftRussiaOn: countries.includes('RU') ? null : left,
  };
}

/** A stone was wherever the article was that it was set in. */
export function takenOut(way: Way, from: Way | undefined): Way {
  const { country = null, isThere = false } = from ?? {};
  return {
    ...way,
    setIn: null,
    country,
    isThere,
    transited: [...new Set([...way.transited, ...(from ? passedBy(from) : [])])].sort(),
    leftRussiaOn: laterDay(way.leftRussiaOn, from?.leftRussiaOn ?? null),
    since: sinceBoth(way, from),
  };
}

function laterDay(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/** Both were there since the later of two days. */
function sinceBoth(way: Way, from: Way | undefined): Way['since'] {
  const shared = Object.entries(way.since).flatMap(([country, day]) => {
    const other = from?.since[country];
    return other === undefined ? [] : [[country, day > other ? day : other] as const];
  });
  return Object.fromEntries(shared);
}

/** Polished goods mix with polished only. */
function mixedForm(way: Way, from: Way | undefined): Way['form'] {
  if (way.form === 'melee') return 'melee';
  return way.form === 'sorted' && from?.form === 'sorted' ? 'sorted' : 'unsorted';
}
