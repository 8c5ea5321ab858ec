import { parentPort } from 'node:worker_threads';
import type { Plant } from '#test/simulation/plants';
import { simulate } from '#test/simulation/simulation';

/** Seeds to run, one after another. */
export type ToRunner = Readonly<{ first: number; count: number; plant: Plant | undefined }>;

export type FromRunner = Readonly<{
  seeds: number;
  events: number;
  steps: number;
  failed: readonly Readonly<{ seed: number; faults: readonly string[] }>[];
}>;

parentPort?.on('message', ({ first, count, plant }: ToRunner) => {
  void run(first, count, plant).then((told) => parentPort?.postMessage(told));
});

async function run(first: number, count: number, plant: Plant | undefined): Promise<FromRunner> {
  const failed: { seed: number; faults: readonly string[] }[] = [];
  let [events, steps] = [0, 0];
  for (let seed = first; seed < first + count; seed++) {
    const outcome = await simulate(seed, plant && { plant });
    events += outcome.events;
    steps += outcome.steps;
    if (outcome.faults.length > 0) failed.push({ seed, faults: outcome.faults });
  }
  return { seeds: count, events, steps, failed };
}
