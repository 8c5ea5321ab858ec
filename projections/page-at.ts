import type { ViewReader } from '#libs/views/views';

/** How many things one page folds anew at most, and how many at once. */
const mostFolded = 500;
const atOnce = 50;

/** Things that a list may hold; `below` gives those whose ids come before one, the last first. */
export type Listed<Row> = Readonly<{
  below: (id: string | undefined, limit: number) => Promise<readonly Readonly<{ id: string }>[]>;
  /** The views of some of them as the question wants them. */
  readerFor: (ids: readonly string[]) => ViewReader | Promise<ViewReader>;
  rowOf: (reader: ViewReader, id: string) => Promise<Row | undefined>;
}>;

export type PageAt<Row> = Readonly<{ rows: readonly Row[]; next: string | null }>;

/**
 * A page of a list as of another time: each thing is folded as it was then, and kept if it was there and
 * `isWanted`. The last id first; `next` goes on where the page ended and may stand after a page that
 * holds fewer than asked, as no more than 500 things are folded for one.
 */
export async function pageAt<Row>(
  { below, readerFor, rowOf }: Listed<Row>,
  isWanted: (row: Row) => boolean,
  limit: number,
  after: string | undefined,
): Promise<PageAt<Row>> {
  const rows: Row[] = [];
  let at = after;
  for (let folded = 0; folded < mostFolded; folded += atOnce) {
    const ids = (await below(at, atOnce)).map(({ id }) => id);
    const reader = await readerFor(ids);
    for (const id of ids) {
      at = id;
      const row = await rowOf(reader, id);
      if (row && isWanted(row)) rows.push(row);
      if (rows.length === limit) return { rows, next: id };
    }
    if (ids.length < atOnce) return { rows, next: null };
  }
  return { rows, next: at ?? null };
}
