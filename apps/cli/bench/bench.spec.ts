import { expect, it } from '@jest/globals';
import { benchReplay } from '#apps/cli/bench/replay';
import { goal, median, percentile, printReport } from '#apps/cli/bench/report';
import { benchStore } from '#apps/cli/bench/store';

it('measures the store and says what it measured on', async () => {
  const small = { runs: 1, callers: 4, each: 5, bigLog: 40, stones: 8, peers: false };
  const report = await benchStore(small);
  expect(report.arms.map(({ runs }) => runs.map(({ events }) => events))).toEqual([
    [20],
    [25],
    [20],
  ]);
  const text = printReport(report);
  for (const part of ['Node v', 'SQLite 3.', 'seed new-sun', 'big log against small']) {
    expect(text).toContain(part);
  }
  expect(text).toMatch(/open +against PostgreSQL by hand: not measured/);
});

it('measures reading against a bare scan of the same rows', async () => {
  const { arms, goals } = await benchReplay({ runs: 1, events: 90, reads: 3 });
  expect(arms.map(({ runs }) => runs[0]?.events)).toEqual([90, 90, 90, 90]);
  expect(goals).toHaveLength(4);
});

it('takes medians, percentiles and open goals for what they are', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN]);
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect([percentile(hundred, 0.5), percentile(hundred, 0.99), percentile(hundred, 1)]).toEqual([
    50, 99, 100,
  ]);
  expect(goal('rate', 'at least 2', Number.NaN, false, '').met).toBeUndefined();
  expect(goal('rate', 'at least 2', 1234, true, ' times').reached).toBe('1,234 times');
});
