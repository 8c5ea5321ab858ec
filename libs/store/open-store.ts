import { memoryStore } from '#libs/store/memory';
import { sqliteStore } from '#libs/store/sqlite';
import type { EventStore } from '#libs/store/store';

export type OpenOptions = Readonly<{ ledger: string; readOnly?: boolean }>;

/**
 * Opens the ledger at `url`: `sqlite:PATH` (a file, made when it is not there) or `memory:`.
 * Throws `TypeError` for any other address.
 */
export async function openStore(url: string, options: OpenOptions): Promise<EventStore> {
  const colon = url.indexOf(':');
  const scheme = url.slice(0, colon);
  const rest = url.slice(colon + 1);
  if (scheme === 'sqlite' && rest !== '') return sqliteStore({ file: rest, ...options });
  if (scheme === 'memory' && rest === '') return memoryStore(options);
  throw new TypeError(`"${url}" is not a store: use sqlite:PATH or memory:`);
}
