import { beforeAll, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { generate } from '#apps/cli/generate/generate';
import { leafHash } from '#libs/store/envelope';
import { memoryStore } from '#libs/store/memory';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { project, rebuild } from '#libs/views/projector';
import { replay } from '#libs/views/replay';
import type { Views } from '#libs/views/views';
import { waitFor } from '#libs/views/wait-for';
import { projections } from '#projections/projections';
import type { NewPlace } from '#test/contract/views-fixture';
import { dump } from '#test/support/dump';
import { finishedStore } from '#test/support/recorded';

const today = () => '2026-11-21';
const never = new AbortController().signal;
const historyTable = projections.flatMap(({ tables }) => tables).find((t) => t.name === 'history');

/** What readers may rely on while a projector follows a growing ledger and others rebuild. */
export function viewsUnderLoad(name: string, newPlace: NewPlace): void {
  describe(`views in ${name} while the ledger grows`, () => {
    let events: readonly RecordedEvent[] = [];
    let whole: Awaited<ReturnType<typeof dump>>;
    beforeAll(async () => {
      const store = memoryStore({ ledger: 'test' });
      await generate({ store }, { stones: 60, seed: 7 });
      const all: RecordedEvent[] = [];
      for await (const batch of store.readAll(0n)) all.push(...batch);
      events = all;
      whole = await dump(await replay(projections, events, today()), projections);
    });

    it('never go back, nor miss or double a row, while they are rebuilt and swapped', async () => {
      const open = await newPlace();
      const [live, beside, readers] = [open(), open(), open()];
      const store = memoryStore({ ledger: 'test' });
      await copy(events.slice(0, 100), store);
      const stop = new AbortController();
      const following = project(store, live, projections, { signal: stop.signal, today });
      await waitFor(readers, projections, 100n, { timeoutMs: 60_000 });

      const reading = watched(readers, stop.signal);
      const writing = copy(events.slice(100), store);
      let swaps = 0;
      let isWritten = false;
      void writing.then(() => (isWritten = true));
      while (!isWritten || swaps < 3) {
        expect(await rebuild(store, beside, projections, { signal: never, today })).toBe(true);
        swaps += 1;
      }
      await writing;
      await waitFor(readers, projections, await store.end(), { timeoutMs: 60_000 });
      stop.abort();
      await following;
      expect((await reading).faults).toEqual([]);
      expect((await reading).reads).toBeGreaterThan(10);
      expect(await dump(readers.reader, projections)).toEqual(whole);
      for (const views of [live, beside, readers]) await views.close();
    }, 120_000);

    it('stay as they are when a rebuild is cancelled, which goes on from there', async () => {
      const open = await newPlace();
      const [live, beside] = [open(), open()];
      const store = finishedStore(events, [50]);
      await rebuild(store, live, projections, { signal: never, today });
      let taken = 0;
      for (let cancels = 3; ; cancels--) {
        const cancel = new AbortController();
        const isSwapped = await rebuild(store, beside, projections, {
          signal: cancel.signal,
          today,
          eventsPerCommit: 100,
          onBatch: (batch) => {
            taken += batch.events;
            if (cancels > 0) cancel.abort();
          },
        });
        expect(isSwapped).toBe(cancels === 0);
        expect(await dump(live.reader, projections)).toEqual(whole);
        if (isSwapped) break;
      }
      expect(taken).toBe(events.length);
      await live.close();
      await beside.close();
    }, 120_000);
  });
}

/** Appends what another ledger holds, a few events at a time. */
async function copy(events: readonly RecordedEvent[], store: EventStore): Promise<void> {
  for (const [n, event] of events.entries()) {
    const { stream, revision, leaf, meta } = event;
    const { prev } = (JSON.parse(leaf) as { statement: { prev: string } }).statement;
    const entry = { id: meta.id, stream, revision, leaf, prev, hash: leafHash(leaf) };
    await store.append(stream, revision - 1, [entry]);
    if (n % 4 === 0) await turn();
  }
}

/** Reads positions and rows over and over; tells what was behind what had been seen before. */
async function watched(views: Views, signal: AbortSignal) {
  const faults: string[] = [];
  const seen = new Map<string, bigint>();
  let rows = 0n;
  let reads = 0;
  while (!signal.aborted) {
    const positions = await views.positions();
    for (const { name } of projections) {
      const [before, now] = [seen.get(name) ?? 0n, positions.get(name) ?? 0n];
      if (now < before) faults.push(`${name} went from ${before} back to ${now}`);
      seen.set(name, now);
    }
    const newest = await newestStep(views);
    const least = positions.get('history') ?? 0n;
    if (newest < rows) faults.push(`rows went from ${rows} back to ${newest}`);
    if (newest < least) faults.push(`rows end at ${newest}, but ${least} counts in them`);
    rows = newest;
    reads += 1;
    await turn();
  }
  return { faults, reads };
}

/** The last event that has a row: each event leaves one in the history. */
async function newestStep(views: Views): Promise<bigint> {
  if (!historyTable) return 0n;
  const newest = { orderBy: ['position'], descending: true, limit: 1 } as const;
  const [row] = await views.reader.list(historyTable, {}, newest);
  return (row?.['position'] as bigint | undefined) ?? 0n;
}
