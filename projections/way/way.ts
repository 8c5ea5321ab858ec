import type { Recorded } from '#events/event';
import type { LaboratoryGrownDetected } from '#events/laboratory';
import type { LedgerEvent } from '#events/ledger-event';
import type { MixReceived } from '#events/parcel';
import type { StoneForm } from '#events/stone';
import { jewelleryStream } from '#events/streams';
import type { Weight } from '#events/values';
import { daysOf } from '#libs/decider/when';
import type { MctBounds, Processing } from '#libs/rulebook/facts';
import { evolvePapers, isKimberley, ownName } from '#projections/way/evidence';
import type { PaperEvent, PaperOnFile } from '#projections/way/evidence';
import { evolveArticle } from '#projections/way/article';
import type { SetPart } from '#projections/way/article';
import { begun } from '#projections/way/begun';
import { also, joined, takenOut } from '#projections/way/mix';
import { countryOf, minedIn } from '#projections/way/place';
import { reworked, shaped, workedOn } from '#projections/way/work';

/**
 * Where goods came from and went, as far as stated. `mined` holds `ZZ` for a country not named.
 * `country` is the last one known; `isThere` is false once they moved to nobody knows where.
 */
export type Way = Readonly<{
  form: StoneForm | 'unsorted' | 'sorted' | 'melee' | 'article';
  /** Six digits that these goods as they are were classified under. */
  hs: string | null;
  /** Left out for natural goods. */
  grown?: true;
  /** Where they were grown, as is stated. */
  grownIn: string | null;
  /** Where those were grown, as is stated, that left it for the part of that number. */
  grownParts: Readonly<Record<string, string>>;
  weight: Weight | null;
  /** What any one stone of a parcel can weigh; null while nothing bounds it, and for all else. */
  each: MctBounds | null;
  mined: readonly string[];
  country: string | null;
  isThere: boolean;
  transited: readonly string[];
  /** Where they were first known to be: a transit unless they could come from there. */
  first: string | null;
  /** Being made in this country was no transit of it; null once they entered it anew. */
  madeThere: string | null;
  leftRussiaOn: string | null;
  /** The first day in each country, since it was last in Russia or nobody knew where it was. */
  since: Readonly<Record<string, string>>;
  /** Of these goods as they are: what they came from or are mixed with had papers of its own. */
  papers: readonly PaperOnFile[];
  /** A Kimberley certificate of theirs was found invalid, and none is on file. */
  kimberleyRefused: boolean;
  /** Where claims and contests of an article itself say its stones were mined; left out, none does. */
  said?: readonly string[];
  /** What is set in an article; empty for all else. */
  parts: readonly SetPart[];
  /** The day the article was finished. */
  madeOn: string | null;
  /** The article that the stone is set in, as a stream. */
  setIn: string | null;
  /** Where the parts that come out of this stone are made. */
  makingIn: string | null;
  processing: Processing;
  /** Where else something was made of them before. */
  worked: readonly string[];
}>;

/** The way after an event, the same object when nothing changed; `from` is the parent's. */
export function evolveWay(
  way: Way | undefined,
  event: Recorded<LedgerEvent>,
  from: Way | undefined,
): Way | undefined {
  const next = way ? gone(way, event, from) : begun(event, from);
  if (!next) return undefined;
  const made = workedOn(next, way ?? from);
  const country = countryOf(event);
  const there = country === null ? made : arrived(made, country, event);
  return way ? there : { ...there, madeThere: madeThereOf(there, from) };
}

/** What was made elsewhere before has only passed through there now. */
function madeThereOf({ processing }: Way, from: Way | undefined): string | null {
  if (from && JSON.stringify(from.processing) === JSON.stringify(processing)) return from.madeThere;
  return processing.state === 'processed' ? processing.in : null;
}

function gone(way: Way, event: Recorded<LedgerEvent>, from: Way | undefined): Way {
  switch (event.type) {
    case 'OriginDeclared':
    case 'IdentitiesMerged':
    case 'OriginContestFollowed':
      return also(way, minedIn(event.data.origin));
    case 'OriginContestResolved':
      return event.data.origin ? also(way, minedIn(event.data.origin)) : way;
    case 'LaboratoryGrownDetected':
      if (event.data.part) return grownOut(way, event);
      return { ...way, grown: true, hs: null, grownIn: event.data.grownIn ?? null };
    case 'GoodsClassified':
      return { ...way, hs: event.data.hs };
    case 'StoneSet':
      return { ...way, setIn: jewelleryStream(event.data.item) };
    case 'SettingReturned':
      return { ...way, setIn: null };
    case 'StoneUnset':
      return takenOut(way, from);
    case 'StoneTakenIn':
    case 'MeleeTakenIn':
    case 'StoneLetGo':
    case 'ItemBrokenUp':
      return evolveArticle(way, event, from, countryOf(event));
    case 'StoneRecut':
    case 'StoneRepolished':
      return reworked(way, event.data.weightAfter, countryOf(event));
    case 'RoughCleaned':
      if (way.weight) return { ...way, weight: event.data.weightAfter };
      return way.each ? { ...way, each: { ...way.each, min: 0 } } : way;
    case 'StoneBruted':
    case 'StoneBlocked':
      return shaped(way, event, countryOf(event) ?? way.makingIn);
    case 'MixReceived':
      return mixed(way, event, from);
    case 'ManufacturingStarted':
      return madeFrom(way, countryOf(event));
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'PolishedDiamondProduced':
    case 'PolishedParcelProduced':
    case 'StoneBroken':
      return madeFrom(way, countryOf(event) ?? way.makingIn);
    case 'CustodyAccepted':
      return countryOf(event) === null && way.isThere ? { ...way, isThere: false, since: {} } : way;
    case 'EvidenceAttached':
    case 'EvidenceRevoked':
    case 'GoodsCertified':
    case 'GoodsDecertified':
      return withPapers(way, event);
    case 'GoodsTransited':
      return passedThrough(way, event.data.country, event);
    default:
      return way;
  }
}

/** Where their parts are made is known. */
function madeFrom(way: Way, makingIn: string | null): Way {
  return way.makingIn === makingIn ? way : { ...way, makingIn };
}

/** What a laboratory grew leaves natural goods for a part of its own. */
function grownOut(way: Way, { data }: Recorded<LaboratoryGrownDetected>): Way {
  const { part, grownIn } = data;
  if (!part || grownIn === undefined) return way;
  return { ...way, grownParts: { ...way.grownParts, [part.n]: grownIn } };
}

function withPapers(way: Way, event: Recorded<PaperEvent>): Way {
  const papers = evolvePapers(way.papers, event);
  const struck = struckBy(event);
  const isStruck =
    event.type === 'GoodsDecertified'
      ? struck !== null
      : way.papers.some((each) => each.evidenceNo === struck && isKimberley(each));
  const kimberleyRefused = (way.kimberleyRefused || isStruck) && !papers.some(isKimberley);
  return { ...way, papers, kimberleyRefused };
}

/** The paper that an event says never counted. */
function struckBy({ type, data }: Recorded<PaperEvent>): string | null {
  if (type === 'EvidenceRevoked') return data.ground === 'invalid' ? data.evidenceNo : null;
  return type === 'GoodsDecertified' && data.ground === 'invalid' ? ownName(data.number) : null;
}

/** Sealed, they do not enter a country they pass through; but Russia they left only afterwards. */
function passedThrough(way: Way, country: string, event: Recorded<LedgerEvent>): Way {
  if (country === 'RU') return arrived(way, country, event);
  if (way.transited.includes(country)) return way;
  return { ...way, transited: [...way.transited, country].sort() };
}

/** Both lots come to where they are mixed, where that is said. */
function mixed(way: Way, event: Recorded<MixReceived>, from: Way | undefined): Way {
  const there = countryOf(event);
  if (there === null) return joined(way, event, from);
  return joined(arrived(way, there, event), event, from && arrived(from, there, event));
}

/** Goods are in a country: coming from another one, they entered it. */
function arrived(way: Way, country: string, event: Recorded<LedgerEvent>): Way {
  if (way.country === country && way.isThere) return way;
  const isForeign = way.country !== null && way.country !== country;
  const enters = isForeign && !way.transited.includes(country);
  const { last } = daysOf(event.meta.at);
  return {
    ...way,
    country,
    isThere: true,
    first: way.first ?? country,
    transited: enters ? [...way.transited, country].sort() : way.transited,
    madeThere: isForeign && country === way.madeThere ? null : way.madeThere,
    leftRussiaOn: country === 'RU' ? null : way.country === 'RU' ? last : way.leftRussiaOn,
    since: country === 'RU' ? {} : { [country]: last, ...way.since },
  };
}
