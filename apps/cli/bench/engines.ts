import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { bareClient } from '#apps/cli/bench/bare-client';
import { startPostgres } from '#apps/cli/bench/postgres';
import { generatedLog, generatedLedger } from '#apps/cli/bench/rebuild';
import type { RebuildRun } from '#apps/cli/bench/rebuild-run';
import { goal, machine, median, medianOf, percentile } from '#apps/cli/bench/report';
import type { Arm, Report, Run } from '#apps/cli/bench/report';
import { startStandIn } from '#apps/cli/bench/stand-in';
import { appendTo, ownStones, run, type Append } from '#apps/cli/bench/workload';
import { randomOf } from '#apps/cli/generate/random';
import { copyLedger } from '#libs/store/copy';
import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';

export type EnginesBenchOptions = Readonly<{
  seed: string;
  runs: number;
  callers: number;
  /** Events each of many callers appends in a run. */
  each: number;
  /** About the size of the generated log that is followed and built from. */
  events: number;
  onProgress: (what: string) => void;
}>;

const defaults: EnginesBenchOptions = {
  seed: 'new-sun',
  runs: 5,
  callers: 64,
  each: 100,
  events: 30_000,
  onProgress: () => undefined,
};

const ledger = 'bench.example/log';
const standIn = 'eventstoredb (stand-in)';
const byHand = 'bare client (stand-in)';
const readsEach = 500;

type Measured = { readonly name: string; readonly log: string; readonly runs: Run[] };

/**
 * The engines side by side in one run: appends by one caller and by many, streams of 30 events read,
 * a follower that takes in everything, and the views built from each engine into each of their
 * stores. EventStoreDB is the stand-in, which keeps every event in a file and in memory: it measures
 * the client and the protocol, not a database.
 */
export async function benchEngines(options: Partial<EnginesBenchOptions> = {}): Promise<Report> {
  const settled = { ...defaults, ...options };
  const { seed, runs, callers, each, onProgress } = settled;
  const folder = mkdtempSync(join(tmpdir(), 'adamant-bench-'));
  const undo: (() => Promise<unknown>)[] = [];
  const arms: Measured[] = [];
  try {
    const server = await startStandIn(join(folder, 'stand-in.log'));
    undo.push(server.stop);
    const postgres = await startPostgres(folder);
    undo.push(postgres.stop);
    const generated = await filled(server.url, settled, undo);

    const own = await openStore(`sqlite:${join(folder, 'own.db')}`, { ledger });
    const far = await openStore(`${server.url}&prefix=own`, { ledger });
    const bare = bareClient(server.url, ledger);
    undo.push(own.close, far.close, bare.close);
    const appends: readonly (readonly [string, Append])[] = [
      ['sqlite', appendTo(own)],
      [standIn, appendTo(far)],
      [byHand, bare.append],
    ];
    const rounds: ((round: number) => Promise<void>)[] = [
      ...appends.flatMap(([name, append]) => [
        timed(`${name}: append, one caller`, 'fresh', (round) =>
          run(ownStones(`${seed} ${name} 1 ${round}`, 1, each * 5), append),
        ),
        timed(`${name}: append, ${callers} callers`, 'fresh', (round) =>
          run(ownStones(`${seed} ${name} ${round}`, callers, each), append),
        ),
      ]),
      ...generated.flatMap(({ name, store, url }) => [
        timed(`${name}: streams read`, 'generated', (round) =>
          readStreams(store, `${seed} ${round}`),
        ),
        timed(`${name}: followed`, 'generated', () => followAll(store)),
        ...views(folder, postgres.url).map(([kind, place]) =>
          timed(`${name} into views on ${kind}: rebuild`, 'generated', async () =>
            rebuildApart(url, await place()),
          ),
        ),
      ]),
    ];
    for (const [name, append] of appends)
      await run(ownStones(`${seed} warm ${name}`, callers, each), append);
    for (let round = 0; round < runs; round++) {
      onProgress(`round ${round + 1} of ${runs}`);
      for (let turn = 0; turn < rounds.length; turn++) {
        await rounds[(round * 5 + turn) % rounds.length]?.(round);
      }
    }
  } finally {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
  return report(settled, arms);

  function timed(name: string, log: string, measure: (round: number) => Promise<Run>) {
    const arm: Measured = { name, log, runs: [] };
    arms.push(arm);
    return async (round: number) => {
      onProgress(name);
      arm.runs.push(await measure(round));
    };
  }
}

/** The generated ledger in both engines. */
async function filled(
  server: string,
  { events, seed, onProgress }: EnginesBenchOptions,
  undo: (() => Promise<unknown>)[],
) {
  const file = await generatedLog(events, seed, onProgress);
  const url = `sqlite:${file}`;
  const far = `${server}&prefix=generated`;
  const from = await openStore(url, { ledger: generatedLedger, readOnly: true });
  const to = await openStore(far, { ledger: generatedLedger });
  undo.push(from.close, to.close);
  onProgress('copying the generated log to the stand-in');
  await copyLedger(from, to);
  return [
    { name: 'sqlite', store: from, url },
    { name: standIn, store: to, url: far },
  ] as const;
}

/** A new place for each rebuild: views of one engine's log are no views of another's. */
function views(folder: string, postgres: string) {
  const name = () => `views_${randomUUID().replaceAll('-', '')}`;
  return [
    ['sqlite', async () => `sqlite:${join(folder, `${name()}.db`)}`],
    ['postgres', () => newDatabase(postgres, name())],
  ] as const;
}

async function newDatabase(server: string, name: string): Promise<string> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name} encoding 'UTF8' template template0`);
  } finally {
    await client.end();
  }
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

/** Streams of the log at random, whole. */
async function readStreams(store: EventStore, seed: string): Promise<Run> {
  const streams = new Set<string>();
  for await (const batch of store.readAll(0n)) for (const { stream } of batch) streams.add(stream);
  const names = [...streams];
  const random = randomOf(seed);
  const times: number[] = [];
  let events = 0;
  const began = performance.now();
  for (let i = 0; i < readsEach; i++) {
    const asked = performance.now();
    events += (await store.read(names[random.int(0, names.length - 1)] ?? '')).length;
    times.push(performance.now() - asked);
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    events,
    perSecond: times.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

/** From the beginning to the end as it was, by following. */
async function followAll(store: EventStore): Promise<Run> {
  const end = await store.end();
  const stop = new AbortController();
  let events = 0;
  const began = performance.now();
  for await (const batch of store.follow(0n, stop.signal)) {
    events += batch.length;
    if ((batch.at(-1)?.position ?? 0n) >= end) break;
  }
  return { events, perSecond: events / ((performance.now() - began) / 1000) };
}

async function rebuildApart(ledgerUrl: string, viewsUrl: string): Promise<Run> {
  const script = fileURLToPath(import.meta.resolve('#apps/cli/bench/rebuild-run'));
  const args = [...process.execArgv, script, ledgerUrl, generatedLedger, viewsUrl];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { events, seconds, peakMb } = JSON.parse(stdout) as RebuildRun;
  return { events, perSecond: events / seconds, extra: { seconds, peakMb } };
}

const leastShare = 80;
const leastRebuilt = 25_000;

function report({ seed, callers, each, runs }: EnginesBenchOptions, arms: readonly Arm[]): Report {
  const find = (start: string) => arms.find(({ name }) => name.startsWith(start));
  const share = (caller: string) => {
    const ours = find(`${standIn}: append, ${caller}`)?.runs ?? [];
    const bare = find(`${byHand}: append, ${caller}`)?.runs ?? [];
    return 100 * median(ours.map((one, n) => one.perSecond / (bare[n]?.perSecond ?? Number.NaN)));
  };
  const rebuilt = medianOf(find('sqlite into views on postgres'), 'perSecond');
  const atLeast = (what: string, value: number) =>
    goal(what, `at least ${leastShare} %`, value, value >= leastShare, ' %');
  return {
    bench: 'engines',
    at: new Date().toISOString(),
    machine: machine(),
    seed,
    settings: { callers, 'events a caller': each, runs },
    arms,
    goals: [
      atLeast('adapter against the bare client, one caller', share('one caller')),
      atLeast(`adapter against the bare client, ${callers} callers`, share(`${callers} callers`)),
      goal(
        'rebuild on PostgreSQL',
        `at least ${leastRebuilt.toLocaleString('en-GB')} events a second`,
        rebuilt,
        rebuilt >= leastRebuilt,
        ' a second',
      ),
    ],
  };
}
