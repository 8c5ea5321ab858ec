import { StoreUnavailable } from '#libs/store/errors';
import type { RecordedEvent } from '#libs/store/store';
import type { Plant } from '#test/simulation/plants';
import type { Host } from '#test/simulation/scheduler';
import type { StoreShape } from '#test/simulation/simulated-store';
import type { World } from '#test/simulation/world';

type Log = Readonly<{
  after: (position: bigint) => readonly RecordedEvent[];
  onGrowth: (wake: () => void) => () => void;
}>;

/** One line from the server to a follower: what it sends arrives in order, or the line breaks. */
type Line = {
  readonly host: Host;
  readonly arrived: (readonly RecordedEvent[])[];
  readonly break: () => void;
  readonly isBroken: () => boolean;
  readonly wake: () => void;
  resume: (() => void) | undefined;
};

/**
 * Subscriptions as a server pushes them: batches of any size, now and then one twice. A line breaks
 * with its host, its server or what is between them; the follower takes another from where it was
 * given the last event, or a little before.
 */
export function subscriptions(
  { time, net }: World,
  server: Host,
  { mostPerBatch }: StoreShape,
  plant: Plant | undefined,
  { after, onGrowth }: Log,
) {
  const lines = new Set<Line>();
  net.onBreak.add((a, b) => {
    for (const line of lines) {
      const isHit = b ? [a, b].every((one) => one === server || one === line.host) : a === server;
      if (isHit) time.later('line breaks', time.random.int(1, 200), line.break);
      if (!b && a === line.host) line.break();
    }
  });
  return subscribe;

  async function* subscribe(
    host: Host,
    from: bigint,
    signal: AbortSignal,
  ): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    let position = from;
    let isFirst = true;
    while (!signal.aborted) {
      const start = isFirst ? position : resumedFrom(position, from);
      const line = await opened(host, start, plant === 'skip' && start > 0n);
      isFirst = false;
      if (!line) {
        await time.sleep(host, time.random.int(10, 200), signal);
        continue;
      }
      signal.addEventListener('abort', line.wake);
      try {
        for (;;) {
          const batch = line.arrived.shift();
          if (signal.aborted) return;
          if (batch) {
            const last = batch.at(-1)?.position ?? position;
            if (last > position) position = last;
            yield batch;
          } else if (line.isBroken()) break;
          else await new Promise<void>((resolve) => (line.resume = resolve));
        }
      } finally {
        signal.removeEventListener('abort', line.wake);
        line.break();
      }
    }
  }

  function resumedFrom(position: bigint, from: bigint): bigint {
    if (plant === 'skip') return position;
    const before = position - BigInt(time.random.int(0, 2));
    return before > from ? before : position;
  }

  async function opened(host: Host, start: bigint, skips: boolean): Promise<Line | undefined> {
    try {
      return await net.call({
        from: host,
        to: server,
        what: `subscribe after ${start}`,
        act: () => serve(host, start, skips),
        unknown: (problem) => new StoreUnavailable('failed', problem),
      });
    } catch (error) {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  }

  /** `skips`: the planted fault, the first event behind `start` is left out. */
  function serve(host: Host, start: bigint, skips: boolean): Line {
    const { epoch } = host;
    let sent = start;
    let toSkip = skips ? 1 : 0;
    let isSending = false;
    let isBroken = false;
    const line: Line = {
      host,
      arrived: [],
      wake: () => line.resume?.(),
      resume: undefined,
      break: () => {
        isBroken = true;
        lines.delete(line);
        stop();
        line.wake();
      },
      isBroken: () => isBroken || host.epoch !== epoch,
    };
    const stop = onGrowth(send);
    lines.add(line);
    send();
    return line;

    function send(): void {
      if (isSending || line.isBroken()) return;
      const batch = after(sent).slice(0, time.random.int(1, mostPerBatch));
      if (batch.length === 0) return;
      isSending = true;
      sent = batch.at(-1)?.position ?? sent;
      const again = time.random.chance(0.1);
      const place = `${server.name}⇉${host.name} ${batch.length} up to ${sent}`;
      time.later(place, net.delay(), () => deliver(batch, again), host);
    }

    function deliver(batch: readonly RecordedEvent[], again: boolean): void {
      if (line.isBroken()) return;
      if (net.isCut(server, host) || !server.alive) return line.break();
      line.arrived.push(batch.slice(toSkip));
      toSkip = 0;
      if (again) line.arrived.push(batch);
      line.wake();
      isSending = false;
      send();
    }
  }
}
