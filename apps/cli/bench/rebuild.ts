import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RebuildRun } from '#apps/cli/bench/rebuild-run';
import { goal, machine, median, type Report, type Run } from '#apps/cli/bench/report';
import { generate } from '#apps/cli/generate/generate';
import { openStore } from '#libs/store/open-store';

export type RebuildBenchOptions = Readonly<{
  seed: string;
  runs: number;
  /** About the size of the generated log. */
  events: number;
  /** Where the generated log is kept for the next time. */
  logFolder: string;
  onProgress: (what: string) => void;
}>;

export const rebuildBenchDefaults: RebuildBenchOptions = {
  seed: 'new-sun',
  runs: 5,
  events: 1_000_000,
  logFolder: join(tmpdir(), 'adamant-bench-logs'),
  onProgress: () => undefined,
};

const ledger = 'bench.example/log';
const eventsPerStone = 30.5;
const goalSeconds = 40;
const goalMb = 1000;

/**
 * All projections built from a generated log into a new file, against only reading and parsing
 * that log. Each run is a process of its own, so that its memory is its own; rounds are interleaved.
 */
export async function benchRebuild(options: Partial<RebuildBenchOptions> = {}): Promise<Report> {
  const { seed, runs, events, logFolder, onProgress } = { ...rebuildBenchDefaults, ...options };
  const stones = Math.ceil(events / eventsPerStone);
  const log = await generatedLog(logFolder, stones, seed, onProgress);
  const folder = mkdtempSync(join(tmpdir(), 'adamant-bench-'));
  const reads: RebuildRun[] = [];
  const rebuilds: RebuildRun[] = [];
  try {
    for (let round = 1; round <= runs; round++) {
      onProgress(`round ${round} of ${runs}`);
      const views = join(folder, `${round}.db`);
      reads.push(await runApart([log, ledger]));
      rebuilds.push(await runApart([log, ledger, views]));
      for (const suffix of ['', '-wal', '-shm']) rmSync(views + suffix, { force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const size = `${rebuilds[0]?.events ?? 0} events`;
  const seconds = median(rebuilds.map((run) => (run.seconds * 1_000_000) / run.events));
  const peak = Math.max(...rebuilds.map(({ peakMb }) => peakMb));
  return {
    bench: 'rebuild',
    at: new Date().toISOString(),
    machine: machine(),
    seed,
    settings: { stones, runs },
    arms: [
      { name: 'log read and parsed only', log: size, runs: reads.map(asRun) },
      {
        name: 'all projections',
        log: size,
        runs: rebuilds.map(asRun),
        notes: [whereTimeGoes(rebuilds), `memory at its peak: ${Math.round(peak)} MB`],
      },
    ],
    goals: [
      goal(
        'rebuild of all projections, per 1,000,000 events',
        `at most ${goalSeconds} s`,
        seconds,
        seconds <= goalSeconds,
        ' s',
      ),
      goal('memory of a rebuild', `under ${goalMb} MB`, peak, peak < goalMb, ' MB'),
    ],
  };
}

function whereTimeGoes(runs: readonly RebuildRun[]): string {
  const parts = (['read', 'fold', 'write', 'swap'] as const).map(
    (part) => `${words[part]} ${median(runs.map((run) => run[part])).toFixed(1)} s`,
  );
  return `where the time goes: ${parts.join(', ')}`;
}

const words = {
  read: 'reading and parsing the log',
  fold: 'projecting in memory',
  write: 'writing rows',
  swap: 'indexes and swap',
} as const;

function asRun({ events, seconds, ...extra }: RebuildRun): Run {
  return { events, perSecond: events / seconds, extra: { seconds, ...extra } };
}

async function runApart(args: readonly string[]): Promise<RebuildRun> {
  const script = fileURLToPath(import.meta.resolve('#apps/cli/bench/rebuild-run'));
  const node = [...process.execArgv, script, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, node);
  return JSON.parse(stdout) as RebuildRun;
}

/** The log for these stones and this seed, generated when it is not there yet. */
async function generatedLog(
  folder: string,
  stones: number,
  seed: string,
  onProgress: (what: string) => void,
): Promise<string> {
  const file = join(folder, `${stones}-${encodeURIComponent(seed)}.db`);
  if (existsSync(file)) return file;
  onProgress(`generating a log of ${stones} stones in ${folder}`);
  mkdirSync(folder, { recursive: true });
  const begun = `${file}.begun`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(begun + suffix, { force: true });
  const store = await openStore(`sqlite:${begun}`, { ledger });
  try {
    await generate({ store }, { stones, seed });
  } finally {
    await store.close();
  }
  renameSync(begun, file);
  return file;
}
