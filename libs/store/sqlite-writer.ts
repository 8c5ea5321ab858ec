import type Database from 'better-sqlite3';
import {
  BroadcastChannel,
  parentPort,
  receiveMessageOnPort,
  workerData,
  type MessagePort,
} from 'node:worker_threads';
import { openCheckpoints } from '#libs/store/sqlite-checkpoints';
import { isFatal, isLocked, storeError } from '#libs/store/sqlite-errors';
import { openLedger } from '#libs/store/sqlite-file';
import { openLog, type Outcome, type Request } from '#libs/store/sqlite-log';
import {
  answersOf,
  channelOf,
  errorOf,
  failureOf,
  requestsOf,
  type Failure,
  type FromWriter,
  type ToWriter,
  type WriterOptions,
} from '#libs/store/sqlite-messages';

/** The most events one commit takes, so that the first of a crowd is not held up by the last. */
const groupLimit = 1024;

/**
 * The thread that writes. Every append that arrived while the last commit ran goes into the next
 * one, so one sync serves them all.
 */
function serve(port: MessagePort, { path, ledger, maxBytes }: WriterOptions): void {
  const db = openLedger(path, ledger, false);
  if (maxBytes !== undefined) {
    const pageBytes = Number(db.pragma('page_size', { simple: true }));
    db.pragma(`max_page_count = ${Math.floor(maxBytes / pageBytes)}`);
  }
  const log = openLog(db, path);
  const checkpoints = openCheckpoints(db, { path, ledger });
  const appended = new BroadcastChannel(channelOf(path));
  const send = (message: FromWriter) => port.postMessage(message);
  const waiting: Request[] = [];
  let scheduled = false;
  let closing = false;
  let failed = 0;
  let failure: unknown;
  let doubt: Failure | undefined;

  /** With a group that fails all fails that waits: nothing may be recorded as if it had not. */
  function commit(group: readonly Request[]): readonly Outcome[] {
    if (doubt) return group.map(() => ({ error: errorOf(doubt as Failure) }));
    try {
      return log.commit(group);
    } catch (thrown) {
      failed += 1;
      failure = storeError(path, thrown);
      if (isFatal(thrown)) doubt = failureOf(failure);
      return [...group, ...waiting.splice(0)].map(() => ({ error: failure }));
    }
  }

  function take(message: ToWriter): void {
    if (message === 'close') closing = true;
    else if (message.failed === failed) waiting.push(...requestsOf(message));
    else
      send(
        answersOf(
          message.streams.map(() => ({ error: failure })),
          failed,
        ),
      );
  }

  /** One commit per turn of the event loop, so that the checkpoint thread is heard too. */
  function work(first: ToWriter): void {
    take(first);
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) {
      take(more.message as ToWriter);
    }
    if (!scheduled) commitNext();
  }

  function commitNext(): void {
    const group = waiting.splice(0, fitting(waiting));
    if (group.length > 0) {
      const end = log.end();
      send(answersOf(commit(group), failed));
      if (log.end() > end) appended.postMessage(null);
      checkpoints.after(group);
    }
    scheduled = waiting.length > 0;
    if (scheduled) setImmediate(commitNext);
    else if (closing) void close();
  }

  async function close(): Promise<void> {
    port.off('message', work);
    await checkpoints.close();
    appended.close();
    try {
      if (!doubt) leaveOneFile(db);
    } finally {
      db.close();
      port.close();
    }
  }

  appended.unref();
  port.on('message', work);
  send({ is: 'ready' });
}

/**
 * Without its write-ahead log a ledger can be archived and read from read-only media. While others
 * read the file, the log stays; the next writer takes it in.
 */
function leaveOneFile(db: Database.Database): void {
  db.pragma('busy_timeout = 0');
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    if (!isLocked(error)) throw error;
  }
}

/** How many of the first requests fit in one commit; at least one. */
function fitting(requests: readonly Request[]): number {
  let events = 0;
  for (const [index, { entries }] of requests.entries()) {
    events += entries.length;
    if (events > groupLimit) return Math.max(1, index);
  }
  return requests.length;
}

const port = parentPort;
if (port) {
  const options = workerData as WriterOptions;
  try {
    serve(port, options);
  } catch (error) {
    port.postMessage({ is: 'broken', failure: failureOf(storeError(options.path, error)) });
  }
}
