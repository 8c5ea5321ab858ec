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

/** The name of generated logs. */
export const generatedLedger = 'bench.example/log';
const eventsPerStone = 44;
const goalSeconds = 40;
const goalMb = 1000;
const goalCutOver = 100;

/**
 * All projections built from a generated log into a new file, against only reading and parsing
 * that log. Each run is a process of its own, so that its memory is its own; rounds are interleaved.
 */
export async function benchRebuild(options: Partial<RebuildBenchOptions> = {}): Promise<Report> {
  const { seed, runs, events, logFolder, onProgress } = { ...rebuildBenchDefaults, ...options };
  const log = `sqlite:${await generatedLog(events, seed, onProgress, logFolder)}`;
  const folder = mkdtempSync(join(tmpdir(), 'adamant-bench-'));
  const reads: RebuildRun[] = [];
  const rebuilds: RebuildRun[] = [];
  try {
    for (let round = 1; round <= runs; round++) {
      onProgress(`round ${round} of ${runs}`);
      const views = join(folder, `${round}.db`);
      reads.push(await runApart([log, generatedLedger]));
      rebuilds.push(await runApart([log, generatedLedger, `sqlite:${views}`]));
      for (const suffix of ['', '-wal', '-shm']) rmSync(views + suffix, { force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const size = `${rebuilds[0]?.events ?? 0} events`;
  const seconds = median(rebuilds.map((run) => (run.seconds * 1_000_000) / run.events));
  const cutOver = median(rebuilds.map((run) => run.cutOver));
  const peak = Math.max(...rebuilds.map(({ peakMb }) => peakMb));
  return {
    bench: 'rebuild',
    at: new Date().toISOString(),
    machine: machine(),
    seed,
    settings: { runs },
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
      goal(
        'a read during the cut-over',
        `under ${goalCutOver} ms`,
        cutOver,
        cutOver < goalCutOver,
        ' ms',
      ),
      goal('memory of a rebuild', `under ${goalMb} MB`, peak, peak < goalMb, ' MB'),
    ],
  };
}

function whereTimeGoes(runs: readonly RebuildRun[]): string {
  const parts = (['read', 'fold', 'wait', 'prepare', 'swap', 'write'] as const).map(
    (part) => `${words[part]} ${median(runs.map((run) => run[part])).toFixed(1)} s`,
  );
  return `where the time goes: ${parts.join(', ')}`;
}

const words = {
  read: 'reading and parsing the log',
  fold: 'projecting in memory',
  wait: 'waiting for the writing thread',
  prepare: 'indexes',
  swap: 'swap',
  write: 'and beside all that, writing rows',
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

/** The file of a log of about so many events, generated when it is not there yet. */
export async function generatedLog(
  events: number,
  seed: string,
  onProgress: (what: string) => void,
  folder = rebuildBenchDefaults.logFolder,
): Promise<string> {
  const stones = Math.ceil(events / eventsPerStone);
  const file = join(folder, `${stones}-${encodeURIComponent(seed)}.db`);
  if (existsSync(file)) return file;
  onProgress(`generating a log of ${stones} stones in ${folder}`);
  mkdirSync(folder, { recursive: true });
  const begun = `${file}.begun`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(begun + suffix, { force: true });
  const store = await openStore(`sqlite:${begun}`, { ledger: generatedLedger });
  try {
    await generate({ store }, { stones, seed });
  } finally {
    await store.close();
  }
  renameSync(begun, file);
  return file;
}
