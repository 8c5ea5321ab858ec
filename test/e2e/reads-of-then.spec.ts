import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';
import { tellOfThen } from '#test/e2e/story-of-then';

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
/**
 * Not asked: what is recorded, in order; documents of a ring without stones, which is in none, and of
 * a shipment, which has no history to print and whose papers want a letterhead.
 */
const unasked = [
  '/v1/events',
  '/v1/events/live',
  '/v1/jewellery/{id}/documents/{kind}',
  '/v1/shipments/{id}/documents/{kind}',
];

type Reading = Readonly<{ path: string; url: string; names: readonly string[] }>;

describe('every way to read, of another time', () => {
  let service: Service;
  let mine: Client;
  let readings: readonly Reading[] = [];

  beforeAll(async () => {
    service = await serve();
    mine = await tellOfThen(service);
    readings = await listed();
  });
  afterAll(() => service.close());

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
});
