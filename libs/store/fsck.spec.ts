import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#libs/store/errors';
import { fsck, type Findings } from '#libs/store/fsck';
import { examine } from '#libs/store/fsck-ledger';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';
import { hashLeaf, treeHasher } from '#libs/tlog/tree';
import { all, ledger, ledgerFile } from '#test/support/ledger-file';
import { growRandomly, leavesOf } from '#test/support/random-ledger';

const at = ledgerFile();
const url = () => `sqlite:${at.file}`;

/** A closed ledger of about so many events. */
async function grown(events: number): Promise<void> {
  const store = await at.start();
  await growRandomly(store, 'fsck', events);
  await store.close();
}

describe('a sound ledger', () => {
  it('has the root over all its leaves and no damage', async () => {
    await grown(700);
    const store = await at.start({ readOnly: true });
    const leaves = await leavesOf(store);
    const tree = treeHasher();
    for (const leaf of leaves) tree.add(hashLeaf(leaf));
    const { size, root } = tree.head();
    const events = await all(store);
    expect(await examine({ url: url(), ledger })).toEqual({
      ledger,
      size,
      root,
      end: BigInt(leaves.length),
      streams: new Set(events.map(({ stream }) => stream)).size,
      recorded: { from: events[0]?.recordedAt, to: events.at(-1)?.recordedAt },
      damages: [],
      damaged: 0,
      warnings: [],
    });
  });

  it('may be in use: what arrives meanwhile is no damage', async () => {
    const store = await at.start();
    const growing = growRandomly(store, 'live', 3000);
    for (let i = 0; i < 3; i++) expect((await examine({ url: url(), ledger })).damages).toEqual([]);
    await growing;
    expect((await examine({ url: url(), ledger })).damages).toEqual([]);
  });

  it('may be empty, or in memory', async () => {
    await (await at.start()).close();
    expect(await examine({ url: url(), ledger })).toMatchObject({ size: 0, damages: [], end: 0n });
    const store = memoryStore({ ledger });
    await growRandomly(store, 'memory', 50);
    expect(await fsck(store)).toMatchObject({ damages: [], damaged: 0 });
  });
});

describe('of any engine is found', () => {
  const made = (async () => {
    const store = memoryStore({ ledger });
    await growRandomly(store, 'any engine', 60);
    return { store, events: await all(store) };
  })();

  /** The engine gives out other events than it holds. */
  async function lying(change: (events: readonly RecordedEvent[]) => readonly RecordedEvent[]) {
    const { store, events } = await made;
    return fsck({
      ...store,
      readAll: async function* () {
        yield change(events);
      },
    });
  }

  const problems = ({ damages }: Findings) =>
    damages.map(({ position, problem }) => `${position ?? '-'}: ${problem}`);

  it('that it gives events in another order, twice or not at all', async () => {
    const { events } = await made;
    const [first, second, ...others] = events;
    if (!first || !second) throw new Error('there are events');
    expect(problems(await lying(() => [second, first, ...others]))).toContain(
      '1: it comes behind position 2',
    );
    const twice = problems(await lying(() => [first, first, second, ...others]));
    expect(twice).toContain('1: it comes behind position 1');
    expect(twice).toContain(`1: its id ${first.meta.id} is also that of position 1`);
    const { size, root, ...shorter } = await lying(() => events.slice(0, -1));
    expect([size, root]).toEqual([events.length - 1, undefined]);
    expect(problems({ ...shorter, size })).toEqual([
      `${events.length}: nothing could be read behind position ${events.length - 1}`,
    ]);
  });

  it('that positions which should be dense are not', async () => {
    const { store, events } = await made;
    const dense = { ...store, dense: true };
    expect((await fsck(dense)).damages).toEqual([]);
    const { damages } = await fsck({
      ...dense,
      readAll: async function* () {
        yield events.toSpliced(4, 2);
      },
    });
    expect(damages).toContainEqual({
      position: 5n,
      problem: 'the event is missing, and all up to position 6',
    });
  });

  it('that an event is given out as another than its bytes say', async () => {
    const others: readonly Partial<RecordedEvent>[] = [
      { stream: 'stone-other' },
      { revision: 77 },
      { recordedAt: '2026-01-01T00:00:00Z' },
    ];
    for (const other of others) {
      const lie = (events: readonly RecordedEvent[]) =>
        events.map((event, i) => (i === 6 ? ({ ...event, ...other } as RecordedEvent) : event));
      expect(problems(await lying(lie))).toContain(
        '7: the store gives it out as another event than its bytes say',
      );
    }
  });

  it('but nothing is said of a store that cannot be asked', async () => {
    const { store } = await made;
    const gone = new StoreUnavailable('failed', 'the store is gone');
    const readAll = () => {
      throw gone;
    };
    await expect(fsck({ ...store, readAll })).rejects.toBe(gone);
    await expect(fsck({ ...store, end: () => Promise.reject(gone) })).rejects.toBe(gone);
  });
});
