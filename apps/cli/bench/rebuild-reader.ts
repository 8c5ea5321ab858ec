import { parentPort, workerData } from 'node:worker_threads';
import { openViews } from '#libs/views/open-views';
import { projections } from '#projections/projections';

/** How many reads were made, and how long in ms the longest of them took. */
export type ReaderRun = Readonly<{ reads: number; longest: number }>;

/** A reader beside a swap: reads positions and rows over and over until it is told to stop. */
const views = openViews(workerData as string, { projections, readOnly: true });
const tables = projections.flatMap((projection) => projection.tables);
let isStopped = false;
let reads = 0;
let longest = 0;
parentPort?.on('message', () => (isStopped = true));

async function read(): Promise<void> {
  const began = performance.now();
  await views.positions();
  const table = tables[reads % tables.length];
  if (table) await views.reader.list(table, {}, { limit: 1 });
  const took = performance.now() - began;
  if (reads >= tables.length) longest = Math.max(longest, took);
  reads += 1;
}

while (!isStopped) {
  await read();
  if (reads === 2 * tables.length) parentPort?.postMessage('reading');
  await new Promise(setImmediate);
}
await views.close();
parentPort?.postMessage({ reads, longest } satisfies ReaderRun);
parentPort?.close();
