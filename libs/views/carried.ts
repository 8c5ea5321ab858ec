import type { RecordCorrected } from '#events/correction';
import type { Recorded } from '#events/event';
import { carriersOf, parentsOf } from '#events/kin';
import { stoneStream } from '#events/streams';
import type { EventStore, RecordedEvent } from '#libs/store/store';

/** What was known of a stream by itself: by when it was recorded. */
type KnownOf = (recorded: readonly RecordedEvent[]) => readonly RecordedEvent[];

/**
 * What was known of a stream, with the corrections that follow from one which was known elsewhere: the
 * ledger carries a correction on stream by stream, and goods are never told half of it, the parent as
 * corrected and the child as not. `read` are streams that are known already; others that told this one
 * something are read where they are needed, each once, whatever they told each other.
 */
export async function withCarried(
  store: Pick<EventStore, 'read'>,
  recorded: readonly RecordedEvent[],
  knownOf: KnownOf,
  read: ReadonlyMap<string, readonly RecordedEvent[]>,
): Promise<readonly RecordedEvent[]> {
  const known = knownOf(recorded);
  const ids = new Set<string>();
  const waiting: RecordedEvent[] = [];
  const asked = new Set(recorded.slice(0, 1).map(({ stream }) => stream));
  const family = [recorded];
  for (const all of family) {
    for (const { meta } of knownOf(all)) ids.add(meta.id);
    const later = all.filter((event) => isCarried(event) && !ids.has(event.meta.id));
    if (later.length === 0) continue;
    waiting.push(...later);
    for (const teller of all.flatMap(tellersOf)) {
      if (asked.has(teller)) continue;
      asked.add(teller);
      const before = read.get(teller) ?? [];
      for (const { meta } of before) ids.add(meta.id);
      if (before.length === 0) family.push(await store.read(teller));
    }
  }
  // A correction comes after the one it follows from, so all that follows is met in one walk.
  waiting.sort((a, b) => (a.position < b.position ? -1 : 1));
  const carried = waiting.filter((event) => {
    const { target, cause = '' } = (event as Recorded<RecordCorrected>).data;
    return ids.has(cause) && ids.has(target.id) && ids.add(event.meta.id);
  });
  return [...known, ...carried.filter(({ stream }) => stream === recorded[0]?.stream)];
}

function isCarried(event: RecordedEvent): boolean {
  return event.type === 'RecordCorrected' && event.data.cause !== undefined;
}

/** The streams that told the event's own stream something, which a correction of theirs reaches. */
function tellersOf(event: RecordedEvent): readonly string[] {
  switch (event.type) {
    case 'ReportOpened':
    case 'ReportNumberReused':
    case 'ReportCompared':
      return [stoneStream(event.data.stone)];
    default:
      return [...parentsOf(event), ...carriersOf(event)];
  }
}
