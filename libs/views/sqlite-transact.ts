import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { ViewsUnavailable } from '#libs/views/errors';
import { openConnection, patiently, unavailable } from '#libs/views/sqlite-connection';
import { stepRunner } from '#libs/views/sqlite-steps';
import type { Step, Transact } from '#libs/views/transact';

export type ToTransactor = readonly Step[] | 'end' | 'cancel' | 'close';

/** The answer to an `end`. */
export type FromTransactor = Readonly<{
  unmet: number;
  error?: Readonly<{ name: string; code: string; message: string }>;
}>;

/** Steps in one message, each of up to 64 rows; a transaction of fewer is not worth a thread. */
const parcel = 64;

type Waiting = Readonly<{ resolve: (unmet: number) => void; reject: (error: unknown) => void }>;

/**
 * Small transactions are carried out at once. Big ones are in a thread of their own, begun with the
 * first one, so that whoever projects goes on while rows are written. One at a time.
 */
export function sqliteTransact(file: string): { transact: Transact; close: () => Promise<void> } {
  const waiting: Waiting[] = [];
  let connection: Database | undefined;
  let runner: ReturnType<typeof stepRunner> | undefined;
  let worker: Worker | undefined;
  let ended: Promise<void> = Promise.resolve();
  let isClosed = false;
  return { transact, close };

  async function transact(steps: Iterable<Step>): Promise<number> {
    if (isClosed) throw new ViewsUnavailable(file, 'closed', 'they were closed');
    let some: Step[] = [];
    let isBig = false;
    try {
      for (const step of steps) {
        if (some.length === parcel) {
          isBig = true;
          post(some);
          some = [];
        }
        some.push(step);
      }
    } catch (error) {
      if (isBig) post('cancel');
      throw error;
    }
    if (!isBig) return patiently(() => atOnce(some));
    post(some);
    return new Promise<number>((resolve, reject) => {
      waiting.push({ resolve, reject });
      post('end');
    });
  }

  function atOnce(steps: readonly Step[]): number {
    connection ??= openConnection(file, { readonly: false, patient: false });
    runner ??= stepRunner(connection);
    runner.take(steps);
    const { unmet, error } = runner.end();
    if (error !== undefined) throw unavailable(file, error);
    return unmet;
  }

  async function close(): Promise<void> {
    isClosed = true;
    connection?.close();
    worker?.postMessage('close' satisfies ToTransactor);
    await ended;
  }

  function post(message: ToTransactor): void {
    worker ??= start();
    worker.postMessage(message);
  }

  function start(): Worker {
    const code = fileURLToPath(import.meta.resolve('#libs/views/sqlite-transactor'));
    const started = new Worker(code, { workerData: file });
    started.on('message', ({ unmet, error }: FromTransactor) => {
      const next = waiting.shift();
      if (error) next?.reject(unavailable(file, Object.assign(new Error(error.message), error)));
      else next?.resolve(unmet);
    });
    started.on('error', (error) => {
      worker = undefined;
      for (const { reject } of waiting.splice(0)) reject(unavailable(file, error));
    });
    ended = new Promise((resolve) => started.once('exit', () => resolve()));
    return started;
  }
}
