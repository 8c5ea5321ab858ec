import { isCorrection } from '#libs/decider/effective';
import type { EventStore, RecordedEvent } from '#libs/store/store';

/**
 * Batches of the corrections and annulments behind `after`, in order. A store that has no quicker
 * way is read through.
 */
export async function* correctionsIn(
  store: EventStore,
  after: bigint,
): AsyncGenerator<readonly RecordedEvent[]> {
  if (store.corrections) return yield* store.corrections(after);
  for await (const batch of store.readAll(after)) {
    const found = batch.filter(isCorrection);
    if (found.length > 0) yield found;
  }
}
