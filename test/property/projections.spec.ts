import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generate } from '#apps/cli/generate/generate';
import { leafHash } from '#libs/store/envelope';
import { memoryStore } from '#libs/store/memory';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { LedgerGap } from '#libs/views/errors';
import { memoryViews } from '#libs/views/memory';
import { catchUp, project, rebuild, review } from '#libs/views/projector';
import { replay } from '#libs/views/replay';
import { sqliteViews } from '#libs/views/sqlite';
import type { Views } from '#libs/views/views';
import { waitFor } from '#libs/views/wait-for';
import { projections } from '#projections/projections';
import { dump } from '#test/support/dump';
import { finishedStore } from '#test/support/recorded';
import { unlikeVerdicts } from '#test/support/unlike-verdicts';

const today = () => '2026-11-21';
const never = new AbortController().signal;

let folder = '';
let files = 0;
let events: readonly RecordedEvent[] = [];
let whole: Awaited<ReturnType<typeof dump>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adamant-projections-'));
  const store = memoryStore({ ledger: 'test' });
  await generate({ store }, { stones: 13, seed: 5 });
  const all: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) all.push(...batch);
  events = all;
  whole = await dump(await replay(projections, events, today()), projections);
});
afterAll(() => rm(folder, { recursive: true }));

const newFile = () => join(folder, `${++files}.db`);
const openFile = (file: string) => sqliteViews({ file, projections });

/** A ledger that breaks off after so many events, having given out some of them twice. */
function breakingStore(sizes: readonly number[], breakAfter: number, overlap: number): EventStore {
  const store = finishedStore(events, sizes);
  return {
    ...store,
    readAll: async function* (after) {
      const from = after > BigInt(overlap) ? after - BigInt(overlap) : 0n;
      let given = 0;
      for await (const batch of store.readAll(from)) {
        yield batch;
        given += batch.length;
        if (given > breakAfter + overlap) throw new Error('the process was killed');
      }
    },
  };
}

const sizes = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 8 });

describe('views of a generated ledger', () => {
  it('have rows in every table but those of keys, of what is under way and of what is wrong', () => {
    const empty = new Set([
      'credentials',
      'rulebook_adoptions',
      'rulebook_versions',
      'title_share',
      'sanctions_annulled',
      'sanctions_editions',
      'unfinished',
      'flag_closings',
      'flag_awaited',
      'flag_orders',
      'flag_twins',
    ]);
    for (const [table, rows] of Object.entries(whole)) {
      expect(`${table} ${rows.length > 0}`).toBe(`${table} ${!empty.has(table)}`);
    }
  });

  it('judge all goods in every jurisdiction, and tell who owns and holds them', async () => {
    const views = await replay(projections, events, today());
    expect(await unlikeVerdicts(views, today())).toEqual([]);
  });

  it('are the same however the ledger is cut into batches and the views into commits', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 300 }), async (batches, perCommit) => {
        const views = openFile(newFile());
        await views.next(projections);
        await views.swap(projections);
        const set = await views.live(projections);
        await catchUp(finishedStore(events, batches), set, projections, {
          signal: never,
          today,
          eventsPerCommit: perCommit,
        });
        expect(await dump(views.reader, projections)).toEqual(whole);
        await views.close();
      }),
      { numRuns: 8 },
    );
  }, 300_000);

  it('count every event exactly once, whatever is killed between and given out twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 90 })), {
          maxLength: 6,
        }),
        async (batches, kills) => {
          const file = newFile();
          const first = openFile(file);
          await first.next(projections);
          await first.swap(projections);
          await first.close();
          for (const [breakAfter, overlap] of [...kills, [Infinity, 30] as const]) {
            const views = openFile(file);
            const set = await views.live(projections);
            const store = breakingStore(batches, breakAfter, overlap);
            const options = { signal: never, today, eventsPerCommit: 40 };
            await catchUp(store, set, projections, options).catch((error: Error) =>
              expect(error.message).toBe('the process was killed'),
            );
            await views.close();
          }
          const views = openFile(file);
          expect(await dump(views.reader, projections)).toEqual(whole);
          await views.close();
        },
      ),
      { numRuns: 8 },
    );
  }, 300_000);

  it('are the same when rebuilt beside the live ones, cancelled and resumed', async () => {
    const views = openFile(newFile());
    const store = finishedStore(events, [50]);
    expect(await rebuild(store, views, projections, { signal: never, today })).toBe(true);
    const cancel = new AbortController();
    const taken: number[] = [];
    const onBatch = (batch: Readonly<{ events: number }>) => {
      taken.push(batch.events);
      cancel.abort();
    };
    const options = { signal: cancel.signal, today, onBatch, eventsPerCommit: 100 };
    expect(await rebuild(store, views, projections, options)).toBe(false);
    expect(taken.length).toBeLessThan(4);
    expect(await dump(views.reader, projections)).toEqual(whole);
    const resumed = { signal: never, today, onBatch };
    expect(await rebuild(store, views, projections, resumed)).toBe(true);
    expect(taken.reduce((a, b) => a + b)).toBe(events.length);
    expect(await dump(views.reader, projections)).toEqual(whole);
    await views.close();
  });

  it('are each given what they lack when one is behind the others', async () => {
    const views = memoryViews(projections);
    const [first, ...others] = projections;
    const options = { signal: never, today };
    const half = events.slice(0, Math.floor(events.length / 2));
    await rebuild(finishedStore(half), views, first ? [first] : [], options);
    await rebuild(finishedStore(events), views, others, options);
    const set = await views.live(projections);
    await catchUp(finishedStore(events, [70]), set, projections, options);
    expect(await dump(views.reader, projections)).toEqual(whole);
  });

  it('go on following through a rebuild that somebody else swaps in', async () => {
    const file = newFile();
    const store = memoryStore({ ledger: 'test' });
    const copy = async (from: number, to: number) => {
      for (const event of events.slice(from, to)) {
        const { id } = event.meta;
        const entry = { id, stream: event.stream, revision: event.revision, leaf: event.leaf };
        await store.append(event.stream, event.revision - 1, [
          { ...entry, prev: JSON.parse(event.leaf).statement.prev, hash: leafHash(event.leaf) },
        ]);
      }
    };
    const half = Math.floor(events.length / 2);
    await copy(0, half);
    const views = openFile(file);
    const stop = new AbortController();
    const following = project(store, views, projections, { signal: stop.signal, today });
    await waitFor(views, projections, await store.end(), { timeoutMs: 20_000 });
    const other = openFile(file);
    expect(await rebuild(store, other, projections, { signal: never, today })).toBe(true);
    await other.close();
    await copy(half, events.length);
    await waitFor(views, projections, await store.end(), { timeoutMs: 20_000 });
    stop.abort();
    await following;
    expect(await dump(views.reader, projections)).toEqual(whole);
    await views.close();
  });
});

describe('a projector', () => {
  const live = async (): Promise<Views> => {
    const views = memoryViews(projections);
    await views.next(projections);
    await views.swap(projections);
    return views;
  };

  it('stops at a gap in the ledger and at events out of order', async () => {
    const broken = [
      events.filter((_, n) => n !== 7),
      [...events.slice(0, 3), ...events.slice(1, 5)],
    ];
    for (const given of broken) {
      const views = await live();
      const set = await views.live(projections);
      const store = finishedStore(given, [1000]);
      await expect(catchUp(store, set, projections, { signal: never, today })).rejects.toThrow(
        LedgerGap,
      );
      expect(new Set((await views.positions()).values())).toEqual(new Set([0n]));
    }
  });

  it('says how far the views are to whoever waits for a position they do not reach', async () => {
    const views = await live();
    await expect(waitFor(views, projections, 9n, { timeoutMs: 12 })).rejects.toMatchObject({
      code: 'views-behind',
      position: 9n,
      reached: 0n,
    });
  });

  it('gives the verdicts of a later day when it reviews on that day', async () => {
    const views = memoryViews(projections);
    const store = finishedStore(events);
    await rebuild(store, views, projections, { signal: never, today: () => '2023-06-01' });
    expect(await dump(views.reader, projections)).not.toEqual(whole);
    await review(views, projections, '2024-05-01');
    await review(views, projections, today());
    expect(await dump(views.reader, projections)).toEqual(whole);
    expect(await unlikeVerdicts(views.reader, today())).toEqual([]);
  });
});
