import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import type { Act, Load, Seen } from '#apps/cli/bench/http-load';
import { goal, machine, median, type Arm, type Report, type Run } from '#apps/cli/bench/report';
import type { PartyRole } from '#events/values';
import { openLedger, type Ledger } from '#libs/ledger/ledger';
import { mintApiKey } from '#libs/signing/api-key';
import { openStore } from '#libs/store/open-store';

export type HttpBenchOptions = Readonly<{
  runs: number;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  /** Stones of each connection in each phase: their acts are gone round again when all were done. */
  stones: number;
  onProgress: (text: string) => void;
}>;

const defaults: HttpBenchOptions = {
  runs: 5,
  connections: 64,
  warmUpSeconds: 20,
  seconds: 8,
  stones: 40,
  onProgress: () => undefined,
};

const ledgerName = 'adamant.bench/http';

/** The share of requests that may time out on a busy machine; any more and the run says nothing. */
const tolerated = 0.001;

/** A stone's whole life in this benchmark: from hand to hand and back, 28 acts. */
const actsPerStone = 28;

/** The service as it is, and the same without a store (see apps/ledger/control.ts). */
const arms = [
  { name: 'durable', program: '#apps/ledger/main' },
  { name: 'control: no store, replies in bursts', program: '#apps/ledger/control' },
] as const;

/**
 * Custody released and accepted over HTTP: key check, validation, decision, durable append. Each
 * run starts a service of its own on a fresh ledger; the arms take turns at going first.
 */
export async function benchHttp(given: Partial<HttpBenchOptions> = {}): Promise<Report> {
  const options = { ...defaults, ...given };
  const runs: Run[][] = arms.map(() => []);
  for (let round = 0; round < options.runs; round++) {
    for (let turn = 0; turn < arms.length; turn++) {
      const arm = (round + turn) % arms.length;
      const { name, program } = arms[arm] ?? arms[0];
      options.onProgress(`round ${round + 1} of ${options.runs}: ${name}`);
      runs[arm]?.push(await oneRun(program, options));
    }
  }
  return report(options, runs);
}

function report(options: HttpBenchOptions, runs: readonly (readonly Run[])[]): Report {
  const { connections, warmUpSeconds, seconds } = options;
  const [durable = [], control = []] = runs;
  const ratios = durable.map((run, n) => run.perSecond / (control[n]?.perSecond ?? Number.NaN));
  const ratio = 100 * median(ratios);
  const p99 = median(durable.map((run) => run.p99 ?? Number.NaN));
  return {
    bench: 'http',
    at: new Date().toISOString(),
    machine: machine(),
    seed: 'none',
    settings: { connections, 'warm-up s': warmUpSeconds, 'measured s': seconds },
    arms: arms.map(({ name }, n): Arm => ({
      name,
      log: 'fresh, grows during the run',
      runs: runs[n] ?? [],
    })),
    goals: [
      goal('share of the control, same round', 'at least 65 %', ratio, ratio >= 65, ' %'),
      goal(`p99 at ${connections} connections`, 'at most 25 ms', p99, p99 <= 25, ' ms'),
    ],
  };
}

async function oneRun(program: string, options: HttpBenchOptions): Promise<Run> {
  const { warmUpSeconds, seconds, connections, stones } = options;
  const folder = mkdtempSync(join(tmpdir(), 'adamant-bench-http-'));
  try {
    const ledgerUrl = `sqlite:${join(folder, 'ledger.db')}`;
    const keys = await prepare(ledgerUrl, connections, stones);
    const service = await serve(program, ledgerUrl, `sqlite:${join(folder, 'views.db')}`);
    try {
      const lists = (phase: Phase) =>
        Array.from({ length: connections }, (_, n) => actsOf(n, phase, stones, keys));
      const { url } = service;
      await load({ url, seconds: warmUpSeconds, lists: lists('warm') });
      const seen = await load({ url, seconds, lists: lists('measured') });
      const { answered: events, others, p50, p99, max } = seen;
      if (others > events * tolerated) throw new Error(`${others} requests were not recorded`);
      return { events, perSecond: events / seen.seconds, p50, p99, max, extra: { others } };
    } finally {
      await service.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Keys = Readonly<{ giver: string; taker: string }>;

/** Two dealers with keys, and stones recovered for every connection. */
async function prepare(ledgerUrl: string, connections: number, each: number): Promise<Keys> {
  const store = await openStore(ledgerUrl, { ledger: ledgerName });
  try {
    const ledger = openLedger(store, () => new Date().toISOString());
    const giver = await register(ledger, 'giver');
    const taker = await register(ledger, 'taker');
    const stones = Array.from({ length: connections }, (_, n) =>
      phases.flatMap((phase) => Array.from({ length: each }, (__, k) => stoneId(n, phase, k))),
    );
    await Promise.all(
      stones.map(async (ids) => {
        for (const id of ids) await recover(ledger, id);
      }),
    );
    return { giver, taker };
  } finally {
    await store.close();
  }
}

const phases = ['warm', 'measured'] as const;
type Phase = (typeof phases)[number];

const stoneId = (connection: number, phase: Phase, n: number) => `${phase}-${connection}-${n}`;

const metaOf = (by: string) => {
  const now = new Date().toISOString();
  const roles: readonly PartyRole[] = ['operator', 'producer', 'dealer'];
  return { id: v7(), by, roles, now, at: { time: '2026-01-01', precision: 'day' } } as const;
};

async function register(ledger: Ledger, id: string): Promise<string> {
  const { token, keyId, secretSha256 } = mintApiKey();
  const { roles } = metaOf(id);
  const facts = { name: `${id} Ltd`, country: 'BE', roles };
  const registration = { type: 'RegisterParty', ...facts, meta: metaOf(id) } as const;
  await ledger.execute({ category: 'party', id, command: registration });
  const key = { partyId: id, keyId, secretSha256, roles, meta: metaOf(id) };
  await ledger.execute({ category: 'party', id, command: { type: 'IssueApiKey', ...key } });
  return token;
}

async function recover(ledger: Ledger, id: string): Promise<void> {
  const weight = { mct: 5_000, qualifier: 'eq', basis: 'weighed' } as const;
  const facts = { mineId: 'ru-ebelyakh', weight, meta: metaOf('giver') };
  await ledger.execute({ category: 'stone', id, command: { type: 'RecoverRough', ...facts } });
}

/** Released by one, accepted by the other, then back: every act is valid in its turn. */
function actsOf(connection: number, phase: Phase, stones: number, keys: Keys): readonly Act[] {
  const weight = { mct: 5_000, qualifier: 'eq', basis: 'weighed' };
  const place = { country: 'BE', unlocode: 'BEANR' };
  const release = (to: string) =>
    JSON.stringify({ to, purpose: 'vault', sealNo: 'S-1', weight, place });
  const accept = JSON.stringify({ weight, place });
  const round = (id: string): readonly Act[] => {
    const act = (name: string, key: string, body: string) => ({
      path: `/v1/stones/${id}/${name}`,
      key,
      body,
    });
    return [
      act('release-custody', keys.giver, release('taker')),
      act('accept-custody', keys.taker, accept),
      act('release-custody', keys.taker, release('giver')),
      act('accept-custody', keys.giver, accept),
    ];
  };
  return Array.from({ length: stones }, (_, n) => {
    const acts = round(stoneId(connection, phase, n));
    return Array.from({ length: actsPerStone / acts.length }, () => acts).flat();
  }).flat();
}

/** Starts a program of the service and waits until it says where it listens. */
async function serve(program: string, ledgerUrl: string, viewsUrl: string) {
  const service = spawn(process.execPath, [fileURLToPath(import.meta.resolve(program))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      LEDGER_URL: ledgerUrl,
      VIEWS_URL: viewsUrl,
      LEDGER_NAME: ledgerName,
      PORT: '0',
    },
  });
  const url = await urlOf(service);
  service.stdout.resume();
  return { url, stop: () => stopped(service) };
}

async function urlOf(service: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<string> {
  for await (const line of createInterface({ input: service.stdout })) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url !== undefined) return url;
  }
  throw new Error('the service did not start');
}

function stopped(service: ChildProcess): Promise<unknown> {
  if (service.exitCode !== null) return Promise.resolve();
  const ended = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  return ended;
}

async function load(asked: Load): Promise<Seen> {
  const generator = fork(fileURLToPath(import.meta.resolve('#apps/cli/bench/http-load')));
  try {
    return await new Promise<Seen>((resolve, reject) => {
      generator.once('message', (seen) => resolve(seen as Seen));
      generator.once('error', reject);
      generator.once('exit', (code) => reject(new Error(`the load ended with code ${code}`)));
      generator.send(asked);
    });
  } finally {
    generator.kill();
  }
}
