import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serve } from '#test/e2e/service';
import type { Service } from '#test/e2e/service';

const weight = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });

describe('statistics over HTTP', () => {
  let service: Service;
  beforeAll(async () => {
    service = await serve();
    const alrosa = await service.party('alrosa', ['producer']);
    const rough = { mineId: 'ru-ebelyakh', weight: weight(10_000) };
    const at = { time: '2025-02-01', precision: 'day' };
    await alrosa.post('/v1/stones/dawn/recover-rough', { ...rough, at });
  });
  afterAll(() => service.close());

  it('are JSON or CSV, and refuse what is no period', async () => {
    const at = `at-least=${String(await service.end())}`;
    const path = `/v1/statistics?country=RU&period=2025-H1&${at}`;
    const { body } = await service.operator.get(path);
    expect(body).toMatchObject({ lines: [{ flow: 'production', hs: '710210', mct: 10_000 }] });
    const csv = await service.operator.get(`${path}&format=csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.body).toContain('RU,2025-H1,production,710210,,10.000,,,0\r\n');
    const wrong = await service.operator.get('/v1/statistics?country=RU&period=spring');
    expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid-query']);
  });
});
