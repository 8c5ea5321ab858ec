import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const rough = { mineId: 'ru-ebelyakh', weight: weighed(5_000) };
const release = { to: 'antwerp-broker', purpose: 'sale' };
const day = (time: string) => ({ at: { time, precision: 'day' } });

describe('what cannot be recorded', () => {
  let service: Service;
  let mine: Client;
  let broker: Client;
  let auditor: Client;

  beforeAll(async () => {
    service = await serve({ BODY_LIMIT: '8192' });
    mine = await service.party('siberian-mine', ['producer']);
    broker = await service.party('antwerp-broker', ['dealer']);
    auditor = await service.party('big-four', ['auditor']);
    await created(mine.post('/v1/stones/dawn/recover-rough', { ...rough, ...day('2024-05-01') }));
    await created(
      mine.post('/v1/parcels/lot-7/recover-lot', {
        mineId: 'ru-ebelyakh',
        from: { time: '2024-03', precision: 'month' },
        to: { time: '2024-03', precision: 'month' },
        content: { weight: weighed(900_000), pieces: 900 },
      }),
    );
  });

  afterAll(() => service.close());

  /** The one form of every refusal, and that the ledger did not move. */
  async function refused(
    ask: () => Promise<Answer>,
    status: number,
    code: string,
    field?: string,
  ): Promise<void> {
    const before = await service.end();
    const answer = await ask();
    expect(answer.body).toMatchObject({ status, code, type: `/problems/${code}` });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(typeof answer.body.title).toBe('string');
    expect(typeof answer.body.detail).toBe('string');
    if (field !== undefined) {
      expect(answer.body.errors.map((fault: { field: string }) => fault.field)).toContain(field);
    }
    expect(JSON.stringify(answer.body)).not.toMatch(/\/work|node_modules|at .*\.ts|SQLITE/);
    expect(await service.end()).toBe(before);
  }

  const recover = (body: unknown) => () => mine.post('/v1/stones/another/recover-rough', body);
  const give = (body: unknown) => () => mine.post('/v1/stones/dawn/release-custody', body);

  it.each([
    ['an unknown field', { ...rough, owner: 'me' }, 'owner'],
    ['an unknown field deep inside', { ...rough, weight: { ...weighed(1), x: 1 } }, 'weight.x'],
    ['the actor in the body', { ...rough, by: 'antwerp-broker' }, 'by'],
    ['meta in the body', { ...rough, meta: { roles: ['operator'] } }, 'meta'],
    ['a missing field', { mineId: 'ru-ebelyakh' }, 'weight'],
    ['a number for a text', { ...rough, mineId: 7 }, 'mineId'],
    ['a text for a number', { ...rough, weight: { ...weighed(1), mct: '5000' } }, 'weight.mct'],
    ['a text for an object', { ...rough, weight: '5000' }, 'weight'],
    ['null', { ...rough, colour: null }, 'colour'],
    ['a list for an object', { ...rough, weight: [weighed(1)] }, 'weight'],
    ['half a milli-carat', { ...rough, weight: weighed(0.5) }, 'weight.mct'],
    ['a weight of nothing', { ...rough, weight: weighed(0) }, 'weight.mct'],
    ['a negative weight', { ...rough, weight: weighed(-5_000) }, 'weight.mct'],
    ['more than the Earth holds', { ...rough, weight: weighed(1e300) }, 'weight.mct'],
    ['a day no calendar has', { ...rough, ...day('2023-02-29') }, 'at'],
    ['a place that is none', { ...rough, place: { country: 'Russia' } }, 'place.country'],
    ['a text without an end', { ...rough, colour: 'y'.repeat(1000) }, 'colour'],
    ['too many papers', { ...rough, documents: Array(21).fill({ type: 'x' }) }, 'documents'],
  ])('refuses %s and says where', async (_, body, field) => {
    await refused(recover(body), 422, 'invalid-body', field);
  });

  it.each([
    ['a stone heavier than any', { ...rough, weight: weighed(2_000_000_000) }, 'bad-weight'],
    ['a mine nobody knows', { ...rough, mineId: 'atlantis' }, 'unknown-mine'],
    ['an act of tomorrow', { ...rough, ...day('2999-01-01') }, 'in-the-future'],
  ])('refuses %s', async (_, body, code) => {
    await refused(recover(body), 422, code);
  });

  it('refuses dates out of order', async () => {
    await refused(give({ ...release, ...day('2024-04-30') }), 422, 'out-of-order', 'at');
  });

  it('refuses a party nobody knows', async () => {
    await refused(give({ ...release, to: 'nobody' }), 422, 'unknown-party', 'to');
  });

  it('refuses what somebody else must do', async () => {
    const someoneElses = () => broker.post('/v1/stones/dawn/release-custody', release);
    await refused(someoneElses, 403, 'not-custodian', 'Authorization');
    await refused(() => broker.post('/v1/stones/dawn/accept-custody'), 422, 'not-released', 'id');
    const title = { to: 'siberian-mine', basis: 'sale' };
    await refused(() => broker.post('/v1/stones/dawn/transfer-title', title), 403, 'not-owner');
    const recovery = () => broker.post('/v1/stones/mine/recover-rough', rough);
    await refused(recovery, 403, 'role-needed', 'Authorization');
    const named = () => auditor.post('/v1/stones/dawn/name-stone', { name: 'x' });
    await refused(named, 403, 'auditor-only');
    const party = { id: 'shell', name: 'Shell', country: 'BE', roles: ['operator'] };
    await refused(() => mine.post('/v1/parties', party), 403, 'role-needed');
    const key = { roles: ['producer'] };
    await refused(() => broker.post('/v1/parties/siberian-mine/keys', key), 403, 'not-your-act');
    const more = { roles: ['operator'] };
    await refused(() => broker.post('/v1/parties/antwerp-broker/keys', more), 422, 'role-not-held');
  });

  it('refuses to act on what is not there, or is there already', async () => {
    await refused(
      () => mine.post('/v1/stones/none/release-custody', release),
      404,
      'unknown-stone',
    );
    await refused(
      () => mine.post('/v1/parcels/none/release-custody', release),
      404,
      'unknown-parcel',
    );
    await refused(() => mine.post('/v1/stones/dawn/recover-rough', rough), 409, 'already-exists');
    const split = { parts: [{ content: { weight: weighed(950_000) } }] };
    await refused(() => mine.post('/v1/parcels/lot-7/split-parcel', split), 422, 'gained-weight');
  });

  it.each(['Dawn', 'a--b', '-a', 'a_b', 'ä', 'a%2fb', 'x'.repeat(201)])(
    'refuses %s as an id',
    async (id) => {
      const path = `/v1/stones/${id}/recover-rough`;
      await refused(() => mine.post(path, rough), 422, 'invalid-id', 'id');
    },
  );

  it('keeps ids it derives for itself', async () => {
    await refused(() => mine.post('/v1/stones/dawn.1/recover-rough', rough), 422, 'bad-id');
  });

  it.each([
    ['malformed-json', '{"mineId":', undefined],
    ['malformed-json', 'mineId=ru-ebelyakh', undefined],
    ['invalid-utf8', Buffer.from('{"mineId":"\xff"}', 'latin1'), undefined],
    ['duplicate-key', '{"mineId":"ru-ebelyakh","mineId":"atlantis"}', 'mineId'],
    ['duplicate-key', '{"weight":{"mct":1,"mct":2}}', 'mct'],
    ['forbidden-key', '{"__proto__":{"mineId":"x"}}', '__proto__'],
    ['forbidden-key', '{"toString":"x"}', 'toString'],
    ['lone-surrogate', '{"colour":"\\ud800"}', 'colour'],
    ['too-deep', `{"weight":${'['.repeat(50)}${']'.repeat(50)}}`, undefined],
  ])('refuses a body that is %s', async (code, body, field) => {
    await refused(recover(body), 400, code, field);
  });

  it('refuses a body that is no object', async () => {
    await refused(recover('[]'), 422, 'invalid-body');
    await refused(recover('"text"'), 422, 'invalid-body');
    await refused(recover('null'), 422, 'invalid-body');
  });

  it('refuses a body that is too large, or no JSON by its own word', async () => {
    await refused(recover({ ...rough, plant: 'x'.repeat(9_000) }), 413, 'body-too-large');
    const typed = (type: string) => () =>
      mine.post('/v1/stones/another/recover-rough', rough, { 'content-type': type });
    for (const type of ['text/plain', 'application/xml', 'application/json; charset=utf-16']) {
      await refused(typed(type), 415, 'unsupported-media-type');
    }
  });

  it('refuses headers it cannot keep to', async () => {
    const withHeader = (name: string, value: string) => () =>
      mine.post('/v1/stones/dawn/name-stone', { name: 'x' }, { [name]: value });
    await refused(withHeader('if-match', 'new'), 400, 'bad-if-match', 'If-Match');
    const long = withHeader('idempotency-key', 'k'.repeat(201));
    await refused(long, 400, 'bad-idempotency-key', 'Idempotency-Key');
  });

  it.each(['', 'Host: a\r\nHost: b\r\n'])(
    'refuses a request of another than one host: %j',
    async (hosts) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
      socket.end(`GET /health/live HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
      const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json/);
      expect(JSON.parse(body)).toMatchObject({ code: 'bad-request', errors: [{ field: 'Host' }] });
    },
  );

  it('knows no other paths and methods', async () => {
    await refused(() => mine.get('/v1/nothing'), 404, 'unknown-route');
    await refused(() => mine.get('/v1/stones/dawn/release-custody'), 404, 'unknown-route');
    await refused(() => mine.post('/v1/stones/dawn/open-stone', {}), 404, 'unknown-route');
    await refused(() => mine.post('/v1/parcels/lot-7/receive-mix', {}), 404, 'unknown-route');
    await refused(() => mine.get('/v1/stones/%ff'), 400, 'bad-request');
  });

  it.each([
    ['/v1/stones/none', 404, 'unknown-stone'],
    ['/v1/parcels/none/history', 404, 'unknown-parcel'],
    ['/v1/parties/none', 404, 'unknown-party'],
    ['/v1/stones/dawn?at-least=x', 422, 'invalid-query'],
    ['/v1/stones/dawn?verbose=1', 422, 'invalid-query'],
    ['/v1/stones/dawn?at-least=1&at-least=2', 422, 'invalid-query'],
    ['/v1/stones/dawn/sanctions?on=2024-02-30', 422, 'invalid-query'],
    ['/v1/stones/dawn/sanctions?jurisdiction=XX', 422, 'unknown-jurisdiction'],
    ['/v1/search', 422, 'invalid-query'],
    ['/v1/events?after=-1', 422, 'invalid-query'],
    ['/v1/events?limit=100000', 422, 'invalid-query'],
  ])('answers a read it cannot do: %s', async (path, status, code) => {
    await refused(() => mine.get(path), status, code);
  });
});
