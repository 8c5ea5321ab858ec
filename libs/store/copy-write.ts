import type { Entry } from '#libs/store/envelope';
import type { EventStore } from '#libs/store/store';

/** The largest append: far below what a server takes at once by default (1 MB). */
const mostEvents = 256;
const mostBytes = 256 * 1024;

/** Events handed over and not yet answered, where the store keeps them in order. */
const mostUnderWay = 2048;

/** The store placed an event before one that was appended earlier: it is no copy any more. */
export class OutOfOrder extends Error {
  override readonly name = 'OutOfOrder';
  readonly code = 'out-of-order';
  readonly position: bigint;

  constructor(stream: string, position: bigint, before: bigint) {
    super(`an event of ${stream} went to position ${position}, behind one at ${before}`);
    this.position = position;
  }
}

/** Appends recorded events to another store in the order they are given. */
export type InOrder = Readonly<{
  write: (entry: Entry) => Promise<void>;
  /** Hands over what is held back; does not wait for it to be durable. */
  flush: () => Promise<void>;
  /** Waits until all is durable; throws what the first failing append threw. */
  settled: () => Promise<void>;
}>;

/**
 * Events of one stream that follow each other go in one append. Only a store that promises to keep
 * the order is given an append while another is under way; of every other each answer is awaited.
 */
export function inOrder(target: EventStore): InOrder {
  let run: Entry[] = [];
  let bytes = 0;
  let underWay = 0;
  let last = 0n;
  let failure: unknown;
  let wake: (() => void) | undefined;

  return { write, flush, settled };

  async function write(entry: Entry): Promise<void> {
    const [first] = run;
    const isFull = run.length >= mostEvents || bytes + entry.leaf.length > mostBytes;
    if (first && (first.stream !== entry.stream || isFull)) await flush();
    run.push(entry);
    bytes += entry.leaf.length;
  }

  async function flush(): Promise<void> {
    const entries = run;
    run = [];
    bytes = 0;
    await atMost(target.inOrder === true ? mostUnderWay - entries.length : 0);
    if (failure !== undefined) throw failure;
    const [first] = entries;
    if (!first) return;
    underWay += entries.length;
    target
      .append(first.stream, first.revision - 1, entries)
      .then(({ position }) => {
        if (position <= last) throw new OutOfOrder(first.stream, position, last);
        last = position;
      })
      .catch((error: unknown) => (failure ??= error))
      .finally(() => {
        underWay -= entries.length;
        wake?.();
      });
  }

  async function settled(): Promise<void> {
    await flush();
    await atMost(0);
    if (failure !== undefined) throw failure;
  }

  async function atMost(events: number): Promise<void> {
    while (underWay > events) await new Promise<void>((resolve) => (wake = resolve));
  }
}
