import { describe, expect, it } from '@jest/globals';
import type { Event } from '#events/event';
import { emptyStream, leafHash, seal } from '#libs/store/envelope';
import { StoreUnavailable, WrongRevision } from '#libs/store/errors';
import { memoryStore } from '#libs/store/memory';
import type { EventStore } from '#libs/store/store';
import { writeBehind } from '#apps/cli/generate/write-behind';

const ledger = 'test.example/log';
const now = '2025-01-01T00:00:00Z';

function naming(n: number): Event {
  const id = `0195f000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const meta = { id, by: 'mine', at: { time: '2025-01-01', precision: 'day' } } as const;
  return { type: 'StoneNamed', data: { name: `name ${n}` }, meta };
}

/** Appends one event to what the stream holds. */
async function add(store: EventStore, stream: string, n: number): Promise<void> {
  const last = (await store.read(stream)).at(-1);
  const head = last ? { revision: last.revision, hash: leafHash(last.leaf) } : emptyStream;
  await store.append(stream, head.revision, seal(ledger, stream, head, now, [naming(n)]));
}

describe('appends ahead of the disk', () => {
  it('are read back at once and reach the store in order', async () => {
    const behind = memoryStore({ ledger });
    const { store, written } = writeBehind(behind);
    for (let n = 0; n < 10; n++) await add(store, `stone-${n % 3}`, n);
    const ahead = await Promise.all([0, 1, 2].map((n) => store.read(`stone-${n}`)));
    await written();
    const names: string[] = [];
    for await (const batch of behind.readAll(0n)) {
      for (const event of batch) if (event.type === 'StoneNamed') names.push(event.data.name);
    }
    const durable = await Promise.all([0, 1, 2].map((n) => behind.read(`stone-${n}`)));
    expect(names).toEqual(Array.from({ length: 10 }, (_, n) => `name ${n}`));
    expect(ahead.flat().map(({ leaf }) => leaf)).toEqual(durable.flat().map(({ leaf }) => leaf));
  });

  it('go on from what the store already holds', async () => {
    const behind = memoryStore({ ledger });
    await add(behind, 'stone-a', 1);
    const { store, written } = writeBehind(behind);
    await add(store, 'stone-a', 2);
    await written();
    expect(await behind.read('stone-a')).toHaveLength(2);
  });

  it('find streams again that had to make room', async () => {
    const { store, written } = writeBehind(memoryStore({ ledger }));
    for (let n = 0; n < 9000; n++) await add(store, `stone-${n}`, n);
    for (let n = 0; n < 3; n++) await add(store, `stone-${n}`, 9000 + n);
    await written();
    expect(await store.read('stone-0')).toHaveLength(2);
  });

  it('refuse a revision that is not the next', async () => {
    const { store } = writeBehind(memoryStore({ ledger }));
    await add(store, 'stone-a', 1);
    const entries = seal(ledger, 'stone-a', emptyStream, now, [naming(2)]);
    await expect(store.append('stone-a', -1, entries)).rejects.toThrow(WrongRevision);
  });

  it('end with the first failure: nothing behind it is written', async () => {
    const behind = memoryStore({ ledger });
    let calls = 0;
    const append: EventStore['append'] = (...args) => {
      calls += 1;
      return calls < 3
        ? behind.append(...args)
        : Promise.reject(new StoreUnavailable('full', 'the disk is full'));
    };
    const { store, written } = writeBehind({ ...behind, append });
    for (let n = 0; n < 3; n++) await add(store, `stone-${n}`, n);
    await expect(written()).rejects.toThrow('the disk is full');
    await expect(add(store, 'stone-9', 9)).rejects.toThrow('the disk is full');
    expect(await behind.end()).toBe(2n);
  });

  it('never have more under way than a store may refuse', async () => {
    const behind = memoryStore({ ledger });
    let underWay = 0;
    let most = 0;
    const append: EventStore['append'] = async (...args) => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return behind.append(...args);
    };
    const { store, written } = writeBehind({ ...behind, append });
    for (let n = 0; n < 5000; n++) await add(store, `stone-${n}`, n);
    await written();
    expect(most).toBe(2048);
    expect(await behind.end()).toBe(5000n);
  });
});
