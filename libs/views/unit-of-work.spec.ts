import { expect, it } from '@jest/globals';
import { unitOfWork } from '#libs/views/unit-of-work';
import type { Projection, Table } from '#libs/views/views';

const marks: Table<{ id: string }> = { name: 'marks', columns: { id: 'text' }, key: ['id'] };
const projection: Projection = {
  name: 'marks',
  version: 1,
  tables: [marks],
  handles: [],
  project: () => undefined,
};

it('writes nothing more once a batch could not be written, as its rows are lost', async () => {
  let isFull = true;
  const written: unknown[] = [];
  const set = unitOfWork(
    {
      fetch: async () => undefined,
      query: async () => [],
      flush: async (changes) => {
        if (isFull) throw new Error('the disk is full');
        written.push(changes);
      },
    },
    new Map([[projection, 0n]]),
  );
  set.writer(projection, '2026-01-01').put(marks, { id: 'a' });
  await expect(set.commit(1n)).rejects.toThrow('the disk is full');
  isFull = false;
  await expect(set.commit(2n)).rejects.toThrow('the disk is full');
  expect(written).toEqual([]);
  expect(set.position(projection)).toBe(0n);
});

/** A set begun at a position; `batches` tells the ids of the rows written (`+`) and removed (`-`). */
function recording(position: bigint) {
  const batches: string[][] = [];
  const set = unitOfWork(
    {
      fetch: async () => undefined,
      query: async () => [],
      flush: async (changes) => {
        const changed = [...(changes.get(marks)?.values() ?? [])];
        batches.push(changed.map(({ key, row }) => `${row ? '+' : '-'}${String(key['id'])}`));
      },
    },
    new Map([[projection, position]]),
  );
  return { set, views: set.writer(projection, '2026-01-01'), batches };
}

it('writes nothing for a row that came and went within a batch', async () => {
  const { set, views, batches } = recording(0n);
  views.put(marks, { id: 'a' });
  views.delete(marks, { id: 'a' });
  views.delete(marks, { id: 'never' });
  await set.commit(1n);
  expect(await views.get(marks, { id: 'a' })).toBeUndefined();
  expect(batches).toEqual([[]]);
});

it('removes a row that is stored, or is being stored, though it was put again since', async () => {
  const { set, views, batches } = recording(0n);
  for (const id of ['a', 'b']) views.put(marks, { id });
  const first = set.commit(1n);
  views.put(marks, { id: 'a' });
  views.delete(marks, { id: 'a' });
  await first;
  views.delete(marks, { id: 'b' });
  await set.commit(2n);
  views.delete(marks, { id: 'a' });
  await set.commit(3n);
  expect(batches).toEqual([['+a', '+b'], ['-a', '-b'], []]);
});

it('removes a row that may be stored from before', async () => {
  const { set, views, batches } = recording(7n);
  views.put(marks, { id: 'a' });
  views.delete(marks, { id: 'a' });
  await set.commit(8n);
  expect(batches).toEqual([['-a']]);
});
