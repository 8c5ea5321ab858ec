import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { DocumentData } from '#libs/documents/document';
import type { FromSetter, ToSetter } from '#libs/documents/pdf-setter';

type Waiting = Readonly<{ resolve: (bytes: Uint8Array) => void; reject: (error: unknown) => void }>;

/** As many documents wait already as may: the caller is to come back later. */
export class TooManyDocuments extends Error {
  override readonly name = 'TooManyDocuments';
  readonly code = 'too-many-documents';

  constructor(most: number) {
    super(`${most} documents are being set already`);
  }
}

/** Some six seconds of work at the usual length. */
const mostWaiting = 32;

/** {@link pdfOf} elsewhere: the same bytes. Throws {@link TooManyDocuments} while too many wait. */
export type PdfThread = Readonly<{
  pdfOf: (document: DocumentData) => Promise<Uint8Array>;
  close: () => Promise<void>;
}>;

/**
 * Sets documents in a thread of its own, begun with the first and one document at a time: setting one
 * takes some tenths of a second, in which a service would answer nobody. A thread that dies fails
 * the documents it was given; the next one begins another. `most` may wait, the one being set
 * included: whoever asks for more than the thread can set must not fill the memory.
 */
export function pdfThread(most = mostWaiting): PdfThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let asked = 0;
  return { pdfOf, close };

  async function pdfOf(document: DocumentData): Promise<Uint8Array> {
    if (waiting.size >= most) throw new TooManyDocuments(most);
    worker ??= start();
    const id = asked++;
    worker.postMessage({ id, document } satisfies ToSetter);
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  function start(): Worker {
    const code = fileURLToPath(import.meta.resolve('#libs/documents/pdf-setter'));
    const started = new Worker(code);
    started.unref();
    started.on('message', (said: FromSetter) => {
      const { resolve, reject } = waiting.get(said.id) ?? {};
      waiting.delete(said.id);
      if ('bytes' in said) resolve?.(said.bytes);
      else reject?.(said.error);
    });
    started.on('error', fail);
    started.on('exit', () => fail(new Error('the thread that sets documents ended')));
    return started;

    function fail(error: unknown): void {
      if (worker !== started) return;
      worker = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    }
  }

  async function close(): Promise<void> {
    await worker?.terminate();
  }
}
