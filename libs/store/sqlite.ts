import type Database from 'better-sqlite3';
import { BroadcastChannel } from 'node:worker_threads';
import { checkEntries } from '#libs/store/admit';
import type { Entry } from '#libs/store/envelope';
import { followBy } from '#libs/store/follow';
import { storeError, unavailable } from '#libs/store/sqlite-errors';
import { createLedger, isNew, ledgerPath, lockFile, openLedger } from '#libs/store/sqlite-file';
import { channelOf } from '#libs/store/sqlite-messages';
import { openQueue } from '#libs/store/sqlite-queue';
import { openReader } from '#libs/store/sqlite-reader';
import { openScan } from '#libs/store/sqlite-scan';
import type { EventStore, ReadOptions, RecordedEvent } from '#libs/store/store';

export type SqliteOptions = Readonly<{
  file: string;
  /** The ledger's name; a new file is given it, an existing one must bear it. */
  ledger: string;
  /** Reads beside a writer of this or another process; appends are refused. */
  readOnly?: boolean;
  /** Events that may wait for the writer before appends are refused as `overloaded`. */
  queueLimit?: number;
  /** Size the file may grow to; beyond it appends are refused as `full`. */
  maxBytes?: number;
}>;

/** How often a follower looks for what another process appended, in ms. */
const pollEvery = 50;

/**
 * The embedded ledger: one SQLite file, an acknowledged append is on disk. One store at a time
 * writes; any number read. Throws `StoreUnavailable`, `WrongLedger` or `CorruptRecord`, each
 * naming the file. A write-ahead log that was cut off or deleted by hand while no store had the
 * file open cannot be told from one that was never written further.
 */
export async function sqliteStore(options: SqliteOptions): Promise<EventStore> {
  const { ledger, readOnly = false, queueLimit = 4096, maxBytes } = options;
  const path = ledgerPath(options.file, readOnly);
  const unlock = readOnly ? () => undefined : lockFile(path);
  try {
    if (isNew(path)) {
      if (readOnly) throw unavailable(path, 'failed', new Error('there is no such file'));
      createLedger(path, ledger);
    }
    if (!readOnly) openLedger(path, ledger, false).close();
    const files: Database.Database[] = [];
    const letGo = () => files.forEach((db) => db.close());
    const reading = () => {
      const db = openLedger(path, ledger, true);
      files.push(db);
      return db;
    };
    try {
      const reader = openReader(reading(), path);
      const scan = openScan(reading(), path);
      const queue = readOnly
        ? undefined
        : await openQueue({ path, ledger, ...(maxBytes && { maxBytes }) }, queueLimit);
      return store({ path, ledger, reader, scan, queue, letGo, unlock });
    } catch (error) {
      letGo();
      throw error;
    }
  } catch (error) {
    unlock();
    throw storeError(path, error);
  }
}

type Parts = Readonly<{
  path: string;
  ledger: string;
  reader: ReturnType<typeof openReader>;
  scan: ReturnType<typeof openScan>;
  queue: Awaited<ReturnType<typeof openQueue>> | undefined;
  letGo: () => void;
  unlock: () => void;
}>;

function store({ path, ledger, reader, scan, queue, letGo, unlock }: Parts): EventStore {
  const wakes = new Set<() => void>();
  let closing: Promise<void> | undefined;

  function open(): void {
    if (closing) throw unavailable(path, 'closed');
  }

  async function append(stream: string, expectedRevision: number, entries: readonly Entry[]) {
    open();
    if (!queue) throw unavailable(path, 'read-only');
    checkEntries(stream, expectedRevision, entries);
    return queue.add(stream, expectedRevision, entries);
  }

  async function read(stream: string, options?: ReadOptions) {
    open();
    return reader.read(stream, options);
  }

  async function* readAll(after: bigint): AsyncGenerator<readonly RecordedEvent[]> {
    open();
    const until = scan.end();
    for (let position = Number(after); position < until;) {
      const events = scan.batch(position, until);
      position += events.length;
      yield events;
      await new Promise(setImmediate);
      open();
    }
  }

  async function* corrections(after: bigint): AsyncGenerator<readonly RecordedEvent[]> {
    open();
    for (let position = after; ;) {
      const events = scan.corrections(Number(position));
      const last = events.at(-1);
      if (!last) return;
      yield events;
      await new Promise(setImmediate);
      open();
      position = last.position;
    }
  }

  function listen(wake: () => void): () => void {
    const channel = new BroadcastChannel(channelOf(path));
    channel.onmessage = wake;
    const timer = setInterval(wake, pollEvery);
    wakes.add(wake);
    return () => {
      clearInterval(timer);
      channel.close();
      wakes.delete(wake);
    };
  }

  async function shut(): Promise<void> {
    for (const wake of wakes) wake();
    letGo();
    await queue?.close();
    unlock();
  }

  return {
    ledger,
    inOrder: true,
    append,
    read,
    readAll,
    corrections,
    follow: (after, signal) => followBy(readAll, listen, after, signal),
    end: async () => {
      open();
      return BigInt(scan.end());
    },
    close: () => (closing ??= shut()),
  };
}
