import { afterAll, afterEach, beforeEach } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyStream, seal, type Head } from '#libs/store/envelope';
import { sqliteStore, type SqliteOptions } from '#libs/store/sqlite';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { headAfter, named } from '#test/contract/event-store';

export const ledger = 'test.example/log';

/** A ledger file for each test; what `start` opens is closed after it. */
export function ledgerFile() {
  const root = mkdtempSync(join(tmpdir(), 'adamant-'));
  const open: EventStore[] = [];
  const place = { root, folder: root, file: '', start, record };
  beforeEach(() => {
    place.folder = mkdtempSync(join(root, 'ledger-'));
    place.file = join(place.folder, 'ledger.db');
  });
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
  });
  afterAll(() => rmSync(root, { recursive: true }));
  return place;

  async function start(options: Partial<SqliteOptions> = {}): Promise<EventStore> {
    const store = await sqliteStore({ file: place.file, ledger, ...options });
    open.push(store);
    return store;
  }

  /** Leaves a closed ledger of one stream with the given names. */
  async function record(...names: string[]): Promise<void> {
    const store = await sqliteStore({ file: place.file, ledger });
    await append(store, 'stone-sun', emptyStream, ...names);
    await store.close();
  }
}

export async function append(store: EventStore, stream: string, head: Head, ...names: string[]) {
  const events = names.map((name) => named(name));
  const entries = seal(store.ledger, stream, head, '2026-11-22T09:00:00.000Z', events);
  await store.append(stream, head.revision, entries);
  return headAfter(entries);
}

export async function all(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  return events;
}
