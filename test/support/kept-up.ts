import type { RecordedEvent } from '#libs/store/store';
import { memoryViews } from '#libs/views/memory';
import { feeder } from '#libs/views/feeder';
import { reviewAll } from '#libs/views/projector';
import type { Projection, ViewReader } from '#libs/views/views';

/**
 * Views kept up with a ledger, `size` events a commit, as they are when nothing of the future is
 * known: a correction finds what it corrects already there. What the calendar does is done at the end.
 */
export async function keptUp(
  projections: readonly Projection[],
  events: readonly RecordedEvent[],
  today: string,
  size = 1,
): Promise<ViewReader> {
  const views = memoryViews(projections);
  const set = await views.next(projections);
  const read = async (stream: string) => events.filter((event) => event.stream === stream);
  const feed = feeder(set, projections, { dense: true, read });
  for (let from = 0; from < events.length; from += size) {
    await feed.take(events.slice(from, from + size), today);
    await set.commit(feed.reached());
  }
  await reviewAll(set, projections, () => today);
  await views.swap(projections);
  return views.reader;
}
