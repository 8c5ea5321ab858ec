import { parentPort } from 'node:worker_threads';
import type { DocumentData } from '#libs/documents/document';
import { pdfOf } from '#libs/documents/pdf';

export type ToSetter = Readonly<{ id: number; document: DocumentData }>;

/** The pages, or why there are none. */
export type FromSetter = Readonly<{ id: number } & ({ bytes: Uint8Array } | { error: unknown })>;

parentPort?.on('message', ({ id, document }: ToSetter) => {
  pdfOf(document).then(
    (bytes) => parentPort?.postMessage({ id, bytes } satisfies FromSetter),
    (error: unknown) => parentPort?.postMessage({ id, error } satisfies FromSetter),
  );
});
