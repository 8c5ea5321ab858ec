import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const on = (time: string) => ({ time, precision: 'day' });
const document = { type: 'supplier declaration', sha256: 'ab'.repeat(32) };

describe('what import measures say, over HTTP', () => {
  let service: Service;
  let mine: Client;

  beforeAll(async () => {
    service = await serve();
    mine = await service.party('karowe', ['producer', 'dealer']);
    await created(
      mine.post('/v1/stones/rough/recover-rough', {
        mineId: 'bw-karowe',
        weight: { mct: 2_000, qualifier: 'eq', basis: 'weighed' },
        at: on('2024-11-01'),
      }),
    );
  });
  afterAll(() => service.close());

  const act = (path: string, body: object) =>
    created(mine.post(`/v1/stones/rough/${path}`, { at: on('2024-12-01'), ...body }));

  async function verdict(day: string, position: unknown) {
    const query = `jurisdiction=EU&on=${day}&at-least=${String(position)}`;
    const { body } = await mine.get(`/v1/stones/rough/sanctions?${query}`);
    return body;
  }

  it('changes when a paper is put on file, and when it is revoked', async () => {
    const certificate = {
      kind: 'kimberley-certificate',
      number: 'BW0012345',
      origin: { kind: 'single', country: 'BW' },
    };
    const attached = await act('attach-evidence', {
      evidenceNo: 'EV-1',
      paper: certificate,
      document,
      validFrom: '2025-01-01',
      validTo: '2025-12-31',
    });
    const { position } = attached.body;
    expect((await verdict('2024-12-31', position)).verdict.outcome).toBe('REQUIRES_EVIDENCE');
    expect((await verdict('2025-04-04', position)).verdict.outcome).toBe('CLEAR');
    const revoked = await act('revoke-evidence', {
      evidenceNo: 'EV-1',
      ground: 'invalid',
      reason: 'forged',
    });
    const after = await verdict('2025-04-04', revoked.body.position);
    expect(after.verdict).toMatchObject({ outcome: 'PROHIBITED', rule: 'KP-1' });
    const { body } = await mine.get('/v1/stones/rough/history');
    expect(body.steps.map(({ line }: { line: string }) => line).slice(-2)).toEqual([
      'karowe put a kimberley-certificate on file as EV-1, valid from 2025-01-01 to 2025-12-31',
      'karowe revoked EV-1, which never counted: forged',
    ]);
  });

  it('refuses a paper that does not say what its kind must say', async () => {
    const { status, body } = await mine.post('/v1/stones/rough/attach-evidence', {
      evidenceNo: 'EV-2',
      paper: { kind: 'location-proof', country: 'AE' },
      document,
    });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'bad-evidence' });
  });

  it('turns on what only who asks can say', async () => {
    const path = '/v1/stones/rough/sanctions?jurisdiction=JP&on=2025-01-01';
    const { body } = await mine.get(`${path}&contract=2024-10-01&use=personal&act=import`);
    expect(body.circumstances).toEqual({ contractOn: '2024-10-01', use: 'personal' });
    for (const wrong of ['use=fun', 'contract=2024-02-30', 'procedure=none', 'act=gift']) {
      expect((await mine.get(`${path}&${wrong}`)).status).toBe(422);
    }
    const goods = '/v1/preflight?to=JP&on=2025-01-01&goods=stone-rough&contract=2024-10-01';
    const preflight = await mine.get(goods);
    expect(preflight.body.circumstances).toEqual({ contractOn: '2024-10-01' });
  });

  it('is UNDETERMINED, with the place, where the facts contradict each other', async () => {
    const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' };
    const stated = { form: 'polished', weight: { mct: 600, qualifier: 'eq', basis: 'weighed' } };
    const at = on('2024-11-01');
    const tell = (act: string, said: object) =>
      created(mine.post(`/v1/stones/odd/${act}`, { at, ...said }));
    await tell('open-history', { ...stated, origin, basis: 'bought in 2024' });
    const sawn = { kind: 'processing-record', country: 'IN', operation: 'sawn', on: '2024-01-01' };
    const { body } = await tell('attach-evidence', { evidenceNo: 'EV-1', paper: sawn, document });
    const query = `jurisdiction=EU&on=2025-04-04&at-least=${body.position}`;
    const found = await mine.get(`/v1/stones/odd/sanctions?${query}`);
    expect({ status: found.status, ...found.body.verdict }).toMatchObject({
      status: 200,
      outcome: 'UNDETERMINED',
      rule: 'contradictory-facts',
      factsMissing: ['processing'],
    });
  });

  it('stands beside what is known of the parties', async () => {
    const { operator } = service;
    const path = '/v1/parties/karowe';
    const before = await verdict('2025-04-04', 0);
    expect(before.counterparties).toMatchObject([
      { party: 'karowe', as: ['owner', 'custodian'], outcome: 'UNDETERMINED' },
    ]);
    const list = { list: '269/2014', citation: 'OJ L', from: '2025-01-01' };
    const { body } = await created(
      operator.post(`${path}/record-designation`, { jurisdiction: 'EU', ...list }),
    );
    const barred = await verdict('2025-04-04', body.position);
    expect(barred.counterparties).toMatchObject([{ outcome: 'PROHIBITED', rule: 'EU-P' }]);
    const alone = await mine.get(`${path}/sanctions?jurisdiction=EU&on=2024-12-31`);
    expect(alone.body).toMatchObject({ day: '2024-12-31', outcome: 'UNDETERMINED' });
    const nobody = await mine.get('/v1/parties/nobody/sanctions');
    expect(nobody.status).toBe(404);
  });

  it('is said by the rules the ledger adopted, and can be said again by those before', async () => {
    const { operator } = service;
    const { body: eu } = await mine.get('/v1/rules/EU');
    expect(eu).toMatchObject({ version: '2026.1', adoptedOn: null });
    const rules = { ...eu.file, version: '2026.2', knownThrough: '2020-01-01' };
    const adopted = await created(operator.post('/v1/rules/eu/adopt-rule-book', { rules }));
    const atLeast = `at-least=${adopted.body.position}`;
    const { body: list } = await mine.get(`/v1/rules?${atLeast}`);
    const { sha256, position } = list.rules[0].versions[1];
    const taken = { version: '2026.2', by: expect.any(String), sha256, knownThrough: '2020-01-01' };
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(list.rules[0]).toMatchObject({ jurisdiction: 'EU', ...taken });
    expect(list.rules[0].versions).toMatchObject([
      { version: '2026.1', by: null, sha256: null, position: null, inUse: false },
      { ...taken, position: adopted.body.position, inUse: true },
    ]);
    expect(position).toBe(adopted.body.position);
    expect(list.rules[1]).toMatchObject({ by: null, versions: [{ inUse: true }] });
    const { body: before } = await mine.get('/v1/rules?on=2020-01-01');
    expect(before.rules[0].versions.map(({ inUse }: { inUse: boolean }) => inUse)).toEqual([
      true,
      false,
    ]);
    expect(adopted.body.warnings).toEqual([]);
    const path = '/v1/stones/rough/sanctions?on=2025-04-04';
    const now = await mine.get(path);
    expect(now.body.verdict).toMatchObject({ staleRisk: true, ruleBookVersion: '2026.2' });
    const then = await mine.get(`${path}&rules=2026.1`);
    expect(then.body.verdict).toMatchObject({ staleRisk: false, ruleBookVersion: '2026.1' });
    expect(then.body.counterparties).toMatchObject([{ ruleBookVersion: '2026.1' }]);
    const diff = await mine.get('/v1/rules/EU/diff?from=2026.1&to=2026.2');
    expect(diff.body.changes).toEqual([]);
    const nobody = await mine.get(`${path}&rules=2026.3`);
    expect(nobody.body.code).toBe('unknown-rule-book-version');
  });

  it('is said by rules under the name that their file bears, and whoever adopts them is warned', async () => {
    const path = '/v1/rules/jp/adopt-rule-book';
    const { file } = (await mine.get('/v1/rules/JP')).body;
    const adopt = async (more: object, version?: string) =>
      (await service.operator.post(path, { version, rules: { ...file, version: 'jp.2', ...more } }))
        .body;
    const bad = { code: 'bad-rule-file', status: 422 };
    expect(await adopt({ clock: 'lunar' })).toMatchObject(bad);
    expect(await adopt({}, 'jp.3')).toMatchObject({ ...bad, errors: [{ field: '/version' }] });
    expect(await adopt({ version: undefined })).toMatchObject({
      ...bad,
      errors: [{ field: '/version' }],
    });
    expect(await adopt({ knownThrough: '2099-01-01' })).toMatchObject({
      ...bad,
      errors: [{ field: '/knownThrough' }],
    });
    const rules = file.rules.filter(({ kind }: { kind: string }) => kind !== 'ban');
    expect((await adopt({ rules })).warnings).toEqual([
      { rule: '/rules', fault: expect.stringContaining('no ban on goods is in force') },
    ]);
  });

  it('is listed by a version that was adopted or is of this build, and by no other', async () => {
    const asked = '/v1/sanctions?jurisdiction=EU&on=2025-04-04&custodian=karowe';
    const inUse = await mine.get(asked);
    expect(inUse.body).toMatchObject({ ruleBookVersion: '2026.2', coming: null });
    const before = await mine.get(`${asked}&rules=2026.1`);
    const { items } = inUse.body;
    expect(before.body).toMatchObject({
      ruleBookVersion: '2026.1',
      items: items.map(({ subject, outcome }: { subject: string; outcome: string }) => ({
        subject,
        outcome,
      })),
    });
    expect(JSON.stringify(before.body)).toContain('"nextChangeOn":"2026-07-24"');
    expect(JSON.stringify(items)).not.toContain('2026-07-24');
    expect(before.body.counterparties).toMatchObject([{ ruleBookVersion: '2026.1' }]);
    expect(inUse.body.counterparties).toMatchObject([{ ruleBookVersion: '2026.2' }]);
    const then = await mine.get(`${asked}&rules=2026.1&known-at=${await service.end()}`);
    expect(then.body).toMatchObject({ ruleBookVersion: '2026.1' });
    const none = await mine.get(`${asked}&rules=2026.7`);
    expect(none.body.code).toBe('unknown-rule-book-version');
  });

  it('lists goods by outcome and owner, a page at a time', async () => {
    const query = 'jurisdiction=US&on=2025-04-04&owner=karowe';
    const all = await mine.get(`/v1/sanctions?${query}`);
    expect(all.body).toMatchObject({
      day: '2025-04-04',
      coming: null,
      items: [{ subject: 'stone-rough', owner: 'karowe', custodian: 'karowe' }],
      counterparties: [
        { party: 'karowe', jurisdiction: 'US', day: '2025-04-04', outcome: 'UNDETERMINED' },
      ],
    });
    const then = await mine.get(`/v1/sanctions?${query}&known-at=${await service.end()}`);
    expect(then.body.counterparties).toEqual(all.body.counterparties);
    const [{ outcome }] = all.body.items;
    const page = await mine.get(`/v1/sanctions?${query}&outcome=${outcome}&limit=1`);
    expect(page.body).toMatchObject({ items: [{ outcome }] });
    expect(page.body.next).toMatch(/^[0-9a-f]{24}:stone-rough$/);
    const last = await mine.get(`/v1/sanctions?${query}&after=${page.body.next}`);
    expect(last.body).toMatchObject({ items: [], next: null });
    const none = await mine.get(`/v1/sanctions?${query}&outcome=EXEMPT`);
    expect(none.body.items).toEqual([]);
    const now = await mine.get('/v1/sanctions?jurisdiction=US&custodian=karowe');
    const held = now.body.items.map(({ subject }: { subject: string }) => subject);
    expect(held.toSorted()).toEqual(['stone-odd', 'stone-rough']);
    const others = await mine.get('/v1/sanctions?jurisdiction=US&custodian=registry');
    expect(others.body).toMatchObject({ items: [], next: null });
    for (const asked of ['outcome=FINE', 'after=stone-rough', 'custodian=alrosa']) {
      const wrong = await mine.get(`/v1/sanctions?jurisdiction=US&${asked}`);
      expect(wrong.status).toBe(422);
    }
  });

  it('tells before a shipment what is missing, and why', async () => {
    const { body } = await mine.get('/v1/preflight?to=US&on=2025-04-04&goods=stone-rough');
    expect(body).toMatchObject({ to: 'US', ready: false, days: { US: '2025-04-04' } });
    const [item] = body.items;
    expect(item.obstacles.map(({ rule }: { rule: string }) => rule)).toContain('US-E1');
    const nothing = await mine.get('/v1/preflight?to=US&goods=stone-nothing');
    expect(nothing.body.code).toBe('not-found');
    const nowhere = await mine.get('/v1/preflight?to=ZZ&goods=stone-rough');
    expect(nowhere.body.code).toBe('unknown-jurisdiction');
  });
});
