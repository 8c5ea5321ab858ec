import { Refused } from '#libs/decider/decider';
import type { ViewReader } from '#libs/views/views';
import { find, struckBearers } from '#projections/search';
import type { Hit } from '#projections/search';

/** How many identifiers that begin so are looked into at most, and how many bearers at once. */
const mostBorne = 500;
const atOnce = 50;

/**
 * What bore the identifier at another time, whole identifiers first: whatever bears it now, or bore it
 * until it was struck out, is folded as it was then by `readerFor`. Refuses `too-many-candidates`.
 */
export async function findThen(
  views: ViewReader,
  readerFor: (subjects: readonly string[]) => Promise<ViewReader>,
  text: string,
  limit: number,
): Promise<readonly Hit[]> {
  const borne = await find(views, text, mostBorne);
  const struck = await struckBearers(views, text, mostBorne);
  if (borne.length === mostBorne || struck.length === mostBorne) {
    throw new Refused('too-many-candidates', `too much begins with “${text}”: give more of it`, {
      field: 'q',
    });
  }
  const subjects = [...new Set([...borne.map(({ subject }) => subject), ...struck])];
  const hits: Hit[] = [];
  for (let from = 0; from < subjects.length; from += atOnce) {
    const some = subjects.slice(from, from + atOnce);
    const then = await readerFor(some);
    const asked = new Set(some);
    const found = await find(then, text, mostBorne);
    hits.push(...found.filter(({ subject }) => asked.has(subject)));
  }
  return hits.toSorted((a, b) => Number(b.exact) - Number(a.exact)).slice(0, limit);
}
