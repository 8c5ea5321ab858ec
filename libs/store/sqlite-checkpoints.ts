import type Database from 'better-sqlite3';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Request } from '#libs/store/sqlite-log';

/** Leaf bytes written between two checkpoints. */
const everyBytes = 4 * 1024 * 1024;
/** Pages in the write-ahead log from which on the writer lends a hand to start it over: 64 MB. */
const longFrames = 16_384;
/** Pages that may be left when it does: the longest hold-up of a commit by it. */
const fewFrames = 1_024;

/** What the checkpoint thread is started with, and what it answers to each wish. */
export type CheckpointOptions = Readonly<{ path: string; ledger: string }>;
export type Checkpointed = Readonly<{ frames: number; done: number }>;

/**
 * Keeps the write-ahead log short from a thread of its own, so that commits go on meanwhile. The
 * log can only start over when no page is left in it at the moment of a commit: once it is long,
 * the writer brings over the few last pages itself.
 */
export function openCheckpoints(db: Database.Database, options: CheckpointOptions) {
  let worker: Worker | undefined;
  let ended = Promise.resolve();
  let asked = false;
  let bytes = 0;

  function start(): Worker {
    const file = fileURLToPath(import.meta.resolve('#libs/store/sqlite-checkpointer'));
    const started = new Worker(file, { workerData: options });
    started.on('message', answered);
    started.on('error', () => (worker = undefined));
    ended = new Promise((resolve) => started.once('exit', () => resolve()));
    return started;
  }

  function ask(): void {
    asked = true;
    bytes = 0;
    worker ??= start();
    worker.postMessage('checkpoint');
  }

  function answered({ frames, done }: Checkpointed): void {
    asked = false;
    if (frames < longFrames) return;
    if (frames - done <= fewFrames) db.pragma('wal_checkpoint(PASSIVE)');
    else ask();
  }

  return {
    /** To be called after each commit. */
    after(requests: readonly Request[]): void {
      for (const { entries } of requests) for (const { leaf } of entries) bytes += leaf.length;
      if (bytes >= everyBytes && !asked) ask();
    },
    async close(): Promise<void> {
      worker?.postMessage('close');
      await ended;
    },
  };
}
