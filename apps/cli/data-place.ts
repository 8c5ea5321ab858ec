import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#apps/cli/failure';
import type { Terminal } from '#apps/cli/terminal';
import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';
import { ViewsChanged, ViewsUnavailable } from '#libs/views/errors';
import { catchUp, rebuild } from '#libs/views/projector';
import { sqliteViews } from '#libs/views/sqlite';
import type { ViewReader, Views } from '#libs/views/views';
import { projections } from '#projections/projections';

/** A folder with `ledger.db` and `views.db`, and the name of its log. */
export type DataPlace = Readonly<{ data: string; ledgerName: string }>;

export type Reading = Readonly<{ store: EventStore; views: ViewReader }>;

export const ledgerFile = ({ data }: DataPlace) => join(data, 'ledger.db');
export const viewsFile = ({ data }: DataPlace) => join(data, 'views.db');

/** Opens the ledger to write, making folder and file where there are none. */
export async function openWritable(place: DataPlace): Promise<EventStore> {
  mkdirSync(place.data, { recursive: true });
  return openStore(`sqlite:${ledgerFile(place)}`, { ledger: place.ledgerName });
}

/** Opens the ledger beside whoever writes it. Throws a {@link Failure} when there is none. */
export async function openReadable(place: DataPlace): Promise<EventStore> {
  const file = ledgerFile(place);
  if (!existsSync(file)) {
    throw new Failure('no-ledger', `there is no ledger at ${file}; try --data, or adamant demo`);
  }
  return openStore(`sqlite:${file}`, { ledger: place.ledgerName, readOnly: true });
}

/** Gives `use` the ledger, read-only, and views that have taken in all of it. */
export async function reading<T>(
  place: DataPlace,
  terminal: Terminal,
  use: (reading: Reading) => Promise<T>,
): Promise<T> {
  const store = await openReadable(place);
  try {
    const views = await currentViews(store, place, terminal);
    try {
      return await use({ store, views: views.reader });
    } finally {
      await views.close();
    }
  } finally {
    await store.close();
  }
}

/**
 * Brings the views up to the ledger's end. Where a running service is ahead, or the files cannot
 * be written, they are used as they stand, and the reader is told how far they are.
 */
export async function currentViews(
  store: EventStore,
  place: DataPlace,
  terminal: Terminal,
): Promise<Views> {
  const file = viewsFile(place);
  const end = await store.end();
  const kept = existsSync(file) ? await openedIfWhole(file) : undefined;
  if (kept && (await reached(kept)) === end) return kept;
  try {
    await bringUp(store, file, end, terminal);
  } catch (error) {
    if (!kept || !isSomebodyElses(error)) throw error;
  }
  await kept?.close();
  const views = sqliteViews({ file, projections, readOnly: true });
  const at = await reached(views);
  if (at === undefined || at < end) {
    terminal.note(`the views are at position ${at ?? 0n} of ${end}: what is newer is not shown`);
  }
  return views;
}

async function bringUp(
  store: EventStore,
  file: string,
  end: bigint,
  terminal: Terminal,
): Promise<void> {
  const views = sqliteViews({ file, projections });
  const progress = terminal.progress('views', Number(end));
  const options = {
    signal: new AbortController().signal,
    today,
    onBatch: ({ position }: { position: bigint }) => progress.at(Number(position)),
  };
  try {
    const live = await views.positions();
    const missing = projections.filter(({ name }) => !live.has(name));
    if (missing.length > 0) await rebuild(store, views, missing, options);
    await catchUp(store, await views.live(projections), projections, options);
  } finally {
    progress.end();
    await views.close();
  }
}

/** The day it is, UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

async function openedIfWhole(file: string): Promise<Views | undefined> {
  const views = sqliteViews({ file, projections, readOnly: true });
  if ((await reached(views)) !== undefined) return views;
  await views.close();
  return undefined;
}

/** The position that every view has taken in; `undefined` when one was never built. */
async function reached(views: Views): Promise<bigint | undefined> {
  const live = await views.positions();
  const positions = projections.map(({ name }) => live.get(name));
  return positions.reduce((a, b) =>
    a === undefined || b === undefined ? undefined : b < a ? b : a,
  );
}

function isSomebodyElses(error: unknown): boolean {
  if (error instanceof ViewsChanged) return true;
  return (
    error instanceof ViewsUnavailable && (error.reason === 'locked' || error.reason === 'read-only')
  );
}
