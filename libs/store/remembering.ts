import { unseal, type Entry } from '#libs/store/envelope';
import type { Appended, EventStore, RecordedEvent } from '#libs/store/store';

/** Streams longer than this are read each time: few are, and they would crowd out many others. */
const longest = 256;

type Kept = Readonly<{ history: readonly RecordedEvent[] | undefined }>;

/**
 * The same store, which keeps whole streams that were read or appended to lately: a stone that
 * changes hands is read once and then known. Keeps at most `mostEvents`. Only for a store that
 * nobody else writes to: what others append would not be seen.
 */
export function rememberingStore(store: EventStore, mostEvents: number): EventStore {
  /** The least recently used first. An entry without history is a read under way. */
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, number>();
  let events = 0;

  return { ...store, read, append };

  async function read(
    ...[stream, options]: Parameters<EventStore['read']>
  ): Promise<readonly RecordedEvent[]> {
    if (options) return store.read(stream, options);
    const known = kept.get(stream);
    if (known?.history) {
      kept.delete(stream);
      kept.set(stream, known);
      return known.history;
    }
    const reading: Kept = { history: undefined };
    keep(stream, reading);
    try {
      const history = await store.read(stream);
      if (kept.get(stream) === reading) keep(stream, { history });
      return history;
    } catch (error) {
      if (kept.get(stream) === reading) forget(stream);
      throw error;
    }
  }

  /**
   * What is kept is only added to when nothing else happened to the stream meanwhile. Of appends
   * that run at once, one may be answered with what another recorded: then all is forgotten.
   */
  async function append(
    stream: string,
    expectedRevision: number,
    entries: readonly Entry[],
  ): Promise<Appended> {
    const others = underWay.get(stream) ?? 0;
    underWay.set(stream, others + 1);
    if (others > 0) forget(stream);
    const before = kept.get(stream);
    let after: Kept | undefined;
    try {
      const appended = await store.append(stream, expectedRevision, entries);
      after = grown(before, expectedRevision, entries, appended);
      return appended;
    } finally {
      const left = (underWay.get(stream) ?? 1) - 1;
      if (left === 0) underWay.delete(stream);
      else underWay.set(stream, left);
      if (after && kept.get(stream) === before) keep(stream, after);
      else forget(stream);
    }
  }

  function keep(stream: string, entry: Kept): void {
    forget(stream);
    const size = entry.history?.length ?? 0;
    if (size > longest) return;
    kept.set(stream, entry);
    events += size + 1;
    for (const [oldest] of kept) {
      if (events <= mostEvents) return;
      forget(oldest);
    }
  }

  function forget(stream: string): void {
    const entry = kept.get(stream);
    if (!entry) return;
    kept.delete(stream);
    events -= (entry.history?.length ?? 0) + 1;
  }
}

/** One event more; positions of several at once are the store's own affair. */
function grown(
  before: Kept | undefined,
  expectedRevision: number,
  entries: readonly Entry[],
  { revision, position }: Appended,
): Kept | undefined {
  const [entry, ...more] = entries;
  if (!before?.history || !entry || more.length > 0) return undefined;
  if (before.history.length !== expectedRevision + 1 || revision !== entry.revision) {
    return undefined;
  }
  return { history: [...before.history, unseal(entry.leaf, position) as RecordedEvent] };
}
