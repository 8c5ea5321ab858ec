import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serve } from '#test/e2e/service';
import type { Client } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';

const day = (time: string) => ({ time, precision: 'day' });

describe('papers and jewellery over HTTP', () => {
  let service: Service;
  let belgium: Client;
  let jeweller: Client;

  beforeAll(async () => {
    service = await serve();
    belgium = await service.party('hrd-office', ['authority']);
    jeweller = await service.party('maison', ['jeweller']);
    await service.party('graff', ['dealer']);
  });
  afterAll(() => service.close());

  const reads = async (path: string) => {
    const at = String(await service.end());
    const sign = path.includes('?') ? '&' : '?';
    return service.operator.get(`${path}${sign}at-least=${at}`);
  };

  it('issue a certificate under its printed number and tell where it stands on a day', async () => {
    const content = {
      origin: { kind: 'mixed-undisclosed' },
      issuedOn: '2025-04-04',
      expiresOn: '2025-06-03',
      exporter: { party: 'maison', name: 'Maison', address: 'Antwerp' },
      importer: { party: 'graff', name: 'Graff', address: 'London' },
      exportingCountry: 'BE',
      importingCountry: 'GB',
      lines: [{ hs: '710231', mct: 5_000, value: { minor: 900_000, currency: 'USD' } }],
      parcels: 1,
      tamperResistant: true,
      at: day('2025-04-04'),
    };
    const path = '/v1/certificates/EU%2F77-A';
    const body = { number: 'EU/77-A', ...content };
    const issued = await belgium.post(`${path}/issue-certificate`, body);
    expect([issued.status, issued.body.stream]).toEqual([201, 'certificate-eu.77-a']);
    expect((await belgium.post(`${path}/issue-certificate`, body)).body.code).toBe('number-taken');
    const wrong = await jeweller.post(`${path}/void-certificate`, { reason: 'x' });
    expect([wrong.status, wrong.body.code]).toEqual([403, 'role-needed']);
    const { body: shown } = await reads(`${path}?on=2025-06-04`);
    expect(shown).toMatchObject({ number: 'EU/77-A', status: 'issued', standing: 'expired' });
    const { body: listed } = await reads('/v1/certificates?participant=EU');
    expect(listed).toMatchObject({ certificates: [{}], next: null });
    const page = '/v1/certificates?participant=EU&limit=1';
    expect((await reads(page)).body).toMatchObject({ certificates: [{}], next: 'eu.77-a' });
    const after = await reads(`${page}&after=eu.77-a`);
    expect(after.body).toEqual({ certificates: [], next: null });
    const { body: told } = await reads(`${path}/history`);
    expect(told.steps[0].line).toContain('issued EU/77-A for 5.00 ct of ***');
    expect((await reads('/v1/certificates/EU99')).status).toBe(404);
  });

  it('make a piece of jewellery that changes hands like other goods', async () => {
    const make = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4200 };
    expect((await jeweller.post('/v1/jewellery/ring-7/make-item', make)).status).toBe(201);
    const release = { to: 'graff', purpose: 'vault' };
    const released = await jeweller.post('/v1/jewellery/ring-7/release-custody', release);
    expect(released.body).toMatchObject({ stream: 'jewellery-ring-7', revision: 1 });
    expect(released.headers.get('location')).toBe('/v1/jewellery/ring-7');
    const { body } = await reads('/v1/jewellery/ring-7');
    expect(body).toMatchObject({
      description: 'ring',
      custody: { custodian: 'maison', releasedTo: 'graff' },
      title: { owner: 'maison', basis: 'made' },
    });
    expect((await reads('/v1/jewellery/ring-7/history')).body.steps).toHaveLength(2);
  });

  it('pack it, and list the shipment by its consignor', async () => {
    const shipment = {
      consignee: 'graff',
      from: 'BE',
      to: 'GB',
      goods: [{ stream: 'jewellery-ring-7', hs: '711319', mct: 21_000 }],
      parcels: 1,
    };
    const packed = await jeweller.post('/v1/shipments/s-1/create-shipment', shipment);
    expect(packed.status).toBe(201);
    expect((await reads('/v1/shipments?consignor=maison')).body.shipments).toMatchObject([
      { id: 's-1', status: 'packed', goods: shipment.goods },
    ]);
    expect((await reads('/v1/shipments/s-1')).body).toMatchObject({ quarantined: false });
  });

  it('quote a report that nobody issued here', async () => {
    const quote = { laboratory: 'hrd-office', reportNo: '77', on: 'offer' };
    expect((await jeweller.post('/v1/reports/hrd-office.77/quote-report', quote)).status).toBe(201);
    expect((await reads('/v1/reports/hrd-office.77')).body).toMatchObject({
      status: 'unknown',
      quoted: 1,
    });
  });

  it('tell what lies on a piece of jewellery, as they do of other goods', async () => {
    const make = { description: 'brooch', metal: 'gold', fineness: 750, grossMg: 4200 };
    await jeweller.post('/v1/jewellery/brooch/make-item', make);
    const theft = { policeRef: 'A-44', circumstances: 'taken from the window' };
    expect((await jeweller.post('/v1/jewellery/brooch/report-theft', theft)).status).toBe(201);
    const { body } = await reads('/v1/jewellery/brooch');
    expect(body.bonds).toMatchObject({ standing: 'stolen', missing: 'stolen' });
  });

  it('show what was struck out of the history of a paper or a piece of jewellery', async () => {
    const at = day('2025-05-01');
    const made = { description: 'rong', metal: 'gold', fineness: 750, grossMg: 4_000, at };
    await jeweller.post('/v1/jewellery/band/make-item', made);
    const corrected = await jeweller.post('/v1/jewellery/band/correct-record', {
      target: 0,
      changes: [{ field: 'data.description', to: 'ring' }],
      reason: 'misspelt',
      documents: [{ type: 'note', sha256: 'ab'.repeat(32) }],
      at,
    });
    expect(corrected.status).toBe(201);
    const { body, status } = await reads('/v1/jewellery/band/history');
    expect(status).toBe(200);
    expect(body.steps[0].corrections).toMatchObject([
      { kind: 'corrected', changes: [{ from: 'rong', to: 'ring' }], position: expect.any(String) },
    ]);
  });

  it('tell who owned a party, and since when, although it was said after a key was issued', async () => {
    const said = { shareholders: [{ name: 'A fund', ppm: 500_000 }], at: day('2024-01-01') };
    const { body: told, status } = await service.operator.post(
      '/v1/parties/graff/declare-ownership',
      said,
    );
    expect(status).toBe(201);
    const shareholders = [{ name: 'A fund', ppm: 400_000 }];
    const slip = [{ type: 'register of shareholders', sha256: 'ab'.repeat(32) }];
    const corrected = await service.operator.post('/v1/parties/graff/correct-record', {
      target: told.revision,
      changes: [{ field: 'data.shareholders.0.ppm', to: 400_000 }],
      reason: 'misread',
      documents: slip,
    });
    expect(corrected.body.detail ?? '').toBe('');
    const { body: party } = await reads('/v1/parties/graff');
    expect(party.owners).toEqual([{ from: '2024-01-01', shareholders }]);
    const { body: then } = await reads('/v1/parties/graff?valid-at=2024-06-01');
    expect(then).toMatchObject({ owners: [{ from: '2024-01-01', shareholders }], keys: [] });
    const { body: lived } = await reads('/v1/parties/graff/history');
    const step = lived.steps.find((each: { type: string }) => each.type === 'OwnershipDeclared');
    expect(step.corrections[0]).toMatchObject({ reason: 'misread', by: 'registry' });
    expect((await reads('/v1/parties/nobody/history')).status).toBe(404);
  });
});
