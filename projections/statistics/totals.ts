import type { Table, ViewReader, ViewWriter } from '#libs/views/views';

/**
 * What is counted. `issued`, `voided` and `replaced` are certificates only; the others weigh goods, count
 * the certificates they went under, and value them.
 */
export type Flow = 'production' | 'import' | 'export' | 'issued' | 'voided' | 'replaced';

/**
 * One figure of one country. `period` is the finest that is sure, `2025-Q2`, `2025-H1` or `2025`;
 * `hs` is empty for certificates; `partner` is the country of provenance or destination, empty where
 * there is none. `unit` is `mct`, `certificates` or an ISO 4217 currency, `amount` mct, a count, or
 * minor units.
 */
export type Figure = Readonly<{
  country: string;
  period: string;
  flow: Flow;
  hs: string;
  partner: string;
  unit: string;
  amount: number;
}>;

export const figures: Table<Figure> = {
  name: 'statistics',
  columns: {
    country: 'text',
    period: 'text',
    flow: 'text',
    hs: 'text',
    partner: 'text',
    unit: 'text',
    amount: 'integer',
  },
  key: ['country', 'period', 'flow', 'hs', 'partner', 'unit'],
};

/** What each stream adds to the figures, by the part of its life that does: so it can be taken back. */
const added: Table<Readonly<{ stream: string; part: Part; figures: readonly Figure[] }>> = {
  name: 'statistics_added',
  columns: { stream: 'text', part: 'text', figures: 'json' },
  key: ['stream', 'part'],
};

export type Part =
  'recovered' | 'valued' | 'left' | 'arrived' | 'issued' | 'voided' | 'replaced' | 'confirmed';

export const totalTables = [figures, added] as const;

/** From now on this is what the part of the stream adds, in place of what it added before. */
export async function replace(
  views: ViewWriter,
  stream: string,
  part: Part,
  now: readonly Figure[],
): Promise<void> {
  const before = await views.get(added, { stream, part });
  for (const figure of before?.figures ?? []) await add(views, figure, -figure.amount);
  for (const figure of now) await add(views, figure, figure.amount);
  if (now.length > 0) views.put(added, { stream, part, figures: now });
  else if (before) views.delete(added, { stream, part });
}

/** Takes back all that a stream added. */
export async function takeBack(views: ViewWriter, stream: string): Promise<void> {
  for (const { part } of await views.list(added, { stream }))
    await replace(views, stream, part, []);
}

async function add(views: ViewWriter, figure: Figure, by: number): Promise<void> {
  if (by === 0) return;
  const amount = ((await views.get(figures, figure))?.amount ?? 0) + by;
  if (amount === 0) views.delete(figures, figure);
  else views.put(figures, { ...figure, amount });
}

/** Everything counted for a country. */
export async function figuresOf(views: ViewReader, country: string): Promise<readonly Figure[]> {
  return views.list(figures, { country });
}

/** Everything counted. */
export async function allFigures(views: ViewReader): Promise<readonly Figure[]> {
  return views.list(figures, {});
}
