import { describe, expect, it } from '@jest/globals';
import { effectTypes } from '#test/simulation/checks';
import { plants } from '#test/simulation/plants';
import { simulate } from '#test/simulation/simulation';

/** What harm is done, what it leads to, and the acts with effects on other streams. */
const met = [
  /p2 crashes/,
  /store crashes/,
  /views crashes/,
  /are cut off from each other/,
  /line between \S+ and store drops/,
  /subscribe after [1-9]\d*$/m,
  /p1 stalls/,
  /p2 leads/,
  /commits in vain/,
  /views commit fails/,
  /store append \S+ fails/,
  /store append \S+ again/,
  /p1 MixParcel \S+ again/,
  /finished (stone|parcel)-/,
  /a rebuild at p1 was left/,
  /a rebuild at p2 is done/,
  /views abandon/,
  ...[
    'RoughSawn',
    'RoughCleaved',
    'PolishedDiamondProduced',
    'ParcelSorted',
    'ParcelSplit',
    'ParcelMixed',
    'StoneSingledOut',
    ...effectTypes,
  ].map((type) => new RegExp(`"type":"${type}"`)),
];

describe('a simulated world', () => {
  it('is the same, step by step, whenever its seed is the same', async () => {
    const hashes = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      const first = await simulate(seed, { traced: true });
      const second = await simulate(seed, { traced: true });
      expect(second).toEqual(first);
      expect(first.trace.length).toBeGreaterThan(first.steps);
      hashes.add(first.hash);
    }
    expect(hashes.size).toBe(10);
  });

  it('meets, over a few seeds, everything it is there for', async () => {
    const missing = new Set(met);
    for (let seed = 1; seed <= 100 && missing.size > 0; seed++) {
      const { trace } = await simulate(seed, { traced: true });
      const text = trace.join('\n');
      for (const one of missing) if (one.test(text)) missing.delete(one);
    }
    expect([...missing]).toEqual([]);
  });

  it.each(plants)('shows the planted fault "%s" within 100 seeds', async (plant) => {
    expect(await firstCaught(plant, 100)).toBeLessThanOrEqual(100);
  });
});

/** The first seed whose world finds the planted fault. */
async function firstCaught(plant: (typeof plants)[number], most: number): Promise<number> {
  for (let seed = 1; seed <= most; seed++) {
    if ((await simulate(seed, { plant })).faults.length > 0) return seed;
  }
  return Infinity;
}
