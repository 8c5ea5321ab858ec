import { hash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#apps/cli/failure';
import type { Terminal } from '#apps/cli/terminal';
import type { Credentials } from '#libs/store/eventstoredb-address';
import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';
import { ViewsChanged, ViewsUnavailable } from '#libs/views/errors';
import { refuseToCome } from '#libs/views/as-known';
import type { Question } from '#libs/views/as-known';
import { openViews } from '#libs/views/open-views';
import { catchUp, isReviewDue, rebuild, review } from '#libs/views/projector';
import { refuseRolledBack } from '#libs/views/rolled-back';
import type { ViewReader, Views } from '#libs/views/views';
import { projections } from '#projections/projections';

/** A server that keeps the ledger. */
export type Server = Readonly<{ url: string; credentials: Credentials | undefined }>;

/**
 * A folder with `ledger.db` and `views.db`, and the name of the log; with a server, the log is there
 * and the folder holds its views.
 */
export type DataPlace = Readonly<{
  data: string;
  ledgerName: string;
  server?: Server;
  /** Where views are kept when not in the folder: `postgres://…`. */
  views?: string;
}>;

/** `position` is the last one that all views have counted. */
export type Reading = Readonly<{ store: EventStore; views: ViewReader; position: bigint }>;

export const ledgerFile = ({ data }: DataPlace) => join(data, 'ledger.db');

/** Positions of one ledger say nothing of another: each server's views have a file of their own. */
export function viewsFile({ data, ledgerName, server }: DataPlace): string {
  if (!server) return join(data, 'views.db');
  const place = hash('sha256', JSON.stringify([server.url.replace(/^.*@/s, ''), ledgerName]));
  return join(data, `views-${place.slice(0, 12)}.db`);
}

/** Where the views of a place are, for `openViews`. */
export function viewsUrl(place: DataPlace): string {
  return place.views ?? `sqlite:${viewsFile(place)}`;
}

/** Opens the ledger to write, making folder and file where there are none. */
export async function openWritable(place: DataPlace): Promise<EventStore> {
  mkdirSync(place.data, { recursive: true });
  if (place.server) return openOn(place.server, place, false);
  return openStore(`sqlite:${ledgerFile(place)}`, { ledger: place.ledgerName });
}

function openOn(server: Server, { data, ledgerName }: DataPlace, readOnly: boolean) {
  mkdirSync(data, { recursive: true });
  const { url, credentials } = server;
  return openStore(url, { ledger: ledgerName, readOnly, ...(credentials && { credentials }) });
}

/** Opens the ledger beside whoever writes it. Throws a {@link Failure} when there is none. */
export async function openReadable(place: DataPlace): Promise<EventStore> {
  if (place.server) return openOn(place.server, place, true);
  const file = ledgerFile(place);
  if (!existsSync(file)) {
    throw new Failure('no-ledger', `there is no ledger at ${file}; try --data, or adamant demo`);
  }
  return openStore(`sqlite:${file}`, { ledger: place.ledgerName, readOnly: true });
}

/**
 * Gives `use` the ledger, read-only, and views that have taken in all of it. Refuses a question about
 * what is still to come.
 */
export async function reading<T>(
  place: DataPlace,
  terminal: Terminal,
  use: (reading: Reading) => Promise<T>,
  question?: Question,
): Promise<T> {
  const store = await openReadable(place);
  try {
    if (question) refuseToCome(question, await store.end(), new Date().toISOString());
    const views = await currentViews(store, place, terminal);
    try {
      const position = (await reached(views)) ?? 0n;
      return await use({ store, views: views.reader, position });
    } finally {
      await views.close();
    }
  } finally {
    await store.close();
  }
}

/**
 * Brings the views up to the ledger's end and the day it is. Where a running service is ahead, or the
 * files cannot be written, they are used as they stand, and the reader is told how far they are.
 */
export async function currentViews(
  store: EventStore,
  place: DataPlace,
  terminal: Terminal,
): Promise<Views> {
  const url = viewsUrl(place);
  const end = await store.end();
  const mayBeThere = place.views !== undefined || existsSync(viewsFile(place));
  const kept = mayBeThere ? await openedIfWhole(store, url) : undefined;
  if (kept && (await reached(kept)) === end) {
    if (!(await isReviewDue(kept.reader, projections, now()))) return kept;
  }
  try {
    await bringUp(store, url, end, terminal);
  } catch (error) {
    if (!kept || !isSomebodyElses(error)) throw error;
  }
  await kept?.close();
  const views = openViews(url, { projections, readOnly: true });
  const at = await reached(views);
  if (at === undefined || at < end) {
    terminal.note(`the views are at position ${at ?? 0n} of ${end}: what is newer is not shown`);
  }
  return views;
}

async function bringUp(
  store: EventStore,
  url: string,
  end: bigint,
  terminal: Terminal,
): Promise<void> {
  const views = openViews(url, { projections });
  const progress = terminal.progress('views', Number(end));
  const options = {
    signal: new AbortController().signal,
    today: now,
    onBatch: ({ position }: { position: bigint }) => progress.at(Number(position)),
  };
  try {
    const live = await views.positions();
    const missing = projections.filter(({ name }) => !live.has(name));
    if (missing.length > 0) await rebuild(store, views, missing, options);
    await catchUp(store, await views.live(projections), projections, options);
    await review(views, projections, now());
  } finally {
    progress.end();
    await views.close();
  }
}

/** The hour it is, UTC: no jurisdiction's day begins between two. */
export function now(): string {
  return `${new Date().toISOString().slice(0, 13)}:00Z`;
}

/** The day it is, UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Throws `LedgerRolledBack`: rows of events that are gone are shown to nobody. */
async function openedIfWhole(store: EventStore, url: string): Promise<Views | undefined> {
  const views = openViews(url, { projections, readOnly: true });
  try {
    await refuseRolledBack(store, views);
    if ((await reached(views)) !== undefined) return views;
  } catch (error) {
    await views.close();
    throw error;
  }
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
