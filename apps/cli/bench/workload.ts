import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { StoneEvent } from '#events/stone';
import { stoneStream } from '#events/streams';
import { percentile, type Run } from '#apps/cli/bench/report';
import { randomOf, type Random } from '#apps/cli/generate/random';
import { emptyStream, seal, type Head } from '#libs/store/envelope';
import type { EventStore } from '#libs/store/store';

/** One append: the event to record next in a stream. */
export type Work = Readonly<{ stream: string; event: StoneEvent }>;

/** What each caller appends, one after the other. */
export type Workload = readonly (readonly Work[])[];

/** Records one event; the log keeps track of its streams itself. */
export type Append = (work: Work) => Promise<unknown>;

const recordedAt = '2026-11-22T09:00:00.000Z';
const begin = Date.UTC(2026, 10, 22, 8);

/** Time goes on from one workload to the next, as it does for ids of version 7. */
let made = 0;

/**
 * Events as the trade makes them: recovered, then released and accepted from hand to hand. A leaf
 * takes about 600 bytes.
 */
export function eventMaker(random: Random): (revision: number) => StoneEvent {
  return (revision) => {
    made += 1;
    const id = random.uuid(begin + Math.floor(made / 30));
    const weight = { mct: random.int(200, 20_000), qualifier: 'eq', basis: 'weighed' } as const;
    const meta = {
      id,
      by: 'alrosa-united-selling-organisation',
      at: { time: '2026-11-22T08:00:00Z', precision: 'instant' },
      place: { country: 'RU', text: 'Mirny' },
    } as const;
    if (revision === 0) {
      const data = { mineId: 'ebelyakh', plant: 'nizhne-lenskoe', weight, colour: 'fancy yellow' };
      return { type: 'RoughDiamondRecovered', data, meta };
    }
    const from = `dealer-${revision % 7}`;
    const to = `dealer-${(revision + 1) % 7}`;
    const number = `INV-2026-${random.int(100_000, 999_999)}`;
    const documents = [{ type: 'invoice', number, issuer: from, issuedOn: '2026-11-20' }];
    return revision % 2 === 1
      ? {
          type: 'CustodyReleased',
          data: { from, to, purpose: 'sale', weight, sealNo: `S-${random.hex(8)}` },
          meta: { ...meta, documents },
        }
      : {
          type: 'CustodyAccepted',
          data: { from, to, weight },
          meta: { ...meta, documents },
        };
  };
}

/** Each caller fills stones of its own with 30 events, one stone after the other. */
export function ownStones(seed: string, callers: number, each: number): Workload {
  const random = randomOf(seed);
  const make = eventMaker(random);
  return Array.from({ length: callers }, () => {
    const name = random.hex(10);
    return Array.from({ length: each }, (_, i) => ({
      stream: stoneStream(`${name}-${Math.floor(i / 30)}`),
      event: make(i % 30),
    }));
  });
}

/**
 * Uniformly random stones out of `stones`; stones are dealt to the callers, so that none of them
 * races for one. `counts` says how many events each stone has, and is kept up.
 */
export function randomStones(
  seed: string,
  counts: Uint32Array,
  callers: number,
  each: number,
): Workload {
  const random = randomOf(seed);
  const make = eventMaker(random);
  const share = Math.floor(counts.length / callers);
  const works: Work[][] = Array.from({ length: callers }, () => []);
  for (let i = 0; i < each; i++) {
    for (const [caller, list] of works.entries()) {
      const stone = random.int(0, share - 1) * callers + caller;
      const revision = counts[stone] ?? 0;
      counts[stone] = revision + 1;
      list.push({ stream: stoneStream(nameOf(stone)), event: make(revision) });
    }
  }
  return works;
}

/** Names in no order, as real ids are. */
const nameOf = (stone: number) =>
  (Math.imul(stone + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');

/** The stream of a stone of {@link randomStones}. */
export const stoneStreamOf = (stone: number) => stoneStream(nameOf(stone));

/** Appends to one of our stores; sealing (canonical bytes, hash, chain) is part of it. */
export function appendTo(store: EventStore, heads = new Map<string, Head>()): Append {
  return async ({ stream, event }) => {
    const head = heads.get(stream) ?? emptyStream;
    const entries = seal(store.ledger, stream, head, recordedAt, [event]);
    await store.append(stream, head.revision, entries);
    const last = entries.at(-1);
    if (last) heads.set(stream, { revision: last.revision, hash: last.hash });
  };
}

/** Lets every caller append its list, each waiting for its answer before the next. */
export async function run(workload: Workload, append: Append): Promise<Run> {
  const times: number[] = [];
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const began = performance.now();
  await Promise.all(
    workload.map(async (works) => {
      for (const work of works) {
        const asked = performance.now();
        await append(work);
        times.push(performance.now() - asked);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  loop.disable();
  return {
    events: times.length,
    perSecond: times.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    max: percentile(times, 1),
    loopP99: loop.percentile(99) / 1e6,
    loopMax: loop.max / 1e6,
  };
}

/**
 * Fills a ledger with events of uniformly random stones. Answers the heads and how many events
 * each stone has.
 */
export async function fill(
  store: EventStore,
  options: Readonly<{ seed: string; events: number; stones: number }>,
  onProgress: (done: number) => void,
) {
  const { seed, events, stones } = options;
  const callers = Math.min(256, stones);
  const counts = new Uint32Array(stones);
  const heads = new Map<string, Head>();
  const append = appendTo(store, heads);
  const step = Math.max(1, Math.min(100, Math.ceil(events / callers)));
  let done = 0;
  while (done < events) {
    const each = Math.min(step, Math.ceil((events - done) / callers));
    await run(randomStones(`${seed} ${done}`, counts, callers, each), append);
    done += each * callers;
    onProgress(done);
  }
  return { heads, counts, events: done };
}

/** Fills a ledger with stones of `perStone` events each, in an order that scatters every stone. */
export async function fillWhole(
  store: EventStore,
  options: Readonly<{ seed: string; stones: number; perStone: number }>,
  onProgress: (done: number) => void,
): Promise<void> {
  const { seed, stones, perStone } = options;
  const random = randomOf(seed);
  const make = eventMaker(random);
  const append = appendTo(store);
  const turns = new Uint32Array(stones * perStone).map((_, i) => i % stones);
  for (let i = turns.length - 1; i > 0; i--) {
    const j = random.int(0, i);
    [turns[i], turns[j]] = [turns[j] ?? 0, turns[i] ?? 0];
  }
  const revisions = new Uint8Array(stones);
  const callers = Math.min(256, stones);
  const step = 100 * callers;
  for (let done = 0; done < turns.length; done += step) {
    const works: Work[][] = Array.from({ length: callers }, () => []);
    for (const stone of turns.subarray(done, done + step)) {
      const revision = revisions[stone] ?? 0;
      revisions[stone] = revision + 1;
      works[stone % callers]?.push({ stream: stoneStreamOf(stone), event: make(revision) });
    }
    await run(works, append);
    onProgress(Math.min(done + step, turns.length));
  }
}
