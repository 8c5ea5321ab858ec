import { idOf } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import type { Custody } from '#projections/custody';
import { custodyOf } from '#projections/custody';
import type { Bonds } from '#projections/standing';
import { bondsOn } from '#projections/standing';
import type { Title } from '#projections/title';
import { titleOf } from '#projections/title';
import { goodsRows } from '#projections/verdicts/tables';
import type { GoodsRow } from '#projections/verdicts/tables';

/**
 * Who holds and owns goods and what lies on them. A stone that is set has no title, custody or
 * encumbrance of its own (domain I12): all of it is of the article, `setIn` (an id), until it is unset.
 */
export type Bearing = Readonly<{
  setIn: string | null;
  custody: Custody | undefined;
  title: Title | undefined;
  bonds: Bonds;
}>;

/** Reads it. A contest of the stone's own origin stands beside those of the article's. */
export async function bearingOf(views: ViewReader, subject: string): Promise<Bearing> {
  const bearer = await bearerOf(views, subject);
  const isSet = bearer !== subject;
  const bonds = await bondsOn(views, bearer);
  const { contests: own } = isSet ? await bondsOn(views, subject) : { contests: [] };
  return {
    setIn: isSet ? idOf(bearer) : null,
    custody: await custodyOf(views, bearer),
    title: await titleOf(views, bearer),
    bonds: { ...bonds, contests: [...own, ...bonds.contests] },
  };
}

/**
 * The article that holds a stone, undefined for goods that are in none: it is what is imported then, so
 * import measures judge it, and the loose stone again once that is taken out.
 */
export async function articleOf(
  views: ViewReader,
  { subject, way }: Pick<GoodsRow, 'subject' | 'way'>,
): Promise<GoodsRow | undefined> {
  if (way.setIn === null) return undefined;
  const item = await views.get(goodsRows, { subject: way.setIn });
  return item?.way.parts.some(({ stream }) => stream === subject) ? item : undefined;
}

/** The stream that tells it: of the article that goods are set in now, or their own. */
export async function bearerOf(views: ViewReader, subject: string): Promise<string> {
  const row = await views.get(goodsRows, { subject });
  return row?.way.setIn ?? subject;
}
