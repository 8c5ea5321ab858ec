import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';
import { runCli } from '#test/support/cli-in-process';
import { toLondon } from '#test/support/kimberley';

const on = (time: string) => ({ time, precision: 'day' });
const weight = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const document = { type: 'weighing slip', sha256: 'ab'.repeat(32) };
const held = { countries: [], mineIds: [], chainOfCustody: 'unknown' };

/** Every way to read, with what stands for the parts of its path. */
const ids: Readonly<Record<string, string>> = {
  stones: 'rough',
  parcels: 'lot',
  jewellery: 'ring-7',
  certificates: 'EU77',
  shipments: 'sent',
  reports: 'gia.77',
  parties: 'karowe',
  rules: 'EU',
};
const parts: Readonly<Record<string, string>> = {
  '{name}': 'mines.json',
  '{kind}': 'history-report',
};
/** What a read cannot do without. */
const needs: readonly (readonly [path: RegExp, query: string])[] = [
  [/^\/v1\/search$/, 'q=rough'],
  [/^\/v1\/preflight$/, 'to=EU&goods=stone-rough'],
  [/^\/v1\/statistics$/, 'country=BW&period=2024'],
  [/^\/v1\/rules\/\{id\}\/diff$/, 'from=2026.1&to=2026.1'],
];
/** Not asked: what is recorded, in order; and documents of a ring without stones, which is in none. */
const unasked = ['/v1/events', '/v1/events/live', '/v1/jewellery/{id}/documents/{kind}'];

type Reading = Readonly<{ path: string; url: string; names: readonly string[] }>;

describe('every way to read, of another time', () => {
  let service: Service;
  let mine: Client;
  let folder = '';
  let readings: readonly Reading[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'adamant-then-'));
    service = await serve({
      LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
      VIEWS_URL: `sqlite:${join(folder, 'views.db')}`,
    });
    mine = await service.party('karowe', ['producer', 'dealer', 'jeweller']);
    const dealer = await service.party('graff', ['dealer', 'jeweller']);
    const office = await service.party('gdo', ['authority']);
    const gia = await service.party('gia', ['laboratory']);
    const act = (by: Client, path: string, body: object) => created(by.post(`/v1/${path}`, body));
    const rough = { mineId: 'bw-karowe', weight: weight(12_000), at: on('2024-03-10') };
    await act(mine, 'stones/rough/recover-rough', rough);
    await act(mine, 'stones/rough/name-stone', { name: 'Sum', at: on('2024-03-11') });
    const content = { weight: weight(900_000) };
    const lot = { mineId: 'bw-karowe', from: on('2024-03-01'), to: on('2024-03-09'), content };
    await act(mine, 'parcels/lot/recover-lot', { ...lot, at: on('2024-03-10') });
    const ring = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4200 };
    await act(mine, 'jewellery/ring-7/make-item', { ...ring, at: on('2024-03-10') });
    await act(office, 'certificates/EU77/issue-certificate', {
      number: 'EU77',
      ...toLondon,
      at: on('2025-04-04'),
    });
    await act(mine, 'stones/old/open-history', {
      form: 'polished',
      weight: weight(1_010),
      origin: held,
      basis: 'inherited',
      at: on('2024-03-10'),
    });
    const report = { reportNo: '77', weight: { ...weight(1_010), basis: 'reported' } };
    await act(mine, 'stones/old/submit-to-laboratory', {
      laboratory: 'gia',
      service: 'grading',
      at: on('2024-04-01'),
    });
    await act(gia, 'stones/old/issue-report', { ...report, at: on('2024-04-02') });
    const goods = [{ stream: 'parcel-lot', hs: '710210', mct: 900_000 }];
    const journey = { consignee: 'graff', from: 'BW', to: 'BE', goods, parcels: 1 };
    await act(mine, 'shipments/sent/create-shipment', { ...journey, at: on('2024-05-01') });
    const release = { to: 'graff', purpose: 'sale', at: on('2024-06-01') };
    await act(mine, 'stones/rough/release-custody', release);
    const light = { weight: weight(9_000), at: on('2024-06-02') };
    await act(dealer, 'stones/rough/accept-custody', light);
    await service.ready();
    readings = await listed();
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  async function listed(): Promise<readonly Reading[]> {
    const { body: flags } = await mine.get(`/v1/flags?at-least=${String(await service.end())}`);
    const { body } = await service.anonymous.get('/openapi.json');
    type Operation = { parameters?: readonly { name: string; in: string }[] };
    const paths = Object.entries(body.paths as Record<string, Record<string, Operation>>);
    return paths.flatMap(([path, { get }]) => {
      if (!get || !path.startsWith('/v1/') || unasked.includes(path)) return [];
      const [, , collection = ''] = path.split('/');
      const id = collection === 'flags' ? String(flags.flags[0]?.id) : (ids[collection] ?? '');
      const filled = path.replace('{id}', id).replaceAll(/\{\w+\}/g, (part) => parts[part] ?? '');
      const [, query = ''] = needs.find(([which]) => which.test(path)) ?? [];
      const names = (get.parameters ?? []).filter((each) => each.in === 'query');
      return [{ path, url: `${filled}?${query}`, names: names.map(({ name }) => name) }];
    });
  }

  const read = async (url: string, query: string) => {
    const sign = url.endsWith('?') ? '' : '&';
    const { status, body } = await mine.get(`${url}${sign}${query}`);
    return { status, body };
  };

  const told = (path: string, status: number, body: unknown) =>
    `${path} ${status} ${JSON.stringify(body).slice(0, 200)}`;

  /** Whether an answer tells of anything that was there. */
  const isEmpty = ({ status, body }: Awaited<ReturnType<typeof read>>) =>
    status === 404 ||
    (status === 422 && ['stream-needed', 'not-found'].includes(body.code)) ||
    (status === 200 && body.outcome === 'UNDETERMINED' && body.party !== undefined) ||
    (status === 200 &&
      typeof body === 'object' &&
      ['items', 'hits', 'certificates', 'shipments', 'flags'].some(
        (list) => Array.isArray(body[list]) && body[list].length === 0,
      ));

  it('answers now for each of the things in this ledger', async () => {
    const wrong: string[] = [];
    for (const { path, url } of readings) {
      const { status, body } = await read(url, '');
      if (status !== 200) wrong.push(told(path, status, body));
    }
    expect(wrong).toEqual([]);
    expect(readings.length).toBeGreaterThan(30);
  });

  it.each([
    ['known-at', '0'],
    ['known-at', '2000-01-01'],
    ['valid-at', '1999-01-01'],
  ])('tells of nothing with %s=%s, or refuses to be asked by its name', async (name, value) => {
    const wrong: string[] = [];
    for (const { path, url, names } of readings) {
      const answer = await read(url, `${name}=${value}`);
      const refused = JSON.stringify(answer.body).includes(`"${name}"`);
      const isRight = names.includes(name)
        ? isEmpty(answer)
        : answer.status === 422 && answer.body.code === 'invalid-query' && refused;
      if (!isRight) wrong.push(told(path, answer.status, answer.body));
    }
    expect(wrong).toEqual([]);
  });

  it('is of history, state, lineage, sanctions and every list', () => {
    const asked = readings.filter(({ names }) => names.includes('known-at'));
    expect(asked.filter(({ names }) => !names.includes('valid-at'))).toEqual([]);
    const without = readings.filter(({ names }) => !names.includes('known-at'));
    expect(without.map(({ path }) => path).sort()).toEqual([
      '/v1/reference',
      '/v1/reference/{name}',
      '/v1/rules',
      '/v1/rules/{id}',
      '/v1/rules/{id}/diff',
      '/v1/statistics',
    ]);
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
