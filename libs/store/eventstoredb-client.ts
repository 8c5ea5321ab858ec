import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
  type EventData,
  type ReadAllOptions,
  type ReadRevision,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { Duplex, Readable, Writable } from 'node:stream';
import type { ServerAddress } from '#libs/store/eventstoredb-address';
import { drain } from '#libs/store/eventstoredb-drain';
import { failureOf, isMissing, ServerFailure } from '#libs/store/eventstoredb-failure';
import type { Found, Place, Proposed } from '#libs/store/eventstoredb-record';

/** `position` is unknown when the server recognised a repeated append and did not say where it is. */
export type Stored = Readonly<{ revision: number; position: bigint | undefined }>;

/** Where a read of one stream begins (default at the start or, backwards, at the end). */
export type StreamRange = Readonly<{ from?: number; backwards?: boolean; most?: number }>;

type News = Readonly<{ reached?: Place; caughtUp: boolean }>;

/** What a subscription tells at once: events, that all up to `reached` was seen, the end. */
export type Told = News & Readonly<{ events: readonly Found[] }>;

/** How many events a read holds ready, and how many the server skips before it says where it is. */
const ahead = 256;
const searchWindow = 1024;
const unknownPosition = 2n ** 64n - 1n;

/**
 * The pinned client, with two faults of the stream it shares among appends kept from ending the
 * process. A reply that comes after another connection failed finds nobody waiting and throws where
 * nobody catches. And appends that wait for a full connection when it fails reject where nobody
 * listens: so nothing waits there; how much is under way is bounded by the caller.
 */
class GuardedClient extends EventStoreDBClient {
  constructor({ hosts, discover, tls, ca, certificate, credentials, settings }: ServerAddress) {
    const [host = { address: 'localhost', port: 2113 }] = hosts;
    const security = {
      insecure: !tls,
      ...(ca && { rootCertificate: ca }),
      ...(certificate && { userCertFile: certificate.chain, userKeyFile: certificate.key }),
    };
    if (discover) super({ discover: host, ...settings }, security, credentials);
    else if (hosts.length > 1) super({ endpoints: [...hosts], ...settings }, security, credentials);
    else super({ endpoint: host, ...settings }, security, credentials);
    const create = this.GRPCStreamCreator;
    this.GRPCStreamCreator = (service, name, creator, cache) =>
      cache
        ? create(service, name, async (client) => guarded(await creator(client)), cache)
        : create(service, name, creator);
  }

  /** Lets go of the connection as well, which `dispose` does not. */
  async shut(): Promise<void> {
    await this.dispose();
    const channel = await this.getChannel();
    channel.close();
  }
}

function guarded<T extends Readable | Writable | Duplex>(stream: T): T {
  for (const listener of stream.listeners('data')) {
    stream.off('data', listener as () => void);
    stream.on('data', (reply: unknown) => {
      try {
        listener.call(stream, reply);
      } catch {
        // Whoever waited was told that the outcome is unknown.
      }
    });
  }
  if (!('write' in stream)) return stream;
  const write = stream.write.bind(stream) as (message: unknown) => boolean;
  const writeOn = (message: unknown) => {
    write(message);
    return true;
  };
  return Object.assign(stream, { write: writeOn });
}

/** One use of the client: calls that fail with {@link ServerFailure}, and always end. */
export type ServerCalls = Readonly<{
  append: (stream: string, expected: number, events: readonly Proposed[]) => Promise<Stored>;
  /** Events of one stream; nothing when there is no such stream. */
  read: (stream: string, range: StreamRange) => AsyncGenerator<readonly Found[]>;
  /** The log from its end, or from before a place, back. */
  readBack: (before: Place | undefined, most: number) => AsyncGenerator<readonly Found[]>;
  /** The log from a place on, and the event there. */
  readOn: (from: Place) => AsyncGenerator<readonly Found[]>;
  /** Behind a place, events of streams with one of the prefixes, until `signal` aborts. */
  subscribe: (
    prefixes: readonly string[],
    after: Place | undefined,
    signal: AbortSignal,
  ) => AsyncGenerator<Told>;
  /** Cancels everything under way. */
  shut: () => Promise<void>;
}>;

/**
 * The calls of a client of its own. An append that is not answered within `patience` ms fails, as
 * does a read that is silent for so long.
 */
export function serverCalls(address: ServerAddress, patience: number): ServerCalls {
  const client = new GuardedClient(address);
  let isShut = false;

  /** Reads that are cancelled end as if they were complete. */
  function checkWhole(): void {
    if (isShut) throw new ServerFailure('unknown', 'the connection was given up');
  }

  function shut(): Promise<void> {
    isShut = true;
    return within(patience, client.shut());
  }

  async function append(stream: string, expected: number, events: readonly Proposed[]) {
    const batch: EventData[] = events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id, type, data: data as Record<string, unknown>, metadata }),
    );
    const expectedRevision = expected < 0 ? NO_STREAM : BigInt(expected);
    const appending = client.appendToStream(stream, batch, { expectedRevision });
    try {
      const { nextExpectedRevision, position } = await within(patience, appending);
      const isKnown = position !== undefined && position.commit !== unknownPosition;
      return {
        revision: Number(nextExpectedRevision),
        position: isKnown ? position.commit : undefined,
      };
    } catch (error) {
      throw failureOf(error);
    }
  }

  async function* read(stream: string, { from, backwards = false, most }: StreamRange) {
    const edge: ReadRevision = backwards ? END : START;
    const reading = client.readStream(
      stream,
      {
        direction: backwards ? BACKWARDS : FORWARDS,
        fromRevision: from === undefined ? edge : BigInt(from),
        ...(most !== undefined && { maxCount: most }),
      },
      { highWaterMark: ahead },
    );
    try {
      const batches = drain<ResolvedEvent>(reading, { patience, cancel: () => reading.cancel() });
      for await (const { items } of batches) yield foundIn(items);
      checkWhole();
    } catch (error) {
      if (!isMissing(error)) throw failureOf(error);
    }
  }

  const readBack = (before: Place | undefined, maxCount: number) =>
    readLog({ direction: BACKWARDS, fromPosition: before ?? END, maxCount });

  const readOn = (fromPosition: Place) => readLog({ direction: FORWARDS, fromPosition });

  async function* readLog(options: ReadAllOptions) {
    const reading = client.readAll(options, { highWaterMark: ahead });
    try {
      const batches = drain<ResolvedEvent>(reading, { patience, cancel: () => reading.cancel() });
      for await (const { items } of batches) yield foundIn(items);
      checkWhole();
    } catch (error) {
      throw failureOf(error);
    }
  }

  async function* subscribe(
    prefixes: readonly string[],
    after: Place | undefined,
    signal: AbortSignal,
  ) {
    let news: News | undefined;
    let confirmed = false;
    const filter = streamNameFilter({
      prefixes: [...prefixes],
      maxSearchWindow: searchWindow,
      checkpointReached: async (_, reached) => {
        news = { caughtUp: false, ...news, reached };
        subscription.emit('news');
      },
    });
    const subscription = client.subscribeToAll(
      { fromPosition: after ?? START, filter },
      { highWaterMark: ahead },
    );
    subscription.on('confirmation', () => {
      confirmed = true;
      subscription.emit('news');
    });
    subscription.on('caughtUp', () => {
      news = { ...news, caughtUp: true };
      subscription.emit('news');
    });
    try {
      const batches = drain<ResolvedEvent, News>(subscription, {
        signal,
        patience,
        mayBeSilent: () => confirmed,
        cancel: () => subscription.unsubscribe(),
        takeNews: () => {
          const taken = news;
          news = undefined;
          return taken;
        },
      });
      for await (const { items, news: told } of batches) {
        yield { events: foundIn(items), caughtUp: false, ...told };
      }
      if (!signal.aborted) throw new ServerFailure('unknown', 'the server ended the subscription');
    } catch (error) {
      throw failureOf(error);
    }
  }

  return { append, read, readBack, readOn, subscribe, shut };
}

async function within<T>(patience: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const why = `no answer within ${patience} ms`;
    timer = setTimeout(() => reject(new ServerFailure('silent', why)), patience);
  });
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An unresolved link has no event. */
function foundIn(items: readonly ResolvedEvent[]): readonly Found[] {
  const found: Found[] = [];
  for (const { event } of items) {
    if (!event) continue;
    const { streamId: stream, id, type, data, metadata, position: place } = event;
    if (place === undefined || place.commit === unknownPosition) {
      const why = 'the server tells no positions: it must be 22.10 or newer';
      throw new ServerFailure('unsupported', why);
    }
    found.push({ stream, revision: Number(event.revision), id, type, data, metadata, place });
  }
  return found;
}
