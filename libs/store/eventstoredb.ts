import { categories } from '#events/streams';
import { BrokenChain, StoreUnavailable } from '#libs/store/errors';
import { parseAddress, type Credentials } from '#libs/store/eventstoredb-address';
import { appender } from '#libs/store/eventstoredb-append';
import { birthStream, openLog } from '#libs/store/eventstoredb-birth';
import { connect, type Connection } from '#libs/store/eventstoredb-connection';
import { closed, storeError } from '#libs/store/eventstoredb-errors';
import { isPassing } from '#libs/store/eventstoredb-failure';
import { retentionGuard } from '#libs/store/eventstoredb-guard';
import { ledgerLog } from '#libs/store/eventstoredb-log';
import { streamReader } from '#libs/store/eventstoredb-reader';
import type { Place } from '#libs/store/eventstoredb-record';
import type { Timing } from '#libs/store/eventstoredb-retry';
import { follower } from '#libs/store/eventstoredb-tail';
import { knownStreams } from '#libs/store/known-streams';
import type { EventStore, RecordedEvent } from '#libs/store/store';

export type EventStoreDbOptions = Readonly<{
  /** `esdb://HOST:PORT[,…][?option=value…]` or `esdb+discover://`; see {@link parseAddress}. */
  url: string;
  ledger: string;
  /** Appends are refused, and a ledger that is not there is not begun. */
  readOnly?: boolean;
  /** Instead of those in the address. */
  credentials?: Credentials;
  /** Told of each stream from which retention may take events. */
  onAlarm?: (alarm: string) => void;
  timing?: Partial<Timing>;
  /** Event ids and ends of streams kept in mind; about 100 bytes each. */
  mostKnown?: number;
  queueLimit?: number;
}>;

const usual: Timing = {
  patience: 10_000,
  budget: 30_000,
  longestPause: 2_000,
  guardEvery: 60_000,
};

/**
 * The ledger on EventStoreDB or KurrentDB. What the servers promise is less than the contract; what
 * is added here is the order of the chain, contents that are compared when an append is repeated,
 * and answers that are looked up when they were lost. One thing no reader of one stream can know:
 * whether an id stands in a stream of which this process has seen nothing lately. Throws
 * `BadAddress`, `WrongLedger`, `StoreUnavailable`; no error holds a secret.
 */
export async function eventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const { url, ledger, readOnly = false, credentials } = options;
  const address = parseAddress(url, credentials);
  const { prefix, shown: place } = address;
  const timing = { ...usual, ...options.timing };
  const connection = connect(address, timing.patience);
  try {
    const parts = { connection, ledger, prefix, place, readOnly, timing };
    const origin = await openLog(parts);
    const beginnings = categories.map((category) => `${prefix}${category}-`);
    const onAlarm = options.onAlarm ?? (() => undefined);
    const birth = prefix + birthStream;
    const guard = retentionGuard({ connection, beginnings, birth, timing, onAlarm });
    await guard.look();
    return store({ ...options, ...parts, origin, beginnings, guard });
  } catch (error) {
    await connection.close();
    throw storeError(place, error);
  }
}

type Parts = Omit<EventStoreDbOptions, 'timing'> &
  Readonly<{
    connection: Connection;
    prefix: string;
    place: string;
    readOnly: boolean;
    timing: Timing;
    origin: Place;
    beginnings: readonly string[];
    guard: ReturnType<typeof retentionGuard>;
  }>;

function store(parts: Parts): EventStore {
  const { connection, ledger, place, readOnly, guard, mostKnown = 200_000 } = parts;
  const { queueLimit = 4096 } = parts;
  const known = knownStreams(mostKnown);
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const reader = streamReader({ ...parts, known });
  const log = ledgerLog({ ...parts, known, closing: closing.signal });
  const append = appender({ ...parts, known, reader, queueLimit });
  const follow = follower(log, closing.signal, () => closed(place));
  let shutting: Promise<void> | undefined;

  function open(): void {
    if (closing.signal.aborted) throw closed(place);
  }

  /** Closing waits for what was accepted. */
  async function accepted<T>(work: () => Promise<T>): Promise<T> {
    open();
    const working = work();
    underWay.add(working);
    try {
      return await working;
    } catch (error) {
      if (isPassing(error)) open();
      throw storeError(place, error);
    } finally {
      underWay.delete(working);
    }
  }

  async function* batches(source: AsyncIterable<readonly RecordedEvent[]>) {
    open();
    try {
      for await (const batch of source) {
        yield batch;
        open();
      }
    } catch (error) {
      open();
      throw storeError(place, error);
    }
  }

  function checkWritable(stream: string): void {
    if (readOnly) throw new StoreUnavailable('read-only', `${place} was opened to read only`);
    if (categories.some((category) => stream.startsWith(`${category}-`))) return;
    throw new BrokenChain(stream, 'the name begins with no category of the ledger');
  }

  async function shut(): Promise<void> {
    closing.abort();
    await Promise.allSettled([guard.stop(), ...underWay]);
    await connection.close();
  }

  return {
    ledger,
    append: (stream, expectedRevision, entries) =>
      accepted(async () => {
        checkWritable(stream);
        return append(stream, expectedRevision, entries);
      }),
    read: (stream, options) => accepted(() => reader.read(stream, options)),
    readAll: (after) => batches(log.readAll(after)),
    follow: (after, signal) => batches(follow(after, signal)),
    alarms: guard.alarms,
    end: () => accepted(log.end),
    close: () => (shutting ??= shut()),
  };
}
