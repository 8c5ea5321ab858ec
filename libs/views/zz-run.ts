import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';
import { rebuild } from '#libs/views/projector';
import { sqliteViews } from '#libs/views/sqlite';
import type { Views, ViewSet } from '#libs/views/views';
import { projections } from '#projections/projections';

/** What a run of its own process tells: seconds by what they went into, and its peak memory. */
export type RebuildRun = Readonly<{
  events: number;
  seconds: number;
  read: number;
  fold: number;
  write: number;
  swap: number;
  peakMb: number;
}>;

/** The day verdicts are of, the same in every run. */
const today = () => '2026-01-01';

const spent = { read: 0, write: 0, swap: 0 };

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
    swap: (wanted) => timed('swap', () => views.swap(wanted)),
  };
}

/** `read` only reads and parses the log, `rebuild` builds every projection into a new file. */
async function run(log: string, ledger: string, viewsFile: string): Promise<RebuildRun> {
  const store = timedStore(await openStore(`sqlite:${log}`, { ledger, readOnly: true }));
  const began = performance.now();
  let events = 0;
  if (viewsFile === '') {
    for await (const batch of store.readAll(0n)) events += batch.length;
  } else {
    const views = timedViews(sqliteViews({ file: viewsFile, projections }));
    const signal = new AbortController().signal;
    await rebuild(store, views, projections, {
      signal: AbortSignal.timeout(1e9), eventsPerCommit: Number(process.env['B'] ?? 20000),
      today,
      onBatch: (batch) => (events += batch.events),
    });
    await views.close();
  }
  const seconds = (performance.now() - began) / 1000;
  await store.close();
  const fold = seconds - spent.read - spent.write - spent.swap;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { events, seconds, ...spent, fold, peakMb };
}

const [log = '', ledger = '', viewsFile = ''] = process.argv.slice(2);
console.log(JSON.stringify(await run(log, ledger, viewsFile)), (globalThis as any).zzt, (globalThis as any).zze);
