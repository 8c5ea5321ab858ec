import { expect } from '@jest/globals';
import { simulate } from '#test/simulation/simulation';

/** Runs the worlds of so many seeds; a failure names the seed and how to see it step by step. */
export async function everyWorldHolds(first: number, count: number): Promise<void> {
  for (let seed = first; seed < first + count; seed++) {
    const { faults } = await simulate(seed);
    const again = `npm run simulate -- --seed ${seed}`;
    if (faults.length > 0) expect({ seed, again, faults }).toEqual({ seed, again, faults: [] });
  }
}

/** How many seeds a set has: `SIMULATION_SEEDS`, or what fits a usual test run. */
export function seedsIn(usually: number): number {
  const asked = Number(process.env['SIMULATION_SEEDS']);
  return Number.isSafeInteger(asked) && asked > 0 ? asked : usually;
}
