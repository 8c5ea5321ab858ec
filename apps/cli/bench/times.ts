import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { generatedLedger, generatedLog, rebuildBenchDefaults } from '#apps/cli/bench/rebuild';
import { goal, machine, median, percentile, type Report, type Run } from '#apps/cli/bench/report';
import type { Asked } from '#apps/cli/bench/times-log';
import { correctedShare, correctLog, questionsOn } from '#apps/cli/bench/times-log';
import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';
import { viewsAt } from '#libs/views/as-known';
import { dossierOf } from '#projections/dossier';
import { ofSingleThings } from '#projections/projections';

export type TimesBenchOptions = Readonly<{
  seed: string;
  runs: number;
  /** About the size of the corrected log; what was not corrected is 70 % of it. */
  events: number;
  /** Questions of one run, the same of both logs. */
  questions: number;
  logFolder: string;
  onProgress: (what: string) => void;
}>;

const timesBenchDefaults: TimesBenchOptions = {
  seed: 'new-sun',
  runs: 5,
  events: 1_000_000,
  questions: 400,
  logFolder: rebuildBenchDefaults.logFolder,
  onProgress: () => undefined,
};

/** The day verdicts are of, the same in every run. */
const today = '2026-01-01';

/**
 * Everything the ledger says of one stone, as of a day and as known at a position, of a generated log
 * in which 30 % of the events of everything but parties are corrections, against the same log without.
 * Each run asks both the same questions; rounds are interleaved.
 */
export async function benchTimes(options: Partial<TimesBenchOptions> = {}): Promise<Report> {
  const { seed, runs, events, questions, logFolder, onProgress } = {
    ...timesBenchDefaults,
    ...options,
  };
  const plain = await generatedLog(
    Math.ceil(events * (1 - correctedShare)),
    seed,
    onProgress,
    logFolder,
  );
  const corrected = await correctedLog(plain, seed, onProgress, logFolder);
  const open = (file: string) =>
    openStore(`sqlite:${file}`, { ledger: generatedLedger, readOnly: true });
  const stores = { plain: await open(plain), corrected: await open(corrected.file) };
  try {
    const asked = await questionsOn(stores.corrected, await stores.plain.end(), {
      seed,
      questions,
    });
    const before: Run[] = [];
    const after: Run[] = [];
    for (let round = 0; round <= runs; round++) {
      onProgress(round === 0 ? 'warming up' : `round ${round} of ${runs}`);
      const turns = [
        async () => [before, await ask(stores.plain, asked)] as const,
        async () => [after, await ask(stores.corrected, asked)] as const,
      ];
      for (let turn = 0; turn < turns.length; turn++) {
        const [runsOf, run] = (await turns[(round + turn) % turns.length]?.()) ?? [];
        if (run && round > 0) runsOf?.push(run);
      }
    }
    return {
      bench: 'times',
      at: new Date().toISOString(),
      machine: machine(),
      seed,
      settings: { runs, questions },
      arms: [
        {
          name: 'without corrections',
          log: `${await stores.plain.end()} events`,
          runs: before,
          notes: [cpuNote(before)],
        },
        {
          name: 'with corrections',
          log: `${await stores.corrected.end()} events`,
          runs: after,
          notes: [cpuNote(after), ownShare(asked)],
        },
      ],
      goals: goalsOf(before, after),
    };
  } finally {
    await stores.plain.close();
    await stores.corrected.close();
  }
}

/** The price is processor time: what else the machine does meanwhile is in the times, not in it. */
function goalsOf(before: readonly Run[], after: readonly Run[]) {
  const cost = (run: Run | undefined) => run?.extra?.['cpuMs'] ?? Number.NaN;
  const price = median(after.map((run, n) => cost(run) / cost(before[n])));
  const p99 = median(after.map((run) => run.p99 ?? Number.NaN));
  return [
    goal('price with corrections, in prices without', 'at most 2', price, price <= 2, ''),
    goal('a both-times question with corrections, p99', 'under 50 ms', p99, p99 < 50, ' ms'),
  ];
}

function cpuNote(runs: readonly Run[]): string {
  const spent = median(runs.map((run) => run.extra?.['cpuMs'] ?? Number.NaN));
  return `processor time of a question: ${spent.toFixed(2)} ms`;
}

function ownShare(asked: readonly Asked[]): string {
  const shares = asked.map(({ corrections, events }) => (100 * corrections) / events);
  const least = Math.min(...shares).toFixed(0);
  const events = median(asked.map((each) => each.events));
  return `asked stones: ${median(shares).toFixed(0)} % of their own events are corrections (at least ${least} %), ${events} events at the middle`;
}

async function ask(store: EventStore, asked: readonly Asked[]): Promise<Run> {
  const times: number[] = [];
  let known = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  for (const { subject, validAt, position } of asked) {
    const start = performance.now();
    const question = { validAt, knownAt: { position } };
    const views = await viewsAt(store, ofSingleThings, subject, question, today);
    if (await dossierOf(views, subject)) known += 1;
    times.push(performance.now() - start);
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    events: asked.length,
    perSecond: asked.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    max: percentile(times, 1),
    extra: { known, cpuMs: (user + system) / 1000 / asked.length },
  };
}

/** The plain log and corrections behind it, made when it is not there yet. */
async function correctedLog(
  plain: string,
  seed: string,
  onProgress: (what: string) => void,
  folder: string,
): Promise<Readonly<{ file: string }>> {
  const file = plain.replace(/\.db$/, '-corrected.db');
  if (existsSync(file)) return { file };
  mkdirSync(folder, { recursive: true });
  const begun = join(folder, 'corrected.begun');
  for (const suffix of ['', '-wal', '-shm']) rmSync(begun + suffix, { force: true });
  copyFileSync(plain, begun);
  const store = await openStore(`sqlite:${begun}`, { ledger: generatedLedger });
  try {
    await correctLog(store, seed, (done) => onProgress(`correcting: ${done} events recorded`));
  } finally {
    await store.close();
  }
  renameSync(begun, file);
  return { file };
}
