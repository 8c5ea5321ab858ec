import { beforeEach, describe, expect, it } from '@jest/globals';
import { replay } from '#libs/views/replay';
import { asCsv, filingOf } from '#projections/statistics/filing';
import { holds, periodOf, straddles } from '#projections/statistics/period';
import { statistics } from '#projections/statistics/statistics';
import { actingLedger } from '#test/support/acting';
import { mct } from '#test/support/given';
import { content } from '#test/support/kimberley';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const paper = 'certificate-ru0012345';
const value = (minor: number) => ({
  type: 'ValueRough',
  valuer: 'dsc',
  priceBook: 'P-1',
  value: usd(minor),
});

let ledger: Awaited<ReturnType<typeof actingLedger>>;

const filing = async (country: string, period: string) =>
  filingOf(
    await replay([statistics], await ledger.events(), '2025-12-31'),
    country,
    period,
    '2025-12-31',
  );

beforeEach(async () => {
  ledger = await actingLedger({
    alrosa: ['RU', 'producer', 'dealer'],
    kgk: ['IN', 'dealer'],
    gokhran: ['RU', 'authority'],
    gjepc: ['IN', 'authority'],
  });
});

async function exported() {
  const { act } = ledger;
  const rough = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(236_000) };
  await act('stone-dawn', 'alrosa', rough, { on: '2025-01-10' });
  await act(paper, 'gokhran', { type: 'IssueCertificate', number: 'RU0012345', ...content });
  const stamp = { type: 'ValidateCertificate', signatory: 'P', check: 'opened', sealNo: 'S-1' };
  await act(paper, 'gokhran', stamp);
  const goods = [{ stream: 'stone-dawn', hs: '710231', mct: 236_000 }];
  const journey = { consignee: 'kgk', from: 'RU', to: 'IN', goods, parcels: 1 };
  await act('shipment-s1', 'alrosa', { type: 'CreateShipment', ...journey });
  await act('shipment-s1', 'alrosa', { type: 'AttachCertificate', number: 'RU0012345' });
  await act('shipment-s1', 'gokhran', { type: 'SealContainer', sealNo: 'S-1' });
  const leave = { type: 'DispatchShipment', carrier: 'Malca-Amit' };
  await act('shipment-s1', 'alrosa', leave, { on: '2025-04-10' });
}

const none = { mct: 0, values: {}, certificates: 0 };

describe('production', () => {
  it('is counted at the mine’s country, valued while it is undivided', async () => {
    const { act } = ledger;
    const rough = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(10_000) };
    await act('stone-a', 'alrosa', rough, { on: '2025-01-10' });
    await act('stone-a', 'alrosa', value(500_000));
    await act('stone-a', 'alrosa', value(900_000));
    await act('stone-b', 'alrosa', rough, { on: '2025-06-30' });
    await act(
      'stone-b',
      'alrosa',
      { type: 'StartManufacturing', orderNo: '1' },
      { on: '2025-07-01' },
    );
    expect(await filing('RU', '2025-H1')).toEqual({
      country: 'RU',
      period: '2025-H1',
      lines: [
        {
          ...none,
          flow: 'production',
          hs: '710210',
          partner: '',
          mct: 20_000,
          values: { USD: 500_000 },
        },
      ],
      unplaced: [],
    });
    expect((await filing('RU', '2025-Q2')).lines).toMatchObject([{ mct: 10_000, values: {} }]);
    expect((await filing('BW', '2025')).lines).toEqual([]);
  });

  it('of a time that is not known to the quarter is told apart from what is', async () => {
    const rough = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(10_000) };
    const year = { time: '2024', precision: 'year' } as const;
    await ledger.act('stone-a', 'alrosa', rough, { at: year });
    expect((await filing('RU', '2024')).lines).toMatchObject([{ mct: 10_000 }]);
    const { lines, unplaced } = await filing('RU', '2024-H1');
    expect(lines).toEqual([]);
    expect(unplaced).toMatchObject([{ period: '2024', flow: 'production', mct: 10_000 }]);
  });
});

describe('trade in rough', () => {
  it('is exported by what its certificate says when it leaves, imported when confirmed', async () => {
    await exported();
    const line = { hs: '710231', mct: 236_000, values: { USD: 250_000_000 }, certificates: 0 };
    const one = { ...none, hs: '', certificates: 1 };
    expect((await filing('RU', '2025-Q2')).lines).toEqual([
      { ...one, flow: 'export', partner: 'IN' },
      { ...line, flow: 'export', partner: 'IN' },
      { ...one, flow: 'issued', partner: 'IN' },
    ]);
    expect((await filing('IN', '2025')).lines).toEqual([]);
    await ledger.act(
      'shipment-s1',
      'kgk',
      { type: 'ArriveShipment', parcels: 1 },
      { on: '2025-04-20' },
    );
    const confirm = { number: 'RU0012345', parcels: 1, mct: 236_000 };
    const parties = { importer: 'kgk', exporter: 'alrosa', receivedOn: '2025-04-21' };
    await ledger.act(
      paper,
      'gjepc',
      { type: 'ConfirmImport', ...confirm, ...parties },
      { on: '2025-05-02' },
    );
    expect((await filing('IN', '2025-Q2')).lines).toEqual([
      { ...one, flow: 'import', partner: 'RU' },
      { ...line, flow: 'import', partner: 'RU' },
    ]);
  });

  it('is exported by none of a certificate that was voided', async () => {
    await ledger.act(paper, 'gokhran', {
      type: 'IssueCertificate',
      number: 'RU0012345',
      ...content,
    });
    await ledger.act(paper, 'gokhran', { type: 'VoidCertificate', reason: 'misprint' });
    expect((await filing('RU', '2025')).lines.map(({ flow }) => flow)).toEqual([
      'issued',
      'voided',
    ]);
  });

  it('stands in CSV, a line for each currency', async () => {
    await exported();
    expect(asCsv(await filing('RU', '2025'))).toBe(
      [
        'country,period,flow,hs,partner,carats,currency,value_minor,certificates',
        'RU,2025,production,710210,,236.000,,,0',
        'RU,2025,export,,IN,0.000,,,1',
        'RU,2025,export,710231,IN,236.000,USD,250000000,0',
        'RU,2025,issued,,IN,0.000,,,1',
        '',
      ].join('\r\n'),
    );
  });
});

it('polished goods count by what was packed, and inside a country not at all', async () => {
  const unknown = { countries: [], mineIds: [], chainOfCustody: 'unknown' };
  const gem = { type: 'OpenHistory', form: 'polished', weight: mct(1_000), origin: unknown };
  const packed = async (n: number, to: string) => {
    await ledger.act(`stone-gem-${n}`, 'alrosa', { ...gem, owner: 'alrosa', basis: 'bought' });
    const goods = [{ stream: `stone-gem-${n}`, hs: '710239', mct: 1_000 }];
    const journey = { consignee: 'kgk', from: 'RU', to, goods, parcels: 1 };
    await ledger.act(`shipment-p${n}`, 'alrosa', { type: 'CreateShipment', ...journey });
    await ledger.act(`shipment-p${n}`, 'alrosa', { type: 'SealContainer', sealNo: 'S-1' });
    await ledger.act(`shipment-p${n}`, 'alrosa', { type: 'DispatchShipment', carrier: 'x' });
    await ledger.act(`shipment-p${n}`, 'kgk', { type: 'ArriveShipment', parcels: 1 });
  };
  await packed(1, 'IN');
  await packed(2, 'RU');
  const line = { ...none, hs: '710239', mct: 1_000 };
  expect((await filing('RU', '2025')).lines).toEqual([{ ...line, flow: 'export', partner: 'IN' }]);
  expect((await filing('IN', '2025')).lines).toEqual([{ ...line, flow: 'import', partner: 'RU' }]);
});

it.each([
  ['2025-03-31', '2025-Q1'],
  ['2025-04', '2025-Q2'],
  ['2025', '2025'],
])('%s lies in %s', (time, period) => {
  const precision = ({ 10: 'day', 7: 'month', 4: 'year' } as const)[time.length as 10 | 7 | 4];
  expect(periodOf({ time, precision })).toBe(period);
});

it('a period holds its parts, and straddles what it is part of', () => {
  const all = ['2025', '2025-H1', '2025-H2', '2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2024'];
  const inside = (period: string) => all.filter((other) => holds(period, other));
  expect(inside('2025')).toHaveLength(7);
  expect(inside('2025-H2')).toEqual(['2025-H2', '2025-Q3', '2025-Q4']);
  expect(inside('2025-Q1')).toEqual(['2025-Q1']);
  expect(all.filter((other) => straddles('2025-Q3', other))).toEqual(['2025', '2025-H2']);
});
