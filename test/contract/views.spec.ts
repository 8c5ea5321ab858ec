import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';
import { memoryViews } from '#libs/views/memory';
import { sqliteViews } from '#libs/views/sqlite';
import type { Projection, Table } from '#libs/views/views';
import { projections } from '#projections/projections';
import { viewsContract } from '#test/contract/views';
import { contractProjections } from '#test/contract/views-fixture';
import type { NewPlace } from '#test/contract/views-fixture';
import { projectorsContract } from '#test/contract/views-projectors';
import { viewsUnderLoad } from '#test/contract/views-under-load';

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adamant-views-'));
});
afterAll(() => rm(folder, { recursive: true }));
const newFile = () => join(folder, `${++files}.db`);

const engines: readonly (readonly [string, NewPlace])[] = [
  [
    'memory',
    async () => {
      const views = memoryViews(contractProjections);
      return () => views;
    },
  ],
  [
    'sqlite',
    async () => {
      const file = newFile();
      return () => sqliteViews({ file, projections: contractProjections });
    },
  ],
];
for (const [name, newPlace] of engines) {
  viewsContract(name, newPlace);
  projectorsContract(name, newPlace);
}

viewsUnderLoad('sqlite', async () => {
  const file = newFile();
  return () => sqliteViews({ file, projections });
});

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

  it('hold nothing of a big batch in which one row cannot be written', async () => {
    const papers: Table<{ id: string; paper: unknown }> = {
      name: 'papers',
      columns: { id: 'text', paper: 'json' },
      key: ['id'],
    };
    const projection: Projection = { ...version(1), tables: [papers] };
    const views = sqliteViews({ file: newFile(), projections: [projection] });
    const set = await views.next([projection]);
    const writer = set.writer(projection, '2026-01-01');
    for (let n = 0; n < 9000; n++) writer.put(papers, { id: `p${n}`, paper: n });
    writer.put(papers, { id: 'unwritable', paper: 1n });
    await expect(set.commit(1n)).rejects.toThrow('BigInt');
    const again = await views.next([projection]);
    const next = again.writer(projection, '2026-01-01');
    for (let n = 0; n < 9000; n++) next.put(papers, { id: `q${n}`, paper: n });
    await again.commit(1n);
    await views.swap([projection]);
    const rows = await views.reader.list(papers, {});
    expect(rows).toHaveLength(9000);
    expect(rows.filter(({ id }) => id.startsWith('p'))).toEqual([]);
    await views.close();
  });

  it('name the file and the cause when they cannot serve', async () => {
    const garbled = newFile();
    await writeFile(garbled, 'not a database, nor anything like one'.repeat(200));
    expect(() => sqliteViews({ file: garbled, projections: [] })).toThrow(
      expect.objectContaining({ name: 'ViewsUnavailable', reason: 'corrupt', place: garbled }),
    );
    const missing = newFile();
    expect(() => sqliteViews({ file: missing, projections: [], readOnly: true })).toThrow(
      expect.objectContaining({ reason: 'missing', place: missing }),
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
