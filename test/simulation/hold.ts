import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect } from '@jest/globals';
import type { FromRunner, ToRunner } from '#test/simulation/seeds-worker';

/**
 * Runs the worlds of so many seeds; a failure names the first seed and how to see it step by step. They
 * run in a thread of their own: inside Jest's, where every global is looked up in a sandbox, they
 * take twice as long.
 */
export async function everyWorldHolds(first: number, count: number): Promise<void> {
  const worker = new Worker(fileURLToPath(import.meta.resolve('#test/simulation/seeds-worker')));
  try {
    const asked: ToRunner = { first, count, plant: undefined };
    const answered = once(worker, 'message');
    worker.postMessage(asked);
    const [told] = (await answered) as [FromRunner];
    expect(told.seeds).toBe(count);
    for (const { seed, faults } of told.failed) {
      const again = `npm run simulate -- --seed ${seed}`;
      expect({ seed, again, faults }).toEqual({ seed, again, faults: [] });
    }
  } finally {
    await worker.terminate();
  }
}

/** How many seeds a set has: `SIMULATION_SEEDS`, or what fits a usual test run. */
export function seedsIn(usually: number): number {
  const asked = Number(process.env['SIMULATION_SEEDS']);
  return Number.isSafeInteger(asked) && asked > 0 ? asked : usually;
}
