import { startHealing } from '#apps/ledger/healing';
import type { Ledger } from '#libs/ledger/ledger';
import { openLedger } from '#libs/ledger/ledger';
import { StoreUnavailable, WrongRevision } from '#libs/store/errors';
import type { EventStore } from '#libs/store/store';
import { ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';
import type { ProjectOptions } from '#libs/views/projector';
import { project, rebuild } from '#libs/views/projector';
import type { Projection, Views } from '#libs/views/views';
import type { Leases } from '#test/simulation/lease';
import type { Plant } from '#test/simulation/plants';
import type { Host } from '#test/simulation/scheduler';
import type { SimulatedStore } from '#test/simulation/simulated-store';
import type { SimulatedViews } from '#test/simulation/simulated-views';
import { kept } from '#test/simulation/tally';
import type { World } from '#test/simulation/world';

/** Pause in ms before a projector that failed is started again. */
const restartAfter = 100;

export type Service = {
  readonly host: Host;
  /** Of the process as it runs now; a crash leaves the old ones to themselves. */
  running: Readonly<{ ledger: Ledger; store: EventStore; views: Views }>;
};

export type ServiceParts = Readonly<{
  world: World;
  store: SimulatedStore;
  views: SimulatedViews;
  /** Absent: every process projects and carries out what is left open. */
  leases: Leases | undefined;
  /** The wall clock of a host, milliseconds since 1970. */
  clock: (host: Host) => number;
  eventsPerCommit: number;
  plant: Plant | undefined;
}>;

export type Services = ReturnType<typeof services>;

/** Processes of the ledger's service: commands, a projector and what finishes a crash's work. */
export function services(parts: ServiceParts) {
  const { world, store, views, leases, clock, plant } = parts;
  const { time } = world;
  return { start, rebuildAt, nowAt };

  function start(host: Host): Service {
    const own = { store: store.client(host), views: views.client(host) };
    const ledger = openLedger(own.store, () => nowAt(host));
    const service: Service = { host, running: { ledger, ...own } };
    if (leases) watched(leases.lead(host, (signal) => following(service, signal)));
    else watched(following(service, new AbortController().signal));
    return service;
  }

  /** What one process at a time should do: project, and finish what a crash left open. */
  async function following(service: Service, signal: AbortSignal): Promise<void> {
    const work = [projecting(service, signal)];
    if (plant !== 'no-healing') work.push(healing(service, signal));
    await Promise.all(work);
  }

  function nowAt(host: Host): string {
    return new Date(clock(host)).toISOString();
  }

  function options(host: Host, signal: AbortSignal): ProjectOptions {
    const today = () => nowAt(host).slice(0, 10);
    return { signal, today, pause: betweenEvents, eventsPerCommit: parts.eventsPerCommit };
  }

  async function projecting({ host, running }: Service, signal: AbortSignal): Promise<void> {
    const { store: own, views: ownViews } = running;
    while (!signal.aborted) {
      try {
        await project(own, ownViews, kept, options(host, signal));
      } catch (error) {
        expectOutage(host, error);
        await time.sleep(host, restartAfter, signal);
      }
    }
  }

  async function healing({ host, running }: Service, signal: AbortSignal): Promise<void> {
    const { ledger, views: ownViews } = running;
    const log = {
      warn: ({ events }: { events: readonly string[] }) =>
        time.note(`${host.name} finished ${events.join(' ')}`),
      debug: ({ err }: { err: unknown }) => expectOutage(host, err),
    };
    const stop = startHealing(ledger, ownViews, log as never, (ms, until) =>
      time.sleep(host, ms, until),
    );
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await stop();
  }

  /** Builds some views anew at a service; answers whether it came to its end. */
  async function rebuildAt(
    { host, running }: Service,
    wanted: readonly Projection[],
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      return await rebuild(running.store, running.views, wanted, options(host, signal));
    } catch (error) {
      expectOutage(host, error);
      return false;
    }
  }

  /** What a store, views and rivals may do to a process; anything else is found. */
  function expectOutage(host: Host, error: unknown): void {
    const isKnown =
      error instanceof StoreUnavailable ||
      error instanceof ViewsUnavailable ||
      error instanceof ViewsNotReady ||
      error instanceof WrongRevision;
    const { name, message } = error as Error;
    time.note(`${host.name} met ${name}`);
    if (!isKnown) world.fault(`${host.name} met ${name}: ${message}`);
  }

  function watched(work: Promise<void>): void {
    work.catch((error: Error) => world.fault(`a process ended: ${error.stack ?? error.message}`));
  }
}

/** Days come with the events of their morning; an hour without any is nothing to wait for. */
function betweenEvents(ms: number, until: AbortSignal): Promise<void> {
  if (ms === 0 || until.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    until.addEventListener('abort', () => resolve(), { once: true });
  });
}
