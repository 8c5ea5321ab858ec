import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { serve } from '#test/e2e/service';

const weighed = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const on = (time: string) => ({ time, precision: 'day' });

describe('a stone from the mine to the sale, over HTTP', () => {
  let service: Service;
  let mine: Client;
  let cutter: Client;
  let lab: Client;
  let buyer: Client;

  beforeAll(async () => {
    service = await serve();
    mine = await service.party('siberian-mine', ['producer', 'dealer']);
    cutter = await service.party('smolensk-cutter', ['cutter']);
    lab = await service.party('a-lab', ['laboratory']);
    buyer = await service.party('antwerp-broker', ['dealer']);
  });

  afterAll(() => service.close());

  it('begins with registered parties, whose secrets nobody can read', async () => {
    const issued = await created(
      buyer.post('/v1/parties/antwerp-broker/keys', { roles: ['dealer'], label: 'second' }),
    );
    const { position, key, keyId } = issued.body;
    const { status, body } = await mine.get(`/v1/parties/antwerp-broker?at-least=${position}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 'antwerp-broker', country: 'BE' });
    expect(body.keys.map(({ label }: { label: string | null }) => label)).toContain('second');
    expect(key).toMatch(new RegExp(`^adm_${keyId}_`));
    expect(JSON.stringify(body)).not.toMatch(/secret|sha256/i);
  });

  it('is recovered, named, released and accepted, each by the party whose act it is', async () => {
    const recovered = await created(
      mine.post('/v1/stones/dawn/recover-rough', {
        mineId: 'ru-ebelyakh',
        weight: weighed(5_000),
        at: on('2023-06-01'),
        place: { country: 'RU' },
      }),
    );
    expect(recovered.headers.get('etag')).toBe('"0"');
    expect(recovered.headers.get('location')).toBe('/v1/stones/dawn');
    expect(recovered.body).toMatchObject({
      stream: 'stone-dawn',
      revision: 0,
      position: expect.stringMatching(/^\d+$/),
      events: [{ type: 'RoughDiamondRecovered', revision: 0 }],
      replayed: false,
    });
    const at = on('2023-06-10');
    await created(mine.post('/v1/stones/dawn/name-stone', { name: 'Рассвет', language: 'ru', at }));
    await created(
      mine.post('/v1/stones/dawn/release-custody', {
        to: 'smolensk-cutter',
        purpose: 'cutting',
        sealNo: 'SEAL-7',
        at: on('2023-07-01'),
      }),
    );
    const accepted = await created(
      cutter.post('/v1/stones/dawn/accept-custody', {
        weight: weighed(5_000),
        at: on('2023-07-03'),
      }),
    );
    const { body } = await mine.get(`/v1/stones/dawn?at-least=${accepted.body.position}`);
    expect(body).toMatchObject({
      id: 'dawn',
      form: 'rough',
      weight: weighed(5_000),
      custody: { custodian: 'smolensk-cutter' },
      title: { owner: 'siberian-mine' },
      origin: { origin: { countries: [{ country: 'RU' }] } },
    });
  });

  it('is cut: the polished stone has a stream of its own at once', async () => {
    const act = (name: string, body: object) =>
      created(
        cutter.post(`/v1/stones/dawn/${name}`, {
          at: on('2024-01-10'),
          place: { country: 'RU' },
          ...body,
        }),
      );
    await act('start-manufacturing', { orderNo: 'ORDER-7', craftsmen: 15 });
    await act('approve-cutting-plan', {
      planNo: 'PLAN-1',
      outputs: [{ shape: 'cushion', plannedMct: 2_500 }],
    });
    await act('produce-polished', {
      weight: weighed(2_510),
      shape: 'cushion',
      colour: 'Fancy Vivid Yellow',
      name: 'New Sun',
    });
    await act('record-loss', { weight: weighed(2_490), cause: 'polishing' });
    const closed = await act('close-manufacturing', {});
    const atLeast = `at-least=${closed.headers.get('adamant-position')}`;
    const stone = await mine.get(`/v1/stones/dawn.1?${atLeast}`);
    expect(stone.body).toMatchObject({
      form: 'polished',
      names: ['New Sun'],
      custody: { custodian: 'smolensk-cutter' },
      title: { owner: 'siberian-mine' },
    });
    const lineage = await mine.get(`/v1/stones/dawn.1/lineage?${atLeast}`);
    expect(lineage.body.edges).toMatchObject([
      { parent: 'stone-dawn', child: 'stone-dawn.1', kind: 'polished', yieldPpm: 502_000 },
    ]);
    const rough = await mine.get(`/v1/stones/dawn?${atLeast}`);
    expect(rough.body.consumed).toBe(true);
  });

  it('is graded, inscribed, offered and sold', async () => {
    const path = '/v1/stones/dawn.1';
    const at = on('2024-03-01');
    const report = { laboratory: 'a-lab', reportNo: '2211234567' };
    await created(
      lab.post(`${path}/issue-report`, { reportNo: '2211234567', weight: weighed(2_510), at }),
    );
    await created(cutter.post(`${path}/match-report`, { ...report, method: 'measured', at }));
    await created(
      cutter.post(`${path}/inscribe-stone`, { text: 'LAB 2211234567', location: 'girdle', at }),
    );
    await created(mine.post(`${path}/offer-for-sale`, { channel: 'tender', lotNo: 'LOT-17', at }));
    const price = { minor: 1_250_000, currency: 'USD' };
    await created(mine.post(`${path}/award-lot`, { buyer: 'antwerp-broker', price, at }));
    await created(
      mine.post(`${path}/transfer-title`, { to: 'antwerp-broker', basis: 'sale', price, at }),
    );
    await created(
      cutter.post(`${path}/release-custody`, { to: 'antwerp-broker', purpose: 'sale', at }),
    );
    const last = await created(
      buyer.post(`${path}/accept-custody`, { at, place: { country: 'BE' } }),
    );
    const { body } = await buyer.get(`${path}?at-least=${last.body.position}`);
    expect(body).toMatchObject({
      custody: { custodian: 'antwerp-broker' },
      title: { owner: 'antwerp-broker' },
      reports: [report],
      inscription: 'LAB 2211234567',
    });
  });

  it('tells its whole history, from the mine on', async () => {
    const { body } = await buyer.get('/v1/stones/dawn.1/history');
    const types = body.steps.map(({ type }: { type: string }) => type);
    expect(types.slice(0, 4)).toEqual([
      'RoughDiamondRecovered',
      'StoneNamed',
      'CustodyReleased',
      'CustodyAccepted',
    ]);
    expect(types.at(-1)).toBe('CustodyAccepted');
    expect(body.title.map(({ owner }: { owner: string }) => owner)).toEqual([
      'siberian-mine',
      'antwerp-broker',
    ]);
  });

  it.each(['2211234567', 'LAB 2211', 'seal 7', 'рассвет', 'lot-17', 'order-7'])(
    'is found by %s',
    async (text) => {
      const { body } = await buyer.get(`/v1/search?q=${encodeURIComponent(text)}`);
      expect(body.hits.map(({ id }: { id: string }) => id)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^dawn/)]),
      );
    },
  );

  it('may or may not be imported, depending on the day', async () => {
    const verdict = async (query: string) =>
      (await buyer.get(`/v1/stones/dawn.1/sanctions?${query}`)).body;
    const before = await verdict('jurisdiction=EU&on=2023-12-31');
    expect(before).toMatchObject({ jurisdiction: 'EU', on: '2023-12-31', act: 'import' });
    expect(before.verdict.outcome).toBe('CLEAR');
    const after = await verdict('jurisdiction=EU&on=2024-09-01');
    expect(after.verdict).toMatchObject({
      outcome: 'PROHIBITED',
      rule: expect.stringMatching(/^EU/),
    });
    expect(after.verdict.citation).not.toBe('');
  });
});

describe('a parcel, over HTTP', () => {
  let service: Service;
  beforeAll(async () => {
    service = await serve();
  });
  afterAll(() => service.close());

  it('is recovered, split, singled out and mixed; parts open at once', async () => {
    const mine = await service.party('siberian-mine', ['producer']);
    const month = { time: '2024-03', precision: 'month' };
    const act = (id: string, name: string, body: object) =>
      created(mine.post(`/v1/parcels/${id}/${name}`, body));
    const content = (mct: number, pieces: number) => ({ weight: weighed(mct), pieces });
    const lot = { mineId: 'ru-ebelyakh', from: month, to: month, content: content(900_000, 900) };
    await act('lot-7', 'recover-lot', { ...lot, at: on('2024-04-01') });
    await act('lot-7', 'split-parcel', { parts: [{ content: content(100_000, 100) }] });
    await act('lot-7', 'single-out-stone', { weight: weighed(12_000), colour: 'yellow' });
    await act('lot-7.1', 'release-custody', { to: 'registry', purpose: 'vault' });
    const mixed = await act('lot-7', 'mix-parcel', { into: 'lot-9' });
    const read = (path: string) =>
      mine.get(`${path}?at-least=${mixed.headers.get('adamant-position')}`);
    expect((await read('/v1/stones/lot-7~2')).body).toMatchObject({ weight: weighed(12_000) });
    expect((await read('/v1/parcels/lot-7.1')).body).toMatchObject({ releasedTo: 'registry' });
    expect((await read('/v1/parcels/lot-9')).body).toMatchObject({
      form: 'parcel',
      weight: { mct: 788_000 },
    });
    expect((await read('/v1/parcels/lot-7')).body.consumed).toBe(true);
    expect((await read('/v1/parcels/lot-7.1/sanctions')).body.verdict.outcome).toBe('PROHIBITED');
  });
});
