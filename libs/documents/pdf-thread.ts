import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { DocumentData } from '#libs/documents/document';
import type { FromSetter, ToSetter } from '#libs/documents/pdf-setter';

type Waiting = Readonly<{ resolve: (bytes: Uint8Array) => void; reject: (error: unknown) => void }>;

/** {@link pdfOf} elsewhere: the same bytes. */
export type PdfThread = Readonly<{
  pdfOf: (document: DocumentData) => Promise<Uint8Array>;
  close: () => Promise<void>;
}>;

/**
 * Sets documents in a thread of its own, begun with the first and one document at a time: setting one
 * takes some tenths of a second, in which a service would answer nobody. A thread that dies fails
 * the documents it was given; the next one begins another.
 */
export function pdfThread(): PdfThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let asked = 0;
  return { pdfOf, close };

  function pdfOf(document: DocumentData): Promise<Uint8Array> {
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
