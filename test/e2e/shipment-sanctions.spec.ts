import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const on = (time: string) => ({ time, precision: 'day' });
const belgian = { country: 'BE' };
const weight = { mct: 2_000, qualifier: 'eq', basis: 'weighed' };
const document = { type: 'invoice', sha256: 'ab'.repeat(32) };

describe('what import measures say of shipments and jewellery, over HTTP', () => {
  let service: Service;
  let mine: Client;
  /** Position of the packing. */
  let packed = '';

  beforeAll(async () => {
    service = await serve();
    mine = await service.party('karowe', ['producer', 'dealer', 'jeweller']);
    await service.party('graff', ['dealer']);
    const recover = { mineId: 'bw-karowe', weight, at: on('2024-03-10') };
    await created(mine.post('/v1/stones/rough/recover-rough', recover));
    const make = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4_200 };
    const inRussia = { place: { country: 'RU' }, at: on('2024-03-11') };
    await created(mine.post('/v1/jewellery/ring/make-item', { ...make, ...inRussia }));
    const shipment = {
      consignee: 'graff',
      from: 'BW',
      to: 'BE',
      goods: [
        { stream: 'stone-rough', hs: '710231', mct: 2_000 },
        { stream: 'jewellery-ring', hs: '711319', mct: 21_000 },
      ],
      parcels: 1,
      at: on('2024-05-01'),
    };
    const create = '/v1/shipments/s-1/create-shipment';
    packed = (await created(mine.post(create, shipment))).body.position;
    const paper = {
      kind: 'kimberley-certificate',
      number: 'BW0012345',
      origin: { kind: 'single', country: 'BW' },
    };
    await created(
      mine.post('/v1/stones/rough/attach-evidence', {
        evidenceNo: 'EV-1',
        paper,
        document,
        at: on('2024-06-01'),
        place: belgian,
      }),
    );
  });
  afterAll(() => service.close());

  const read = async (path: string) => {
    const { status, body } = await mine.get(`${path}&at-least=${String(await service.end())}`);
    return status === 200 ? body : { status, code: body.code };
  };
  const ofShipment = (question: string) => read(`/v1/shipments/s-1/sanctions?${question}`);
  type Told = Readonly<{ subject: string; verdict: { outcome: string; rule: string } }>;
  const outcomes = ({ goods }: { goods: readonly Told[] }) =>
    goods.map(({ subject, verdict }) => [subject, verdict.outcome]);

  it('the worst over the goods in it, with each of them named and who has them', async () => {
    const body = await ofShipment('jurisdiction=EU&on=2025-04-04');
    expect(body).toMatchObject({
      category: 'shipment',
      id: 's-1',
      jurisdiction: 'EU',
      on: '2025-04-04',
      act: 'import',
      outcome: 'PROHIBITED',
    });
    expect(outcomes(body)).toEqual([
      ['stone-rough', 'CLEAR'],
      ['jewellery-ring', 'PROHIBITED'],
    ]);
    for (const { subject, ...told } of body.goods) {
      const [category = '', id] = subject.split(/-(.*)/);
      const path = `/v1/${category === 'stone' ? 'stones' : category}/${id}/sanctions`;
      const { verdict, counterparties } = await read(`${path}?jurisdiction=EU&on=2025-04-04`);
      expect(told).toEqual({ verdict, counterparties });
    }
  });

  it('as it would have been said by what had happened or was known then', async () => {
    const before = await ofShipment('jurisdiction=EU&on=2025-04-04&valid-at=2024-05-31');
    expect(outcomes(before)).toEqual([
      ['stone-rough', 'REQUIRES_EVIDENCE'],
      ['jewellery-ring', 'PROHIBITED'],
    ]);
    expect(outcomes(await ofShipment(`on=2025-04-04&known-at=${packed}`))).toEqual(
      outcomes(before),
    );
    expect(await ofShipment('valid-at=2024-04-30')).toEqual({
      status: 404,
      code: 'unknown-shipment',
    });
  });

  it('by the rules, the act and the circumstances that are asked for', async () => {
    const { outcome, goods } = await ofShipment(
      'jurisdiction=EU&on=2025-04-04&use=personal&rules=2026.1',
    );
    expect({ outcome, goods }).toMatchObject({
      outcome: 'EXEMPT',
      goods: [{ verdict: { ruleBookVersion: '2026.1' } }, { verdict: { rule: 'EU-X1' } }],
    });
    expect(await ofShipment('rules=2030.1')).toMatchObject({ code: 'unknown-rule-book-version' });
    expect(await ofShipment('jurisdiction=XX')).toMatchObject({ code: 'unknown-jurisdiction' });
    expect((await ofShipment('on=2025-02-30')).status).toBe(422);
  });

  it('nothing of a shipment that is not there', async () => {
    const none = await read('/v1/shipments/s-2/sanctions?jurisdiction=EU');
    expect(none).toEqual({ status: 404, code: 'unknown-shipment' });
  });

  it('keeps back what is packed with goods that may not enter, before it leaves and as of then', async () => {
    const ask = (goods: string, more = '') =>
      read(`/v1/preflight?to=EU&on=2025-04-04&goods=${goods}${more}`);
    const all = await ask('shipment-s-1');
    expect(all).toMatchObject({ ready: false, outcome: 'PROHIBITED' });
    expect(all.items.map(({ id }: { id: string }) => id)).toEqual([
      'stone-rough',
      'jewellery-ring',
    ]);
    expect((await ask('jewellery-ring')).items).toEqual([all.items[1]]);
    expect((await ask('shipment-s-1,stone-rough')).items).toEqual(all.items);
    const then = await ask('shipment-s-1', '&valid-at=2024-05-31');
    expect(then.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'REQUIRES_EVIDENCE',
      'PROHIBITED',
    ]);
    const asked = await ask('shipment-s-1', '&valid-at=2024-04-30');
    expect(asked).toEqual({ status: 422, code: 'not-found' });
    expect((await ask('shipment-none')).code).toBe('not-found');
  });

  it('is UNDETERMINED where no measure is known, in words of its own, and never CLEAR', async () => {
    const india = await ofShipment('jurisdiction=IN&on=2025-04-04');
    expect(india).toMatchObject({
      outcome: 'UNDETERMINED',
      goods: [{ verdict: { rule: 'NO_MEASURE_FOUND', factsMissing: ['law'] } }, {}],
    });
    const zealand = await read('/v1/stones/rough/sanctions?jurisdiction=NZ&on=2025-04-04');
    expect(zealand.verdict).toMatchObject({ outcome: 'UNDETERMINED', rule: 'NZ-U1' });
    const preflight = await read('/v1/preflight?to=IN&on=2025-04-04&goods=stone-rough');
    expect(preflight).toMatchObject({ ready: false, outcome: 'UNDETERMINED', staleRisk: true });
    const listed = await read('/v1/sanctions?jurisdiction=IN');
    expect(listed.code).toBe('unknown-jurisdiction');
  });
});
