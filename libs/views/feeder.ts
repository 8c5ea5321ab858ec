import { isCorrection } from '#libs/decider/effective';
import type { RecordedEvent } from '#libs/store/store';
import { LedgerGap } from '#libs/views/errors';
import type { ReadStream, Reading } from '#libs/views/family';
import { familyOf, witnessesOf } from '#libs/views/family';
import { knownCorrections } from '#libs/views/known-corrections';
import type { Projection, ViewSet, ViewWriter } from '#libs/views/views';

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
  const starts = feeds.map(({ start }) => start);
  const furthest = starts.reduce((most, at) => (at > most ? at : most));
  let last = starts.reduce((least, at) => (at < least ? at : least));
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
      const isNewToAll = position > furthest;
      for (const { start, waiting, projection } of handlers.get(event.type) ?? []) {
        if (isNewToAll || position > start) waiting.push(projection.forget ? told : asRecorded);
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
