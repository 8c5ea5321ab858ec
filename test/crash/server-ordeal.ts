import { startStandIn, type StandIn } from '#apps/stand-in/stand-in';
import { emptyStream, seal, type Head } from '#libs/store/envelope';
import { StoreUnavailable } from '#libs/store/errors';
import { eventStoreDb } from '#libs/store/eventstoredb';
import type { EventStore } from '#libs/store/store';

/**
 * Two ledgers on two servers, many writers on each, and servers that die under full load: prints
 * what was recorded. A rejection or an error that nobody catches ends the process, as it would end
 * the service.
 */
const writers = 48;
const each = 8;
const ledger = 'test.example/log';
const timing = { patience: 3_000, budget: 60_000, longestPause: 50 };

const servers = [await startStandIn(), await startStandIn()];
const stores = await Promise.all(servers.map(({ url }) => eventStoreDb({ url, ledger, timing })));
await lateReply();
const recorded = await Promise.all([...stores.map(fill), ...servers.map(disturb)]);
for (const store of stores) await store.close();
for (const server of servers) await server.stop();
process.stdout.write(JSON.stringify(recorded.filter((count) => count !== undefined)));

/** A reply is under way on one connection when another fails, and comes to nobody. */
async function lateReply(): Promise<void> {
  const [first, second] = servers;
  await Promise.all(stores.map((store) => write(store, 'party-first')));
  second?.faults.add({ on: 'append', does: 'delay-reply', ms: 200 });
  const late = stores.slice(1).map((store) => write(store, 'party-late'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await first?.kill();
  await first?.revive();
  await Promise.all(late);
}

async function fill(store: EventStore): Promise<number> {
  await Promise.all(Array.from({ length: writers }, (_, n) => write(store, `stone-${n}`)));
  const leaves = new Set<string>();
  for await (const batch of store.readAll(0n)) {
    for (const { leaf } of batch) leaves.add(leaf);
  }
  return leaves.size;
}

async function write(store: EventStore, stream: string): Promise<void> {
  let head: Head = emptyStream;
  for (let n = 0; n < each; n++) {
    const at = { time: '2026-11-22', precision: 'day' } as const;
    const meta = { id: crypto.randomUUID(), by: 'alrosa', at };
    const event = { type: 'StoneNamed', data: { name: `${stream}/${n}` }, meta };
    const entries = seal(ledger, stream, head, '2026-11-22T09:00:00Z', [event]);
    while (!(await appended(store, stream, head, entries)));
    head = { revision: n, hash: entries[0]?.hash ?? '' };
  }
}

async function appended(
  store: EventStore,
  stream: string,
  head: Head,
  entries: ReturnType<typeof seal>,
): Promise<boolean> {
  try {
    await store.append(stream, head.revision, entries);
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}

/** While the other server's replies are late, this one dies, or only its connections. */
async function disturb(server: StandIn, index: number): Promise<undefined> {
  const other = servers[1 - index];
  for (let round = 0; round < 6; round++) {
    other?.faults.add({ on: 'append', does: 'delay-reply', ms: 60, times: 40 });
    await new Promise((resolve) => setTimeout(resolve, 30 + 17 * index));
    if (round % 2 === 0) {
      await server.kill();
      await server.revive();
    } else server.cut();
  }
}
