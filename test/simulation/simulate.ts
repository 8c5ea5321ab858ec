import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Plant } from '#test/simulation/plants';
import { plants } from '#test/simulation/plants';
import type { FromRunner, ToRunner } from '#test/simulation/seeds-worker';
import { simulate } from '#test/simulation/simulation';

/**
 * `npm run simulate -- --seed N` tells one world step by step; `--seeds COUNT [--from FIRST]` runs
 * many on all cores and ends with 1 when one of them had a fault.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    plant: { type: 'string' },
  },
});
const plant = plants.find((each) => each === values.plant);
if (values.plant !== undefined && !plant) throw new TypeError(`plants are ${plants.join(', ')}`);

process.exitCode =
  values.seed === undefined
    ? await many(wholeNumber(values.from), wholeNumber(values.seeds), plant)
    : await one(wholeNumber(values.seed), plant);

async function one(seed: number, planted: Plant | undefined): Promise<number> {
  const { trace, hash, faults } = await simulate(seed, {
    traced: true,
    ...(planted && { plant: planted }),
  });
  for (const line of trace) console.log(line);
  console.log(`seed ${seed}: ${faults.length} faults, trace ${hash}`);
  for (const fault of faults) console.log(`  ${fault}`);
  return faults.length > 0 ? 1 : 0;
}

async function many(from: number, count: number, planted: Plant | undefined): Promise<number> {
  const began = performance.now();
  let [next, done, failed, events, steps] = [from, 0, 0, 0, 0];
  const share = 50;
  const work = Array.from({ length: availableParallelism() }, async () => {
    const worker = new Worker(fileURLToPath(import.meta.resolve('#test/simulation/seeds-worker')));
    const ended = new Promise<void>((resolve, reject) => {
      const ask = () => {
        const first = next;
        next = Math.min(first + share, from + count);
        if (first === next) return resolve();
        const asked: ToRunner = { first, count: next - first, plant: planted };
        worker.postMessage(asked);
      };
      worker.on('message', (told: FromRunner) => {
        done += told.seeds;
        events += told.events;
        steps += told.steps;
        failed += told.failed.length;
        for (const { seed, faults } of told.failed) {
          console.log(`seed ${seed}: ${faults[0]}${faults.length > 1 ? ' …' : ''}`);
        }
        ask();
      });
      worker.on('error', reject);
      ask();
    });
    await ended.finally(() => void worker.terminate());
  });
  await Promise.all(work);
  const seconds = (performance.now() - began) / 1000;
  const rate = Math.round(done / seconds);
  console.log(
    `${done} seeds from ${from}: ${failed} with faults; ${events} events, ${steps} steps; ` +
      `${seconds.toFixed(1)} s, ${rate} seeds/s on ${work.length} cores`,
  );
  if (failed > 0) console.log('npm run simulate -- --seed N tells one of them step by step');
  return failed > 0 ? 1 : 0;
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new TypeError(`${text} is not a whole number`);
}
