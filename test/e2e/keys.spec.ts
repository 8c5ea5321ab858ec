import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mintApiKey } from '#libs/signing/api-key';
import type { Answer, Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const weight = { mct: 5_000, qualifier: 'eq', basis: 'weighed' };
const rough = { mineId: 'ru-ebelyakh', weight };
const day = (time: string) => ({ at: { time, precision: 'day' } });
const told = ({ status, body }: Answer) => [status, body.code];

describe('an API key', () => {
  let service: Service;
  let mine: Client;

  beforeAll(async () => {
    service = await serve();
    mine = await service.party('siberian-mine', ['producer', 'dealer']);
  });
  afterAll(() => service.close());

  const issue = async (roles: readonly string[]) =>
    (await created(mine.post('/v1/parties/siberian-mine/keys', { roles }))).body;

  it('is needed for every write and read', async () => {
    const answer = await service.anonymous.post('/v1/stones/dawn/recover-rough', rough);
    expect(told(answer)).toEqual([401, 'key-needed']);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    for (const path of [
      '/v1/stones/x',
      '/v1/events',
      '/v1/events/live',
      '/v1/search?q=x',
      '/metrics',
    ]) {
      expect(told(await service.anonymous.get(path))).toEqual([401, 'key-needed']);
    }
  });

  it('is not needed for health and the description', async () => {
    await service.ready();
    for (const path of ['/health/live', '/health/ready', '/openapi.json', '/docs']) {
      expect((await service.anonymous.get(path)).status).toBe(200);
    }
  });

  it('that is unknown, wrong or no key at all opens nothing, and all answer alike', async () => {
    const { key } = await issue(['producer']);
    const wrong = key.slice(0, -3) + (key.endsWith('AAA') ? 'BBB' : 'AAA');
    const answers = [];
    for (const token of [mintApiKey().token, wrong, 'adm_', 'x', 'a'.repeat(5_000)]) {
      const { status, body } = await service.withKey(token).get('/v1/stones/x');
      answers.push([status, body]);
    }
    expect(answers[0]).toMatchObject([401, { code: 'bad-key' }]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('opens at once when issued, and nothing more as soon as its revocation is acknowledged', async () => {
    for (let n = 0; n < 10; n++) {
      const { key, keyId } = await issue(['producer']);
      const client = service.withKey(key);
      expect((await client.get('/v1/events?limit=1')).status).toBe(200);
      await created(mine.post(`/v1/parties/siberian-mine/keys/${keyId}/revoke`));
      expect(told(await client.get('/v1/events?limit=1'))).toEqual([401, 'bad-key']);
    }
  });

  it('acts in no role that it or its party lacks on the day of the act', async () => {
    const dealerOnly = service.withKey((await issue(['dealer'])).key);
    const denied = await dealerOnly.post('/v1/stones/no-1/recover-rough', rough);
    expect(told(denied)).toEqual([403, 'role-needed']);
    const more = await dealerOnly.post('/v1/parties/siberian-mine/keys', { roles: ['producer'] });
    expect(told(more)).toEqual([403, 'role-needed']);
    await created(
      service.operator.post('/v1/parties/siberian-mine/roles/withdraw', {
        role: 'producer',
        reason: 'licence ended',
      }),
    );
    const late = await mine.post('/v1/stones/no-2/recover-rough', rough);
    expect(told(late)).toEqual([403, 'role-needed']);
    await created(mine.post('/v1/stones/yes-1/recover-rough', { ...rough, ...day('2025-12-31') }));
    const early = await mine.post('/v1/stones/no-3/recover-rough', {
      ...rough,
      ...day('1999-12-31'),
    });
    expect(told(early)).toEqual([403, 'role-needed']);
  });

  it('counts again after a restart as the ledger says', async () => {
    const { key, keyId } = await issue(['dealer']);
    await created(mine.post(`/v1/parties/siberian-mine/keys/${keyId}/revoke`));
    service = await service.restart();
    expect(told(await service.withKey(key).get('/v1/events'))).toEqual([401, 'bad-key']);
  });
});

describe('what the operator opens', () => {
  it('is read without a key; writes never are', async () => {
    const service = await serve({ PUBLIC_READS: 'true', PUBLIC_METRICS: 'true' });
    const { anonymous } = service;
    await service.ready();
    expect((await anonymous.get('/v1/events')).status).toBe(200);
    expect((await anonymous.get('/v1/search?q=x')).status).toBe(200);
    expect((await anonymous.get('/metrics')).body).toContain('adamant_http_request_seconds');
    const write = await anonymous.post('/v1/stones/dawn/recover-rough', rough);
    expect(told(write)).toEqual([401, 'key-needed']);
    const wrong = await service.withKey('x').get('/v1/events');
    expect(told(wrong)).toEqual([401, 'bad-key']);
    await service.close();
  });
});
