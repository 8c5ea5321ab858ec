import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { benchTimes } from '#apps/cli/bench/times';

const logFolder = mkdtempSync(join(tmpdir(), 'adamant-times-'));
afterAll(() => rmSync(logFolder, { recursive: true, force: true }));

it('asks both logs the same of stones of whose events 30 % are corrections', async () => {
  const options = { seed: 'seven', runs: 1, events: 1_200, questions: 30, logFolder };
  const [one, other] = [await benchTimes(options), await benchTimes(options)];
  const known = ({ arms }: typeof one) =>
    arms.map(({ log, runs }) => [log, runs.map(({ events, extra }) => [events, extra?.['known']])]);
  expect(known(one)).toEqual(known(other));
  const [plain, corrected] = one.arms.map(({ log }) => Number.parseInt(log, 10));
  const share = 1 - (plain ?? 0) / (corrected ?? 1);
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.34);
  expect(one.arms[1]?.notes?.join()).toMatch(/ (?:2\d|3\d) % of their own events are corrections/);
  expect(one.goals).toHaveLength(2);
}, 60_000);
