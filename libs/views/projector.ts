import { setTimeout as sleep } from 'node:timers/promises';
import { correctionsIn } from '#libs/store/corrections';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { ViewsChanged } from '#libs/views/errors';
import { feeder } from '#libs/views/feeder';
import { refuseRolledBack } from '#libs/views/rolled-back';
import type { Projection, ViewReader, Views, ViewSet } from '#libs/views/views';

export type ProjectOptions = Readonly<{
  signal: AbortSignal;
  /** What {@link ViewWriter.today} is: a moment or a day; asked for every batch. */
  today: () => string;
  /** Told after each commit: where the views are and how many events the commit took in. */
  onBatch?: (batch: Readonly<{ position: bigint; events: number }>) => void;
  /** Events taken in by one commit while there are more to come; default 16,000. */
  eventsPerCommit?: number;
  /** Waits so many ms or until the signal aborts, when it may reject; the process's own clock. */
  pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}>;

/** How often in ms it is looked whether `today` is another, when no events come. */
const lookAtClock = 1000;

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
      await reviewAll(set, projections, options.today, options.signal);
      if (options.signal.aborted) return false;
      if (await views.swap(projections)) return true;
    } catch (error) {
      if (!(error instanceof ViewsChanged)) throw error;
    }
  }
  return false;
}

/** Does all that is to be done to the live rows without any event, on that day or at that moment. */
export async function review(
  views: Views,
  projections: readonly Projection[],
  today: string,
): Promise<void> {
  const reviewed = projections.filter((projection) => projection.review !== undefined);
  for (;;) {
    try {
      return await reviewAll(await views.live(reviewed), reviewed, () => today);
    } catch (error) {
      if (!(error instanceof ViewsChanged)) throw error;
    }
  }
}

/** Whether a review would do anything; a part of it is gone through, and nothing is written. */
export async function isReviewDue(
  reader: ViewReader,
  projections: readonly Projection[],
  today: string,
): Promise<boolean> {
  const ignored = () => undefined;
  const views = { ...reader, today, put: ignored, delete: ignored };
  for (const projection of projections) {
    if (((await projection.review?.(views)) ?? 0) > 0) return true;
  }
  return false;
}

/** All that is left to do without any event, each part a commit of its own. */
export async function reviewAll(
  set: ViewSet,
  projections: readonly Projection[],
  today: () => string,
  signal?: AbortSignal,
): Promise<void> {
  while (!signal?.aborted && (await reviewPart(set, projections, today()))) {
    // One part after another.
  }
}

/** One part of one projection's review, committed; answers whether there was anything to do. */
async function reviewPart(
  set: ViewSet,
  projections: readonly Projection[],
  today: string,
): Promise<boolean> {
  for (const projection of projections) {
    const done = (await projection.review?.(set.writer(projection, today))) ?? 0;
    if (done === 0) continue;
    await set.commit(0n);
    return true;
  }
  return false;
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

/** Events come first; between them, a part at a time, what is to be done without any. */
async function followOn(
  store: EventStore,
  set: ViewSet,
  projections: readonly Projection[],
  { signal, today, onBatch, pause = wait }: ProjectOptions,
): Promise<void> {
  const feed = feeder(set, projections, { dense: store.dense === true, read: store.read });
  const beginnings = new Set(projections.flatMap(({ reviewAfter = [] }) => reviewAfter));
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const batches = store.follow(feed.reached(), until)[Symbol.asyncIterator]();
  let next = batches.next();
  let reviewedAt: string | undefined;
  let waiting: Promise<void> | undefined;
  try {
    while (!signal.aborted) {
      const now = today();
      const came = await Promise.race([next, now === reviewedAt ? later() : paused(0)]);
      if (isBatch(came)) {
        if (came.done) return;
        const { value: events } = came;
        const taken = await feed.take(events, now);
        if (taken > 0) {
          await set.commit(feed.reached());
          onBatch?.({ position: feed.reached(), events: taken });
        }
        if (events.some(({ type }) => beginnings.has(type))) reviewedAt = undefined;
        next = batches.next();
      } else if (now !== reviewedAt && !(await reviewPart(set, projections, now))) {
        reviewedAt = now;
      }
    }
  } finally {
    ended.abort();
    next.catch(() => undefined);
  }

  function later(): Promise<void> {
    return (waiting ??= paused(lookAtClock).then(() => (waiting = undefined)));
  }

  async function paused(ms: number): Promise<void> {
    await pause(ms, until).catch(() => undefined);
  }
}

type Came = IteratorResult<readonly RecordedEvent[], unknown>;

const isBatch = (came: unknown): came is Came =>
  typeof came === 'object' && came !== null && 'done' in came;

const wait = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });
