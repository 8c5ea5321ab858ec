import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine, median, type Arm, type Report, type Run } from '#apps/cli/bench/report';
import { costOf, loadOf, type Rates, type Sample } from '#apps/cli/bench/year-model';
import {
  appendRate,
  auditRate,
  hashRate,
  rebuildRate,
  replayRate,
  signatureRate,
} from '#apps/cli/bench/year-rates';
import { tallyOf } from '#apps/cli/bench/year-sample';
import { tablesOf } from '#apps/cli/bench/year-tables';
import { scopes, world } from '#apps/cli/bench/year-world';
import { generate } from '#apps/cli/generate/generate';
import { openStore } from '#libs/store/open-store';

export type YearBenchOptions = Readonly<{
  seed: string;
  runs: number;
  /** About the size of the log that is generated to measure on. */
  events: number;
  callers: number;
  /** Events each caller appends in one run. */
  each: number;
  onProgress: (what: string) => void;
}>;

export const yearBenchDefaults: YearBenchOptions = {
  seed: 'new-sun',
  runs: 3,
  events: 100_000,
  callers: 64,
  each: 400,
  onProgress: () => undefined,
};

const ledger = 'bench.example/log';
const eventsPerStone = 44;

/**
 * What a year of the world's trade would take: a made-up trade of some size is generated, events
 * and bytes are counted by kind of goods, this machine's rates are measured on it, and the world's
 * carats and stones are put in. Nothing here has run for a year: it is arithmetic on measurements,
 * and the tables name what is assumed.
 */
export async function benchYear(options: Partial<YearBenchOptions> = {}): Promise<Report> {
  const { seed, runs, events, callers, each, onProgress } = { ...yearBenchDefaults, ...options };
  const [busy = 0] = loadavg();
  const folder = mkdtempSync(join(tmpdir(), 'adamant-bench-'));
  const file = join(folder, 'sample.db');
  try {
    onProgress(`making up a trade of about ${events} events`);
    const writer = await openStore(`sqlite:${file}`, { ledger });
    try {
      await generate({ store: writer }, { stones: Math.ceil(events / eventsPerStone), seed });
    } finally {
      await writer.close();
    }
    const store = await openStore(`sqlite:${file}`, { ledger, readOnly: true });
    try {
      const tally = tallyOf(world.classes);
      const leaves: string[] = [];
      for await (const batch of store.readAll(0n)) {
        for (const event of batch) {
          tally.take(event);
          leaves.push(event.leaf);
        }
      }
      const told = tally.told();
      const log = `${told.events} events`;
      const measures: readonly (readonly [name: string, log: string, () => Promise<Run>])[] = [
        [arm.append, 'new log', () => appendRate(folder, ledger, callers, each)],
        [arm.replay, log, () => replayRate(store)],
        [arm.audit, log, () => auditRate(store)],
        [arm.hash, `${log}, in memory`, () => hashRate(leaves)],
        [arm.rebuild, `${log}, SQLite`, () => rebuildRate(store, folder)],
        [arm.verify, 'in memory', () => signatureRate(leaves)],
      ];
      const arms = measures.map(([name, on]) => ({ name, log: on, runs: [] as Run[] }));
      for (let round = 0; round < runs; round++) {
        for (let turn = 0; turn < measures.length; turn++) {
          const at = (round + turn) % measures.length;
          onProgress(`round ${round + 1} of ${runs}: ${measures[at]?.[0]}`);
          const measured = await measures[at]?.[2]();
          if (measured) arms[at]?.runs.push(measured);
        }
      }
      const viewBytes = median(runsOf(arms, arm.rebuild).map(({ extra }) => extra?.['bytes'] ?? 0));
      const sample: Sample = {
        ...told,
        ledgerBytes: statSync(file).size / told.events,
        viewBytes: viewBytes / told.events,
      };
      const rates = ratesOf(arms);
      const costs = scopes.map((scope) => ({
        scope,
        cost: costOf(loadOf(world, scope, sample), sample, rates),
      }));
      return {
        bench: 'year',
        at: new Date().toISOString(),
        machine: machine(),
        seed,
        settings: {
          callers,
          'events a caller': each,
          'events in the sample': told.events,
          'load of the machine before': busy,
        },
        arms: arms.map(noted),
        goals: [],
        tables: tablesOf(world, sample, rates, costs),
      };
    } finally {
      await store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const arm = {
  append: 'durable appends, all callers at once',
  replay: 'ledger read and parsed',
  audit: 'ledger examined as fsck does',
  hash: 'leaf hashes and the tree over them',
  rebuild: 'all views built anew',
  verify: 'Ed25519 signatures checked',
} as const;

function runsOf(arms: readonly Arm[], name: string): readonly Run[] {
  return arms.find((each) => each.name === name)?.runs ?? [];
}

function ratesOf(arms: readonly Arm[]): Rates {
  const perCore = (name: keyof typeof arm) =>
    median(runsOf(arms, arm[name]).map(({ extra }) => extra?.['perCore'] ?? Number.NaN));
  return {
    append: median(runsOf(arms, arm.append).map(({ perSecond }) => perSecond)),
    replay: perCore('replay'),
    rebuild: perCore('rebuild'),
    audit: perCore('audit'),
    hash: perCore('hash'),
    verify: perCore('verify'),
  };
}

/** The figure that the tables go by is shown beside the rate on the wall clock. */
function noted({ runs, ...rest }: Arm): Arm {
  const perCore = median(runs.flatMap(({ extra }) => extra?.['perCore'] ?? []));
  if (Number.isNaN(perCore)) return { ...rest, runs };
  const rate = Math.round(perCore).toLocaleString('en-GB');
  return { ...rest, runs, notes: [`in a second of one core: ${rate}`] };
}
