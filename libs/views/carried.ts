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
 * something are read where they are needed, each once: `found` is what is known of them, by themselves
 * until more is, so that streams which told each other something come to an end.
 */
export async function withCarried(
  store: Pick<EventStore, 'read'>,
  recorded: readonly RecordedEvent[],
  knownOf: KnownOf,
  read: ReadonlyMap<string, readonly RecordedEvent[]>,
  found: Map<string, readonly RecordedEvent[]> = new Map(),
): Promise<readonly RecordedEvent[]> {
  const known = knownOf(recorded);
  const [first] = recorded;
  if (first) found.set(first.stream, known);
  const ids = new Set(known.map(({ meta }) => meta.id));
  const later = recorded.filter((event) => isCarried(event) && !ids.has(event.meta.id));
  if (later.length === 0) return known;
  const causes = new Set(ids);
  for (const teller of new Set(recorded.flatMap(tellersOf))) {
    const said = await knownIn(teller);
    for (const { meta } of said) causes.add(meta.id);
  }
  const carried = later.filter((event) => {
    const { target, cause = '' } = (event as Recorded<RecordCorrected>).data;
    if (!causes.has(cause) || !ids.has(target.id)) return false;
    causes.add(event.meta.id);
    return ids.add(event.meta.id);
  });
  const all = [...known, ...carried];
  if (first) found.set(first.stream, all);
  return all;

  async function knownIn(teller: string): Promise<readonly RecordedEvent[]> {
    const before = read.get(teller) ?? [];
    if (before.length > 0) return before;
    const once = found.get(teller);
    return once ?? withCarried(store, await store.read(teller), knownOf, read, found);
  }
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
