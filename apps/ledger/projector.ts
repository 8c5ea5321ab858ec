import { parentPort, workerData } from 'node:worker_threads';
import type { FromProjector, ProjectorPlaces, ToProjector } from '#apps/ledger/projecting';
import { openStore } from '#libs/store/open-store';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { project, rebuild } from '#libs/views/projector';
import { sqliteViews } from '#libs/views/sqlite';
import { projections } from '#projections/projections';

/** Events under which a batch was all there was, and how long in ms to let more gather then. */
const fullBatch = 256;
const rest = 30;

/**
 * The projector's thread: follows the ledger and writes the views until told to stop. It tells the
 * service when the views can be read (`open`) and after each commit how far they are.
 */
const { ledgerUrl, ledger, viewsFile } = workerData as ProjectorPlaces;
const stop = new AbortController();
const { signal } = stop;
let isAwaited = false;
let wake: (() => void) | undefined;
parentPort?.on('message', (message: ToProjector) => {
  if (message === 'stop') stop.abort();
  isAwaited = true;
  wake?.();
});

const views = sqliteViews({ file: viewsFile, projections });
tell('open');
const store = await openStore(ledgerUrl, { ledger, readOnly: true });
try {
  const live = await views.positions();
  const missing = projections.filter(({ name }) => !live.has(name));
  if (missing.length > 0) await rebuild(store, views, missing, { signal, today });
  if (!signal.aborted) tell(least(await views.positions()));
  await project(paced(store), views, projections, {
    signal,
    today,
    onBatch: ({ position }) => tell(position),
  });
} finally {
  await store.close();
  await views.close();
  parentPort?.close();
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function tell(message: FromProjector): void {
  parentPort?.postMessage(message);
}

function least(positions: ReadonlyMap<string, bigint>): bigint {
  return [...positions.values()].reduce((a, b) => (b < a ? b : a));
}

/**
 * The same store, followed in larger steps: a commit costs the same for one event as for dozens,
 * and would take from the appends what it costs. Nobody waits for it: a read that does is told of.
 */
function paced(followed: EventStore): EventStore {
  return { ...followed, follow: (after, until) => gathered(followed.follow(after, until)) };
}

async function* gathered(
  batches: AsyncIterable<readonly RecordedEvent[]>,
): AsyncGenerator<readonly RecordedEvent[]> {
  for await (const batch of batches) {
    isAwaited = false;
    yield batch;
    if (batch.length < fullBatch && !isAwaited && !signal.aborted) await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, rest);
    wake = end;

    function end(): void {
      clearTimeout(timer);
      wake = undefined;
      resolve();
    }
  });
}
