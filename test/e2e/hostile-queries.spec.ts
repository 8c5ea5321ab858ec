import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const lists = [
  '/v1/sanctions?',
  '/v1/flags?',
  '/v1/certificates?',
  '/v1/shipments?',
  '/v1/search?q=gem&',
  '/v1/events?',
] as const;

const ofOneThing = ['', '/history', '/lineage', '/sanctions', '/documents/history-report'];

describe('hostile queries', () => {
  let service: Service;
  let mine: Client;
  let end: bigint;

  beforeAll(async () => {
    service = await serve();
    mine = await service.party('karowe', ['producer', 'dealer']);
    const weight = { mct: 400, qualifier: 'eq', basis: 'weighed' };
    const at = { time: '2024-05-01', precision: 'day' };
    const rough = { mineId: 'ru-ebelyakh', weight, at };
    for (const id of ['gem', 'constructor']) {
      await created(mine.post(`/v1/stones/${id}/recover-rough`, rough));
    }
    await service.ready();
    end = await service.end();
  });
  afterAll(() => service.close());

  async function refused(path: string, code: string, field: string): Promise<void> {
    const { status, body } = await mine.get(path);
    expect([path, status, body.code]).toEqual([path, 422, code]);
    expect(body.errors).toEqual([expect.objectContaining({ field })]);
  }

  it.each(lists)(
    '%s takes no name that it does not know, nor one that every object has',
    async (list) => {
      for (const name of [
        'colour',
        '__proto__',
        'constructor',
        'toString',
        'limit[]',
        'limit[a]',
      ]) {
        await refused(`${list}${name}=1`, 'invalid-query', name);
      }
    },
  );

  it.each(lists)('%s takes no limit that is none, or stands twice', async (list) => {
    for (const limit of ['0', '-1', '1e9', 'NaN', '', '1.5', '%00', '5&limit=5', '99999']) {
      await refused(`${list}limit=${limit}`, 'invalid-query', 'limit');
    }
  });

  it.each(ofOneThing)('tells nothing of what is still to come: %s', async (about) => {
    const path = `/v1/stones/gem${about}?`;
    await refused(`${path}valid-at=2999-01-01`, 'in-the-future', 'valid-at');
    await refused(`${path}known-at=2999-01-01`, 'in-the-future', 'known-at');
    await refused(`${path}known-at=${end + 1n}`, 'not-yet-recorded', 'known-at');
    expect((await mine.get(`${path}known-at=${end}`)).status).toBe(200);
    expect((await mine.get(`${path}known-at=${today()}&valid-at=${today()}`)).status).toBe(200);
  });

  it.each(lists.slice(0, 5))('%s is no list of what is still to come', async (list) => {
    await refused(`${list}valid-at=9999-12-31`, 'in-the-future', 'valid-at');
    await refused(`${list}known-at=9999-12-31`, 'in-the-future', 'known-at');
    await refused(`${list}known-at=${end + 1n}`, 'not-yet-recorded', 'known-at');
  });

  it.each([
    ['/v1/sanctions?owner=nobody', 'unknown-party', 'owner'],
    ['/v1/sanctions?custodian=nobody', 'unknown-party', 'custodian'],
    ['/v1/sanctions?owner=constructor&known-at=1', 'unknown-party', 'owner'],
    ['/v1/flags?party=nobody', 'unknown-party', 'party'],
    ['/v1/flags?owner=nobody', 'unknown-party', 'owner'],
    ['/v1/shipments?consignor=nobody', 'unknown-party', 'consignor'],
    ['/v1/shipments?consignee=nobody&known-at=1', 'unknown-party', 'consignee'],
    ['/v1/sanctions?after=shared:party-a', 'invalid-query', 'after'],
    ['/v1/sanctions?after=stone-gem', 'invalid-query', 'after'],
    ['/v1/sanctions?after=shared:~&known-at=1', 'invalid-query', 'after'],
    ['/v1/certificates?after=~~~', 'invalid-query', 'after'],
    ['/v1/statistics?country=ZZ&period=2024', 'bad-country', 'country'],
    ['/v1/statistics?country=BW&period=0000', 'bad-date', 'period'],
    ['/v1/statistics?country=BW&period=9999-H2', 'in-the-future', 'period'],
    ['/v1/rules/EU?version=2026.1&on=2026-01-01', 'invalid-query', 'on'],
  ])('%s is %s', refused);

  it('answers a path without an end by a code of its own', async () => {
    const { status, body } = await mine.get(`/v1/stones/${'x'.repeat(10_000)}`);
    expect([status, body.code]).toEqual([414, 'path-too-long']);
  });

  it('tells what each code means where its problem’s type leads, to anyone', async () => {
    const { body } = await mine.get('/v1/stones/gem?colour=red');
    const told = await service.anonymous.get(body.type);
    expect(told.body).toEqual({ code: 'invalid-query', meaning: expect.any(String) });
    const { body: all } = await service.anonymous.get('/problems');
    expect(all.problems).toContainEqual(told.body);
    expect((await service.anonymous.get('/problems/constructor')).body.code).toBe('not-found');
  });

  it('names the jurisdiction whose verdicts a list holds, the EU’s where none is said', async () => {
    expect((await mine.get('/v1/sanctions')).body.jurisdiction).toBe('EU');
    expect((await mine.get('/v1/sanctions?jurisdiction=US')).body.jurisdiction).toBe('US');
    const then = await mine.get(`/v1/sanctions?jurisdiction=JP&known-at=${end}`);
    expect(then.body).toMatchObject({ jurisdiction: 'JP', items: [{ subject: 'stone-gem' }, {}] });
  });

  it('answers of a stone whose id is a name that every object has', async () => {
    for (const about of ofOneThing) {
      const path = `/v1/stones/constructor${about}`;
      expect([path, (await mine.get(path)).status]).toEqual([path, 200]);
    }
    expect((await mine.get('/v1/parties/constructor')).body.code).toBe('unknown-party');
  });
});

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
