import { openLedger } from '#libs/ledger/ledger';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { review } from '#libs/views/projector';
import { unfinishedNow } from '#projections/unfinished';
import { commandId, commandOf } from '#test/property/pipeline-commands';
import { goodsOf } from '#test/property/pipeline-invariants';
import { beginnings, roles } from '#test/property/pipeline-intents';
import { calm, chaos, weatherOf } from '#test/simulation/chaos';
import { faultsOf } from '#test/simulation/checks';
import { clients } from '#test/simulation/clients';
import { leases } from '#test/simulation/lease';
import { network } from '#test/simulation/network';
import type { Plant } from '#test/simulation/plants';
import { reader } from '#test/simulation/readers';
import type { Host } from '#test/simulation/scheduler';
import { scheduler } from '#test/simulation/scheduler';
import type { Service } from '#test/simulation/service';
import { services } from '#test/simulation/service';
import { simulatedStore } from '#test/simulation/simulated-store';
import { simulatedViews } from '#test/simulation/simulated-views';
import { kept } from '#test/simulation/tally';
import { workshopBeginnings, workshopRoles } from '#test/simulation/workshop';
import type { World } from '#test/simulation/world';

export type Outcome = Readonly<{
  seed: number;
  /** Empty when everything held. */
  faults: readonly string[];
  /** Of everything that happened: equal for equal seeds. */
  hash: string;
  steps: number;
  events: number;
  /** Every step, when it was asked for. */
  trace: readonly string[];
}>;

export type SimulationOptions = Readonly<{ plant?: Plant; traced?: boolean }>;

/** Where the world's clocks stand when it begins; in some the law changes at midnight. */
const beginningsOfTime = ['2025-06-01T12:00:00Z', '2025-12-31T23:59:58Z', '2025-12-31T23:59:59Z'];

/** How long in ms a world may take to come to rest when nothing does harm any more. */
const patience = 60_000;

/** How long in ms a message can be under way that was sent while harm was done. */
const longestWay = 3000;

/**
 * One small world: a few processes of the service on one store and one database of views, callers,
 * readers and whatever can go wrong. Everything in it follows from the seed.
 */
export async function simulate(
  seed: number,
  { plant, traced = false }: SimulationOptions = {},
): Promise<Outcome> {
  const time = scheduler(String(seed), { traced });
  const { random } = time;
  const weather = weatherOf(time);
  const faults: string[] = [];
  const net = network(time, weather);
  const world: World = { time, net, fault: (what) => void faults.push(what) };

  const shape = shapeOf(random);
  const store = simulatedStore(world, shape, plant);
  const views = simulatedViews(world, store, plant);
  const lent = random.chance(0.5) ? leases(world) : undefined;
  const begin = Date.parse(random.pick(beginningsOfTime));
  const skews = new Map<Host, number>();
  const clock = (host: Host) => begin + time.now() + (skews.get(host) ?? 0);
  await beginLedger(store, begin);

  const eventsPerCommit = random.int(1, 20);
  const all = services({ world, store, views, leases: lent, clock, eventsPerCommit, plant });
  const running: Service[] = [];
  for (let n = shape.isEmbedded ? 1 : random.int(1, 3); n > 0; n--) {
    const host = net.join(`p${n}`);
    skews.set(host, random.int(0, 400));
    running.push(all.start(host));
  }
  const restart = (service: Service) => {
    net.restart(service.host);
    service.running = all.start(service.host).running;
  };

  const { answers, caller } = clients(world, all, running, store.log);
  const work = Array.from({ length: random.int(2, 3) }, (_, n) =>
    caller(net.join(`c${n}`), random.int(8, 14)),
  );
  for (let n = random.int(0, 2); n > 0; n--) {
    const host = net.join(`r${n}`);
    void reader(world, host, views.client(host), answers);
  }
  const operator = net.join('op');
  const servers = [store.server, views.server, ...(lent ? [lent.server] : [])];
  const victims = { services: running, servers, operator, restart, views: views.client(operator) };
  const until = random.int(500, 3500);
  const done = finished();
  let isDone = false;
  void done.then(
    () => (isDone = true),
    (error: Error) => faults.push(error.stack ?? error.message),
  );
  await time
    .run(() => isDone || faults.length > 0)
    .catch((error: Error) => faults.push(error.message));
  if (faults.length === 0) await check();
  for (const fault of faults) time.note(fault);
  const { hash, steps, trace } = time;
  return { seed, faults, hash: hash(), steps: steps(), events: store.log.length, trace };

  async function finished(): Promise<void> {
    await chaos(world, { ...victims, rebuildAt: all.rebuildAt }, until);
    calm(weather);
    await Promise.all(work);
    await time.sleep(operator, longestWay);
    await atRest();
    const end = store.log.length;
    await time.sleep(operator, 2500);
    if (store.log.length > end) world.fault('something was done when nothing was left to do');
    await review(views.database, kept, dayAt(clock(operator) + 1000));
  }

  /** Until every view has taken in everything and nothing is left open. */
  async function atRest(): Promise<void> {
    const deadline = time.now() + patience;
    for (;;) {
      await time.sleep(operator, 100);
      const positions = await views.database.positions();
      const end = store.log.at(-1)?.position;
      const isCaughtUp = kept.every(({ name }) => positions.get(name) === end);
      if (isCaughtUp && (await unfinishedNow(views.database.reader, 1)).length === 0) return;
      if (time.now() < deadline) continue;
      throw new Error(
        `no rest: the log ends at ${end}, the views stand at ${[...positions].join(' ')}`,
      );
    }
  }

  async function check(): Promise<void> {
    const today = dayAt(clock(operator) + 1000);
    const events = store.log;
    faults.push(...(await differences(store.engine, events)));
    faults.push(...(await faultsOf({ events, views: views.database.reader, answers, today })));
    for (const { leaf } of events) time.note(leaf);
  }
}

function shapeOf(random: World['time']['random']) {
  return {
    isDense: random.chance(0.5),
    isPushed: random.chance(0.7),
    mostPerBatch: random.pick([1, 4, 30]),
    isEmbedded: random.chance(0.2),
  };
}

function dayAt(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** The parties, and goods to begin with. */
async function beginLedger(
  { append, engine, log }: ReturnType<typeof simulatedStore>,
  begin: number,
): Promise<void> {
  const now = new Date(begin - 3_600_000).toISOString();
  const { execute } = openLedger({ ...engine, append }, () => now);
  const registered = Object.entries({ ...roles, ...workshopRoles }).filter(
    ([party]) => party !== 'stranger',
  );
  for (const [n, [id, held]] of registered.entries()) {
    const meta = {
      id: `0195e000-0000-7000-8000-00000000000${n}`,
      by: 'operator',
      roles: ['operator'],
      now,
      at: { time: '2024-01-01', precision: 'day' },
    } as const;
    const command = { type: 'RegisterParty', name: id, country: 'BE', roles: held, meta } as const;
    await execute({ category: 'party', id, command });
  }
  for (const [n, intent] of beginnings.entries()) {
    await execute(commandOf(intent, [...goodsOf(log).goods.values()], n, now));
  }
  const begun = workshopBeginnings(now, (n) => commandId(beginnings.length + n));
  for (const command of begun) await execute(command);
}

/** The engine's log, read anew, against what its followers were given. */
async function differences(
  engine: EventStore,
  events: readonly RecordedEvent[],
): Promise<readonly string[]> {
  const leaves: string[] = [];
  for await (const batch of engine.readAll(0n)) leaves.push(...batch.map(({ leaf }) => leaf));
  const n = events.findIndex(({ leaf }, at) => leaf !== leaves[at]);
  const isSame = n < 0 && leaves.length === events.length;
  return isSame ? [] : [`the log is another one at ${n}`];
}
