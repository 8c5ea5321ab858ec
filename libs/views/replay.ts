import type { RecordedEvent } from '#libs/store/store';
import { memoryViews } from '#libs/views/memory';
import { reviewAll } from '#libs/views/projector';
import { feeder } from '#libs/views/feeder';
import type { Projection, ViewReader } from '#libs/views/views';

/**
 * The views as they would be on a day had the ledger only these events: for "as known at" and "as of", the
 * streams that matter are read, cut where asked and put in order of position.
 */
export async function replay(
  projections: readonly Projection[],
  events: readonly RecordedEvent[],
  today: string,
): Promise<ViewReader> {
  const views = memoryViews(projections);
  const set = await views.next(projections);
  const feed = feeder(set, projections, {
    dense: false,
    read: async (stream) => events.filter((event) => event.stream === stream),
  });
  await feed.take(events, today);
  await set.commit(feed.reached());
  await reviewAll(set, projections, () => today);
  await views.swap(projections);
  return views.reader;
}
