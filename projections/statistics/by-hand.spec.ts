import { beforeAll, describe, expect, it } from '@jest/globals';
import { replay } from '#libs/views/replay';
import { effective } from '#libs/decider/effective';
import { asCsv, filingOf } from '#projections/statistics/filing';
import { reconciliation } from '#projections/statistics/reconcile';
import { statistics } from '#projections/statistics/statistics';
import { allFigures } from '#projections/statistics/totals';
import { actingLedger } from '#test/support/acting';
import type { Said } from '#test/support/acting';
import { dump, firstDifference } from '#test/support/dump';
import { mct } from '#test/support/given';
import { keptUp } from '#test/support/kept-up';
import { content } from '#test/support/kimberley';

/*
 * Two years of two countries, the figures worked out on paper from the acts (carats, US$).
 *
 * Recovered          when        carats                 first value
 *   parcel-lot   RU  2023-12     100                    10,000, corrected to 12,000
 *   stone-dawn   RU  2024-02-10   20, corrected to 21    5,000
 *   parcel-dusk  RU  to 2024-03-31, corrected to 2024-04-02
 *                                 10
 *   stone-panna  IN  2024-06-05    5
 * Divided: lot into 50 (.1), 30 (.2), 19 (.3) and 1 lost; .1 gives 20 (.1.1), so 30 are left; in India a
 * stone of 10 comes out of .1, of which 4.5 are polished and 5.5 lost.
 *
 * Certificates, all to the other country
 *   RU0000004  issued 2023-12-20  voided 2024-01-02
 *   RU0000009  issued 2024-01-15  40 in 7102.31: wrong, replaced 2024-01-20 by
 *   RU0000001  issued 2024-01-20  30 in 7102.31 for 9,000, 30 in 7102.21 for 3,000
 *                                 left 2024-01-25, received 2024-04-02, confirmed as 60.003
 *   RU0000002  issued 2024-05-01  12, amended to 10 in 7102.10 for 1,000; left 2024-05-03, not confirmed
 *   RU0000003  issued 2024-06-01  never used, expires 2024-07-01
 *   IN0000001  issued 2024-06-10   5 in 7102.31 for 500; left 2024-06-20, received 2024-07-05
 * A confirmation weighs within what scales err by: both countries file the carats of the certificate.
 *
 * Books: recovered 100 + 21 + 10 + 5 = 136; lost 1 + 5.5 = 6.5; there still
 *   20 (.1) + 20 (.1.1) + 30 (.2) + 19 (.3) + 4.5 + 21 + 10 + 5 = 129.5
 */

const today = '2025-12-31';
const usd = (dollars: number) => ({ minor: dollars * 100, currency: 'USD' });
const proof = { documents: [{ type: 'slip', sha256: 'a'.repeat(64) }] };
const correct = (target: number, field: string, to: unknown) =>
  ({ type: 'CorrectRecord', target, changes: [{ field, to }], reason: 'misread' }) as const;

type Ledger = Awaited<ReturnType<typeof actingLedger>>;
let ledger: Ledger;

const line = (hs: string, carats: number, dollars: number) =>
  ({ hs, mct: carats * 1_000, value: usd(dollars) }) as const;

const fromRussia = {
  ...content,
  exporter: { party: 'alrosa', name: 'ALROSA', address: 'Moscow' },
  importer: { party: 'kgk', name: 'KGK', address: 'Jaipur' },
};
const fromIndia = {
  ...content,
  origin: { kind: 'single', country: 'IN' },
  exporter: { party: 'kgk', name: 'KGK', address: 'Jaipur' },
  importer: { party: 'alrosa', name: 'ALROSA', address: 'Moscow' },
  exportingCountry: 'IN',
  importingCountry: 'RU',
};

const by = (who: string, on: string) => (stream: string, said: Said) =>
  ledger.act(stream, who, said, { on, ...proof });

async function produced() {
  const { act } = ledger;
  const december = { time: '2023-12', precision: 'month' } as const;
  const lot = { mineId: 'ru-ebelyakh', from: december, to: december };
  const recover = { type: 'RecoverLot', ...lot, content: { weight: mct(100_000) } };
  await act('parcel-lot', 'alrosa', recover, { at: december });
  const value = (dollars: number) =>
    ({ type: 'ValueRough', valuer: 'dsc', priceBook: 'P-1', value: usd(dollars) }) as const;
  await by('alrosa', '2024-01-03')('parcel-lot', value(10_000));
  const parts = [50_000, 30_000, 19_000].map((weight) => ({ content: { weight: mct(weight) } }));
  const sort = { type: 'SortParcel', parts, loss: mct(1_000) };
  await by('alrosa', '2024-01-04')('parcel-lot', sort);
  const split = { type: 'SplitParcel', parts: [{ content: { weight: mct(20_000) } }] };
  await by('alrosa', '2024-01-05')('parcel-lot.1', split);
  const rough = (carats: number, mineId = 'ru-ebelyakh') =>
    ({ type: 'RecoverRough', mineId, weight: mct(carats * 1_000) }) as const;
  await by('alrosa', '2024-02-10')('stone-dawn', rough(20));
  await by('alrosa', '2024-02-11')('stone-dawn', value(5_000));
  const march = { time: '2024-03-31', precision: 'day' } as const;
  const dusk = { mineId: 'ru-ebelyakh', from: march, to: march, content: { weight: mct(10_000) } };
  await by('alrosa', '2024-04-02')('parcel-dusk', { type: 'RecoverLot', ...dusk });
  await by('panna', '2024-06-05')('stone-panna', rough(5, 'in-panna-alluvial'));
  const sold = { type: 'TransferTitle', to: 'kgk', basis: 'sale' };
  await by('panna', '2024-06-06')('stone-panna', sold);
  const release = { type: 'ReleaseCustody', to: 'kgk', purpose: 'sale' };
  await by('panna', '2024-06-06')('stone-panna', release);
  await by('kgk', '2024-06-06')('stone-panna', { type: 'AcceptCustody' });
}

type Way = Readonly<{
  number: string;
  on: string;
  from?: 'RU' | 'IN';
  lines: readonly ReturnType<typeof line>[];
  replaces?: string;
  expiresOn?: string;
}>;

const paperOf = (number: string) => `certificate-${number.toLowerCase()}`;
const office = (country: string) => (country === 'RU' ? 'gokhran' : 'gjepc');

async function issued({ number, on, from = 'RU', lines, replaces, expiresOn }: Way) {
  const said = { ...(from === 'RU' ? fromRussia : fromIndia), issuedOn: on, lines };
  const days = { expiresOn: expiresOn ?? '2024-12-31', ...(replaces && { replaces }) };
  const issue = { type: 'IssueCertificate', number, ...said, ...days };
  await by(office(from), on)(paperOf(number), issue);
}

/** Under a certificate that is issued already. */
async function left(id: string, { number, on, from = 'RU', lines }: Way, ...streams: string[]) {
  const [consignor, consignee] = from === 'RU' ? ['alrosa', 'kgk'] : ['kgk', 'alrosa'];
  const to = from === 'RU' ? 'IN' : 'RU';
  const stamp = { type: 'ValidateCertificate', signatory: 'P', check: 'opened', sealNo: 'S' };
  await by(office(from), on)(paperOf(number), stamp);
  const goods = streams.map((stream, n) => ({ stream, hs: lines[n]?.hs, mct: lines[n]?.mct }));
  const journey = { type: 'CreateShipment', consignee, from, to, goods, parcels: 1 };
  await by(consignor, on)(`shipment-${id}`, journey);
  await by(consignor, on)(`shipment-${id}`, { type: 'AttachCertificate', number });
  await by(office(from), on)(`shipment-${id}`, { type: 'SealContainer', sealNo: 'S' });
  await by(consignor, on)(`shipment-${id}`, { type: 'DispatchShipment', carrier: 'a carrier' });
  return { consignor, consignee, to };
}

async function received(id: string, way: Way, on: string, weight: number, ...streams: string[]) {
  const { consignor, consignee, to } = await left(id, way, ...streams);
  const { number } = way;
  await by(consignee, on)(`shipment-${id}`, { type: 'ArriveShipment', parcels: 1, mct: weight });
  await by(consignee, on)(`shipment-${id}`, { type: 'UnpackShipment' });
  const parties = { importer: consignee, exporter: consignor, receivedOn: on };
  const confirm = { type: 'ConfirmImport', number, parcels: 1, mct: weight, ...parties };
  await by(office(to), on)(paperOf(number), confirm);
}

async function traded() {
  const old = { number: 'RU0000004', on: '2023-12-20', lines: [line('710231', 1, 10)] };
  await issued(old);
  const misprint = { type: 'VoidCertificate', reason: 'misprint' };
  await by('gokhran', '2024-01-02')(paperOf(old.number), misprint);
  await issued({ number: 'RU0000009', on: '2024-01-15', lines: [line('710231', 40, 9_000)] });
  const lines = [line('710231', 30, 9_000), line('710221', 30, 3_000)];
  const first = { number: 'RU0000001', on: '2024-01-20', lines, replaces: 'RU0000009' };
  await issued(first);
  const replace = { type: 'ReplaceCertificate', replacement: first.number, reason: 'carats' };
  await by('gokhran', '2024-01-20')(paperOf('RU0000009'), replace);
  const lots = ['parcel-lot.1', 'parcel-lot.2'];
  await received('s1', { ...first, on: '2024-01-25' }, '2024-04-02', 60_003, ...lots);
  const second = { number: 'RU0000002', on: '2024-05-01', lines: [line('710210', 10, 1_000)] };
  await issued({ ...second, lines: [line('710210', 12, 1_000)] });
  const says = { issuedOn: second.on, expiresOn: '2024-12-31', reason: 'miscounted' };
  const amend = { type: 'AmendCertificate', ...fromRussia, ...says, lines: second.lines };
  await by('gokhran', second.on)(paperOf(second.number), amend);
  await left('s2', { ...second, on: '2024-05-03' }, 'parcel-dusk');
  const unused = { number: 'RU0000003', on: '2024-06-01', expiresOn: '2024-07-01' };
  await issued({ ...unused, lines: [line('710231', 2, 20)] });
  const lines4 = [line('710231', 5, 500)];
  const back = { number: 'IN0000001', on: '2024-06-10', from: 'IN', lines: lines4 } as const;
  await issued(back);
  await received('s4', { ...back, on: '2024-06-20' }, '2024-07-05', 5_000, 'stone-panna');
}

async function worked() {
  const release = { type: 'ReleaseCustody', to: 'kgk', purpose: 'sale' };
  await by('alrosa', '2024-04-03')('parcel-lot.1', release);
  await by('kgk', '2024-04-04')('parcel-lot.1', { type: 'AcceptCustody' });
  const sold = { type: 'TransferTitle', to: 'kgk', basis: 'sale' };
  await by('alrosa', '2024-04-04')('parcel-lot.1', sold);
  await by('kgk', '2024-04-05')('parcel-lot.1', { type: 'SingleOutStone', weight: mct(10_000) });
  const stone = (said: Said) => by('kgk', '2024-04-06')('stone-lot.1~2', said);
  await stone({ type: 'StartManufacturing', orderNo: '1' });
  await stone({ type: 'ProducePolished', weight: mct(4_500) });
  await stone({ type: 'RecordLoss', weight: mct(5_500), cause: 'polishing' });
  await stone({ type: 'CloseManufacturing' });
}

/** What moves carats and values into another place of the tables. */
async function corrected() {
  const by2024 = by('alrosa', '2024-12-01');
  await by2024('stone-dawn', correct(0, 'data.weight', mct(21_000)));
  const april = { time: '2024-04-02', precision: 'day' };
  await by2024('parcel-dusk', correct(0, 'data.to', april));
  await by2024('parcel-lot', correct(1, 'data.value', usd(12_000)));
}

beforeAll(async () => {
  ledger = await actingLedger({
    alrosa: ['RU', 'producer', 'dealer'],
    panna: ['IN', 'producer', 'dealer'],
    kgk: ['IN', 'dealer', 'cutter'],
    gokhran: ['RU', 'authority'],
    gjepc: ['IN', 'authority'],
  });
  await produced();
  await traded();
  await worked();
  await corrected();
});

const header = 'country,period,flow,hs,partner,carats,currency,value_minor,certificates';

const filed: Readonly<Record<string, readonly string[]>> = {
  'RU 2023': ['RU,2023,production,710210,,100.000,USD,1200000,0', 'RU,2023,issued,,IN,0.000,,,1'],
  'RU 2024-Q1': [
    'RU,2024-Q1,production,710210,,21.000,USD,500000,0',
    'RU,2024-Q1,export,,IN,0.000,,,1',
    'RU,2024-Q1,export,710221,IN,30.000,USD,300000,0',
    'RU,2024-Q1,export,710231,IN,30.000,USD,900000,0',
    'RU,2024-Q1,issued,,IN,0.000,,,2',
    'RU,2024-Q1,voided,,IN,0.000,,,1',
    'RU,2024-Q1,replaced,,IN,0.000,,,1',
  ],
  'RU 2024-Q2': [
    'RU,2024-Q2,production,710210,,10.000,,,0',
    'RU,2024-Q2,export,,IN,0.000,,,1',
    'RU,2024-Q2,export,710210,IN,10.000,USD,100000,0',
    'RU,2024-Q2,issued,,IN,0.000,,,2',
  ],
  'RU 2024': [
    'RU,2024,production,710210,,31.000,USD,500000,0',
    'RU,2024,import,,IN,0.000,,,1',
    'RU,2024,import,710231,IN,5.000,USD,50000,0',
    'RU,2024,export,,IN,0.000,,,2',
    'RU,2024,export,710210,IN,10.000,USD,100000,0',
    'RU,2024,export,710221,IN,30.000,USD,300000,0',
    'RU,2024,export,710231,IN,30.000,USD,900000,0',
    'RU,2024,issued,,IN,0.000,,,4',
    'RU,2024,voided,,IN,0.000,,,1',
    'RU,2024,replaced,,IN,0.000,,,1',
  ],
  'IN 2023': [],
  'IN 2024-H1': [
    'IN,2024-H1,production,710210,,5.000,,,0',
    'IN,2024-H1,import,,RU,0.000,,,1',
    'IN,2024-H1,import,710221,RU,30.000,USD,300000,0',
    'IN,2024-H1,import,710231,RU,30.000,USD,900000,0',
    'IN,2024-H1,export,,RU,0.000,,,1',
    'IN,2024-H1,export,710231,RU,5.000,USD,50000,0',
    'IN,2024-H1,issued,,RU,0.000,,,1',
  ],
  'IN 2024-Q1': [],
  'IN 2024-H2': [],
};

describe('what was worked out on paper', () => {
  it.each(Object.entries(filed))('is filed for %s', async (asked, rows) => {
    const [country = '', period = ''] = asked.split(' ');
    const views = await keptUp([statistics], await ledger.events(), today);
    const anew = await replay([statistics], await ledger.events(), today);
    const kept = await dump(views, [statistics]);
    expect(firstDifference(kept, await dump(anew, [statistics]))).toBeUndefined();
    const filing = await filingOf(views, country, period, today);
    expect(asCsv(filing)).toBe([header, ...rows].map((row) => `${row}\r\n`).join(''));
    expect(filing.unplaced).toEqual([]);
    const told = filing.lines.map(({ flow, hs, partner, mct: weight, values, certificates }) => {
      const { USD: minor = '' } = values;
      const carats = (weight / 1_000).toFixed(3);
      const currency = minor === '' ? '' : 'USD';
      return [country, period, flow, hs, partner, carats, currency, minor, certificates].join();
    });
    expect(told).toEqual(rows);
  });

  it('closes the books: in = out + stock + loss', async () => {
    const events = await ledger.events();
    const books = reconciliation();
    const inForce = [...new Set(events.map(({ stream }) => stream))].flatMap((stream) =>
      effective(events.filter((event) => event.stream === stream)),
    );
    const ordered = inForce.toSorted((a, b) => Number(a.position - b.position));
    for (const event of ordered) books.take(event);
    const closed = books.close(await allFigures(await replay([statistics], events, today)));
    const same = (carats: number) => ({ least: carats * 1_000, most: carats * 1_000 });
    expect(closed).toMatchObject({
      recovered: same(136),
      broughtIn: same(0),
      split: same(0),
      out: same(0),
      stock: same(129.5),
      loss: same(6.5),
      goods: 10,
      differences: [],
    });
  });
});
