import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';
import { openViews } from '#libs/views/open-views';
import { postgresViews } from '#libs/views/postgres';
import type { Projection, Table, Views } from '#libs/views/views';
import { projections } from '#projections/projections';
import { viewsContract } from '#test/contract/views';
import { contractProjections } from '#test/contract/views-fixture';
import { projectorsContract } from '#test/contract/views-projectors';
import { viewsUnderLoad } from '#test/contract/views-under-load';
import { testPostgres } from '#test/support/postgres';
import type { TestPostgres } from '#test/support/postgres';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await testPostgres();
});
afterAll(() => postgres.stop());

const newPlace = async () => {
  const url = await postgres.database();
  return () => postgresViews({ url, projections: contractProjections, connections: 3 });
};
viewsContract('PostgreSQL', newPlace);
projectorsContract('PostgreSQL', newPlace);

viewsUnderLoad('PostgreSQL', async () => {
  const url = await postgres.database();
  return () => postgresViews({ url, projections });
});

const marks: Table<{ id: string; n: number }> = {
  name: 'marks',
  columns: { id: 'text', n: 'integer' },
  key: ['id'],
};
const marking: Projection = {
  name: 'marks',
  version: 1,
  tables: [marks],
  handles: [],
  project: () => undefined,
};
const open = (url: string, readOnly = false) =>
  postgresViews({ url, projections: [marking], readOnly });

async function built(views: Views): Promise<void> {
  await views.next([marking]);
  await views.swap([marking]);
}

/** A connection of somebody else, for as long as `use` takes. */
async function beside<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

describe('views in PostgreSQL', () => {
  it('are read by others that cannot write', async () => {
    const url = await postgres.database();
    const reader = open(url, true);
    await expect(reader.reader.list(marks, {})).rejects.toThrow(ViewsNotReady);
    await expect(reader.next([marking])).rejects.toMatchObject({ reason: 'read-only' });
    const writer = open(url);
    await built(writer);
    expect(await reader.reader.list(marks, {})).toEqual([]);
    await reader.close();
    await writer.close();
  });

  it('say what is wrong without the password', async () => {
    const url = new URL(await postgres.database());
    url.password = 'hunter2';
    const wrong: [Partial<URL>, ViewsUnavailable['reason']][] = [
      [{ pathname: '/no_such_database' }, 'missing'],
      [{ port: '1' }, 'unreachable'],
      [{ hostname: 'no-such-host.invalid' }, 'unreachable'],
    ];
    for (const [change, reason] of wrong) {
      const views = open(Object.assign(new URL(url), change).href);
      const error: unknown = await views.positions().catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(ViewsUnavailable);
      expect(error).toMatchObject({ reason, place: expect.stringContaining('postgres://') });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2');
      await views.close();
    }
    for (const address of [
      'postgres://user:hunter2@[bad/views',
      'mysql://user:hunter2@host/views',
    ]) {
      const opening = () => openViews(address, { projections: [] });
      expect(opening).toThrow(TypeError);
      expect(opening).not.toThrow('hunter2');
    }
  });

  it('refuse tables that a newer program made', async () => {
    const url = await postgres.database();
    const first = open(url);
    await built(first);
    await first.close();
    await beside(url, (client) => client.query('update views_schema set version = 1000'));
    const views = open(url);
    await expect(views.live([marking])).rejects.toMatchObject({ reason: 'newer' });
    await views.close();
  });

  it('are made once, however many processes come at once', async () => {
    const url = await postgres.database();
    const many = Array.from({ length: 6 }, () => open(url));
    const sets = await Promise.all(many.map((views) => views.next([marking])));
    await sets[0]?.commit(1n);
    await expect(sets[5]?.commit(1n)).rejects.toThrow('another projector');
    for (const views of many) await views.close();
  });

  it('count each batch once though connections break at any moment', async () => {
    const url = await postgres.database();
    const views = open(url);
    await built(views);
    let isDone = false;
    const breaking = (async () => {
      while (!isDone) {
        await postgres.cutOff(url);
        await new Promise((resolve) => setTimeout(resolve, 7));
      }
    })();
    const total = 60n;
    let broken = 0;
    for (let at = 0n; at < total;) {
      try {
        const set = await views.live([marking]);
        at = set.position(marking);
        const writer = set.writer(marking, '2026-01-01');
        while (at < total) {
          const sum = await writer.get(marks, { id: 'sum' });
          writer.put(marks, { id: 'sum', n: (sum?.n ?? 0) + 1 });
          for (let n = 0; n < 500; n++) writer.put(marks, { id: `${n}`, n: Number(at) });
          await set.commit(at + 1n);
          at += 1n;
        }
      } catch (error) {
        broken += 1;
        expect(String(error)).toMatch(/another projector|unreachable/);
      }
    }
    isDone = true;
    await breaking;
    expect(await views.reader.get(marks, { id: 'sum' })).toEqual({ id: 'sum', n: Number(total) });
    expect((await views.positions()).get('marks')).toBe(total);
    expect(broken).toBeLessThan(1000);
    await views.close();
  });

  it('commit in the end what the server gave up for a deadlock', async () => {
    const url = await postgres.database();
    const views = open(url);
    await built(views);
    const set = await views.live([marking]);
    set.writer(marking, '2026-01-01').put(marks, { id: 'a', n: 1 });
    await set.commit(1n);
    await beside(url, async (client) => {
      await client.query(`begin; set local deadlock_timeout = '60s'`);
      await client.query('update marks_v1_g1 set n = 7');
      set.writer(marking, '2026-01-01').put(marks, { id: 'a', n: 2 });
      const committed = set.commit(2n);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await client.query(`update view_sets set version = version`);
      await client.query('rollback');
      await committed;
    });
    expect(await views.reader.get(marks, { id: 'a' })).toEqual({ id: 'a', n: 2 });
    await views.close();
  });

  it('swap when nobody reads what is shown, and hold up nobody who comes meanwhile', async () => {
    const url = await postgres.database();
    const views = open(url);
    await built(views);
    await (await views.live([marking])).commit(1n);
    await beside(url, async (client) => {
      await client.query('begin; select * from marks_v1');
      await (await views.next([marking])).commit(2n);
      const swapped = views.swap([marking]);
      for (let n = 0; n < 40; n++) {
        expect(await views.reader.list(marks, {})).toEqual([]);
        expect((await views.positions()).get('marks')).toBe(1n);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await client.query('rollback');
      expect(await swapped).toBe(true);
    });
    expect((await views.positions()).get('marks')).toBe(2n);
    await views.close();
  });

  it('swap past readers that take their time, and drop the old rows when they are done', async () => {
    const url = await postgres.database();
    const views = open(url);
    await built(views);
    await beside(url, async (client) => {
      await client.query('begin; select * from marks_v1_g1');
      await (await views.next([marking])).commit(1n);
      expect(await views.swap([marking])).toBe(true);
      expect((await client.query('select * from marks_v1_g1')).rows).toEqual([]);
      await client.query('rollback');
    });
    await views.abandon([marking]);
    await beside(url, async (client) => {
      const { rows } = await client.query(
        `select relname from pg_class where relname like 'marks%g1'`,
      );
      expect(rows).toEqual([]);
    });
    await views.close();
  });
});
