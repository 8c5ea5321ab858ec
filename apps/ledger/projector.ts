import { parentPort, workerData } from 'node:worker_threads';
import type { ProjectorPlaces } from '#apps/ledger/projecting';
import { openStore } from '#libs/store/open-store';
import { project, rebuild } from '#libs/views/projector';
import { sqliteViews } from '#libs/views/sqlite';
import { projections } from '#projections/projections';

/**
 * The projector's thread: follows the ledger and writes the views until told to stop. It tells the
 * service when the views can be read (`open`) and after each commit how far they are.
 */
const { ledgerUrl, ledger, viewsFile } = workerData as ProjectorPlaces;
const stop = new AbortController();
const { signal } = stop;
const today = () => new Date().toISOString().slice(0, 10);
const tell = (message: 'open' | bigint) => parentPort?.postMessage(message);

const views = sqliteViews({ file: viewsFile, projections });
parentPort?.once('message', () => stop.abort());
tell('open');
const store = await openStore(ledgerUrl, { ledger, readOnly: true });
try {
  const live = await views.positions();
  const missing = projections.filter(({ name }) => !live.has(name));
  if (missing.length > 0) await rebuild(store, views, missing, { signal, today });
  if (!signal.aborted) tell(least(await views.positions()));
  await project(store, views, projections, {
    signal,
    today,
    onBatch: ({ position }) => tell(position),
  });
} finally {
  await store.close();
  await views.close();
}

function least(positions: ReadonlyMap<string, bigint>): bigint {
  return [...positions.values()].reduce((a, b) => (b < a ? b : a));
}
