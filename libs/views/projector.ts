import { isCorrection } from '#libs/decider/effective';
import { correctionsIn } from '#libs/store/corrections';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { LedgerGap, ViewsChanged } from '#libs/views/errors';
import type { ReadStream, Reading } from '#libs/views/family';
import { familyOf, witnessesOf } from '#libs/views/family';
import { knownCorrections } from '#libs/views/known-corrections';
import { refuseRolledBack } from '#libs/views/rolled-back';
import type { Projection, Views, ViewSet, ViewWriter } from '#libs/views/views';

export type ProjectOptions = Readonly<{
  signal: AbortSignal;
  /** The day it is now, `YYYY-MM-DD`; asked for every batch. */
  today: () => string;
  /** Told after each commit: where the views are and how many events the commit took in. */
  onBatch?: (batch: Readonly<{ position: bigint; events: number }>) => void;
  /** Events taken in by one commit while there are more to come; default 16,000. */
  eventsPerCommit?: number;
}>;

/**
 * Keeps the live views: builds what has none yet, catches up and follows the ledger until `signal`
 * aborts. One pass feeds all projections; each counts an event exactly once, whatever crashes.
 * Throws `LedgerGap`, `LedgerRolledBack`, and whatever a projection or the views throw.
 */
export async function project(
  store: EventStore,
  views: Views,
  projections: readonly Projection[],
  options: ProjectOptions,
): Promise<void> {
  const live = await views.positions();
  const missing = projections.filter(({ name }) => !live.has(name));
  if (missing.length > 0) await rebuild(store, views, missing, options);
  while (!options.signal.aborted) {
    try {
      await refuseRolledBack(store, views);
      const set = await views.live(projections);
      await catchUp(store, set, projections, options);
      await followOn(store, set, projections, options);
    } catch (error) {
      if (!(error instanceof ViewsChanged)) throw error;
    }
  }
}

/**
 * Builds the projections anew beside the live ones and swaps them in. Answers `false` when
 * `signal` aborted it; called again it goes on from there.
 */
export async function rebuild(
  store: EventStore,
  views: Views,
  projections: readonly Projection[],
  options: ProjectOptions,
): Promise<boolean> {
  let isPrepared = false;
  while (!options.signal.aborted) {
    try {
      await refuseRolledBack(store, views);
      const set = await views.next(projections);
      await catchUp(store, set, projections, options);
      if (!options.signal.aborted && !isPrepared) await views.prepare(projections);
      isPrepared = true;
      await catchUp(store, set, projections, options);
      if (options.signal.aborted) return false;
      if (await views.swap(projections)) return true;
    } catch (error) {
      if (!(error instanceof ViewsChanged)) throw error;
    }
  }
  return false;
}

/** Brings the live rows up to `today` that only the calendar changes. */
export async function review(
  views: Views,
  projections: readonly Projection[],
  today: string,
): Promise<void> {
  const reviewed = projections.filter((projection) => projection.review !== undefined);
  for (;;) {
    try {
      const set = await views.live(reviewed);
      for (const projection of reviewed) await projection.review?.(set.writer(projection, today));
      return await set.commit(0n);
    } catch (error) {
      if (!(error instanceof ViewsChanged)) throw error;
    }
  }
}

/** Takes in all there is, some thousands of events a commit. */
export async function catchUp(
  store: EventStore,
  set: ViewSet,
  projections: readonly Projection[],
  { signal, today, onBatch, eventsPerCommit = 16_000 }: ProjectOptions,
): Promise<void> {
  const feed = feeder(set, projections, { dense: store.dense === true, read: store.read });
  let pending = 0;
  let written = Promise.resolve();
  for await (const some of correctionsIn(store, feed.reached())) some.forEach(feed.foresee);
  try {
    for await (const events of store.readAll(feed.reached())) {
      if (signal.aborted) break;
      pending += await feed.take(events, today());
      if (pending >= eventsPerCommit) await commit();
    }
    if (pending > 0) await commit();
    await written;
  } finally {
    await written.catch(() => undefined);
  }

  /** Waits for the commit before; what comes next is projected while this one is written. */
  async function commit(): Promise<void> {
    await written;
    const batch = { position: feed.reached(), events: pending };
    pending = 0;
    written = set.commit(batch.position).then(() => onBatch?.(batch));
    written.catch(() => undefined);
  }
}

async function followOn(
  store: EventStore,
  set: ViewSet,
  projections: readonly Projection[],
  { signal, today, onBatch }: ProjectOptions,
): Promise<void> {
  const feed = feeder(set, projections, { dense: store.dense === true, read: store.read });
  let reviewedOn = '';
  for await (const events of store.follow(feed.reached(), signal)) {
    const day = today();
    if (day !== reviewedOn) {
      for (const projection of projections) {
        await projection.review?.(set.writer(projection, day));
      }
      reviewedOn = day;
    }
    const taken = await feed.take(events, day);
    if (taken === 0) continue;
    await set.commit(feed.reached());
    onBatch?.({ position: feed.reached(), events: taken });
  }
}

/**
 * Gives events to the projections of a set, in order, as they read by the corrections that are
 * known. What a projection has counted it is not given again; what the ledger left out stops
 * everything. What a correction changes that was projected before, is projected anew with all that
 * depends on it, before the turn ends: so it is part of the commit that counts the correction.
 */
export function feeder(
  set: ViewSet,
  projections: readonly Projection[],
  { dense, read }: Readonly<{ dense: boolean; read: ReadStream }>,
) {
  const feeds = projections.map((projection): Feed => {
    return { projection, start: set.position(projection), waiting: [] };
  });
  const handlers = new Map<string, Feed[]>();
  for (const feed of feeds) {
    for (const type of feed.projection.handles) {
      handlers.set(type, [...(handlers.get(type) ?? []), feed]);
    }
  }
  const corrections = knownCorrections();
  let last = feeds.map(({ start }) => start).reduce((least, at) => (at < least ? at : least));
  return { reached: () => last, foresee: corrections.learn, take };

  /**
   * Answers how many of the events were new. Projections know nothing of one another, so each is
   * given all of its events before its turn ends.
   */
  async function take(events: readonly RecordedEvent[], today: string): Promise<number> {
    let taken = 0;
    let before: bigint | undefined;
    const late: RecordedEvent[] = [];
    for (const event of events) corrections.learn(event);
    for (const event of events) {
      const { position } = event;
      if (before !== undefined && position <= before) throw new LedgerGap(before, position);
      before = position;
      if (position <= last) continue;
      if (dense && position !== last + 1n) throw new LedgerGap(last, position);
      const reads = corrections.reading(event);
      const told = { event: reads ?? event, annulled: reads === undefined };
      const asRecorded = reads === event ? told : { event, annulled: false };
      for (const { start, waiting, projection } of handlers.get(event.type) ?? []) {
        if (position > start) waiting.push(projection.forget ? told : asRecorded);
      }
      if (isCorrection(event) && corrections.isLate(event)) late.push(event);
      last = position;
      taken += 1;
    }
    for (const feed of feeds) await given(feed, set.writer(feed.projection, today));
    if (late.length > 0) await anew(late, today);
    return taken;
  }

  /** Projections that counted the corrections before are left as they are. */
  async function anew(late: readonly RecordedEvent[], today: string): Promise<void> {
    const family = await familyOf(new Set(late.map(({ stream }) => stream)), last, read);
    for (const { projection, start } of feeds) {
      if (!projection.forget || late.every(({ position }) => position <= start)) continue;
      const writer = set.writer(projection, today);
      const { witnesses } = projection;
      const readings = witnesses
        ? await witnessesOf(family, witnesses, last, read)
        : family.readings;
      const waiting = readings.filter(({ event }) => projection.handles.includes(event.type));
      for (const stream of family.streams) await projection.forget(stream, writer);
      await given({ projection, waiting }, writer, new Set(family.streams));
      for (const stream of family.streams) await projection.settle?.(stream, writer);
    }
  }
}

type Feed = Readonly<{ projection: Projection; start: bigint; waiting: Reading[] }>;

async function given(
  { projection, waiting }: Pick<Feed, 'projection' | 'waiting'>,
  writer: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  for (const { event, annulled } of waiting) {
    const done = annulled
      ? projection.projectAnnulled?.(event, writer)
      : projection.project(event, writer, anew);
    if (done) await done;
  }
  waiting.length = 0;
}
