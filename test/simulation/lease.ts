import type { Host } from '#test/simulation/scheduler';
import type { World } from '#test/simulation/world';

/** How long in ms a leader leads without saying so again. */
const term = 600;

type Lease = { holder: Host; epoch: number; until: number };

class LocksUnavailable extends Error {
  override readonly name = 'LocksUnavailable';
}

export type Leases = ReturnType<typeof leases>;

/**
 * A lock service that lends leadership to one host at a time. A leader that was paused or cut off may
 * act on after its time is over: then there are two of them, and the views' commit decides.
 */
export function leases({ time, net }: World) {
  const server = net.join('locks');
  let lent: Lease | undefined;
  return { server, lead };

  /** Does the work whenever the host leads, for as long as its process lives. */
  async function lead(host: Host, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    for (;;) {
      const until = await borrowed(host);
      if (until === undefined) {
        await time.sleep(host, time.random.int(100, 600));
        continue;
      }
      time.note(`${host.name} leads`);
      const stop = new AbortController();
      const working = work(stop.signal);
      await renewed(host, until);
      stop.abort();
      await working;
    }
  }

  /** Resolves when the host no longer leads, as far as it knows. */
  async function renewed(host: Host, since: number): Promise<void> {
    let until = since;
    while (until > time.now()) {
      await time.sleep(host, term / 3);
      until = (await borrowed(host)) ?? 0;
    }
  }

  async function borrowed(host: Host): Promise<number | undefined> {
    try {
      return await net.call({
        from: host,
        to: server,
        what: 'asks to lead',
        act: () => lend(host),
        unknown: (problem) => new LocksUnavailable(problem),
      });
    } catch (error) {
      if (error instanceof LocksUnavailable) return undefined;
      throw error;
    }
  }

  function lend(host: Host): number | undefined {
    const isOwn = lent?.holder === host && lent.epoch === host.epoch;
    if (lent && !isOwn && lent.until > time.now()) return undefined;
    const until = time.now() + term;
    lent = { holder: host, epoch: host.epoch, until };
    return until;
  }
}
