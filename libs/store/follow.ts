import type { EventStore, RecordedEvent } from '#libs/store/store';

/** Calls back soon after something was appended; answers how to stop listening. */
export type Listen = (wake: () => void) => () => void;

/**
 * Everything behind `after`, then on as events arrive, until `signal` aborts. A wake-up that comes
 * while a batch is being handled is kept, so nothing waits for the next one.
 */
export async function* followBy(
  readAll: EventStore['readAll'],
  listen: Listen,
  after: bigint,
  signal: AbortSignal,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  let position = after;
  let pending = true;
  let resume: (() => void) | undefined;
  const wake = () => {
    pending = true;
    resume?.();
  };
  const stop = listen(wake);
  signal.addEventListener('abort', wake);
  try {
    while (!signal.aborted) {
      if (!pending) {
        await new Promise<void>((resolve) => (resume = resolve));
        resume = undefined;
      }
      pending = false;
      for await (const batch of readAll(position)) {
        position = batch.at(-1)?.position ?? position;
        if (signal.aborted) return;
        yield batch;
        if (signal.aborted) return;
      }
    }
  } finally {
    signal.removeEventListener('abort', wake);
    stop();
  }
}
