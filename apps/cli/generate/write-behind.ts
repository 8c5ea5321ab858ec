import { unseal } from '#libs/store/envelope';
import type { Entry } from '#libs/store/envelope';
import { WrongRevision } from '#libs/store/errors';
import { wanted } from '#libs/store/revisions';
import type { Appended, EventStore, ReadOptions, RecordedEvent } from '#libs/store/store';

/** Appends handed to the store and not yet answered. */
const mostUnderWay = 2048;

/** Streams kept in memory; a stone is seldom left alone for longer than so many others. */
const mostStreams = 8192;

export type WriteBehind = Readonly<{
  /**
   * Answers an append before it is durable; its position is not known yet and reads as `0n`. The
   * appends reach the store behind it in the order they were made.
   */
  store: EventStore;
  /** Waits until all is durable; throws what the first failing append threw. */
  written: () => Promise<void>;
}>;

/**
 * Puts memory before a store, for a single caller that need not wait for each event to be durable.
 * After one append failed every further one throws that failure, so what is durable is always what
 * was appended up to some moment.
 */
export function writeBehind(behind: EventStore): WriteBehind {
  const streams = new Map<string, RecordedEvent[]>();
  const left = new Set<string>();
  let isNew: boolean | undefined;
  let underWay = 0;
  let failure: unknown;
  let wake: (() => void) | undefined;

  return { store: { ...behind, append, read }, written };

  async function append(
    stream: string,
    expectedRevision: number,
    entries: readonly Entry[],
  ): Promise<Appended> {
    if (underWay >= mostUnderWay) await settled(mostUnderWay / 2);
    if (failure) throw failure;
    const history = await historyOf(stream);
    if (history.length - 1 !== expectedRevision) {
      throw new WrongRevision(stream, expectedRevision, history.length - 1);
    }
    for (const { leaf } of entries) history.push(unseal(leaf, 0n) as RecordedEvent);
    underWay += 1;
    behind.append(stream, expectedRevision, entries).then(
      () => done(),
      (error: unknown) => {
        failure ??= error;
        done();
      },
    );
    return { revision: history.length - 1, position: 0n };
  }

  async function read(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
    const history = await historyOf(stream);
    const { low, high, backwards } = wanted(history.length - 1, options);
    const events = history.slice(low, high + 1);
    return backwards ? events.reverse() : events;
  }

  /**
   * The least recently used streams make room, once all of theirs is durable. A store that was
   * empty holds nothing but them: another stream need not be looked for.
   */
  async function historyOf(stream: string): Promise<RecordedEvent[]> {
    const known = streams.get(stream);
    if (known) {
      streams.delete(stream);
      streams.set(stream, known);
      return known;
    }
    if (streams.size >= mostStreams) {
      await written();
      for (const name of [...streams.keys()].slice(0, mostStreams / 4)) {
        streams.delete(name);
        left.add(name);
      }
    }
    isNew ??= (await behind.end()) === 0n;
    const history = isNew && !left.has(stream) ? [] : [...(await behind.read(stream))];
    streams.set(stream, history);
    return history;
  }

  async function written(): Promise<void> {
    await settled(0);
    if (failure) throw failure;
  }

  async function settled(most: number): Promise<void> {
    while (underWay > most) await new Promise<void>((resolve) => (wake = resolve));
  }

  function done(): void {
    underWay -= 1;
    wake?.();
  }
}
