import { describe, expect, it } from '@jest/globals';
import { emptyStream, seal } from '#libs/store/envelope';
import { memoryStore } from '#libs/store/memory';
import { rememberingStore } from '#libs/store/remembering';
import type { EventStore } from '#libs/store/store';
import { behavesLikeAnEventStore, headAfter, named } from '#test/contract/event-store';
import { agreesWithTheModel } from '#test/contract/event-store-model';

const ledger = 'test.example/log';
const at = '2026-11-22T09:00:00.000Z';

describe.each([0, 8, 10_000])('a store that keeps %i events', (most) => {
  const open = async () => rememberingStore(memoryStore({ ledger }), most);
  behavesLikeAnEventStore(open);
  agreesWithTheModel(open);
});

describe('what is kept', () => {
  /** Counts how often the store itself is read. */
  function counted(): { store: EventStore; reads: () => number } {
    const inner = memoryStore({ ledger });
    let reads = 0;
    const read: EventStore['read'] = (...asked) => {
      reads += 1;
      return inner.read(...asked);
    };
    return { store: rememberingStore({ ...inner, read }, 1000), reads: () => reads };
  }

  it('is what the store itself gives, and is read once', async () => {
    const { store, reads } = counted();
    await store.read('stone-dawn');
    let head = emptyStream;
    for (let n = 0; n < 5; n++) {
      const entries = seal(ledger, 'stone-dawn', head, at, [named(`name ${n}`)]);
      await store.append('stone-dawn', head.revision, entries);
      head = headAfter(entries, head);
    }
    expect(await store.read('stone-dawn')).toEqual(await store.read('stone-dawn', { from: 0 }));
    expect(reads()).toBe(2);
  });

  it('is never the leaf of a repeat that was answered with the first record', async () => {
    const inner = memoryStore({ ledger });
    const repeated = Promise.withResolvers<void>();
    let appends = 0;
    const answeredLate: EventStore['append'] = async (...asked) => {
      const isFirst = (appends += 1) === 1;
      const appended = await inner.append(...asked);
      if (isFirst) await repeated.promise;
      return appended;
    };
    const store = rememberingStore({ ...inner, append: answeredLate }, 1000);
    await store.read('stone-dawn');
    const event = named('Dawn');
    const first = seal(ledger, 'stone-dawn', emptyStream, at, [event]);
    const again = seal(ledger, 'stone-dawn', emptyStream, '2026-11-22T10:00:00.000Z', [event]);
    const leaves = async () => (await store.read('stone-dawn')).map(({ leaf }) => leaf);
    const late = store.append('stone-dawn', -1, first);
    await store.append('stone-dawn', -1, again);
    expect(await leaves()).toEqual([first[0]?.leaf]);
    repeated.resolve();
    await late;
    expect(await leaves()).toEqual([first[0]?.leaf]);
  });

  it('is forgotten when an append was refused', async () => {
    const { store, reads } = counted();
    await store.read('stone-dawn');
    const entries = seal(ledger, 'stone-dawn', { revision: 4, hash: 'x' }, at, [named('x')]);
    await expect(store.append('stone-dawn', 4, entries)).rejects.toThrow();
    await store.read('stone-dawn');
    expect(reads()).toBe(2);
  });
});
