import { beforeEach, describe, expect, it } from '@jest/globals';
import { emptyStream, leafHash, seal } from '#libs/store/envelope';
import { IdReused, WrongRevision } from '#libs/store/errors';
import { memoryStore } from '#libs/store/memory';
import { overlayStore } from '#libs/store/overlay';
import type { EventStore } from '#libs/store/store';

const at = { time: '2025-04-04', precision: 'day' } as const;
let base: EventStore;
let tried: EventStore;
let ids = 0;

async function add(store: EventStore, stream: string, id = `id-${++ids}`) {
  const last = (await store.read(stream)).at(-1);
  const head = last ? { revision: last.revision, hash: leafHash(last.leaf) } : emptyStream;
  const event = { type: 'StoneNamed', data: { name: 'x' }, meta: { id, by: 'alrosa', at } };
  return store.append(
    stream,
    head.revision,
    seal('test', stream, head, '2025-04-04T00:00:00Z', [event]),
  );
}

beforeEach(async () => {
  base = memoryStore({ ledger: 'test' });
  await add(base, 'stone-a');
  tried = await overlayStore(base);
});

describe('a ledger that is tried out', () => {
  it('goes on where the other ends, and leaves it as it is', async () => {
    expect(await add(tried, 'stone-a')).toEqual({ revision: 1, position: 2n });
    expect(await add(tried, 'stone-b')).toEqual({ revision: 0, position: 3n });
    expect((await tried.read('stone-a')).map(({ revision }) => revision)).toEqual([0, 1]);
    expect(await tried.read('stone-a', { direction: 'backwards', limit: 1 })).toMatchObject([
      { revision: 1 },
    ]);
    expect([await tried.end(), await base.end()]).toEqual([3n, 1n]);
    const all: bigint[] = [];
    for await (const batch of tried.readAll(0n)) all.push(...batch.map(({ position }) => position));
    expect(all).toEqual([1n, 2n, 3n]);
  });

  it('refuses what the other would refuse', async () => {
    const entries = seal('test', 'stone-a', emptyStream, 'now', [
      { type: 'StoneNamed', data: { name: 'x' }, meta: { id: 'other', by: 'alrosa', at } },
    ]);
    await expect(tried.append('stone-a', -1, entries)).rejects.toBeInstanceOf(WrongRevision);
    await add(tried, 'stone-b', 'same');
    await expect(add(tried, 'stone-c', 'same')).rejects.toBeInstanceOf(IdReused);
  });
});
