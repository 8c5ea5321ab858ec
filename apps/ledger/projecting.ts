import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { EventStore } from '#libs/store/store';
import { ViewsBehind } from '#libs/views/errors';

/** Where the projector's thread reads and writes. */
export type ProjectorPlaces = Readonly<{
  ledgerUrl: string;
  ledger: string;
  viewsUrl: string;
  /** Who this is for a server that keeps the ledger. */
  credentials?: Readonly<{ username: string; password: string }>;
}>;

/** The service says `hurry` when a read waits. */
export type ToProjector = 'stop' | 'hurry';

/**
 * That the views can be read, whether this process keeps them or another does, or the last event
 * that counts in all of them.
 */
export type FromProjector = 'open' | 'leads' | 'follows' | bigint;

/** Pause before a projector that failed is started again. */
const restartAfter = 1000;

type Waiter = Readonly<{ position: bigint; done: () => void }>;

/**
 * The projector's thread, seen from the service. Views are written there, so that no flush ever
 * blocks a request. A thread that fails is started again; the views then stand still, which
 * `reached` shows.
 */
export class Projecting {
  private readonly places: ProjectorPlaces;
  private readonly log: Logger;
  private readonly waiters = new Set<Waiter>();
  private worker: Worker;
  private at: bigint | undefined;
  private isClosing = false;
  private restart: NodeJS.Timeout | undefined;
  private isLeading = false;
  private readonly begins: (() => () => Promise<void>)[] = [];
  private ends: (() => Promise<void>)[] = [];
  private readonly opening = Promise.withResolvers<void>();

  /** Resolves when the views can be read; rejects when the first start of the thread fails. */
  readonly whenOpen = this.opening.promise;

  constructor(places: ProjectorPlaces, log: Logger) {
    this.places = places;
    this.log = log;
    this.worker = this.start();
  }

  /** The last event that counts in every view; `undefined` while they are being built. */
  reached(): bigint | undefined {
    return this.at;
  }

  /** Whether this process keeps the views, of all that share them. */
  leads(): boolean {
    return this.isLeading;
  }

  /** `begin` is called whenever this process comes to lead, what it answers when it ceases to. */
  whileLeading(begin: () => () => Promise<void>): void {
    this.begins.push(begin);
    if (this.isLeading) this.ends.push(begin());
  }

  /** Resolves when every view has taken `position` in; throws `ViewsBehind` after `timeoutMs`. */
  async until(position: bigint, timeoutMs: number): Promise<void> {
    if (this.at !== undefined && this.at >= position) return;
    let timer: NodeJS.Timeout | undefined;
    let waiter: Waiter | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        waiter = { position, done: resolve };
        this.waiters.add(waiter);
        this.worker.postMessage('hurry' satisfies ToProjector);
        timer = setTimeout(() => reject(new ViewsBehind(position, this.at ?? 0n)), timeoutMs);
      });
    } finally {
      clearTimeout(timer);
      if (waiter) this.waiters.delete(waiter);
    }
  }

  async close(): Promise<void> {
    this.isClosing = true;
    clearTimeout(this.restart);
    const ended = new Promise((resolve) => this.worker.once('exit', resolve));
    if (this.worker.threadId !== -1) {
      this.worker.postMessage('stop' satisfies ToProjector);
      await ended;
    }
    await this.lead(false);
  }

  private async lead(leads: boolean): Promise<void> {
    if (leads === this.isLeading) return;
    this.isLeading = leads;
    this.log.info({ leads }, leads ? 'keeps the views' : 'keeps the views no longer');
    if (leads) this.ends = this.begins.map((begin) => begin());
    else await Promise.all(this.ends.splice(0).map((end) => end()));
  }

  private start(): Worker {
    const code = fileURLToPath(import.meta.resolve('#apps/ledger/projector'));
    const worker = new Worker(code, { workerData: this.places });
    worker.on('message', (message: FromProjector) => {
      if (message === 'open') return this.opening.resolve();
      if (typeof message === 'string') {
        return void this.lead(message === 'leads');
      }
      if (this.at !== undefined && message < this.at) return;
      this.at = message;
      for (const { position, done } of this.waiters) if (position <= message) done();
    });
    worker.on('error', (error) => {
      this.log.error({ err: error }, 'the projector failed');
      this.opening.reject(error);
    });
    worker.on('exit', () => {
      if (this.isClosing) return;
      void this.lead(false);
      this.restart = setTimeout(() => {
        this.worker = this.start();
      }, restartAfter);
    });
    return worker;
  }
}

/** How old in ms the oldest event is that the views have not taken in; 0 when there is none. */
export async function lagOf(store: EventStore, reached: bigint): Promise<number> {
  for await (const [first] of store.readAll(reached)) {
    if (first) return Math.max(0, Date.now() - Date.parse(first.recordedAt));
  }
  return 0;
}
