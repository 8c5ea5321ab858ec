import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Entry } from '#libs/store/envelope';
import { StoreUnavailable } from '#libs/store/errors';
import { unavailable } from '#libs/store/sqlite-errors';
import {
  errorOf,
  type Appends,
  type FromWriter,
  type ToWriter,
  type WriterOptions,
} from '#libs/store/sqlite-messages';
import type { Appended } from '#libs/store/store';

type Waiting = Readonly<{
  events: number;
  resolve: (appended: Appended) => void;
  reject: (error: Error) => void;
}>;

const emptyParcel = (failed: number) => ({
  failed,
  streams: [] as string[],
  expected: [] as number[],
  prevs: [] as string[],
  counts: [] as number[],
  texts: [] as string[],
});

/** Events sent over at once; the writer begins while the caller seals the next ones. */
const parcelLimit = 32;

/**
 * The caller's end of the writer thread. Appends of one turn of the event loop go over together,
 * answers come back in the order sent. The thread keeps the process alive only while one waits.
 */
export async function openQueue(options: WriterOptions, queueLimit: number) {
  const file = fileURLToPath(import.meta.resolve('#libs/store/sqlite-writer'));
  const worker = new Worker(file, { workerData: options });
  const post = (message: ToWriter) => worker.postMessage(message);
  let waiting: Waiting[] = [];
  let answered = 0;
  let events = 0;
  let failed = 0;
  let parcel = emptyParcel(failed);
  let parcelled = 0;
  let refusal: StoreUnavailable | undefined;

  function add(stream: string, expectedRevision: number, entries: readonly Entry[]) {
    if (refusal) return Promise.reject(refusal);
    if (events > 0 && events + entries.length > queueLimit) {
      return Promise.reject(unavailable(options.path, 'overloaded'));
    }
    if (events === 0) worker.ref();
    events += entries.length;
    parcel.streams.push(stream);
    parcel.expected.push(expectedRevision);
    parcel.prevs.push(entries[0]?.prev ?? '');
    parcel.counts.push(entries.length);
    for (const { id, leaf, hash } of entries) parcel.texts.push(id, leaf, hash);
    if (parcelled === 0) setImmediate(flush);
    parcelled += entries.length;
    if (parcelled >= parcelLimit) flush();
    return new Promise<Appended>((resolve, reject) => {
      waiting.push({ events: entries.length, resolve, reject });
    });
  }

  function flush(): void {
    if (parcelled === 0) return;
    post(parcel satisfies Appends);
    parcel = emptyParcel(failed);
    parcelled = 0;
  }

  /** Whoever was told of it has had the time to make no further appends. */
  function goOnBehind(failure: number): void {
    flush();
    failed = failure;
    parcel = emptyParcel(failed);
  }

  function next(): Waiting | undefined {
    const first = waiting[answered];
    answered += 1;
    if (answered >= 1024) {
      waiting = waiting.slice(answered);
      answered = 0;
    }
    events -= first?.events ?? 0;
    if (events === 0 && !refusal) worker.unref();
    return first;
  }

  function settle(answers: Extract<FromWriter, { is: 'answers' }>) {
    const { revisions, positions } = answers;
    const failures = new Map(answers.failures);
    if (answers.failed > failed) setImmediate(goOnBehind, answers.failed);
    for (const [index, revision] of revisions.entries()) {
      const append = next();
      const failure = failures.get(index);
      if (failure) append?.reject(errorOf(failure));
      else append?.resolve({ revision, position: BigInt(positions[index] ?? 0) });
    }
  }

  function fail(cause: unknown): void {
    refusal ??= unavailable(options.path, 'failed', cause);
    while (answered < waiting.length) next()?.reject(refusal);
  }

  const ready = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  worker.on('message', (message: FromWriter) => {
    if (message.is === 'answers') settle(message);
    else if (message.is === 'ready') ready.resolve();
    else if (message.is === 'broken') ready.reject(errorOf(message.failure));
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    fail(new Error('the writer thread ended'));
    ready.reject(refusal);
    closed.resolve();
  });
  await ready.promise;
  worker.unref();

  return {
    add,
    /** Lets what was accepted finish, then ends the thread. */
    async close(): Promise<void> {
      if (!refusal) {
        refusal = unavailable(options.path, 'closed');
        worker.ref();
        flush();
        post('close');
      }
      await closed.promise;
    },
  };
}
