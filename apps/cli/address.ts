import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '#apps/cli/config';
import { ledgerFile, viewsFile } from '#apps/cli/data-place';
import { Failure, usage } from '#apps/cli/failure';
import type { Terminal } from '#apps/cli/terminal';
import type { PlaceOptions } from '#apps/cli/verb';
import { BadAddress } from '#libs/store/errors';
import type { Progress } from '#libs/store/fsck';
import { fileOf, type LedgerAt } from '#libs/store/fsck-ledger';
import { isServer } from '#libs/store/open-store';
import { openViews } from '#libs/views/open-views';
import { furthest } from '#libs/views/rolled-back';
import { projections } from '#projections/projections';

/** A ledger, and the views kept of it where they are known. */
export type Place = LedgerAt & Readonly<{ views: string | undefined }>;

/**
 * The ledger a verb means: the one on its command line, with the views beside it; else the one in
 * the folder `--data`; else the service's own (LEDGER_URL and VIEWS_URL).
 */
export function placeOf(
  said: Readonly<{ ledger?: string | undefined; views?: string | undefined }>,
  isDataSaid: boolean,
  options: PlaceOptions,
  config: Config,
): Place {
  const { LEDGER_URL, VIEWS_URL } = config.variables;
  const own = isDataSaid ? undefined : LEDGER_URL || undefined;
  const url = said.ledger ?? own ?? `sqlite:${ledgerFile(options)}`;
  const beside = said.ledger === undefined && own ? VIEWS_URL || undefined : undefined;
  const views = said.views ?? beside ?? viewsBeside(url, options);
  return { ...ledgerAt(url, options.ledgerName, config), views };
}

function viewsBeside(url: string, { data, ledgerName }: PlaceOptions): string {
  const file = fileOf(url);
  if (file !== undefined) return `sqlite:${join(dirname(file), 'views.db')}`;
  return `sqlite:${viewsFile({ data, ledgerName, server: { url, credentials: undefined } })}`;
}

/** Credentials of the environment are for a server whose address has none. */
export function ledgerAt(url: string, ledger: string, config: Config): LedgerAt {
  const isAsked = isServer(url) && !url.includes('@');
  const credentials = isAsked ? config.credentials() : undefined;
  return { url, ledger, ...(credentials && { credentials }) };
}

/** Refuses an address whose ledger cannot be read because there is no file. */
export function checkThere({ url }: LedgerAt): void {
  const file = fileOf(url);
  if (file === undefined || existsSync(file)) return;
  throw new Failure('no-ledger', `there is no ledger at ${file}`);
}

/** An address that is none is a wrong command line. */
export async function addressed<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const isViews = error instanceof TypeError && error.message.startsWith('views are kept');
    if (error instanceof BadAddress || isViews) throw usage(error.message);
    throw error;
  }
}

/** How far the views have counted the ledger; `undefined` where there are none. */
export async function countedBy(
  url: string | undefined,
): Promise<Readonly<{ views: string; position: bigint }> | undefined> {
  if (url === undefined) return undefined;
  const file = fileOf(url);
  if (file !== undefined && !existsSync(file)) return undefined;
  const views = openViews(url, { projections, readOnly: true });
  try {
    return { views: file ?? 'the database of the views', position: await furthest(views) };
  } finally {
    await views.close();
  }
}

/** Shows how far a ledger was read or copied. */
export function progressOn(terminal: Terminal, what: string) {
  let shown: ReturnType<Terminal['progress']> | undefined;
  return {
    onProgress: ({ position, end }: Progress) => {
      shown ??= terminal.progress(what, Number(end));
      shown.at(Number(position));
    },
    end: () => {
      shown?.end();
      shown = undefined;
    },
  };
}

/** `12 events in 0.5 s (24/s)` */
export function rated(what: string, count: number, seconds: number): string {
  return `${count} ${what} in ${seconds.toFixed(1)} s (${Math.round(count / Math.max(seconds, 1e-3))}/s)`;
}
