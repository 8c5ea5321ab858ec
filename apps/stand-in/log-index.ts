import type { StreamState } from '#apps/stand-in/admission';
import { tombstone, type LogEvent } from '#apps/stand-in/log-event';
import { retentionOf, softDeleted } from '#apps/stand-in/retention';

/** What can be read of one stream. Revisions outside `low` to `high` are hidden or not there. */
export type Readable =
  | Readonly<{ kind: 'missing' | 'deleted' }>
  | Readonly<{
      kind: 'found';
      low: number;
      high: number;
      /** The event at a revision; undefined when it is too old to be shown. */
      at: (revision: number) => LogEvent | undefined;
    }>;

/** The log as readers see it. */
export type LogView = Readonly<{
  /** How many events there are. */
  size: () => number;
  event: (place: number) => LogEvent | undefined;
  /** The place of the first event at or behind `position`. */
  placeOf: (position: number) => number;
  readable: (stream: string) => Readable;
}>;

/** The log in memory. Writers see everything added; readers only what was committed. */
export type LogIndex = Readonly<{
  add: (event: LogEvent) => void;
  added: () => number;
  /** Shows readers the first `count` events. */
  commit: (count: number) => void;
  state: (stream: string) => StreamState;
  metadataOf: (stream: string) => LogEvent | undefined;
  /** The event with a revision, shown or not, and whether readers can see it yet. */
  recorded: (stream: string, revision: number) => Readonly<{ position: number; seen: boolean }>;
  /** What was committed, of that the first `limit` events. */
  view: (limit: () => number) => LogView;
}>;

export function logIndex(now: () => number): LogIndex {
  const events: LogEvent[] = [];
  /** Places by revision; a tombstone stands behind the last. */
  const streams = new Map<string, number[]>();
  let committed = 0;

  function lastOf(stream: string, before: number): LogEvent | undefined {
    return events[streams.get(stream)?.findLast((place) => place < before) ?? -1];
  }

  function isTombstoned(stream: string, before: number): boolean {
    if (lastOf(stream, before)?.revision === tombstone) return true;
    return stream.startsWith('$$') && isTombstoned(stream.slice(2), before);
  }

  function state(stream: string): StreamState {
    const places = streams.get(stream) ?? [];
    const metadata = lastOf(`$$${stream}`, events.length);
    const retention = retentionOf(metadata);
    const current = places.length - 1;
    const low = Math.max(retention.truncateBefore, current + 1 - retention.maxCount);
    return {
      current,
      tombstoned: isTombstoned(stream, events.length),
      softDeleted: retention.truncateBefore >= softDeleted,
      hasMetadata: metadata !== undefined,
      idAt: (revision) => (revision < low ? undefined : events[places[revision] ?? -1]?.id),
    };
  }

  function view(limit: () => number): LogView {
    const size = () => Math.min(committed, limit());

    function readable(stream: string): Readable {
      const end = size();
      if (isTombstoned(stream, end)) return { kind: 'deleted' };
      const places = streams.get(stream) ?? [];
      let high = places.length - 1;
      while (high >= 0 && (places[high] ?? 0) >= end) high -= 1;
      const { truncateBefore, maxCount, maxAge } = retentionOf(lastOf(`$$${stream}`, end));
      if (high < 0 || truncateBefore >= softDeleted) return { kind: 'missing' };
      const oldest = maxAge === Infinity ? -Infinity : now() - maxAge;
      return {
        kind: 'found',
        low: Math.max(truncateBefore, high + 1 - maxCount, 0),
        high,
        at(revision) {
          const event = events[places[revision] ?? -1];
          return event && event.created >= oldest ? event : undefined;
        },
      };
    }

    function placeOf(position: number): number {
      let low = 0;
      let high = size();
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((events[middle]?.position ?? Infinity) < position) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    return { size, event: (place) => events[place], placeOf, readable };
  }

  return {
    add(event) {
      const places = streams.get(event.stream);
      if (places) places.push(events.length);
      else streams.set(event.stream, [events.length]);
      events.push(event);
    },
    added: () => events.length,
    commit(count) {
      committed = Math.max(committed, count);
    },
    state,
    recorded(stream, revision) {
      const place = streams.get(stream)?.[revision] ?? Infinity;
      return { position: events[place]?.position ?? 0, seen: place < committed };
    },
    metadataOf: (stream) => lastOf(`$$${stream}`, events.length),
    view,
  };
}
