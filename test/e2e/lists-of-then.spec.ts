import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';
import { on, tellOfThen, weight } from '#test/e2e/story-of-then';
import { runCli } from '#test/support/cli-in-process';

const document = { type: 'weighing slip', sha256: 'ab'.repeat(32) };

describe('lists of another time', () => {
  let service: Service;
  let mine: Client;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'adamant-then-'));
    service = await serve({
      LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
      VIEWS_URL: `sqlite:${join(folder, 'views.db')}`,
    });
    mine = await tellOfThen(service);
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  const fresh = async (url: string) =>
    (await mine.get(`${url}&at-least=${String(await service.end())}`)).body;
  const place = () => ['--data', folder, '--ledger-name', 'adamant.test/ledger'];
  const said = async (...words: readonly string[]) => runCli([...words, ...place()]);

  it('judges each of the goods on the list as it does one of them alone', async () => {
    const end = Number(await service.end());
    const seen = new Set<string>();
    for (const question of [
      ...Array.from({ length: end }, (_, n) => `known-at=${n + 1}`),
      'valid-at=2024-03-10',
      'valid-at=2024-04-01',
      `valid-at=2024-06-02&known-at=${new Date().toISOString().slice(0, 10)}`,
    ]) {
      for (const jurisdiction of ['EU', 'US']) {
        const asked = `jurisdiction=${jurisdiction}&${question}`;
        const { items, day } = (await mine.get(`/v1/sanctions?${asked}`)).body;
        seen.add(JSON.stringify(items));
        for (const { subject, outcome, rule } of items) {
          const [category = '', ...rest] = subject.split('-');
          const collection = category === 'jewellery' ? category : `${category}s`;
          const url = `/v1/${collection}/${rest.join('-')}/sanctions?${asked}`;
          const one = (await mine.get(url)).body;
          const { on: judgedOn, verdict } = one;
          const its = [asked, subject, judgedOn, verdict.outcome, verdict.rule];
          expect([asked, subject, day, outcome, rule]).toEqual(its);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(4);
  });

  it('lists as of the end what it lists now', async () => {
    const end = await service.end();
    for (const jurisdiction of ['EU', 'US', 'JP']) {
      const listed = async (question: string) => {
        const { items } = await fresh(`/v1/sanctions?jurisdiction=${jurisdiction}${question}`);
        return new Set(items.map((item: object) => JSON.stringify(item)));
      };
      const now = await listed('');
      expect(now.size).toBe(4);
      expect(await listed(`&known-at=${end}`)).toEqual(now);
    }
  });

  it('lists goods by who owned and held them then, and by what was said of them', async () => {
    const list = async (query: string): Promise<readonly string[]> =>
      (await mine.get(`/v1/sanctions?valid-at=2024-06-01&${query}`)).body.items.map(
        ({ subject }: { subject: string }) => subject,
      );
    expect(await list('custodian=graff')).toEqual([]);
    expect(await list('owner=graff')).toEqual([]);
    const all = ['stone-rough', 'stone-old', 'parcel-lot', 'jewellery-ring-7'];
    expect(await list('custodian=karowe')).toEqual(all);
    expect(await list('owner=karowe')).toEqual(['stone-rough', 'parcel-lot', 'jewellery-ring-7']);
    const outcomes = ['PROHIBITED', 'UNDETERMINED', 'REQUIRES_EVIDENCE', 'EXEMPT', 'CLEAR'];
    const each = await Promise.all(outcomes.map((outcome) => list(`outcome=${outcome}`)));
    expect(new Set(each.flat())).toEqual(new Set(all));
    expect(each.flat()).toHaveLength(all.length);
    const { body } = await mine.get('/v1/sanctions?valid-at=2024-06-02&custodian=graff');
    expect(body.items).toMatchObject([{ subject: 'stone-rough', owner: 'karowe' }]);
  });

  it('goes on where a page ended, and only for the same times', async () => {
    const url = '/v1/sanctions?valid-at=2024-06-01&limit=3';
    const { body: first } = await mine.get(url);
    expect([first.items.length, first.next]).toEqual([3, 'parcel-lot']);
    const { body: second } = await mine.get(`${url}&after=${first.next}`);
    expect(second).toMatchObject({ items: [{ subject: 'jewellery-ring-7' }], next: null });
    const mixed = await mine.get(`/v1/sanctions?after=${first.next}`);
    expect([mixed.status, mixed.body.errors[0].field]).toEqual([422, 'after']);
    const now = await mine.get('/v1/sanctions?limit=1');
    expect((await mine.get(`${url}&after=${now.body.next}`)).status).toBe(422);
  });

  it('finds what was borne then, also what was struck out since', async () => {
    const before = await service.end();
    const correction = { reason: 'misspelt', documents: [document] };
    const changes = [{ field: 'data.name', to: 'Sun' }];
    const corrected = await created(
      mine.post('/v1/stones/rough/correct-record', { target: 1, changes, ...correction }),
    );
    const once = await service.end();
    const target = corrected.body.revision;
    await created(mine.post('/v1/stones/rough/annul-event', { target, ...correction }));
    const hits = async (query: string) =>
      (await fresh(`/v1/search?${query}`)).hits.map(({ shown }: { shown: string }) => shown);
    expect([await hits('q=sum'), await hits('q=sun')]).toEqual([['Sum'], []]);
    expect(await hits(`q=sum&known-at=${before}`)).toEqual(['Sum']);
    expect(await hits(`q=sum&known-at=${once}`)).toEqual([]);
    expect(await hits(`q=sun&known-at=${once}`)).toEqual(['Sun']);
    expect(await hits('q=sum&valid-at=2024-03-10')).toEqual([]);
    expect(await hits('q=sum&valid-at=2024-03-11')).toEqual(['Sum']);
    const { out } = await said('find', 'sun', '--known-at', String(once));
    expect(out).toContain('name Sun');
    expect((await said('find', 'sun')).code).toBe(1);
    const named = await said('state', 'sun', '--known-at', String(once), '--json');
    expect(JSON.parse(named.out)).toMatchObject({ subject: 'stone-rough' });
  });

  it('lists goods that were never there as long as nobody knew', async () => {
    const rough = { mineId: 'bw-karowe', weight: weight(5_000), at: on('2024-03-10') };
    await created(mine.post('/v1/stones/ghost/recover-rough', rough));
    const thought = await service.end();
    const said = { target: 0, reason: 'counted twice', documents: [document] };
    await created(mine.post('/v1/stones/ghost/annul-event', said));
    const has = async (query: string) =>
      JSON.stringify((await fresh(`/v1/sanctions?${query}`)).items).includes('stone-ghost');
    expect(await has(`known-at=${thought}`)).toBe(true);
    expect(await has(`known-at=${await service.end()}`)).toBe(false);
    expect(await has('limit=100')).toBe(false);
  });

  it('tells it on the command line too', async () => {
    const words = ['sanctions', '--list', '--valid-at', '2024-06-01', '--json'];
    const { out } = await said(...words, '--custodian', 'karowe');
    expect(JSON.parse(out)).toMatchObject({
      asked: { validAt: '2024-06-01' },
      day: '2024-06-01',
      items: [{ subject: 'stone-rough' }, { subject: 'stone-old' }, {}, {}],
    });
    expect((await said('sanctions', '--list', '--known-at', '0')).out).toContain('0 goods for EU');
    const lineage = JSON.parse((await said('lineage', 'lot', '--json')).out);
    expect(lineage).toMatchObject({ subject: 'parcel-lot', nodes: [{ subject: 'parcel-lot' }] });
    const early = await said('lineage', 'lot', '--valid-at', '2024-03-09');
    expect([early.code, early.err.at(-1)]).toEqual([1, expect.stringContaining('not-yet')]);
    expect((await said('lineage', 'ring-7')).err.at(-1)).toContain('no-lineage');
    const parties = async (...more: readonly string[]) =>
      JSON.parse((await said('party', 'list', '--json', ...more)).out).map(
        ({ id }: { id: string }) => id,
      );
    expect(await parties('--valid-at', '1999-12-31')).toEqual([]);
    expect(await parties('--known-at', '3')).toEqual(['karowe', 'registry']);
    expect(await parties()).toHaveLength(5);
  });
});
