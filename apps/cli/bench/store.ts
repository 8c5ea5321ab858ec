import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handWritten, startPostgres, type Pg, type Server } from '#apps/cli/bench/postgres';
import { install, peerRecipes, pgPackage, type Peer } from '#apps/cli/bench/peers';
import {
  goal,
  machine,
  medianOf,
  type Arm,
  type Goal,
  type Report,
  type Run,
} from '#apps/cli/bench/report';
import {
  appendTo,
  fill,
  ownStones,
  randomStones,
  run,
  type Append,
  type Workload,
} from '#apps/cli/bench/workload';
import { openStore } from '#libs/store/open-store';

export type StoreBenchOptions = Readonly<{
  seed: string;
  runs: number;
  callers: number;
  /** Events each caller appends in one run on the small log. */
  each: number;
  /** The same for the peers, which are slower. */
  peerEach: number;
  /** Events in the big log before its runs, and the stones they are spread over; 0 leaves it out. */
  bigLog: number;
  stones: number;
  /** Whether PostgreSQL and the peers are measured too. */
  peers: boolean;
  /** Where peers are installed; kept for the next time. */
  peersFolder: string;
  onProgress: (what: string) => void;
}>;

export const storeBenchDefaults: StoreBenchOptions = {
  seed: 'new-sun',
  runs: 5,
  callers: 64,
  each: 400,
  peerEach: 40,
  bigLog: 1_000_000,
  stones: 50_000,
  peers: true,
  peersFolder: join(tmpdir(), 'adamant-bench-peers'),
  onProgress: () => undefined,
};

const ledger = 'bench.example/log';

/** One thing to measure: `work` makes the appends of a round. */
type Contender = {
  readonly name: string;
  readonly log: string;
  readonly work: (round: number) => Workload;
  readonly append: Append;
  readonly close: () => Promise<void>;
  readonly runs: Run[];
  readonly notes: readonly string[];
  failed?: string;
};

/**
 * Durable appends of single events by many callers at once, against one caller, PostgreSQL by hand
 * and the peers, and on a big log. Rounds are interleaved: each round measures every arm once, each
 * time beginning with another.
 */
export async function benchStore(options: Partial<StoreBenchOptions> = {}): Promise<Report> {
  const settled = { ...storeBenchDefaults, ...options };
  const { runs, onProgress, callers, each, bigLog, stones, seed } = settled;
  const folder = mkdtempSync(join(tmpdir(), 'adamant-bench-'));
  const contenders: Contender[] = [];
  const arms: Arm[] = [];
  let server: Server | undefined;
  const { log } = console;
  console.log = console.error; // some peers write to the console, and standard output is the report's
  try {
    contenders.push(...(await small(folder, settled)));
    if (bigLog > 0) contenders.push(await big(folder, settled));
    if (settled.peers) {
      onProgress('starting PostgreSQL');
      server = await startPostgres(folder).catch((error: unknown) => {
        arms.push(
          absent('PostgreSQL by hand', error),
          ...peerRecipes.map((p) => absent(p.name, error)),
        );
        return undefined;
      });
      if (server) await others(folder, server, settled, contenders, arms);
    }
    for (let round = 0; round < runs; round++) {
      for (let turn = 0; turn < contenders.length; turn++) {
        const contender = contenders[(round + turn) % contenders.length];
        if (!contender || contender.failed !== undefined) continue;
        onProgress(`round ${round + 1} of ${runs}: ${contender.name}`);
        await measure(contender, round);
      }
    }
  } finally {
    await Promise.allSettled(contenders.map(({ close }) => close()));
    await server?.stop();
    console.log = log;
    rmSync(folder, { recursive: true, force: true });
  }
  arms.unshift(
    ...contenders.map(({ name, log, runs: measured, notes, failed }) => ({
      name,
      log,
      runs: measured,
      notes,
      ...(failed !== undefined && { failed }),
    })),
  );
  return {
    bench: 'store',
    at: new Date().toISOString(),
    machine: machine(),
    seed,
    settings: { callers, 'events a caller': each, 'big log': bigLog, stones, synchronous: 'FULL' },
    arms,
    goals: goals(arms),
  };
}

async function measure(contender: Contender, round: number): Promise<void> {
  const { work, append, runs } = contender;
  try {
    runs.push(await run(work(round), append));
  } catch (error) {
    contender.failed = error instanceof Error ? error.message : String(error);
    runs.length = 0;
  }
}

/** Our store on one log that stays under 200,000 events: many callers, and one. */
async function small(folder: string, options: StoreBenchOptions): Promise<readonly Contender[]> {
  const { callers, each, runs, seed } = options;
  const store = await openStore(`sqlite:${join(folder, 'small.db')}`, { ledger });
  const append = appendTo(store);
  const lone = Math.min(2000, each * 5);
  const warm = ownStones(`${seed} warm-up`, callers, each * 2);
  await run(warm, append);
  const before = callers * each * 2;
  const size = `${before} to ${before + runs * (callers * each + lone)} events`;
  const contender = (name: string, many: number, count: number, close: () => Promise<void>) => ({
    name,
    log: size,
    work: (round: number) => ownStones(`${seed} ${name} ${round}`, many, count),
    append,
    close,
    runs: [],
    notes: [],
  });
  return [
    contender(ours(callers), callers, each, () => store.close()),
    contender(alone, 1, lone, async () => undefined),
  ];
}

async function big(folder: string, options: StoreBenchOptions): Promise<Contender> {
  const { callers, each, bigLog, stones, seed, onProgress } = options;
  const store = await openStore(`sqlite:${join(folder, 'big.db')}`, { ledger });
  const begun = performance.now();
  const { heads, counts, events } = await fill(store, { seed, events: bigLog, stones }, (done) =>
    onProgress(`filling the big log: ${done} of ${bigLog}`),
  );
  const rate = Math.round(events / ((performance.now() - begun) / 1000));
  return {
    name: onBigLog,
    log: `${events} events before, ${stones} stones at random`,
    work: (round) => randomStones(`${seed} big ${round}`, counts, callers, each),
    append: appendTo(store, heads),
    close: () => store.close(),
    runs: [],
    notes: [`filled by 256 callers at ${rate} events a second`],
  };
}

async function others(
  folder: string,
  server: Server,
  options: StoreBenchOptions,
  contenders: Contender[],
  arms: Arm[],
): Promise<void> {
  const { callers, each, peerEach, seed, peersFolder, runs } = options;
  const add = async (
    name: string,
    count: number,
    notes: readonly string[],
    open: () => Promise<Peer>,
  ) => {
    try {
      const { append, close } = await open();
      await run(ownStones(`${seed} warm-up ${name}`, 1, 30), append);
      const work = (round: number) => ownStones(`${seed} ${name} ${round}`, callers, count);
      const log = `0 to ${runs * callers * count} events`;
      contenders.push({ name, log, work, append, close, runs: [], notes });
    } catch (error) {
      arms.push(absent(name, error));
    }
  };
  await add(byHand, each, [`${server.version}, same machine, unix socket`], async () => {
    options.onProgress('installing pg');
    const require = await install(join(peersFolder, 'pg'), [pgPackage]);
    return handWritten(require('pg') as Pg, server, 16);
  });
  for (const { name, packages, inTurn, open } of peerRecipes) {
    await add(name, peerEach, inTurn === undefined ? [] : [inTurn], async () => {
      options.onProgress(`installing ${name}`);
      const require = await install(join(peersFolder, name.replaceAll(' ', '-')), packages);
      const peer = await open(require, folder, server);
      return inTurn === undefined ? peer : oneByOne(peer);
    });
  }
}

function oneByOne({ append, close }: Peer): Peer {
  let last: Promise<unknown> = Promise.resolve();
  return {
    append: (work) => {
      const next = last.then(() => append(work));
      last = next.catch(() => undefined);
      return next;
    },
    close,
  };
}

function absent(name: string, error: unknown): Arm {
  return {
    name,
    log: 'none',
    runs: [],
    failed: error instanceof Error ? error.message : String(error),
  };
}

const ours = (callers: number) => `adamant, ${callers} callers`;
const alone = 'adamant, one caller';
const onBigLog = 'adamant, big log';
const byHand = 'PostgreSQL by hand, 16 connections';

function goals(arms: readonly Arm[]): readonly Goal[] {
  const find = (start: string) => arms.find(({ name }) => name.startsWith(start));
  const many = arms[0];
  const bigArm = find(onBigLog);
  const rate = medianOf(many, 'perSecond');
  const peers = arms.filter(({ name }) => peerRecipes.some((peer) => peer.name === name));
  const best = Math.max(...peers.map((peer) => medianOf(peer, 'perSecond')).filter((r) => r > 0));
  const times = (other: number) => (Number.isFinite(other) ? rate / other : Number.NaN);
  const lone = times(medianOf(find(alone), 'perSecond'));
  const hand = times(medianOf(find(byHand), 'perSecond'));
  const p99 = medianOf(many, 'p99');
  const part = medianOf(bigArm, 'perSecond') / rate;
  const bigP99 = medianOf(bigArm, 'p99');
  return [
    goal('against one caller', 'at least 6 times', lone, lone >= 6, ' times'),
    goal('against PostgreSQL by hand', 'at least 3 times', hand, hand >= 3, ' times'),
    goal('against the best peer', 'at least 5 times', times(best), times(best) >= 5, ' times'),
    goal('p99', 'at most 5 ms', p99, p99 <= 5, ' ms'),
    goal('big log against small', 'at least 0.5', part, part >= 0.5, ''),
    goal('p99 on the big log', 'at most 15 ms', bigP99, bigP99 <= 15, ' ms'),
  ];
}
