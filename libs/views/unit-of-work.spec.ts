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
