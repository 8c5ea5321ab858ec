import type { ServerAddress } from '#libs/store/eventstoredb-address';
import { serverCalls, type ServerCalls } from '#libs/store/eventstoredb-client';
import { isPassing, ServerFailure } from '#libs/store/eventstoredb-failure';
import { gate, type Gate } from '#libs/store/gate';

/** What every user of a server shares: one client, and no more calls at once than it can take. */
export type Connection = Omit<ServerCalls, 'shut'> &
  Readonly<{
    /** Appends that wait for their turn. */
    waiting: () => number;
    close: () => Promise<void>;
  }>;

/**
 * Servers allow 100 calls a connection by default and let the next one wait for ever. Streams are
 * held by their readers; the others always end soon, so that a reader may read while it reads.
 */
const places = { append: 64, read: 32, stream: 48 } as const;

type Kind = keyof typeof places;

/** After so much trouble in a row with calls of a kind, of which silence is the worst, anew. */
const worst = 16;
const silence = 8;

const open = new Map<string, { connection: Connection; users: number }>();

/** The process's connection to a server; closed by the last who closes it. */
export function connect(address: ServerAddress, patience: number): Connection {
  const { ca, certificate, prefix: _, ...rest } = address;
  const texts = [ca, certificate?.chain, certificate?.key].map((pem) => pem?.toString('base64'));
  const key = JSON.stringify([rest, texts, patience]);
  const shared = open.get(key) ?? { connection: connection(address, patience), users: 0 };
  open.set(key, shared);
  shared.users += 1;
  let isOpen = true;
  return {
    ...shared.connection,
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      shared.users -= 1;
      if (shared.users > 0) return;
      open.delete(key);
      await shared.connection.close();
    },
  };
}

function connection(address: ServerAddress, patience: number): Connection {
  const gates: Readonly<Record<Kind, Gate>> = {
    append: gate(places.append),
    read: gate(places.read),
    stream: gate(places.stream),
  };
  const trouble: Record<Kind, number> = { append: 0, read: 0, stream: 0 };
  let calls = serverCalls(address, patience);

  /** A client can be left unable to call: what it knows of the server, or its shared stream, hangs. */
  function failed(kind: Kind, used: ServerCalls, error: unknown): void {
    if (used !== calls || !isPassing(error)) return;
    trouble[kind] += error instanceof ServerFailure && error.reason === 'silent' ? silence : 1;
    if (trouble[kind] < worst) return;
    for (const each of Object.keys(places) as Kind[]) trouble[each] = 0;
    calls = serverCalls(address, patience);
    used.shut().catch(() => undefined);
  }

  async function append(...args: Parameters<ServerCalls['append']>) {
    const leave = await gates.append.enter();
    const used = calls;
    try {
      const stored = await used.append(...args);
      trouble.append = 0;
      return stored;
    } catch (error) {
      failed('append', used, error);
      throw error;
    } finally {
      leave();
    }
  }

  async function* through<T>(kind: Kind, call: (calls: ServerCalls) => AsyncGenerator<T>) {
    const leave = await gates[kind].enter();
    const used = calls;
    try {
      for await (const one of call(used)) {
        trouble[kind] = 0;
        yield one;
      }
    } catch (error) {
      failed(kind, used, error);
      throw error;
    } finally {
      leave();
    }
  }

  return {
    append,
    read: (...args) => through('read', (used) => used.read(...args)),
    readBack: (...args) => through('read', (used) => used.readBack(...args)),
    readOn: (...args) => through('stream', (used) => used.readOn(...args)),
    subscribe: (...args) => through('stream', (used) => used.subscribe(...args)),
    waiting: gates.append.waiting,
    close: () => calls.shut().catch(() => undefined),
  };
}
