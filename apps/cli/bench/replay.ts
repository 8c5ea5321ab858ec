import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoneEvent } from '#events/stone';
import { goal, machine, median, percentile, type Report, type Run } from '#apps/cli/bench/report';
import { fillWhole, stoneStreamOf } from '#apps/cli/bench/workload';
import { randomOf } from '#apps/cli/generate/random';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';

export type ReplayBenchOptions = Readonly<{
  seed: string;
  runs: number;
  /** Size of the log; every stone has 30 events, scattered over all of it. */
  events: number;
  /** Stones read and folded in one run. */
  reads: number;
  onProgress: (what: string) => void;
}>;

export const replayBenchDefaults: ReplayBenchOptions = {
  seed: 'new-sun',
  runs: 5,
  events: 1_000_000,
  reads: 5_000,
  onProgress: () => undefined,
};

const ledger = 'bench.example/log';
const perStone = 30;

/**
 * Reading: the whole ledger in order against a bare scan of the same rows on the same thread, and
 * single stones of 30 events read, checked and folded by their decider.
 */
export async function benchReplay(options: Partial<ReplayBenchOptions> = {}): Promise<Report> {
  const { seed, runs, events, reads, onProgress } = { ...replayBenchDefaults, ...options };
  const folder = mkdtempSync(join(tmpdir(), 'adamant-bench-'));
  const file = join(folder, 'ledger.db');
  const stones = Math.max(1, Math.floor(events / perStone));
  try {
    const writer = await openStore(`sqlite:${file}`, { ledger });
    await fillWhole(writer, { seed, stones, perStone }, (done) =>
      onProgress(`filling the log: ${done} of ${stones * perStone}`),
    );
    await writer.close();
    const store = await openStore(`sqlite:${file}`, { ledger, readOnly: true });
    const whole: Run[] = [];
    const byRow: Run[] = [];
    const byBatch: Run[] = [];
    const single: Run[] = [];
    for (let round = 0; round < runs; round++) {
      const turns = [
        async () => whole.push(await replay(store)),
        async () => byRow.push(scan(file, false)),
        async () => byBatch.push(scan(file, true)),
        async () => single.push(await readStones(store, `${seed} ${round}`, stones, reads)),
      ];
      for (let turn = 0; turn < turns.length; turn++) {
        onProgress(`round ${round + 1} of ${runs}`);
        await turns[(round + turn) % turns.length]?.();
      }
    }
    await store.close();
    const log = `${stones * perStone} events, ${stones} stones`;
    const rate = (list: readonly Run[]) => median(list.map((run) => run.perSecond));
    const part = rate(whole) / Math.max(rate(byRow), rate(byBatch));
    const p50 = median(single.map((run) => run.p50 ?? Number.NaN));
    const p99 = median(single.map((run) => run.p99 ?? Number.NaN));
    const growth = median(whole.map((run) => run.extra?.['grownMb'] ?? Number.NaN));
    return {
      bench: 'replay',
      at: new Date().toISOString(),
      machine: machine(),
      seed,
      settings: { 'events a stone': perStone, reads },
      arms: [
        { name: 'adamant, full replay', log, runs: whole, notes: [memoryNote(whole)] },
        { name: 'better-sqlite3 and JSON.parse, row by row', log, runs: byRow },
        { name: 'better-sqlite3 and JSON.parse, in batches', log, runs: byBatch },
        { name: 'adamant, one stone read and folded (reads a second)', log, runs: single },
      ],
      goals: [
        goal('replay against the better bare scan', 'at least 0.8', part, part >= 0.8, ''),
        goal('one stone, p50', 'at most 0.2 ms', p50, p50 <= 0.2, ' ms'),
        goal('one stone, p99', 'at most 0.5 ms', p99, p99 <= 0.5, ' ms'),
        goal('memory growth in a replay', 'at most 64 MB', growth, growth <= 64, ' MB'),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Row = [position: number, leaf: string];

const megabytes = () => process.memoryUsage.rss() / 2 ** 20;

/** The whole ledger through the store; memory is looked at after each tenth. */
async function replay(store: EventStore): Promise<Run> {
  const end = await store.end();
  const sampled: number[] = [];
  let events = 0;
  let next = 0n;
  const began = performance.now();
  for await (const batch of store.readAll(0n)) {
    events += batch.length;
    const { position } = batch.at(-1) ?? { position: 0n };
    if (position >= next) {
      sampled.push(megabytes());
      next += end / 10n + 1n;
    }
  }
  const perSecond = events / ((performance.now() - began) / 1000);
  const late = sampled.slice(2);
  const grownMb = Math.max(...late) - (late[0] ?? 0);
  return { events, perSecond, extra: { grownMb, mostMb: Math.max(...sampled) } };
}

/** The control: nothing but rows and JSON.parse, on one thread, row by row or in batches. */
function scan(file: string, batches: boolean): Run {
  const db = new Database(file, { readonly: true });
  const rows = db.prepare<[], Row>('SELECT position, leaf FROM events ORDER BY position').raw();
  const batch = db
    .prepare<[number], Row>('SELECT position, leaf FROM events WHERE position > ? LIMIT 256')
    .raw();
  let events = 0;
  const began = performance.now();
  if (batches) {
    for (let found = batch.all(0); found.length > 0; found = batch.all(found.at(-1)?.[0] ?? 0)) {
      for (const [, leaf] of found) JSON.parse(leaf);
      events += found.length;
    }
  } else {
    for (const [, leaf] of rows.iterate()) {
      JSON.parse(leaf);
      events += 1;
    }
  }
  const perSecond = events / ((performance.now() - began) / 1000);
  db.close();
  return { events, perSecond };
}

async function readStones(
  store: EventStore,
  seed: string,
  stones: number,
  reads: number,
): Promise<Run> {
  const random = randomOf(seed);
  const times: number[] = [];
  const began = performance.now();
  for (let i = 0; i < reads; i++) {
    const asked = performance.now();
    const history = await store.read(stoneStreamOf(random.int(0, stones - 1)));
    const state = fold(stone, history as readonly StoneEvent[]);
    times.push(performance.now() - asked);
    if (history.length !== perStone || state === null) throw new Error('a stone is not whole');
  }
  return {
    events: reads * perStone,
    perSecond: reads / ((performance.now() - began) / 1000),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    max: percentile(times, 1),
  };
}

function memoryNote(runs: readonly Run[]): string {
  const most = median(runs.map((run) => run.extra?.['mostMb'] ?? Number.NaN));
  const grown = median(runs.map((run) => run.extra?.['grownMb'] ?? Number.NaN));
  return `at most ${most.toFixed(0)} MB resident, grown by ${grown.toFixed(0)} MB after the start`;
}
