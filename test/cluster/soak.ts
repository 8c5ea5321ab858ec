import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { v7 } from 'uuid';
import { fsck } from '#libs/store/fsck';
import { openStore } from '#libs/store/open-store';
import { memoryViews } from '#libs/views/memory';
import { openViews } from '#libs/views/open-views';
import { rebuild } from '#libs/views/projector';
import { projections } from '#projections/projections';
import { randomOf } from '#apps/cli/generate/random';
import { startCluster } from '#test/cluster/cluster';
import type { Process } from '#test/cluster/processes';
import { client, type Answer } from '#test/e2e/client';
import { dump } from '#test/support/dump';

/**
 * Two services over an event store and a PostgreSQL, all of them killed with SIGKILL again and again
 * while callers record stones and hand them on. At the end the ledger must hold every acknowledged
 * act exactly once, be whole, and the views must equal a full replay.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: 'soak' },
    callers: { type: 'string', default: '4' },
  },
});
const kills = Number(values.kills);
const random = randomOf(values.seed);
const say = (line: string) => process.stdout.write(`${line}\n`);

const cluster = await startCluster();
const services: [Process, Process] = [await cluster.service(), await cluster.service()];
const dealers = {
  'first-dealer': await dealer('first-dealer'),
  'second-dealer': await dealer('second-dealer'),
};
const acknowledged = new Map<string, string>();
const stop = new AbortController();
const callers = Array.from({ length: Number(values.callers) }, (_, n) => trade(n));
const counts = { service: 0, 'event store': 0, PostgreSQL: 0 };

const began = performance.now();
let killed = 0;
await Promise.all([
  killing('service', { least: 20, most: 400 }, () => killService(0)),
  killing('service', { least: 20, most: 400 }, () => killService(1)),
  killing('event store', { least: 20, most: 2000 }, cluster.restartEventStore),
  killing('PostgreSQL', { least: 20, most: 2000 }, cluster.crashViews),
]);
await pause(1000);
stop.abort();
await Promise.all(callers);
await judge();
await cluster.close();

/**
 * Kills one of them and starts it again until there were enough kills: each time so many ms after
 * an act was acknowledged, so that there is always something to lose.
 */
async function killing(
  what: keyof typeof counts,
  { least: from, most: to }: Readonly<{ least: number; most: number }>,
  kill: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const before = acknowledged.size;
    while (acknowledged.size === before) await pause(20);
    await pause(random.int(from, to));
    if (killed >= kills) return;
    killed += 1;
    counts[what] += 1;
    if (killed % 50 === 0) say(`${killed} kills, ${acknowledged.size} acts acknowledged`);
    await kill();
  }
}

async function killService(n: 0 | 1): Promise<void> {
  await services[n].kill('SIGKILL');
  services[n] = await started();
}

/** A service may find the others down when it starts, and ends; its operator starts it again. */
async function started(): Promise<Process> {
  for (let tries = 0; ; tries++) {
    try {
      return await cluster.service();
    } catch (error) {
      if (tries === 100) throw error;
      await pause(200);
    }
  }
}

async function dealer(id: string): Promise<string> {
  const roles = ['producer', 'dealer'];
  const at = { time: '2000-01-01', precision: 'day' };
  const party = { id, name: id, country: 'BE', roles, at };
  await again((url) => post(url, cluster.operatorKey, '/v1/parties', party, v7()));
  const issued = await again((url) =>
    post(url, cluster.operatorKey, `/v1/parties/${id}/keys`, { roles }, v7()),
  );
  return String(issued.body.key);
}

/** Recovers stones and hands each to the other dealer and back. */
async function trade(caller: number): Promise<void> {
  const [first, second] = [dealers['first-dealer'], dealers['second-dealer']];
  const weight = { mct: 5_000, qualifier: 'eq', basis: 'weighed' };
  for (let n = 0; !stop.signal.aborted; n++) {
    const id = `soak-${caller}-${n}`;
    const acts = [
      [first, 'recover-rough', { mineId: 'ru-ebelyakh', weight }],
      [first, 'release-custody', { to: 'second-dealer', purpose: 'sale' }],
      [second, 'accept-custody', {}],
    ] as const;
    for (const [key, act, body] of acts) {
      const command = v7();
      const path = `/v1/stones/${id}/${act}`;
      const answer = await again((url) => post(url, key, path, body, command));
      if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
      acknowledged.set(command, `stone-${id}`);
    }
  }
}

function post(url: string, key: string, path: string, body: object, command: string) {
  const caller = client(url, { authorization: `Bearer ${key}` });
  return caller.post(path, body, { 'idempotency-key': command });
}

/** The same request to one service after the other until one of them can answer for it. */
async function again(request: (url: string) => Promise<Answer>): Promise<Answer> {
  for (let n = 0; n < 30_000; n++) {
    const answer = await request(services[n % services.length]?.url ?? '').catch(() => undefined);
    if (answer && answer.status < 500) return answer;
    await pause(20);
  }
  throw new Error('nobody answered');
}

async function judge(): Promise<void> {
  const store = await openStore(cluster.ledgerUrl, { ledger: cluster.ledgerName, readOnly: true });
  const recorded = new Map<string, string[]>();
  for await (const batch of store.readAll(0n)) {
    for (const { stream, meta } of batch) {
      recorded.set(meta.id, [...(recorded.get(meta.id) ?? []), stream]);
    }
  }
  const wrong = [...acknowledged].filter(([id, stream]) => String(recorded.get(id)) !== stream);
  const doubled = [...recorded].filter(([, streams]) => streams.length !== 1);
  const findings = await fsck(store);
  const views = openViews(cluster.viewsUrl, { projections, readOnly: true });
  const end = await store.end();
  for (let tries = 0; tries < 600 && (await least(views)) < end; tries++) await pause(100);
  const replayed = memoryViews(projections);
  const today = () => new Date().toISOString().slice(0, 10);
  await rebuild(store, replayed, projections, { signal: new AbortController().signal, today });
  const same =
    JSON.stringify(await dump(views.reader, projections)) ===
    JSON.stringify(await dump(replayed.reader, projections));
  await views.close();
  await store.close();
  const seconds = Math.round((performance.now() - began) / 1000);
  say(`${kills} kills (${JSON.stringify(counts)}) in ${seconds} s, seed ${values.seed}`);
  say(`${acknowledged.size} acts acknowledged, ${findings.size} events recorded`);
  say(`acknowledged and not recorded once: ${wrong.length}; ids recorded twice: ${doubled.length}`);
  say(`fsck: ${findings.damaged} damages, root ${findings.root ?? 'unknown'}`);
  say(`views ${same ? 'equal' : 'DIFFER FROM'} a full replay`);
  if (wrong.length > 0 || doubled.length > 0 || findings.damaged > 0 || !same) process.exitCode = 1;
}

async function least(views: ReturnType<typeof openViews>): Promise<bigint> {
  const positions = [...(await views.positions()).values()];
  return positions.reduce((a, b) => (a < b ? a : b));
}
