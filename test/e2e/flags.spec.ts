import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { serve } from '#test/e2e/service';
import type { Service } from '#test/e2e/service';
import { runCli } from '#test/support/cli-in-process';

const weight = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });

describe('red flags over HTTP', () => {
  let service: Service;
  let folder = '';
  let auditor: Client;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'adamant-flags-'));
    service = await serve({
      LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
      VIEWS_URL: `sqlite:${join(folder, 'views.db')}`,
    });
    auditor = await service.party('big-four', ['auditor']);
    const alrosa = await service.party('alrosa', ['producer', 'dealer']);
    const kgk = await service.party('kgk', ['dealer']);
    const stone = '/v1/stones/dawn';
    const rough = { mineId: 'ru-ebelyakh', weight: weight(10_000) };
    await alrosa.post(`${stone}/recover-rough`, rough);
    await alrosa.post(`${stone}/release-custody`, { to: 'kgk', purpose: 'sale' });
    await kgk.post(`${stone}/accept-custody`, { weight: weight(9_000) });
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  const reads = async (path: string) => {
    const sign = path.includes('?') ? '&' : '?';
    return auditor.get(`${path}${sign}at-least=${String(await service.end())}`);
  };

  it('are listed by rule, state, stream and party, and closed by an auditor', async () => {
    const { body } = await reads('/v1/flags?rule=weight-discrepancy&state=open&stream=stone-dawn');
    expect(body.flags).toMatchObject([
      {
        rule: 'weight-discrepancy',
        subject: 'stone-dawn',
        events: [{ stream: 'stone-dawn', revision: 3, by: 'kgk', position: expect.any(String) }],
        closing: null,
      },
    ]);
    const [{ id, streams }] = body.flags;
    expect((await reads('/v1/flags?party=kgk')).body.flags).toHaveLength(1);
    expect((await reads('/v1/flags?party=alrosa')).body.flags).toEqual([]);
    const kept = async (asked: string) =>
      (await reads(`/v1/flags?${asked}`)).body.flags.length as number;
    expect(await kept('owner=alrosa')).toBe(1);
    expect(await kept('custodian=kgk')).toBe(1);
    expect(await kept('owner=alrosa&custodian=kgk')).toBe(1);
    expect(await kept('owner=kgk')).toBe(0);
    expect(await kept('custodian=alrosa')).toBe(0);
    const close = { streams, outcome: 'explained', reason: 'scales out of order' };
    const closed = await auditor.post(`/v1/flags/${id}/close-flag`, close);
    expect([closed.status, closed.body.stream]).toEqual([201, `flag-${id}`]);
    expect(closed.headers.get('location')).toBe(`/v1/flags/${id}`);
    expect((await reads(`/v1/flags/${id}`)).body).toMatchObject({
      state: 'closed',
      closing: { by: 'big-four', reason: 'scales out of order' },
    });
    const again = await service.operator.post(`/v1/flags/${id}/close-flag`, close);
    expect([again.status, again.body.code]).toEqual([409, 'flag-closed']);
    expect((await reads('/v1/flags?state=open')).body.flags).toEqual([]);
    expect((await reads('/v1/flags?state=all')).body.flags).toHaveLength(1);
    const before = `known-at=${BigInt(closed.body.position) - 1n}`;
    const then = await reads(`/v1/flags?stream=stone-dawn&${before}`);
    expect(then.body.flags).toMatchObject([{ id, state: 'open', closing: null }]);
    expect((await reads(`/v1/flags/${id}?${before}`)).body.state).toBe('open');
    expect((await reads(`/v1/flags/${id}?known-at=${closed.body.position}`)).body.state).toBe(
      'closed',
    );
    const early = await reads('/v1/flags?stream=stone-dawn&known-at=1');
    expect(early.body.flags).toEqual([]);
    const wide = await reads('/v1/flags?valid-at=2025-01-01');
    expect([wide.status, wide.body.code]).toEqual([422, 'stream-needed']);
  });

  it('are refused by name where there is none, and for a wrong question', async () => {
    const nowhere = await reads('/v1/flags/seal-changed.x');
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'unknown-flag']);
    const close = { streams: ['stone-dawn'], outcome: 'explained', reason: 'x' };
    const unknown = await auditor.post('/v1/flags/seal-changed.x/close-flag', close);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown-flag']);
    expect((await reads('/v1/flags?rule=horoscope')).status).toBe(422);
    expect((await reads('/v1/flags?stream=dawn')).status).toBe(422);
  });

  it('are paged: where one ends, the next goes on', async () => {
    const [first] = (await reads('/v1/flags?state=all&limit=1')).body.flags;
    const { next } = (await reads('/v1/flags?state=all&limit=1')).body;
    expect(next).toBe(`${first.raisedPosition}:${first.id}`);
    const rest = await reads(`/v1/flags?state=all&after=${next}`);
    expect(rest.body).toEqual({ flags: [], next: null });
    for (const after of ['yesterday', '99999999999999999999:seal-changed.x']) {
      expect((await reads(`/v1/flags?after=${after}`)).body.code).toBe('invalid-query');
    }
    const place = ['--data', folder, '--ledger-name', 'adamant.test/ledger'];
    const { err } = await runCli(['flags', '--state', 'all', '--limit', '1', ...place]);
    expect(err).toEqual([`there may be more: --after ${next}`]);
    const more = await runCli(['flags', '--state', 'all', '--after', next, ...place]);
    expect(more.err).toEqual(['no such flag']);
    expect((await runCli(['flags', '--after', 'yesterday', ...place])).code).toBe(2);
  });

  it('are told by the command line on the same files', async () => {
    const place = ['--data', folder, '--ledger-name', 'adamant.test/ledger'];
    const open = await runCli(['flags', ...place]);
    expect([open.code, open.out, open.err]).toEqual([0, '', ['no such flag']]);
    const all = await runCli(['flags', '--state', 'all', '--of', 'dawn', ...place]);
    expect(all.out).toContain('weight-discrepancy  stone-dawn: kgk weighed 9000 mct');
    expect(all.out).toMatch(/closed by big-four .*, explained: scales out of order/);
    const nobody = await runCli(['flags', '--state', 'all', '--owner', 'kgk', ...place]);
    expect(nobody.err).toEqual(['no such flag']);
    const held = ['--owner', 'alrosa', '--custodian', 'kgk'];
    const { out } = await runCli(['flags', '--state', 'closed', '--json', ...held, ...place]);
    expect(JSON.parse(out)).toMatchObject([{ rule: 'weight-discrepancy', state: 'closed' }]);
  });
});
