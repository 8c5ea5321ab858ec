import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Weight } from '#events/values';
import { rangeOf, scaleOf } from '#libs/trade/weight';
import type { Table, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';

/** A piece of jewellery: what it weighed when it was made, and what is set in it at least, in mct. */
type Article = Readonly<{
  subject: string;
  gross_mct: number;
  made: FlaggedEvent;
  /** By the stone's id; melee under the event that set it. */
  set: Readonly<Record<string, number>>;
}>;

const articles: Table<Article> = {
  name: 'flag_articles',
  columns: { subject: 'text', gross_mct: 'integer', made: 'json', set: 'json' },
  key: ['subject'],
};

/** 1 ct is 200 mg. */
const mctPerMg = 5;

/**
 * `set-heavier-than-article`: what is set in an article certainly weighs more than the whole of it did
 * when it was made, stones included. No refusal: an article may be set anew with heavier stones, and no
 * event says what it weighs then.
 */
export const settings: FlagFold = {
  tables: [articles],
  handles: ['JewelleryItemMade', 'StoneTakenIn', 'MeleeTakenIn', 'StoneLetGo', 'ItemBrokenUp'],
  project,
  forget: (subject, views) => views.delete(articles, { subject }),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  if (event.type === 'JewelleryItemMade') {
    const gross_mct = event.data.grossMg * mctPerMg;
    return views.put(articles, { subject, gross_mct, made: flaggedEvent(event), set: {} });
  }
  const row = await views.get(articles, { subject });
  if (!row) return;
  switch (event.type) {
    case 'StoneTakenIn':
      return take(event.data.stone, event.data.weight);
    case 'MeleeTakenIn':
      return take(event.meta.id, event.data.content.weight);
    case 'StoneLetGo': {
      const { [event.data.stone]: _, ...set } = row.set;
      return views.put(articles, { ...row, set });
    }
    case 'ItemBrokenUp':
      return views.delete(articles, row);
  }

  async function take(id: string, weight: Weight): Promise<void> {
    if (!row) return;
    const after = { ...row, set: { ...row.set, [id]: leastOf(weight) } };
    views.put(articles, after);
    const inAll = sumOf(after);
    if (inAll <= row.gross_mct || sumOf(row) > row.gross_mct) return;
    const said = `at least ${inAll} mct are set in what weighed ${row.gross_mct} mct when it was made`;
    await raise(views, 'set-heavier-than-article', event, said, [row.made]);
  }
}

function leastOf(weight: Weight): number {
  return Math.max(0, rangeOf(weight).min - scaleOf(weight));
}

function sumOf({ set }: Article): number {
  return Object.values(set).reduce((all, each) => all + each, 0);
}
