import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '#apps/cli/bench/report';
import { printReport } from '#apps/cli/bench/report';
import { countOf } from '#apps/cli/count';
import { usage } from '#apps/cli/failure';
import { json } from '#apps/cli/show/json';
import type { CommonOptions, Surroundings } from '#apps/cli/verb';
import { verb } from '#apps/cli/verb';

type Wanted = Readonly<{
  seed?: string;
  runs?: number;
  /** Events in the big log. */
  log?: number;
  peers: boolean;
  onProgress: (what: string) => void;
}>;

type Options = CommonOptions & Omit<Wanted, 'onProgress'> & Readonly<{ save?: string }>;

/** Loaded only when wanted: what one benchmark needs is no reason for another not to run. */
const benches: Readonly<Record<string, (wanted: Wanted) => Promise<Report>>> = {
  store: async ({ log, ...wanted }) => {
    const { benchStore } = await import('#apps/cli/bench/store');
    return benchStore({ ...wanted, ...(log !== undefined && { bigLog: log }) });
  },
  replay: async ({ log, peers: _peers, ...wanted }) => {
    const { benchReplay } = await import('#apps/cli/bench/replay');
    return benchReplay({ ...wanted, ...(log !== undefined && { events: log }) });
  },
  rebuild: async ({ log, peers: _peers, ...wanted }) => {
    const { benchRebuild } = await import('#apps/cli/bench/rebuild');
    return benchRebuild({ ...wanted, ...(log !== undefined && { events: log }) });
  },
  http: async ({ log: _log, peers: _peers, seed: _seed, ...wanted }) => {
    const { benchHttp } = await import('#apps/cli/bench/http');
    return benchHttp(wanted);
  },
  engines: async ({ log, peers: _peers, ...wanted }) => {
    const { benchEngines } = await import('#apps/cli/bench/engines');
    return benchEngines({ ...wanted, ...(log !== undefined && { events: log }) });
  },
  year: async ({ log, peers: _peers, ...wanted }) => {
    const { benchYear } = await import('#apps/cli/bench/year');
    return benchYear({ ...wanted, ...(log !== undefined && { events: log }) });
  },
  rules: async ({ log, peers: _peers, ...wanted }) => {
    const { benchRules } = await import('#apps/cli/bench/rules');
    return benchRules({ ...wanted, ...(log !== undefined && { verdicts: log }) });
  },
  times: async ({ log, peers: _peers, ...wanted }) => {
    const { benchTimes } = await import('#apps/cli/bench/times');
    return benchTimes({ ...wanted, ...(log !== undefined && { events: log }) });
  },
};

const mostRuns = 100;
const biggestLog = 100_000_000;

export function benchVerb({ terminal }: Surroundings) {
  const known = Object.keys(benches).join(', ');
  return verb(
    'bench <what>',
    `measure this machine and print medians with machine, versions, sizes and seed: ${known}`,
    'bench store',
    'bench store --runs 9 --seed 7 --json',
  )
    .option('--seed <text>', 'what the made-up events follow from')
    .option('--runs <n>', 'interleaved runs of each arm', (text) =>
      countOf('--runs', text, mostRuns),
    )
    .option('--log <events>', 'size of the big log of store and replay', (text) =>
      countOf('--log', text, biggestLog),
    )
    .option('--no-peers', 'store: leave PostgreSQL and other event stores out')
    .option('--save <file>', 'where the raw data goes (default: bench-results/<what>-<time>.json)')
    .action(async (what: string, options: Options) => {
      const { seed, runs, log, peers, save, json: asJson } = options;
      const bench = Object.hasOwn(benches, what) ? benches[what] : undefined;
      if (!bench) throw usage(`no benchmark “${what}”: one of ${known}`);
      const report = await bench({
        ...(seed !== undefined && { seed }),
        ...(runs !== undefined && { runs }),
        ...(log !== undefined && { log }),
        peers,
        onProgress: (text) => terminal.note(text),
      });
      const file = save ?? join('bench-results', `${what}-${report.at.replaceAll(':', '')}.json`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${json(report)}\n`);
      if (asJson) return terminal.data(json(report));
      terminal.say(printReport(report));
      terminal.say(`raw data: ${file}`);
    });
}
