import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';
import { toLondon } from '#test/support/kimberley';

const on = (time: string) => ({ time, precision: 'day' });
const document = { type: 'weighing slip', sha256: 'ab'.repeat(32) };

describe('what was true by a day and what was known then, over HTTP', () => {
  let service: Service;
  let mine: Client;
  let office: Client;
  /** Positions of the hand-over and of the correction of the mine. */
  let handed = '';
  let last = '';

  beforeAll(async () => {
    service = await serve();
    mine = await service.party('karowe', ['producer', 'dealer', 'jeweller']);
    office = await service.party('gdo', ['authority']);
    const dealer = await service.party('graff', ['dealer', 'jeweller']);
    const weight = { mct: 12_000, qualifier: 'eq', basis: 'weighed' };
    const path = '/v1/stones/rough';
    await created(
      mine.post(`${path}/recover-rough`, { mineId: 'bw-karowe', weight, at: on('2024-03-10') }),
    );
    await created(
      mine.post(`${path}/release-custody`, { to: 'graff', purpose: 'sale', at: on('2024-05-01') }),
    );
    const accepted = await created(
      dealer.post(`${path}/accept-custody`, { at: on('2024-06-01'), place: { country: 'BE' } }),
    );
    handed = accepted.body.position;
    const corrected = await created(
      mine.post(`${path}/correct-record`, {
        target: 0,
        changes: [{ field: 'data.mineId', to: 'ru-ebelyakh' }],
        reason: 'the wrong mine was put in',
        documents: [document],
      }),
    );
    last = corrected.body.position;
  });
  afterAll(() => service.close());

  const read = async (path: string, question: string) => {
    const sign = path.includes('?') ? '&' : '?';
    const { status, body } = await mine.get(
      `${path}${sign}${question}&at-least=${String(await service.end())}`,
    );
    return status === 200 ? body : status;
  };
  const verdict = async (question: string) =>
    (await read('/v1/stones/rough/sanctions?jurisdiction=EU&on=2024-03-15', question)).verdict;

  it('judge goods by the facts of then: the mine that was believed, the place they were in', async () => {
    expect(await verdict(`known-at=${last}`)).toMatchObject({ outcome: 'PROHIBITED' });
    const before = await verdict(`known-at=${handed}`);
    expect(before.factsUsed).toContainEqual({ fact: 'minedIn', value: ['BW'] });
    expect(before.outcome).not.toBe('PROHIBITED');
    const then = await read('/v1/stones/rough/sanctions', 'valid-at=2024-05-31');
    expect(then).toMatchObject({ on: '2024-05-31', counterparties: [{ party: 'karowe' }] });
    const later = await read('/v1/stones/rough/sanctions', 'valid-at=2024-06-01');
    expect(later.counterparties.map(({ party }: { party: string }) => party)).toEqual([
      'karowe',
      'graff',
    ]);
    expect(await read('/v1/stones/rough/sanctions', 'valid-at=2024-03-09')).toBe(404);
    expect(await read('/v1/stones/rough/sanctions', 'known-at=2024-03-09')).toBe(404);
  });

  it('judge with the rules adopted by then', async () => {
    const { body: eu } = await mine.get('/v1/rules/EU');
    const rules = { ...eu.file, version: '2026.9', knownThrough: '2020-01-01' };
    const adopted = await created(
      service.operator.post('/v1/rules/eu/adopt-rule-book', { version: '2026.9', rules }),
    );
    const { position } = adopted.body;
    expect((await verdict(`known-at=${last}`)).ruleBookVersion).toBe(eu.version);
    expect((await verdict(`known-at=${String(position)}`)).ruleBookVersion).toBe('2026.9');
  });

  it('tell before shipping what would have kept goods back then', async () => {
    const path = '/v1/preflight?to=EU&goods=stone-rough&on=2024-03-15';
    expect((await read(path, `known-at=${last}`)).outcome).toBe('PROHIBITED');
    expect((await read(path, `known-at=${handed}`)).outcome).not.toBe('PROHIBITED');
  });

  it('print a document of what was known then, and say so on it', async () => {
    const { status, body } = await mine.get(
      `/v1/stones/rough/documents/history-report?valid-at=2024-05-31&known-at=${handed}`,
      { accept: 'application/json' },
    );
    expect([status, body.standing]).toEqual([
      200,
      expect.objectContaining({ position: handed, happenedBy: '2024-05-31', on: '2024-05-31' }),
    ]);
    const text = JSON.stringify(body.body);
    expect(text).toContain('bw-karowe');
    expect(text).not.toContain('ru-ebelyakh');
    expect(text).not.toContain('graff accepted');
  });

  it('show a piece of jewellery, its history and its holders as they were', async () => {
    const path = '/v1/jewellery/ring-7';
    const make = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4200 };
    const made = await created(mine.post(`${path}/make-item`, { ...make, at: on('2024-01-10') }));
    await created(
      mine.post(`${path}/release-custody`, { to: 'graff', purpose: 'vault', at: on('2024-02-01') }),
    );
    expect((await read(path, 'valid-at=2024-01-31')).custody.releasedTo).toBeNull();
    expect((await read(path, 'valid-at=2024-02-01')).custody.releasedTo).toBe('graff');
    expect((await read(path, `known-at=${made.body.position}`)).revision).toBe(0);
    expect((await read(`${path}/history`, 'valid-at=2024-01-31')).steps).toHaveLength(1);
    expect(await read(path, 'valid-at=2024-01-09')).toBe(404);
  });

  it('show a certificate and where it stood by what was recorded of it then', async () => {
    const path = '/v1/certificates/EU77';
    const issued = await created(
      office.post(`${path}/issue-certificate`, {
        number: 'EU77',
        ...toLondon,
        at: on('2025-04-04'),
      }),
    );
    const voided = { reason: 'misprinted', at: on('2025-05-01') };
    await created(office.post(`${path}/void-certificate`, voided));
    expect(await read(path, 'valid-at=2025-04-30')).toMatchObject({
      status: 'issued',
      on: '2025-04-30',
      standing: 'issued',
    });
    expect((await read(path, 'valid-at=2025-05-01')).status).toBe('voided');
    expect((await read(path, `known-at=${issued.body.position}`)).status).toBe('issued');
    expect((await read(`${path}/history`, 'valid-at=2025-04-30')).steps).toHaveLength(1);
    expect(await read(path, 'valid-at=2025-04-03')).toBe(404);
  });

  it('list the certificates that stood so then, a page at a time', async () => {
    const list = (question: string) => read('/v1/certificates?status=issued', question);
    expect(await read('/v1/certificates?status=issued', 'limit=9')).toEqual({
      certificates: [],
      next: null,
    });
    expect(await list('valid-at=2025-04-30')).toMatchObject({
      certificates: [{ number: 'EU77', standing: 'issued', on: '2025-04-30' }],
      next: null,
    });
    expect(await list('valid-at=2025-05-01')).toEqual({ certificates: [], next: null });
    expect(await list(`known-at=${last}`)).toEqual({ certificates: [], next: null });
    const page = await list('valid-at=2025-04-30&limit=1');
    expect(page.next).toBe('eu77');
    expect(await list('valid-at=2025-04-30&after=eu77')).toEqual({ certificates: [], next: null });
    const shipments = await read('/v1/shipments?consignor=karowe', 'valid-at=2025-04-30');
    expect(shipments).toEqual({ shipments: [], next: null });
  });

  it('refuse what is no day and no position', async () => {
    for (const question of ['valid-at=12', 'known-at=soon', 'known-at=-1']) {
      expect(await read('/v1/jewellery/ring-7', question)).toBe(422);
      expect(await read('/v1/stones/rough/sanctions', question)).toBe(422);
    }
  });
});
