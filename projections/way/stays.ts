import { elsewhere } from '#libs/origin/origin';
import type { Stays } from '#libs/rulebook/facts';
import { provedStays } from '#projections/way/evidence';
import type { PaperOnFile, Stay } from '#projections/way/evidence';
import { countsAsEu, isOwn } from '#projections/way/territories';
import { originsOf } from '#projections/way/article';
import type { Way } from '#projections/way/way';

/**
 * Since when goods were where, by events and papers, as a jurisdiction counts territory. Where they
 * differ the events stand; only that a paper has them in Russia is never passed over: where they
 * were before that day, they were not since.
 */
export function staysOf(
  { since, papers, leftRussiaOn, country, isThere }: Way,
  where: string,
): Stays {
  const proved = isThere && country === 'RU' ? [] : provedStays(papers);
  const stays: readonly Stay[] = [
    ...Object.entries(since).map(([in_, from]) => ({ country: in_, from })),
    ...proved,
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  const european = stays.find((stay) => countsAsEu(stay.country, where));
  const inRussia = lastInRussia(papers);
  const open = stays.filter(
    ({ to, country: of, from }) =>
      to === undefined && of !== 'RU' && (inRussia === null || from >= inRussia),
  );
  const third = open.find((stay) => !isOwn(stay.country, where))?.from ?? null;
  const isProved = proved.some((stay) => open.includes(stay));
  const byPapers = isProved ? (open[0]?.from ?? null) : null;
  const left = leftRussia(leftRussiaOn ?? byPapers, inRussia, open[0]?.from ?? null);
  return {
    leftRussiaOn: left,
    inEuOn: european?.from ?? null,
    inThirdCountrySince: third !== null && left !== null && third < left ? left : third,
  };
}

/** The last day on which a paper has goods in Russia: what was before is told from what came after. */
export function lastInRussia(papers: readonly PaperOnFile[]): string | null {
  const days = provedStays(papers)
    .filter(({ country }) => country === 'RU')
    .map(({ from, to }) => to ?? from);
  return days.sort().at(-1) ?? null;
}

/** That goods were in Russia later than was known puts their leaving off, and tells of none. */
function leftRussia(
  known: string | null,
  inRussia: string | null,
  elsewhereFrom: string | null,
): string | null {
  return known === null || inRussia === null || known >= inRussia ? known : elsewhereFrom;
}

/** Countries that papers have goods in and that they neither come from, were made in nor are in now. */
export function passedByPapers(way: Way): readonly string[] {
  const { papers, country: now, isThere, madeThere } = way;
  const origins = originsOf(way);
  const couldBeFrom = (country: string) =>
    origins.length === 0 || origins.includes(elsewhere) || origins.includes(country);
  return provedStays(papers).flatMap(({ country, to }) => {
    const isLeft = to !== undefined || !isThere || now !== country;
    return isLeft && country !== madeThere && !couldBeFrom(country) ? [country] : [];
  });
}

/** What one stay proves by itself. */
export function shownBy({ country, from }: Stay, { leftRussiaOn }: Way, where: string): Stays {
  const since = leftRussiaOn !== null && from < leftRussiaOn ? leftRussiaOn : from;
  return {
    leftRussiaOn: since,
    inEuOn: countsAsEu(country, where) ? from : null,
    inThirdCountrySince: isOwn(country, where) ? null : since,
  };
}
