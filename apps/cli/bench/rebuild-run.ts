import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ReaderRun } from '#apps/cli/bench/rebuild-reader';
import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';
import { openViews } from '#libs/views/open-views';
import { rebuild } from '#libs/views/projector';
import type { Views, ViewSet } from '#libs/views/views';
import { projections } from '#projections/projections';

/**
 * What a run of its own process tells: its peak memory, and seconds by what they went into. `wait`
 * is for rows to be written, which takes `write` in a thread of its own.
 */
export type RebuildRun = Readonly<{
  events: number;
  seconds: number;
  read: number;
  fold: number;
  wait: number;
  prepare: number;
  swap: number;
  write: number;
  peakMb: number;
  /** The longest a reader waited while the next generation was swapped in, in ms. */
  cutOver: number;
}>;

/** The day verdicts are of, the same in every run. */
const today = () => '2026-01-01';

const spent = { read: 0, write: 0, prepare: 0, swap: 0 };

async function timed<T>(what: keyof typeof spent, act: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await act();
  } finally {
    spent[what] += (performance.now() - began) / 1000;
  }
}

function timedStore(store: EventStore): EventStore {
  return {
    ...store,
    readAll: async function* (after) {
      const batches = store.readAll(after)[Symbol.asyncIterator]();
      for (;;) {
        const { done, value } = await timed('read', () => batches.next());
        if (done) return;
        yield value;
      }
    },
  };
}

function timedViews(views: Views): Views {
  const timedSet = (set: ViewSet): ViewSet => ({
    ...set,
    commit: (position) => timed('write', () => set.commit(position)),
  });
  return {
    ...views,
    next: async (wanted) => timedSet(await views.next(wanted)),
    prepare: (wanted) => timed('prepare', () => views.prepare(wanted)),
    swap: (wanted) => timed('swap', () => views.swap(wanted)),
  };
}

/** Without `viewsUrl` only reads and parses the log, else builds every projection there. */
async function run(ledgerUrl: string, ledger: string, viewsUrl: string): Promise<RebuildRun> {
  const store = timedStore(await openStore(ledgerUrl, { ledger, readOnly: true }));
  const idle = performance.eventLoopUtilization();
  const began = performance.now();
  let events = 0;
  if (viewsUrl === '') {
    for await (const batch of store.readAll(0n)) events += batch.length;
  } else {
    const views = timedViews(openViews(viewsUrl, { projections }));
    const signal = new AbortController().signal;
    await rebuild(store, views, projections, {
      signal,
      today,
      onBatch: (batch) => (events += batch.events),
    });
    await views.close();
  }
  const seconds = (performance.now() - began) / 1000;
  await store.close();
  const wait = performance.eventLoopUtilization(idle).idle / 1000;
  const fold = seconds - spent.read - wait - spent.prepare - spent.swap;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const cutOver = viewsUrl === '' ? 0 : await longestRead(viewsUrl);
  return { events, seconds, ...spent, fold, wait, peakMb, cutOver };
}

/** The longest that a reader waits, in ms, while the next generation is swapped in. */
async function longestRead(viewsUrl: string): Promise<number> {
  const views = openViews(viewsUrl, { projections });
  const next = await views.next(projections);
  const positions = [...(await views.positions()).values()];
  await next.commit(positions.reduce((most, at) => (at > most ? at : most), 0n));
  await views.prepare(projections);
  const code = fileURLToPath(import.meta.resolve('#apps/cli/bench/rebuild-reader'));
  const reader = new Worker(code, { workerData: viewsUrl });
  await once(reader, 'message');
  await views.swap(projections);
  reader.postMessage('stop');
  const [told] = (await once(reader, 'message')) as [ReaderRun];
  await views.close();
  return told.longest;
}

const [ledgerUrl = '', ledger = '', viewsUrl = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await run(ledgerUrl, ledger, viewsUrl)));
