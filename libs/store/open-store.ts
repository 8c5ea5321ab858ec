import { BadAddress } from '#libs/store/errors';
import { memoryStore } from '#libs/store/memory';
import { sqliteStore } from '#libs/store/sqlite';
import type { EventStore } from '#libs/store/store';

export type OpenOptions = Readonly<{
  ledger: string;
  readOnly?: boolean;
  /** For a server; instead of those in the address, where every look at the configuration shows them. */
  credentials?: Readonly<{ username: string; password: string }>;
  /** Told when something endangers the record; see `EventStore.alarms`. */
  onAlarm?: (alarm: string) => void;
}>;

/**
 * Opens the ledger at `url`: `sqlite:PATH` (a file, made when it is not there), `esdb://HOST:PORT`
 * or `esdb+discover://NAME` (EventStoreDB), or `memory:`. Throws {@link BadAddress} for any other
 * address, without repeating it: it may hold a password.
 */
export async function openStore(url: string, options: OpenOptions): Promise<EventStore> {
  const colon = url.indexOf(':');
  const scheme = url.slice(0, colon);
  const rest = url.slice(colon + 1);
  if (scheme === 'sqlite' && rest !== '') return sqliteStore({ file: rest, ...options });
  if (scheme === 'memory' && rest === '') return memoryStore(options);
  if (isServer(url)) {
    const { eventStoreDb } = await import('#libs/store/eventstoredb');
    return eventStoreDb({ url, ...options });
  }
  throw new BadAddress('this is not a store: use sqlite:PATH, esdb://HOST:PORT or memory:');
}

/** Whether others may write to the ledger at `url` as well. */
export function isServer(url: string): boolean {
  return /^esdb(\+discover)?:/.test(url);
}

/** The address as logs may show it. */
export function shownStore(url: string): string {
  return isServer(url) ? url.replace(/^([a-z+]+:\/\/).*@/s, '$1').replace(/\?.*$/s, '') : url;
}
