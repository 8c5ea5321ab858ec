import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import { warrantyText } from '#libs/reference/warranties';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const on = (time: string) => ({ time, precision: 'day' });
const json = { accept: 'application/json' };
/** Addresses are declared today, by the clock: made out for a day that is surely later. */
const day = 'on=2099-03-02';

describe('documents over HTTP', () => {
  let service: Service;
  let house: Client;
  let other: Client;

  beforeAll(async () => {
    service = await serve({ PUBLIC_READS: 'true' });
    house = await service.party('house', ['producer', 'cutter', 'dealer']);
    other = await service.party('chow', ['dealer']);
    const lines = ['580 Fifth Avenue', 'New York, NY 10036'];
    await created(house.post('/v1/parties/house/declare-address', { lines }));
    const act = (path: string, body: object, at: string) =>
      created(house.post(`/v1/stones/${path}`, { ...body, at: on(at), place: { country: 'BW' } }));
    const kgosi = { mineId: 'bw-jwaneng', weight: weighed(2_400) };
    await act('kgosi/recover-rough', kgosi, '2025-01-03');
    await act('kgosi/start-manufacturing', { orderNo: 'O-1' }, '2025-01-04');
    const stone = { weight: weighed(1_020), name: 'Кгоси 王' };
    await act('kgosi/produce-polished', stone, '2025-01-05');
    const warranty = {
      version: 'WDC-2021',
      sowId: 'SOW-US-17',
    };
    const price = { minor: 920_050, currency: 'USD' };
    const sale = { invoiceNo: 'INV-7', buyer: 'chow', market: 'trade', price };
    await act('kgosi.1/issue-invoice', { ...sale, warranties: [warranty] }, '2025-01-06');
  });
  afterAll(() => service.close());

  const read = async (client: Client, path: string, headers = {}) => {
    const sign = path.includes('?') ? '&' : '?';
    return client.get(`/v1/${path}${sign}at-least=${await service.end()}`, headers);
  };

  const pdf = async (path: string) => {
    const query = `${path}&at-least=${await service.end()}`;
    const response = await fetch(`${service.url}/v1/${query}`);
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  };

  it('give a history report as PDF, the same bytes each time, and as JSON', async () => {
    const path = `stones/kgosi.1/documents/history-report?${day}`;
    const { response, bytes } = await pdf(path);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toContain('history-report-kgosi.1.pdf');
    expect(response.headers.get('vary')).toContain('Accept');
    expect(Buffer.compare(bytes, (await pdf(path)).bytes)).toBe(0);
    const { body } = await read(service.anonymous, path, json);
    expect(body).toMatchObject({
      kind: 'history-report',
      standing: { ledger: 'adamant.test/ledger', on: '2099-03-02', ruleBookVersion: '2026.1' },
    });
    const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true });
    expect(text).toContain('Кгоси 王');
    expect(text).toContain(`position ${body.standing.position}`);
  });

  it('put a letterhead only over what its party asks for', async () => {
    const path = `stones/kgosi/documents/us-self-certification?${day}&also=kgosi.1`;
    const { status, body } = await read(house, path, json);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      letterhead: { name: 'house Ltd', address: ['580 Fifth Avenue', 'New York, NY 10036'] },
      facts: { lines: [{ subject: 'stone-kgosi' }, { subject: 'stone-kgosi.1' }] },
    });
    expect((await read(service.operator, path, json)).status).toBe(200);
    const stranger = await read(other, path, json);
    expect([stranger.status, stranger.body.code]).toEqual([403, 'not-your-act']);
    const nobody = await read(service.anonymous, path, json);
    expect([nobody.status, nobody.body.code]).toEqual([401, 'key-needed']);
    const bare = await read(other, `${path}&issuer=chow`, json);
    expect([bare.status, bare.body.code]).toEqual([422, 'no-letterhead']);
    expect(bare.body.detail).toMatch(/^chow had declared no address/);
  });

  it('give the warranty of an invoice in the version it was recorded with', async () => {
    const path = `stones/kgosi.1/documents/warranty-statement?${day}&number=INV-7`;
    const { body } = await read(house, path, json);
    expect(JSON.stringify(body.body)).toContain(warrantyText('WDC-2021')?.text);
    const wrong = await read(house, path.replace('INV-7', 'INV-8'), json);
    expect([wrong.status, wrong.body.code]).toEqual([422, 'no-warranty']);
  });

  it('say what is wrong with a question', async () => {
    const answers = await Promise.all([
      read(house, 'stones/kgosi.1/documents/birth-certificate', json),
      read(house, 'stones/nobody/documents/history-report', json),
      read(house, 'stones/kgosi.1/documents/history-report', { accept: 'text/html' }),
      read(house, 'stones/kgosi.1/documents/history-report?on=2026-02-30', json),
      read(house, 'stones/kgosi.1/documents/history-report?also=Ä', json),
      read(house, `stones/kgosi.1/documents/eu-due-diligence-statement?${day}`, json),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'unknown-document'],
      [404, 'unknown-stone'],
      [406, 'not-acceptable'],
      [422, 'invalid-query'],
      [422, 'invalid-query'],
      [422, 'document-needed'],
    ]);
  });
});
