import type { Host, Scheduler } from '#test/simulation/scheduler';

/** How bad things are in one world: the share of messages that meet each fate, and the delays. */
export type Weather = {
  /** A request that never arrives. */
  lost: number;
  /** Carried out, and the answer is lost. */
  unanswered: number;
  /** Carried out long after the caller gave up. */
  late: number;
  /** Arrives twice. */
  repeated: number;
  /** Takes many times as long. */
  slow: number;
  mostDelay: number;
};

type Call<T> = Readonly<{
  from: Host;
  to: Host;
  what: string;
  /** Carried out where the request arrives. */
  act: () => T | Promise<T>;
  /** What the caller is told when it cannot know the outcome. */
  unknown: (problem: string) => Error;
  /** The request may arrive twice. */
  isRepeatable?: boolean;
  /** The caller gives up after so many ms. */
  patience?: number;
  /** Both are in one process: nothing is lost between them, and a crash takes both. */
  isInside?: boolean;
}>;

export type Network = ReturnType<typeof network>;

/**
 * Hosts and the lines between them. Every call is a request and an answer, each with a delay and a
 * fate of its own; a host that crashes answers nothing any more.
 */
export function network({ random, now, later, note }: Scheduler, weather: Weather) {
  const hosts: Host[] = [];
  const cuts = new Set<string>();
  /** Calls being carried out, by host, and how to tell their callers that it crashed. */
  const under = new Map<Host, Set<() => void>>();
  const onBreak = new Set<(a: Host, b?: Host) => void>();
  return { hosts, join, delay, call, cut, mend, isCut, drop, crash, restart, onBreak };

  function join(name: string): Host {
    const host: Host = { name, alive: true, epoch: 0, pausedUntil: 0 };
    hosts.push(host);
    under.set(host, new Set());
    return host;
  }

  function delay(): number {
    const ms = random.int(1, weather.mostDelay);
    return random.chance(weather.slow) ? ms * random.int(5, 60) : ms;
  }

  function call<T>({ from, to, what, act, unknown, ...more }: Call<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const label = `${from.name}→${to.name} ${what}`;
    const fate = more.isInside ? 'usual' : fateOf();
    let isOver = false;
    const end = (tell: () => void) => () => {
      if (isOver) return;
      isOver = true;
      giveUp?.();
      tell();
    };
    const fail = (problem: string, after: number) =>
      later(
        `${label} fails`,
        after,
        end(() => reject(unknown(`${what}: ${problem}`))),
        from,
      );
    const giveUp = more.patience === undefined ? undefined : fail('no answer', more.patience);

    if (fate === 'late') fail('no answer in time', random.int(50, 400));
    const onTheWay = fate === 'late' ? random.int(300, 1500) : delay();
    later(label, onTheWay, arrive, more.isInside ? from : undefined);
    if (more.isRepeatable && !more.isInside && random.chance(weather.repeated)) {
      later(`${label} again`, onTheWay + delay(), arriveAgain);
    }
    return promise;

    function arrive(): void {
      if (to.pausedUntil > now()) return void later(label, to.pausedUntil - now(), arrive);
      if (!to.alive) return void fail('connection refused', delay());
      if (fate === 'lost' || isCutOff()) return void fail('no answer', random.int(50, 400));
      const calls = under.get(to);
      const epoch = to.epoch;
      const broken = () => fail('connection lost', delay());
      calls?.add(broken);
      const answer = (tell: () => void) => {
        calls?.delete(broken);
        if (to.epoch !== epoch) return;
        if (fate === 'unanswered' || isCutOff()) fail('no answer', random.int(50, 400));
        else later(`${label} answered`, delay(), end(tell), from);
      };
      outcomeOf(act).then(
        (value) => answer(() => resolve(value)),
        (error: Error) => answer(() => reject(error)),
      );
    }

    function isCutOff(): boolean {
      return !more.isInside && isCut(from, to);
    }

    function arriveAgain(): void {
      if (to.alive && !isCut(from, to)) outcomeOf(act).catch(() => undefined);
    }
  }

  function fateOf(): 'usual' | 'lost' | 'unanswered' | 'late' {
    const { lost, unanswered, late } = weather;
    const drawn = random.next();
    if (drawn < lost) return 'lost';
    if (drawn < lost + unanswered) return 'unanswered';
    return drawn < lost + unanswered + late ? 'late' : 'usual';
  }

  function isCut(a: Host, b: Host): boolean {
    return cuts.size > 0 && cuts.has(lineOf(a, b));
  }

  /** Nothing passes between the two until the line is mended. */
  function cut(a: Host, b: Host): void {
    note(`${a.name} and ${b.name} are cut off from each other`);
    cuts.add(lineOf(a, b));
    for (const broken of onBreak) broken(a, b);
  }

  /** What stands open between the two breaks; they can connect again at once. */
  function drop(a: Host, b: Host): void {
    note(`the line between ${a.name} and ${b.name} drops`);
    for (const broken of onBreak) broken(a, b);
  }

  function mend(a: Host, b: Host): void {
    cuts.delete(lineOf(a, b));
  }

  /** All that the host had under way is gone. */
  function crash(host: Host): void {
    note(`${host.name} crashes`);
    host.alive = false;
    host.epoch += 1;
    host.pausedUntil = 0;
    const calls = under.get(host) ?? [];
    under.set(host, new Set());
    for (const broken of calls) broken();
    for (const broken of onBreak) broken(host);
  }

  function restart(host: Host): void {
    note(`${host.name} starts`);
    host.alive = true;
  }
}

async function outcomeOf<T>(act: () => T | Promise<T>): Promise<T> {
  return act();
}

function lineOf(a: Host, b: Host): string {
  return a.name < b.name ? `${a.name} ${b.name}` : `${b.name} ${a.name}`;
}
