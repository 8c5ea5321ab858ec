import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/**
 * An event whose consequences on other streams are not all recorded yet. `cause` is the id of the
 * event that began it, `stream` and `revision` the event to be followed now, `missing` how many
 * effects are still to come.
 */
export type Unfinished = Readonly<{
  cause: string;
  stream: string;
  revision: number;
  missing: number;
}>;

const table: Table<Unfinished> = {
  name: 'unfinished',
  columns: { cause: 'text', stream: 'text', revision: 'integer', missing: 'integer' },
  key: ['cause'],
};

/**
 * What a crash between an event and its effects would leave open: parts not yet opened, mixes not
 * yet answered or given back. Empty whenever nothing is under way.
 */
export const unfinished: Projection = {
  name: 'unfinished',
  version: 1,
  tables: [table],
  handles: [
    'RoughSawn',
    'RoughCleaved',
    'PolishedDiamondProduced',
    'ParcelSorted',
    'ParcelSplit',
    'StoneSingledOut',
    'ParcelMixed',
    'StoneOpened',
    'ParcelOpened',
    'MixReceived',
    'MixRefused',
    'MixReturned',
  ],
  project,
};

/** At most `limit` of them, for a follower that carries them out. */
export function unfinishedNow(views: ViewReader, limit: number): Promise<readonly Unfinished[]> {
  return views.list(table, {}, { limit });
}

function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> | void {
  switch (event.type) {
    case 'RoughSawn':
    case 'RoughCleaved':
      return begin(event, event.data.pieces.length, views);
    case 'ParcelSorted':
    case 'ParcelSplit':
      return begin(event, event.data.parts.length, views);
    case 'PolishedDiamondProduced':
    case 'StoneSingledOut':
    case 'ParcelMixed':
      return begin(event, 1, views);
    case 'StoneOpened':
    case 'ParcelOpened':
      return countDown(event.data.cause, views);
    case 'MixReceived':
    case 'MixReturned':
      return views.delete(table, { cause: event.data.cause });
    case 'MixRefused': {
      const { stream, revision } = event;
      return views.put(table, { cause: event.data.cause, stream, revision, missing: 1 });
    }
  }
}

function begin({ meta, stream, revision }: Recorded, missing: number, views: ViewWriter): void {
  views.put(table, { cause: meta.id, stream, revision, missing });
}

async function countDown(cause: string, views: ViewWriter): Promise<void> {
  const row = await views.get(table, { cause });
  if (!row) return;
  if (row.missing > 1) views.put(table, { ...row, missing: row.missing - 1 });
  else views.delete(table, { cause });
}
