import { Readable } from 'node:stream';
import { Problem } from '#apps/ledger/problem';
import type { EventStore, RecordedEvent } from '#libs/store/store';

type LiveOptions = Readonly<{
  after: bigint;
  heartbeat: number;
  /** The stream ends before an event for which this holds: the reader may not see more. */
  endsAt: (event: RecordedEvent) => boolean;
}>;

/**
 * Live streams of the ledger as server-sent events (WHATWG HTML §9.2); `id` is the position. A
 * stream reads on only as fast as its client takes: nothing is kept for slow ones.
 */
export class Live {
  private readonly open = new Set<AbortController>();
  private readonly store: EventStore;
  private readonly limit: number;

  constructor(store: EventStore, limit: number) {
    this.store = store;
    this.limit = limit;
  }

  get count(): number {
    return this.open.size;
  }

  /** Throws a 503 {@link Problem} when as many streams are open as the operator allows. */
  stream(options: LiveOptions): Readable {
    if (this.open.size >= this.limit) {
      throw new Problem(503, 'too-many-live-streams', 'no more live streams now; try again later');
    }
    const stop = new AbortController();
    this.open.add(stop);
    const messages = this.messages(options, stop.signal);
    return new Readable({
      highWaterMark: 65_536,
      read() {
        messages.next().then(
          ({ done, value }) => this.push(done === true ? null : value),
          (error: Error) => this.destroy(error),
        );
      },
      destroy: (error, done) => {
        stop.abort();
        this.open.delete(stop);
        done(error);
      },
    });
  }

  /** Ends every stream; clients come back with `Last-Event-ID` and miss nothing. */
  close(): void {
    for (const stop of this.open) stop.abort();
  }

  private async *messages(options: LiveOptions, signal: AbortSignal): AsyncGenerator<string> {
    yield ': live\n\n';
    const batches = this.store.follow(options.after, signal);
    for await (const batch of withBeats(batches, options.heartbeat)) {
      if (batch === 'beat') {
        yield ': beat\n\n';
        continue;
      }
      const last = batch.findIndex(options.endsAt);
      yield (last < 0 ? batch : batch.slice(0, last)).map(message).join('');
      if (last >= 0) return;
    }
  }
}

/** An event as every surface shows it: its position and its exact leaf. */
export function eventJson({ position, leaf }: RecordedEvent): string {
  return `{"position":"${position}","leaf":${leaf}}`;
}

function message(event: RecordedEvent): string {
  return `id: ${event.position}\nevent: ${event.type}\ndata: ${eventJson(event)}\n\n`;
}

/** The batches as they come, and a beat whenever none came for `pause` ms. */
async function* withBeats<T>(batches: AsyncIterable<T>, pause: number): AsyncGenerator<T | 'beat'> {
  const iterator = batches[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const got = await orBeat(next, pause);
      if (got === 'beat') {
        yield got;
        continue;
      }
      if (got.done === true) return;
      yield got.value;
      next = iterator.next();
    }
  } finally {
    void next.catch(() => undefined);
    await iterator.return?.();
  }
}

async function orBeat<T>(coming: Promise<T>, pause: number): Promise<T | 'beat'> {
  let timer: NodeJS.Timeout | undefined;
  const beat = new Promise<'beat'>((resolve) => {
    timer = setTimeout(resolve, pause, 'beat');
  });
  try {
    return await Promise.race([coming, beat]);
  } finally {
    clearTimeout(timer);
  }
}
