import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { compareLedgers, copyLedger } from '#libs/store/copy';
import { emptyStream, seal } from '#libs/store/envelope';
import { StoreUnavailable } from '#libs/store/errors';
import { memoryStore } from '#libs/store/memory';
import { sqliteStore } from '#libs/store/sqlite';
import type { EventStore } from '#libs/store/store';
import { hashLeaf, treeHasher } from '#libs/tlog/tree';
import { named } from '#test/contract/event-store';
import { append, ledger, ledgerFile } from '#test/support/ledger-file';
import { growRandomly, leavesOf } from '#test/support/random-ledger';

const at = ledgerFile();

async function grown(seed: string, events: number): Promise<EventStore> {
  const store = memoryStore({ ledger });
  await growRandomly(store, seed, events);
  return store;
}

/** A store that stops taking appends after some, as if it were killed. */
function failingAfter(store: EventStore, appends: number): EventStore {
  let left = appends;
  return {
    ...store,
    append: (...args) => {
      left -= 1;
      if (left >= 0) return store.append(...args);
      return Promise.reject(new StoreUnavailable('full', 'no room'));
    },
  };
}

/** A store that gives no promise about appends under way at once. */
function unordered(store: EventStore) {
  let underWay = 0;
  let most = 0;
  const awaited: EventStore = {
    ...store,
    inOrder: false,
    append: async (...args) => {
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setTimeout(resolve, randomInt(3)));
      underWay -= 1;
      return store.append(...args);
    },
  };
  return { store: awaited, mostUnderWay: () => most };
}

describe('a copy', () => {
  it('has the same leaves in the same order and the same root, through any engines', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.integer({ min: 0, max: 900 }), async (seed, events) => {
        round += 1;
        const file = (name: string) => join(at.folder, `${name}-${round}.db`);
        const first = await sqliteStore({ file: file('first'), ledger });
        const between = memoryStore({ ledger });
        const last = await sqliteStore({ file: file('last'), ledger });
        try {
          await growRandomly(first, seed, events);
          const one = await copyLedger(first, between);
          const two = await copyLedger(between, last);
          const leaves = await leavesOf(first);
          expect(await leavesOf(last)).toEqual(leaves);
          const tree = treeHasher();
          for (const leaf of leaves) tree.add(hashLeaf(leaf));
          for (const { source, target, copied, already } of [one, two]) {
            expect([source, target]).toEqual([tree.head(), tree.head()]);
            expect([copied, already]).toEqual([leaves.length, 0]);
          }
          expect(await last.read('stone-0')).toEqual(await first.read('stone-0'));
        } finally {
          await first.close();
          await last.close();
        }
      }),
      { numRuns: 8 },
    );
  });

  it('that is complete copies nothing', async () => {
    const source = await grown('again', 300);
    const target = memoryStore({ ledger });
    await copyLedger(source, target);
    const leaves = await leavesOf(target);
    expect(await copyLedger(source, target)).toMatchObject({ copied: 0, already: leaves.length });
    expect(await leavesOf(target)).toEqual(leaves);
  });

  it('that was broken off anywhere is completed by the next', async () => {
    const source = await grown('broken off', 400);
    for (let appends = 0; appends < 100; appends += 9) {
      const target = memoryStore({ ledger });
      const first = copyLedger(source, failingAfter(target, appends));
      await expect(first).rejects.toMatchObject({ code: 'store-unavailable' });
      const held = (await leavesOf(target)).length;
      const { already, copied } = await copyLedger(source, target);
      expect(already).toBe(held);
      expect(copied).toBeGreaterThan(0);
      expect(await leavesOf(target)).toEqual(await leavesOf(source));
    }
  });

  it('of which a full disk cut off the middle holds no later event, and goes on from there', async () => {
    const source = await grown('full disk', 4000);
    const small = await at.start({ maxBytes: 1_000_000 });
    await expect(copyLedger(source, small)).rejects.toMatchObject({ reason: 'full' });
    await small.close();
    const target = await at.start();
    const { already } = await copyLedger(source, target);
    expect(already).toBeGreaterThan(0);
    expect(await leavesOf(target)).toEqual(await leavesOf(source));
  });

  it('waits for each answer of a store that does not promise the order', async () => {
    const source = await grown('unordered', 200);
    const target = unordered(memoryStore({ ledger }));
    await copyLedger(source, target.store);
    expect(await leavesOf(target.store)).toEqual(await leavesOf(source));
    expect(target.mostUnderWay()).toBe(1);
  });

  it('is given up when the target places an event before an earlier one', async () => {
    const source = await grown('backwards', 60);
    const target = memoryStore({ ledger });
    const mixed: EventStore = {
      ...target,
      append: async (...args) => ({ ...(await target.append(...args)), position: 5n }),
    };
    await expect(copyLedger(source, mixed)).rejects.toMatchObject({ code: 'out-of-order' });
  });

  it('follows a source that grows, and two that copy at once do not disturb each other', async () => {
    const source = await grown('following', 100);
    const target = memoryStore({ ledger });
    const stop = new AbortController();
    let seen = 0;
    const copies = [1, 2].map(() =>
      copyLedger(source, unordered(target).store, {
        follow: stop.signal,
        onProgress: ({ events }) => (seen = Math.max(seen, events)),
      }),
    );
    const length = (await leavesOf(source)).length;
    await append(source, 'stone-late', emptyStream, 'a', 'b', 'c');
    while (seen < length + 3) await new Promise(setImmediate);
    stop.abort();
    await Promise.all(copies);
    expect(await leavesOf(target)).toEqual(await leavesOf(source));
  });
});

describe('a copy is refused', () => {
  it('into a ledger of another name', async () => {
    const target = memoryStore({ ledger: 'other.example/log' });
    await expect(copyLedger(await grown('name', 5), target)).rejects.toMatchObject({
      code: 'wrong-ledger',
    });
  });

  it('where the target parts from the source, naming the place', async () => {
    const source = await grown('parting', 100);
    const leaves = await leavesOf(source);
    const target = memoryStore({ ledger });
    await copyLedger(source, failingAfter(target, 10)).catch(() => undefined);
    const size = (await leavesOf(target)).length;
    await append(target, 'stone-other', emptyStream, 'something else');
    const parted = { code: 'parted-ledgers', size, source: { leaf: leaves[size] } };
    await expect(copyLedger(source, target)).rejects.toMatchObject(parted);
    await expect(copyLedger(source, target)).rejects.toThrow(
      `part at event ${size + 1}: the source has `,
    );
    expect(await compareLedgers(source, target)).toMatchObject(parted);
    expect(await leavesOf(target)).toHaveLength(size + 1);
  });

  it('into a target that goes on behind the source', async () => {
    const source = await grown('longer', 30);
    const target = memoryStore({ ledger });
    await copyLedger(source, target);
    await append(target, 'stone-other', emptyStream, 'one more');
    await expect(copyLedger(source, target)).rejects.toThrow(/the source has nothing more/);
  });

  it('of a source that is not sound, before anything unsound is appended', async () => {
    const source = memoryStore({ ledger });
    const foreign = seal('evil.example/log', 'stone-2', emptyStream, '2026-01-01T00:00:00Z', [
      named('b'),
    ]);
    const head = await append(source, 'stone-1', emptyStream, 'a');
    await source.append('stone-2', -1, foreign);
    await append(source, 'stone-1', head, 'c');
    const target = memoryStore({ ledger });
    await expect(copyLedger(source, target)).rejects.toMatchObject({
      code: 'corrupt-record',
      position: 2n,
    });
    expect((await leavesOf(target)).length).toBeLessThanOrEqual(1);
  });

  it('at its end when somebody else wrote to the target meanwhile', async () => {
    const source = await grown('meanwhile', 40);
    const target = memoryStore({ ledger });
    let appended = 0;
    const disturbed: EventStore = {
      ...target,
      append: async (...args) => {
        if ((appended += 1) === 5) await append(target, 'stone-other', emptyStream, 'not ours');
        return target.append(...args);
      },
    };
    await expect(copyLedger(source, disturbed)).rejects.toMatchObject({ code: 'parted-ledgers' });
  });
});
