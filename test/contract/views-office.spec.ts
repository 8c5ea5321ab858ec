import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Office } from '#libs/views/office';
import { openViews, takeOffice } from '#libs/views/open-views';
import { contractProjections, seen } from '#test/contract/views-fixture';
import { testPostgres, type TestPostgres } from '#test/support/postgres';

describe('the office of keeping views that processes share', () => {
  let postgres: TestPostgres;
  let url: string;
  beforeAll(async () => {
    postgres = await testPostgres();
    url = await postgres.database();
  });
  afterAll(() => postgres.stop());

  async function taken(): Promise<Office> {
    for (;;) {
      const office = await takeOffice(url, 'followers').catch(() => undefined);
      if (office) return office;
      await pause(20);
    }
  }

  it('is held by one at a time, and another may hold another', async () => {
    const offers = await Promise.all(Array.from({ length: 4 }, () => takeOffice(url, 'followers')));
    const held = offers.filter((office) => office !== undefined);
    expect(held).toHaveLength(1);
    const other = await takeOffice(url, 'integrator');
    expect(other?.name).toBe('integrator');
    for (const office of [...held, other]) await office?.resign();
  });

  it('passes on with a greater token when it is resigned', async () => {
    const first = await taken();
    await first.resign();
    expect(first.lost.aborted).toBe(true);
    const second = await taken();
    expect(second.token).toBe(first.token + 1n);
    await second.resign();
  });

  it('is lost with its connection, and who lost it writes nothing more', async () => {
    const first = await taken();
    const stale = openViews(url, { projections: contractProjections, office: first });
    const [, words] = contractProjections;
    await stale.next(contractProjections);
    await stale.swap(contractProjections);
    const set = await stale.live([words]);
    set.writer(words, '2026-01-01').put(seen, { word: 'before' });
    await set.commit(1n);
    await postgres.cutOff(url);
    const second = await taken();
    expect(first.lost.aborted).toBe(true);
    set.writer(words, '2026-01-01').put(seen, { word: 'after' });
    await expect(set.commit(2n)).rejects.toMatchObject({ reason: 'deposed' });
    const current = openViews(url, { projections: contractProjections, office: second });
    const newer = await current.live([words]);
    newer.writer(words, '2026-01-01').put(seen, { word: 'by the next' });
    await newer.commit(2n);
    expect((await current.reader.list(seen, {})).map(({ word }) => word)).toEqual([
      'before',
      'by the next',
    ]);
    await Promise.all([stale.close(), current.close(), second.resign()]);
  });

  it('of views in a file belongs to whoever opens them', async () => {
    const office = await takeOffice('sqlite:views.db', 'followers');
    expect(office?.lost.aborted).toBe(false);
    await expect(takeOffice('mysql://host/views', 'followers')).rejects.toThrow(TypeError);
  });
});
