import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { warrantyText } from '#libs/reference/warranties';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const json = { accept: 'application/json' };
/** Addresses are declared today, by the clock: made out for a day that is surely later. */
const day = 'on=2099-03-02';
const india = { country: 'IN' };

describe('each document of each kind of goods, over HTTP', () => {
  let service: Service;
  let house: Client;

  beforeAll(async () => {
    service = await serve();
    house = await service.party('house', ['producer', 'cutter', 'dealer', 'jeweller']);
    await service.party('chow', ['dealer']);
    const assay = await service.party('assay', ['authority']);
    const lines = ['580 Fifth Avenue', 'New York, NY 10036'];
    await created(house.post('/v1/parties/house/declare-address', { lines }));
    const act = (path: string, body: object, at: string, place: object = india) =>
      created(house.post(`/v1/${path}`, { ...body, at: { time: at, precision: 'day' }, place }));
    const mined = { country: 'BW', mineId: 'bw-jwaneng' };
    const rough = { mineId: 'bw-jwaneng', weight: weighed(4_400) };
    await act('stones/kgosi/recover-rough', rough, '2025-01-03', mined);
    await act('stones/kgosi/start-manufacturing', { orderNo: 'O-1' }, '2025-01-04');
    await act('stones/kgosi/produce-polished', { weight: weighed(1_020) }, '2025-01-05');
    await act('stones/kgosi/produce-polished', { weight: weighed(800) }, '2025-01-05');
    const lot = { pieces: 400, weight: weighed(40_000) };
    const month = { time: '2025-01', precision: 'month' };
    const recovered = { mineId: 'bw-jwaneng', from: month, to: month, content: lot };
    await act('parcels/lot/recover-lot', recovered, '2025-01-31', mined);
    const ring = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4_200 };
    await act('jewellery/ring/make-item', ring, '2025-02-01');
    await act('stones/kgosi.1/set-stone', { item: 'ring' }, '2025-02-02');
    const invoiced = {
      invoiceNo: 'INV-7',
      buyer: 'chow',
      market: 'trade',
      warranties: [{ version: 'WDC-2021', sowId: 'SOW-US-17' }],
    };
    for (const path of ['stones/kgosi.2', 'parcels/lot', 'jewellery/ring']) {
      const price = { minor: 1_000, currency: 'USD' };
      await act(`${path}/issue-invoice`, { ...invoiced, price }, '2025-02-03');
    }
    const paper = { kind: 'supplier-declaration', supplier: 'house' };
    const document = { type: 'declaration', sha256: 'ab'.repeat(32) };
    const evidence = { evidenceNo: 'EV-1', paper, document };
    await act('stones/kgosi.2/attach-evidence', evidence, '2025-02-03');
    const hallmark = { fineness: 750, mark: '750', at: { time: '2025-02-03', precision: 'day' } };
    await created(assay.post('/v1/jewellery/ring/apply-hallmark', { ...hallmark }));
    const pack = (id: string, goods: readonly object[]) =>
      act(
        `shipments/${id}/create-shipment`,
        { consignee: 'chow', from: 'IN', to: 'US', goods, parcels: 1 },
        '2025-02-04',
      );
    await pack('loose', [{ stream: 'stone-kgosi.2', hs: '710239', mct: 800 }]);
    await pack('other', [
      { stream: 'parcel-lot', hs: '710210', mct: 40_000 },
      { stream: 'jewellery-ring', hs: '711319', mct: 21_000 },
    ]);
  });
  afterAll(() => service.close());

  const read = async (path: string, headers = json) =>
    house.get(`/v1/${path}&at-least=${await service.end()}`, headers);

  const answered = async (goods: string, kind: string) => {
    const { status, body } = await read(`${goods}/documents/${kind}?${day}&number=INV-7`);
    return status === 200 ? 'made' : body.code;
  };

  it.each([
    ['stones/kgosi.2', 'made', 'made', 'made', 'made'],
    ['stones/kgosi.1', 'made', 'goods-differ', 'goods-differ', 'no-warranty'],
    ['parcels/lot', 'made', 'made', 'goods-differ', 'made'],
    ['jewellery/ring', 'made', 'made', 'goods-differ', 'made'],
    ['shipments/loose', 'goods-differ', 'made', 'made', 'made'],
    ['shipments/other', 'goods-differ', 'made', 'goods-differ', 'made'],
  ])('%s', async (goods, history, us, eu, warranty) => {
    expect({
      history: await answered(goods, 'history-report'),
      us: await answered(goods, 'us-self-certification'),
      eu: await answered(goods, 'eu-due-diligence-statement'),
      warranty: await answered(goods, 'warranty-statement'),
    }).toEqual({ history, us, eu, warranty });
  });

  it('of a shipment names all it carries, and says its refusal with the article', async () => {
    const { body } = await read(`shipments/other/documents/us-self-certification?${day}`);
    expect(body.facts.lines).toMatchObject([
      { subject: 'parcel-lot', hs: '710210', minedIn: ['BW'] },
      { subject: 'jewellery-ring', hs: '7113', minedIn: ['BW'] },
    ]);
    const eu = await read(`jewellery/ring/documents/eu-due-diligence-statement?${day}`);
    expect([eu.status, eu.body.detail]).toEqual([422, expect.stringContaining('Art. 3p(4)')]);
    const invoice = await read(`jewellery/ring/documents/warranty-statement?${day}`);
    expect(JSON.stringify(invoice.body.body)).toContain(warrantyText('WDC-2021')?.text);
  });

  it('says which of several goods is not there', async () => {
    const path = `stones/kgosi.2/documents/us-self-certification?${day}&also=nobody`;
    expect(await read(path)).toMatchObject({
      status: 422,
      body: { code: 'unknown-stone', errors: [{ field: 'also' }] },
    });
    const shipment = await read(`shipments/none/documents/us-self-certification?${day}`);
    expect([shipment.status, shipment.body.code]).toEqual([404, 'unknown-shipment']);
  });

  it('are refused for a while when more are asked for than can be set, and made again later', async () => {
    const path = `/v1/stones/kgosi.2/documents/history-report?${day}`;
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => house.get(path, { accept: 'application/pdf' })),
    );
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200).length).toBe(60 - refused.length);
    for (const { body, headers } of refused) {
      expect(body.code).toBe('too-many-documents');
      expect(headers.get('retry-after')).toBe('1');
    }
    expect((await house.get(path, { accept: 'application/pdf' })).status).toBe(200);
  });
});
