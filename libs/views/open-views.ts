import type { Office } from '#libs/views/office';
import { takePostgresOffice } from '#libs/views/postgres-office';
import { postgresViews } from '#libs/views/postgres';
import { sqliteViews } from '#libs/views/sqlite';
import type { Projection, Views } from '#libs/views/views';

export type OpenViewsOptions = Readonly<{
  projections: readonly Projection[];
  readOnly?: boolean;
  /** Batches are written only while this is held; see {@link takeOffice}. */
  office?: Office;
}>;

/**
 * Opens the views at `url`: `sqlite:PATH` (a file, made when it is not there) or
 * `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. Throws `TypeError` for any other address.
 */
export function openViews(url: string, options: OpenViewsOptions): Views {
  if (/^sqlite:./.test(url)) return sqliteViews({ file: url.slice('sqlite:'.length), ...options });
  if (isDatabase(url)) return postgresViews({ url, ...options });
  throw notViews();
}

/** Whether views at that address are in a database that several machines can share. */
export function isDatabase(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

/**
 * Takes the office of that name of all who share the views at `url` when nobody holds it;
 * `undefined` when somebody does. Views in a file are kept by whoever opens it. Throws
 * `ViewsUnavailable`.
 */
export async function takeOffice(url: string, name: string): Promise<Office | undefined> {
  if (/^sqlite:./.test(url)) return { name, token: 1n, lost: never, resign: async () => undefined };
  if (isDatabase(url)) return takePostgresOffice(url, name);
  throw notViews();
}

const never = new AbortController().signal;

function notViews(): TypeError {
  return new TypeError('views are kept at sqlite:PATH or postgres://HOST/DATABASE');
}
