import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PartyRole } from '#events/values';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';
import { replay } from '#libs/views/replay';
import type { ViewReader } from '#libs/views/views';
import { certificateOf, certificatesBy, standingOn } from '#projections/certificates';
import { custodyChain, custodyOf } from '#projections/custody';
import { historyOf } from '#projections/history/told';
import { itemOf } from '#projections/jewellery';
import { paperFileOf } from '#projections/paper-file';
import { projections } from '#projections/projections';
import { reportOf } from '#projections/reports';
import { find } from '#projections/search';
import { shipmentOf } from '#projections/shipments';
import { titleOf } from '#projections/title';
import { unfinishedNow } from '#projections/unfinished';
import { content } from '#test/support/kimberley';

const now = '2025-04-30T12:00:00Z';
const roles: Readonly<Record<string, readonly PartyRole[]>> = {
  registry: ['operator'],
  alrosa: ['producer', 'dealer', 'jeweller'],
  kgk: ['dealer'],
  gokhran: ['authority'],
  gjepc: ['authority'],
  gia: ['laboratory'],
};

const weight = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const paper = 'certificate-ru0012345';
const gem = {
  type: 'OpenHistory',
  form: 'polished',
  weight: weight(1010),
  origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
  owner: 'alrosa',
  basis: 'bought',
};
const goods = [{ stream: 'stone-dawn', hs: '710231', mct: 236_000 }];
const seal = { type: 'SealContainer', sealNo: 'SEAL-1' };
const sale = { receiptNo: 'R-1', buyerRef: 'c-7f3a91b2' };

const story: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  [
    'stone-dawn',
    'alrosa',
    { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: weight(236_000) },
  ],
  [paper, 'gokhran', { type: 'IssueCertificate', number: 'RU0012345', ...content }],
  [
    paper,
    'gokhran',
    { type: 'ValidateCertificate', signatory: 'P', check: 'opened', sealNo: 'SEAL-1' },
  ],
  [
    'shipment-s1',
    'alrosa',
    { type: 'CreateShipment', consignee: 'kgk', from: 'RU', to: 'IN', goods, parcels: 1 },
  ],
  ['shipment-s1', 'alrosa', { type: 'AttachCertificate', number: 'RU0012345' }],
  ['shipment-s1', 'gokhran', seal],
  ['shipment-s1', 'alrosa', { type: 'DispatchShipment', carrier: 'Malca-Amit', waybill: 'AWB-7' }],
  ['shipment-s1', 'alrosa', { type: 'RecordTransit', country: 'AE' }],
  [paper, 'gjepc', { type: 'SuspectForgery', number: 'RU0012345', check: 'other', finding: 'x' }],
  [paper, 'gokhran', { type: 'DismissSuspicion', reply: 'ours' }],
  ['shipment-s1', 'kgk', { type: 'ArriveShipment', parcels: 2 }],
  ['stone-gem', 'alrosa', gem],
  ['stone-gem', 'gia', { type: 'IssueReport', reportNo: 'GR-77', weight: weight(1010) }],
  [
    'stone-gem',
    'alrosa',
    { type: 'MatchReport', laboratory: 'gia', reportNo: 'GR-77', method: 'seen' },
  ],
  [
    'report-gia.gr-77',
    'kgk',
    { type: 'QuoteReport', laboratory: 'gia', reportNo: 'GR-77', on: 'offer' },
  ],
  [
    'jewellery-ring',
    'alrosa',
    { type: 'MakeItem', description: 'ring', metal: 'gold', fineness: 750, grossMg: 4000 },
  ],
  ['stone-gem', 'alrosa', { type: 'SetStone', item: 'ring' }],
  [
    'jewellery-ring',
    'gokhran',
    { type: 'ApplyHallmark', fineness: 750, mark: '750', uin: '6430000012345678' },
  ],
  ['jewellery-ring', 'alrosa', { type: 'SellAtRetail', ...sale }],
];

let views: ViewReader;

beforeAll(async () => {
  const store = memoryStore({ ledger: 'test' });
  const ledger = openLedger(store, () => now);
  let ids = 0;
  const act = (stream: string, by: string, said: object) => {
    ids += 1;
    const id = `01960000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
    const at = { time: '2025-04-04', precision: 'day' };
    const dash = stream.indexOf('-');
    const command = { ...said, meta: { id, by, roles: roles[by], now, at } };
    const asked = { category: stream.slice(0, dash), id: stream.slice(dash + 1), command };
    return ledger.execute(asked as unknown as LedgerCommand);
  };
  for (const [id, held] of Object.entries(roles)) {
    const country = id === 'kgk' || id === 'gjepc' ? 'IN' : 'RU';
    await act(`party-${id}`, 'registry', { type: 'RegisterParty', name: id, country, roles: held });
  }
  for (const [stream, by, said] of story) await act(stream, by, said);
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  views = await replay(projections, events, '2025-04-30');
});

describe('the views of papers', () => {
  it('tell where a certificate stands and what is on it', async () => {
    expect(await certificateOf(views, 'ru0012345')).toMatchObject({
      number: 'RU0012345',
      status: 'in-use',
      doubt: null,
      shipment: 's1',
      seal_no: 'SEAL-1',
      total_mct: 236_000,
      authority: 'gokhran',
    });
    expect(await certificatesBy(views, { participant: 'RU' }, 10)).toHaveLength(1);
    expect(await certificatesBy(views, { participant: 'RU' }, 10, 'ru0012345')).toHaveLength(0);
    expect(await certificatesBy(views, { status: 'issued' }, 10)).toHaveLength(0);
  });

  it('tell where a shipment stands, by which rule it left and what was wrong', async () => {
    expect(await shipmentOf(views, 's1')).toMatchObject({
      status: 'arrived',
      certificate: 'RU0012345',
      quarantined: 0,
      transited: ['AE'],
      findings: ['parcels-differ'],
      border: { need: 'certificate', number: 'RU0012345' },
    });
  });

  it('tell what a report was quoted and compared for', async () => {
    expect(await reportOf(views, 'gia.gr-77')).toMatchObject({
      status: 'live',
      stone: 'gem',
      quoted: 1,
      matched: ['gem'],
    });
  });

  it('tell a piece of jewellery, its stones and marks, and that a consumer has it', async () => {
    expect(await itemOf(views, 'ring')).toMatchObject({
      status: 'with-consumer',
      stones: [{ stone: 'gem', position: null }],
      hallmarks: [{ country: 'RU', uin: '6430000012345678' }],
    });
    expect(await custodyOf(views, 'jewellery-ring')).toMatchObject({ consumed: 1 });
    expect(await custodyChain(views, 'jewellery-ring')).toMatchObject([{ basis: 'made' }]);
    expect(await titleOf(views, 'jewellery-ring')).toMatchObject({ owner: null, basis: 'retail' });
    expect((await paperFileOf(views, 'jewellery-ring', '2025-04-30'))?.row).toMatchObject({
      owner: null,
      custodian: null,
      bonds: { standing: 'clear' },
    });
  });

  it('tell that a certificate nobody used has expired, from the day after', async () => {
    const row = await certificateOf(views, 'ru0012345');
    if (!row) throw new Error('the certificate is not there');
    const open = { ...row, status: 'validated', expires_on: '2025-06-03' };
    expect(standingOn(open, '2025-06-03')).toBe('validated');
    expect(standingOn(open, '2025-06-04')).toBe('expired');
    expect(standingOn({ ...open, status: 'in-use' }, '2025-06-04')).toBe('in-use');
    expect((await paperFileOf(views, 'certificate-ru0012345', '2025-06-04'))?.row).toMatchObject({
      standing: 'in-use',
    });
  });
});

it('tells every step in words', async () => {
  const lines = (await historyOf(views, 'shipment-s1')).map(({ line }) => line);
  expect(lines).toEqual([
    'alrosa packed 1 item for kgk, RU to IN',
    'to travel under certificate RU0012345',
    'gokhran sealed the container with SEAL-1',
    'left with Malca-Amit, under certificate RU0012345',
    'passed through AE',
    'in quarantine: certificate RU0012345 is doubted by gjepc',
    'out of quarantine: certificate RU0012345 is genuine',
    'kgk received it, 2 parcels: parcels-differ',
  ]);
});

it.each([
  ['RU-0012345', 'certificate-ru0012345'],
  ['AWB-7', 'shipment-s1'],
  ['6430000012345678', 'jewellery-ring'],
  ['R-1', 'jewellery-ring'],
  ['GR-77', 'report-gia.gr-77'],
])('finds %s', async (text, subject) => {
  expect((await find(views, text)).map((hit) => hit.subject)).toContain(subject);
});

it('leaves nothing under way', async () => {
  expect(await unfinishedNow(views, 10)).toEqual([]);
});
