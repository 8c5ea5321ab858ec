import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printReport } from '#apps/cli/bench/report';
import { benchYear } from '#apps/cli/bench/year';
import { costOf, loadOf, partOf, type Rates, type Sample } from '#apps/cli/bench/year-model';
import { tallyOf } from '#apps/cli/bench/year-sample';
import { tiledLog } from '#apps/cli/bench/year-tiles';
import { scopes, world } from '#apps/cli/bench/year-world';
import { generate } from '#apps/cli/generate/generate';
import { memoryStore } from '#libs/store/memory';

describe('a tiled log', () => {
  it('of 300 leaves has the tiles of the published example of that size', () => {
    const { levels, tiles, tileBytes, bundles, bundleBytes, proof } = tiledLog(300, 100);
    expect(levels).toEqual([
      { level: 0, hashes: 300, full: 1, partial: 44 },
      { level: 1, hashes: 1, full: 0, partial: 1 },
    ]);
    expect([tiles, tileBytes, bundles, bundleBytes, proof]).toEqual([3, 301 * 32, 2, 30_600, 9]);
  });

  it('has at each level what is hashed up from full tiles, leaf by leaf', () => {
    const sizes = fc.oneof(
      fc.integer({ min: 0, max: 600 }),
      fc.integer({ min: 0, max: 200_000 }),
      fc.constantFrom(256, 512, 65_536, 131_072),
    );
    fc.assert(
      fc.property(sizes, (size) => {
        const hashes: number[] = [];
        for (let leaf = 0; leaf < size; leaf++) {
          for (let level = 0; ; level++) {
            hashes[level] = (hashes[level] ?? 0) + 1;
            if ((hashes[level] ?? 0) % 256 !== 0) break;
          }
        }
        expect(tiledLog(size, 1).levels.map((level) => level.hashes)).toEqual(hashes);
      }),
      { numRuns: 40 },
    );
  });

  it('of 2^40 leaves is counted without loss', () => {
    const { levels, proof } = tiledLog(2 ** 40 + 1, 1);
    expect(levels.map(({ full, partial }) => [full, partial])).toEqual([
      [2 ** 32, 1],
      [2 ** 24, 0],
      [2 ** 16, 0],
      [256, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(proof).toBe(41);
  });
});

const each = (events: number) => ({ pieces: 100, events, bytes: events * 700 });
const sample: Sample = {
  events: 1000,
  bytes: 700_000,
  ledgerBytes: 1000,
  viewBytes: 500,
  signatures: 1.5,
  stones: world.classes.map(({ from }) => ({ from, each: each(20 + from / 100) })),
  parcel: each(10),
  uncut: each(0),
};
const rates: Rates = {
  append: 1000,
  replay: 1000,
  rebuild: 500,
  audit: 250,
  hash: 1000,
  verify: 100,
};

describe("the world's year", () => {
  it('cuts no more carats than are mined, cut and kept', () => {
    const { roughCarats, cutShare, cutYield, classes, countries } = world;
    const polished = classes.reduce((sum, { pieces, mean }) => sum + (pieces * mean) / 1000, 0);
    expect(polished).toBeLessThanOrEqual(roughCarats * cutShare * cutYield);
    expect(polished).toBeGreaterThan(roughCarats * cutShare * cutYield * 0.9);
    expect(classes.reduce((sum, { pieces }) => sum + pieces, 0)).toBe(1e9);
    expect(countries.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    classes.forEach(({ from, mean }, i) => {
      expect(mean).toBeGreaterThan(from);
      expect(mean).toBeLessThan(classes[i - 1]?.from ?? Infinity);
    });
  });

  it('counts stones of the scope singly and all lighter goods as parcels', () => {
    const two = {
      ...world,
      roughCarats: 1000,
      roughParcelCarats: 500,
      polishedParcelCarats: 10,
      classes: [
        { name: 'big', from: 1000, pieces: 3, mean: 2000 },
        { name: 'small', from: 0, pieces: 400, mean: 100 },
      ],
    };
    const { stones, parcels, events, bytes } = loadOf(two, { name: 'big', from: 1000 }, sample);
    expect([stones, parcels]).toEqual([3, 2 + 4]);
    expect([events, bytes]).toEqual([3 * 30 + 6 * 10, (3 * 30 + 6 * 10) * 700]);
    expect(loadOf(two, { name: 'all', from: 0 }, sample).events).toBe(3 * 30 + 400 * 20 + 2 * 10);
  });

  it('takes a class of too few stones for the next heavier one', () => {
    const few = { pieces: 3, events: 1, bytes: 1 };
    const stones = sample.stones.map((one) => (one.from === 0 ? { from: 0, each: few } : one));
    const [, , all] = scopes;
    const melee = world.classes.at(-1)?.pieces ?? 0;
    const told = loadOf(world, all, { ...sample, stones }).events;
    expect(told - loadOf(world, all, sample).events).toBeCloseTo(melee * 1.8, -1);
    const none = stones.map(({ from }) => ({ from, each: few }));
    expect(() => loadOf(world, all, { ...sample, stones: none })).toThrow(RangeError);
  });

  it('takes the time, the room and the machines that the rates say', () => {
    const load = { stones: 1, parcels: 1, events: 7_200_000, bytes: 7_200_000 * 700 };
    const cost = costOf(load, sample, rates);
    expect(cost).toMatchObject({ peak: 3, ledgers: 1, hashHours: 2, replayHours: 2 });
    expect(cost).toMatchObject({ rebuildHours: 4, auditHours: 8, signatureHours: 30 });
    expect(cost).toMatchObject({ verifyCores: 2, rebuildCores: 1, ledgerBytes: 7.2e9 });
    expect(cost.average).toBeCloseTo(7.2e6 / (365 * 86_400));
    expect(cost.log.bundleBytes).toBe(7_200_000 * 702);
    const busy = costOf({ ...load, events: load.events * 1000 }, sample, rates);
    expect(busy.ledgers).toBe(6);
    expect(partOf(load, 0.25)).toMatchObject({ events: 1_800_000, bytes: 1_800_000 * 700 });
    expect(costOf(partOf(load, 0), sample, rates)).toMatchObject({ peak: 0, ledgers: 1 });
  });
});

describe('the sample', () => {
  it('gives every event to a stone, a parcel or a party, once', async () => {
    const store = memoryStore({ ledger: 'bench.example/log' });
    await generate({ store }, { stones: 60, seed: 'tally' });
    const whole = tallyOf([{ name: 'all', from: 0, pieces: 0, mean: 0 }]);
    const parts = tallyOf(world.classes);
    const seen = { events: 0, bytes: 0, parties: 0 };
    for await (const batch of store.readAll(0n)) {
      for (const event of batch) {
        whole.take(event);
        parts.take(event);
        seen.events += 1;
        seen.bytes += Buffer.byteLength(event.leaf);
        if (event.stream.startsWith('party-')) seen.parties += 1;
      }
    }
    const { stones, parcel, uncut, events, bytes, signatures } = whole.told();
    const total = (list: typeof stones) =>
      list.reduce((sum, { each: one }) => sum + one.pieces * one.events, 0);
    expect([events, bytes]).toEqual([seen.events, seen.bytes]);
    const others = parcel.pieces * parcel.events + uncut.pieces * uncut.events + seen.parties;
    expect(total(stones) + others).toBeCloseTo(seen.events);
    expect(total(parts.told().stones)).toBeCloseTo(total(stones));
    expect(signatures).toBeGreaterThan(1);
    expect(signatures).toBeLessThan(2);
  });
});

it('measures this machine and says what it assumed', async () => {
  const report = await benchYear({ runs: 1, events: 3_000, callers: 4, each: 5 });
  expect(report.arms.map(({ runs }) => runs.length)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(report.tables).toHaveLength(5);
  const text = printReport(report);
  for (const part of ['every stone', 'Botswana', 'tiles level 4', 'assumed: ', 'Node v']) {
    expect(text).toContain(part);
  }
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
});
