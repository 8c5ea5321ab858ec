import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';
import { memoryViews } from '#libs/views/memory';
import { sqliteViews } from '#libs/views/sqlite';
import type { Projection, Table } from '#libs/views/views';
import { contractProjections, viewsContract } from '#test/contract/views';

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adamant-views-'));
});
afterAll(() => rm(folder, { recursive: true }));
const newFile = () => join(folder, `${++files}.db`);

viewsContract('memory', async () => memoryViews(contractProjections));
viewsContract('sqlite', async () =>
  sqliteViews({ file: newFile(), projections: contractProjections }),
);

describe('views in a sqlite file', () => {
  const marks: Table<{ id: string }> = { name: 'marks', columns: { id: 'text' }, key: ['id'] };
  const version = (n: number): Projection => ({
    name: 'marks',
    version: n,
    tables: [marks],
    handles: [],
    project: () => undefined,
  });

  it('are there again when the file is opened again', async () => {
    const file = newFile();
    const [projection] = contractProjections;
    const first = sqliteViews({ file, projections: contractProjections });
    await first.next(contractProjections);
    await first.swap(contractProjections);
    await (await first.live([projection])).commit(9n);
    await first.close();
    const second = sqliteViews({ file, projections: contractProjections });
    expect((await second.live([projection])).position(projection)).toBe(9n);
    await second.close();
  });

  it('are read by a second process that cannot write', async () => {
    const file = newFile();
    const writer = sqliteViews({ file, projections: [version(1)] });
    const set = await writer.next([version(1)]);
    await set.commit(0n);
    const reader = sqliteViews({ file, projections: [version(1)], readOnly: true });
    await expect(reader.reader.list(marks, {})).rejects.toThrow(ViewsNotReady);
    await writer.swap([version(1)]);
    expect(await reader.reader.list(marks, {})).toEqual([]);
    await expect(reader.live([version(1)])).rejects.toThrow(ViewsUnavailable);
    await reader.close();
    await writer.close();
  });

  it('keep an older version readable until the newer one is swapped in', async () => {
    const file = newFile();
    const [one, two] = [version(1), version(2)];
    const old = sqliteViews({ file, projections: [one] });
    await old.next([one]);
    await old.swap([one]);
    const recent = sqliteViews({ file, projections: [two] });
    const set = await recent.next([two]);
    set.writer(two, '2026-01-01').put(marks, { id: 'two' });
    await set.commit(1n);
    expect(await old.reader.list(marks, {})).toEqual([]);
    await expect(recent.reader.list(marks, {})).rejects.toThrow(ViewsNotReady);
    await recent.swap([two]);
    expect(await recent.reader.list(marks, {})).toEqual([{ id: 'two' }]);
    await expect(old.reader.list(marks, {})).rejects.toThrow(ViewsNotReady);
    await old.close();
    await recent.close();
  });

  it('name the file and the cause when they cannot serve', async () => {
    const garbled = newFile();
    await writeFile(garbled, 'not a database, nor anything like one'.repeat(200));
    expect(() => sqliteViews({ file: garbled, projections: [] })).toThrow(
      expect.objectContaining({ name: 'ViewsUnavailable', reason: 'corrupt', file: garbled }),
    );
    const missing = newFile();
    expect(() => sqliteViews({ file: missing, projections: [], readOnly: true })).toThrow(
      expect.objectContaining({ reason: 'missing', file: missing }),
    );
    const views = sqliteViews({ file: newFile(), projections: contractProjections });
    await views.positions();
    await views.close();
    await expect(views.positions()).rejects.toThrow();
  });

  it('refuse two tables of one name', () => {
    const other = { ...version(1), name: 'other', tables: [{ ...marks }] };
    expect(() => memoryViews([version(1), other])).toThrow('two tables are called marks');
  });
});
