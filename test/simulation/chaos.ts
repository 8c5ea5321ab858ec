import { projections } from '#projections/projections';
import type { Weather } from '#test/simulation/network';
import type { Host } from '#test/simulation/scheduler';
import type { Service, Services } from '#test/simulation/service';
import type { Views } from '#libs/views/views';
import { kept, tally } from '#test/simulation/tally';
import type { World } from '#test/simulation/world';

type Victims = Readonly<{
  services: readonly Service[];
  servers: readonly Host[];
  operator: Host;
  /** Makes a crashed process run again. */
  restart: (service: Service) => void;
  rebuildAt: Services['rebuildAt'];
  views: Views;
}>;

/** How bad it gets, drawn once for a world. */
export function weatherOf({ random }: World['time']): Weather {
  const often = () => random.pick([0, 0, 0.01, 0.03, 0.08]);
  return {
    lost: often(),
    unanswered: often(),
    late: often() / 2,
    repeated: random.pick([0, 0.05, 0.2]),
    slow: random.pick([0, 0.02, 0.1]),
    mostDelay: random.pick([2, 8, 25]),
  };
}

export function calm(weather: Weather): void {
  Object.assign(weather, { lost: 0, unanswered: 0, late: 0, repeated: 0, slow: 0 });
}

/** Does harm until it is time to stop; then everything stands again. */
export async function chaos(
  { time, net }: World,
  { services, servers, operator, restart, rebuildAt, views }: Victims,
  until: number,
): Promise<void> {
  const { random } = time;
  const pause = random.pick([60, 200, 400]);
  const all = [crash, partition, outage, drop, stall, rebuilding];
  const some = all.filter(() => random.chance(0.5));
  const harms = some.length > 0 ? some : all;
  while (time.now() < until) {
    await time.sleep(operator, random.int(1, pause));
    random.pick(harms)();
  }
  for (const { host } of services) host.pausedUntil = 0;
  for (const a of net.hosts) for (const b of net.hosts) net.mend(a, b);
  for (const server of servers) if (!server.alive) net.restart(server);
  for (const service of services) if (!service.host.alive) restart(service);

  function crash(): void {
    const service = random.pick(services);
    if (!service.host.alive) return;
    net.crash(service.host);
    time.later(`${service.host.name} is started`, random.int(5, 300), () => {
      if (!service.host.alive) restart(service);
    });
  }

  function partition(): void {
    const [a, b] = [random.pick(services).host, random.pick(servers)];
    if (net.isCut(a, b)) return;
    net.cut(a, b);
    time.later(`${a.name} and ${b.name} are joined`, random.int(10, 500), () => net.mend(a, b));
  }

  function outage(): void {
    const server = random.pick(servers);
    if (!server.alive) return;
    net.crash(server);
    time.later(`${server.name} is started`, random.int(5, 250), () => {
      if (!server.alive) net.restart(server);
    });
  }

  /** Every follower has to subscribe again. */
  function drop(): void {
    const [store] = servers;
    if (store) for (const { host } of services) net.drop(host, store);
  }

  /** A process that stands still and believes afterwards that no time has passed. */
  function stall(): void {
    const { host } = random.pick(services);
    host.pausedUntil = time.now() + random.int(50, 900);
    time.note(`${host.name} stalls until ${host.pausedUntil}`);
  }

  /** Of all views or of some; it may be called off, taken up again, or thrown away. */
  function rebuilding(): void {
    const service = random.pick(services);
    if (!service.host.alive) return;
    const some = kept.filter((each) => each === tally || random.chance(0.3));
    const wanted = random.chance(0.5) ? kept : some;
    time.note(`${service.host.name} rebuilds ${wanted.length} of ${projections.length + 1} views`);
    const stop = new AbortController();
    if (random.chance(0.6)) {
      time.later('the rebuild is called off', random.int(1, 300), () => stop.abort(), service.host);
    }
    void rebuildAt(service, wanted, stop.signal).then(async (isDone) => {
      time.note(`a rebuild at ${service.host.name} ${isDone ? 'is done' : 'was left'}`);
      if (!isDone && random.chance(0.2)) await views.abandon(wanted).catch(() => undefined);
    });
  }
}
