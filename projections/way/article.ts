import type { Recorded } from '#events/event';
import type { JewelleryItemMade, StoneTakenIn, MeleeTakenIn } from '#events/jewellery';
import type { ItemBrokenUp, StoneLetGo } from '#events/jewellery';
import { parcelStream, stoneStream } from '#events/streams';
import { daysOf } from '#libs/decider/when';
import { elsewhere } from '#libs/origin/origin';
import { mctBounds } from '#libs/rulebook/facts';
import type { Facts, MctBounds } from '#libs/rulebook/facts';
import { atMost } from '#projections/way/lot';
import { minedIn } from '#projections/way/place';
import type { Way } from '#projections/way/way';

/** A stone, or melee of a parcel (`stream`), in an article; `stoneMct` is of its heaviest stone. */
export type SetPart = Readonly<{
  stream: string;
  stoneMct: MctBounds;
  mined: readonly string[];
  transited: readonly string[];
  grown: boolean;
}>;

/** An article as it left its maker, before anything is set in it. */
export function made(
  { meta }: Recorded<JewelleryItemMade>,
  country: string | null,
): Pick<Way, 'form' | 'mined' | 'processing' | 'madeOn'> {
  return {
    form: 'article',
    mined: [],
    processing: madeIn(country),
    madeOn: daysOf(meta.at).last,
  };
}

const madeIn = (country: string | null): Way['processing'] =>
  country === null ? { state: 'unknown' } : { state: 'processed', in: country, operation: 'made' };

type Setting = StoneTakenIn | MeleeTakenIn | StoneLetGo | ItemBrokenUp;

/**
 * The article after something was set in it or taken out; `from` is the way of what was set,
 * `country` where. It is finished when the last stone is in; set in two countries, where it was made
 * is not known.
 */
export function evolveArticle(
  way: Way,
  event: Recorded<Setting>,
  from: Way | undefined,
  country: string | null,
): Way {
  switch (event.type) {
    case 'StoneLetGo': {
      const gone = stoneStream(event.data.stone);
      return withParts(
        way,
        way.parts.filter(({ stream }) => stream !== gone),
      );
    }
    case 'ItemBrokenUp':
      return withParts(way, []);
    case 'StoneTakenIn':
    case 'MeleeTakenIn': {
      const { processing } = way;
      const there = country ?? (way.isThere ? way.country : null);
      const same = processing.state === 'processed' && there !== null && processing.in === there;
      const on = daysOf(event.meta.at).last;
      return {
        ...withParts(way, [...way.parts, partOf(event, from)]),
        processing: same ? processing : { state: 'unknown' },
        madeThere: same ? way.madeThere : null,
        madeOn: way.madeOn === null || way.madeOn < on ? on : way.madeOn,
      };
    }
  }
}

function partOf(event: Recorded<StoneTakenIn | MeleeTakenIn>, from: Way | undefined): SetPart {
  const { origin } = event.data;
  const known = from?.grown ? [] : minedIn(origin);
  const mined = [...new Set([...known, ...(from ? originsOf(from) : [])])].sort();
  const rest = { mined, transited: from ? passedBy(from) : [], grown: from?.grown === true };
  if (event.type === 'StoneTakenIn') {
    const { stone, weight } = event.data;
    return { stream: stoneStream(stone), stoneMct: mctBounds(weight), ...rest };
  }
  const { parcel, content } = event.data;
  const { max } = mctBounds(content.weight);
  const stoneMct = atMost({ min: 0, max }, from?.each ?? null) ?? { min: 0, max };
  return { stream: parcelStream(parcel), stoneMct, ...rest };
}

/** What is known of a stone now that was set before: its possible countries only ever grow. */
export function refreshed(way: Way, stream: string, now: Way): Way {
  const { grown = false } = now;
  const transited = passedBy(now);
  const mined = originsOf(now);
  return withParts(
    way,
    way.parts.map((part) => (part.stream === stream ? { ...part, mined, transited, grown } : part)),
  );
}

/** Of what a laboratory grew: where it was grown, not where it would have been mined. */
export function originsOf({ grown, grownIn, mined, form }: Way): readonly string[] {
  if (!grown || form === 'article') return mined;
  return grownIn === null ? [] : [grownIn];
}

/** What is said of an article as such is so of its stones, whichever they are: it goes on besides. */
export function saidOfArticle(way: Way, mined: readonly string[]): Way {
  return withParts(
    { ...way, said: [...new Set([...(way.said ?? []), ...mined])].sort() },
    way.parts,
  );
}

/**
 * An article could come from wherever any of its stones could. Where none is recorded, what was said
 * of it leaves all else open.
 */
function withParts(way: Way, parts: readonly SetPart[]): Way {
  const { said = [] } = way;
  const open = said.length > 0 && parts.length === 0 ? [elsewhere] : [];
  const ofParts = parts.flatMap(({ mined }) => (mined.length === 0 ? [elsewhere] : mined));
  const all = new Set([...ofParts, ...said, ...open]);
  const { grown: _, ...natural } = way;
  const isGrown = parts.length > 0 && parts.every(({ grown }) => grown);
  return { ...natural, ...(isGrown && { grown: true }), parts, mined: [...all].sort() };
}

/** Countries it passed through: not the one it was made in by being there. */
export function passedBy(way: Way): readonly string[] {
  const { transited, madeThere, first } = way;
  const begun = first === null || couldBeFrom(way, first) || transited.includes(first);
  const all = begun ? transited : [...transited, first].sort();
  return all.filter((country) => country !== madeThere);
}

function couldBeFrom({ mined }: Way, country: string): boolean {
  return mined.length === 0 || mined.includes(elsewhere) || mined.includes(country);
}

/** The facts of an article that its stones decide: the heaviest, and where any of them passed. */
export function factsOfParts(way: Way): Pick<Facts, 'stoneMct' | 'transited'> {
  const { parts, madeThere } = way;
  const ofParts = parts.flatMap((part) => part.transited).filter((each) => each !== madeThere);
  const passed = new Set([...passedBy(way), ...ofParts]);
  const bounds = parts.map(({ stoneMct }) => stoneMct);
  const most = bounds.map(({ max }) => max).filter((max) => max !== null);
  const isOpen = most.length < bounds.length;
  return {
    stoneMct:
      bounds.length === 0
        ? null
        : {
            min: Math.max(...bounds.map(({ min }) => min)),
            max: isOpen ? null : Math.max(...most),
          },
    transited: [...passed].sort(),
  };
}
