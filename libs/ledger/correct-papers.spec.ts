import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  certificateId,
  certificateStream,
  flagStream,
  reportId,
  reportStream,
} from '#events/streams';
import { effective, readAt } from '#libs/decider/effective';
import { replay } from '#libs/views/replay';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { actingLedger } from '#test/support/acting';
import { mct } from '#test/support/given';
import { content } from '#test/support/kimberley';

const paper = certificateStream(certificateId('RU0012345'));
const documents = [{ type: 'slip', sha256: 'ab'.repeat(32) }];
const dawn = { stream: 'stone-dawn', hs: '710231', mct: 236_000 };

let ledger: Awaited<ReturnType<typeof actingLedger>>;

const correction = (target: number, field: string, to: unknown) => ({
  type: 'CorrectRecord',
  target,
  changes: [{ field, to }],
  reason: 'a slip of the pen',
});
const annulment = (target: number) => ({ type: 'AnnulEvent', target, reason: 'not so' });

const correct = (stream: string, by: string, target: number, field: string, to: unknown) =>
  ledger.refusal(stream, by, correction(target, field, to), { on: '2025-06-20', documents });
const annul = (stream: string, by: string, target: number) =>
  ledger.refusal(stream, by, annulment(target), { on: '2025-06-20', documents });

async function reads(stream: string, revision: number, field: string): Promise<unknown> {
  const event = effective(await ledger.store.read(stream)).find(
    (each) => each.revision === revision,
  );
  return event && readAt(event, field);
}

async function found(): Promise<readonly string[]> {
  const views = await replay([flags], await ledger.events(), '2025-12-31');
  return (await flagsBy(views, { state: 'open' }, 100)).map(({ rule }) => rule);
}

beforeEach(async () => {
  ledger = await actingLedger({
    alrosa: ['RU', 'producer', 'dealer', 'cutter'],
    kgk: ['IN', 'dealer', 'cutter'],
    gia: ['US', 'laboratory'],
    gokhran: ['RU', 'authority'],
    gjepc: ['IN', 'authority'],
  });
  const rough = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(236_000) };
  await ledger.act('stone-dawn', 'alrosa', rough);
});

/** Entries 0 created, 1 attached, 2 sealed, 3 left, then what happens on the way. */
async function dispatched() {
  const { act } = ledger;
  await act(paper, 'gokhran', { type: 'IssueCertificate', number: 'RU0012345', ...content });
  const stamp = { type: 'ValidateCertificate', signatory: 'P', check: 'opened', sealNo: 'S-1' };
  await act(paper, 'gokhran', stamp);
  const journey = { consignee: 'kgk', from: 'RU', to: 'IN', goods: [dawn], parcels: 1 };
  await act('shipment-s1', 'alrosa', { type: 'CreateShipment', ...journey });
  await act('shipment-s1', 'alrosa', { type: 'AttachCertificate', number: 'RU0012345' });
  await act('shipment-s1', 'gokhran', { type: 'SealContainer', sealNo: 'S-1' });
  await act('shipment-s1', 'alrosa', { type: 'DispatchShipment', carrier: 'Malca-Amit' });
}

/** 4 passed through, 5 arrived, 6 declared, 7 rejected, 8 returned. */
async function returned() {
  await dispatched();
  const { act } = ledger;
  const on = { on: '2025-05-01' };
  const said = { office: 'post', mrn: 'M-1', lines: [{ hs: '710231', mct: 236_000 }] };
  const declare = { type: 'DeclareImport', ...said, countriesOfMining: ['RU'] };
  await act('shipment-s1', 'alrosa', { type: 'RecordTransit', country: 'AE' }, on);
  await act('shipment-s1', 'kgk', { type: 'ArriveShipment', parcels: 1, mct: 236_000 }, on);
  await act('shipment-s1', 'kgk', declare, on);
  await act('shipment-s1', 'gjepc', { type: 'RejectShipment', reason: 'layout' }, on);
  await act('shipment-s1', 'alrosa', { type: 'ReturnShipment', reason: 'sent back' }, on);
}

describe('the record of a shipment', () => {
  it.each([
    [0, 'alrosa', 'data.incoterm', 'CIF'],
    [0, 'alrosa', 'place', { unlocode: 'RUMOW' }],
    [2, 'gokhran', 'data.containerNo', 'C-7'],
    [3, 'alrosa', 'data.waybill', 'W-7'],
    [3, 'alrosa', 'at', { time: '2025-04-05', precision: 'day' }],
    [4, 'alrosa', 'data.country', 'TR'],
    [5, 'kgk', 'data.parcels', 2],
    [6, 'kgk', 'data.lines.0.mct', 235_999],
    [7, 'gjepc', 'data.reason', 'no watermark'],
    [8, 'alrosa', 'data.reason', 'returned'],
  ])('is put right: entry %d, by %s, %s reads %j', async (target, by, field, to) => {
    await returned();
    expect(await correct('shipment-s1', by, target, field, to)).toBeUndefined();
    expect(await reads('shipment-s1', target, field)).toEqual(to);
  });

  it.each([
    ['what goods cannot weigh', 0, 'data.goods.0.mct', 1, 'weight-differs'],
    ['no country', 0, 'data.to', 'XX', 'bad-country'],
    [
      'a number of parcels that the certificate does not have',
      0,
      'data.parcels',
      2,
      'later-act-falls',
    ],
    [
      'a seal that the certificate was not validated for',
      2,
      'data.sealNo',
      'S-2',
      'later-act-falls',
    ],
    ['another consignee', 0, 'data.consignee', 'alrosa', 'not-correctable'],
    ['another number of a paper', 1, 'data.number', 'RU0099999', 'not-correctable'],
  ])('is not made to say %s', async (_, target, field, to, code) => {
    await dispatched();
    expect(await correct('shipment-s1', 'registry', target, field, to)).toBe(code);
  });

  it('follows the weight of its goods once that was misread and put right', async () => {
    const journey = { consignee: 'kgk', from: 'RU', to: 'RU', goods: [dawn], parcels: 1 };
    await ledger.act('shipment-s2', 'alrosa', { type: 'CreateShipment', ...journey });
    const weigh = () => correct('shipment-s2', 'alrosa', 0, 'data.goods.0.mct', 263_000);
    expect(await weigh()).toBe('weight-differs');
    expect(await correct('stone-dawn', 'alrosa', 0, 'data.weight', mct(263_000))).toBeUndefined();
    expect(await weigh()).toBeUndefined();
    expect(await reads('shipment-s2', 0, 'data.goods.0.mct')).toBe(263_000);
  });

  it('has what did not agree on arrival found anew', async () => {
    await dispatched();
    const arrive = { type: 'ArriveShipment', parcels: 2, mct: 236_000 };
    await ledger.act('shipment-s1', 'kgk', arrive, { on: '2025-05-01' });
    expect(await found()).toEqual(['shipment-differs']);
    expect(await correct('shipment-s1', 'kgk', 4, 'data.parcels', 1)).toBeUndefined();
    expect(await reads('shipment-s1', 4, 'data.findings')).toEqual([]);
    expect(await found()).toEqual([]);
  });

  it('answers a correction sent twice with what it did, whatever was corrected since', async () => {
    const journey = { consignee: 'kgk', from: 'RU', to: 'RU', goods: [dawn], parcels: 1 };
    await ledger.act('shipment-s2', 'alrosa', { type: 'CreateShipment', ...journey });
    await correct('stone-dawn', 'alrosa', 0, 'data.weight', mct(263_000));
    const id = '01960000-0000-7000-8000-0000000fffff';
    const at = { time: '2025-06-20', precision: 'day' } as const;
    const now = '2025-12-31T12:00:00Z';
    const meta = { id, by: 'alrosa', roles: [], at, now, documents };
    const command = { ...correction(0, 'data.goods.0.mct', 263_000), meta };
    const asked = { category: 'shipment', id: 's2', command } as never;
    const first = await ledger.ledger.execute(asked);
    await correct('stone-dawn', 'alrosa', 0, 'data.weight', mct(236_000));
    expect(await ledger.ledger.execute(asked)).toEqual({ ...first, replayed: true });
  });

  it('is annulled by who stated it where nothing was given by it, else by an officer', async () => {
    await dispatched();
    const verify = { type: 'VerifySeal', sealNo: 'S-1' };
    await ledger.act('shipment-s1', 'alrosa', verify, { on: '2025-05-01' });
    expect(await annul('shipment-s1', 'alrosa', 4)).toBeUndefined();
    expect(await annul('shipment-s1', 'alrosa', 3)).toBe('role-needed');
    expect(await annul('shipment-s1', 'gokhran', 3)).toBeUndefined();
    expect(await annul('shipment-s1', 'alrosa', 0)).toBe('not-annullable');
    expect(await annul('shipment-s1', 'registry', 1)).toBe('not-annullable');
  });

  it('of a transit is not annulled, as the goods were told of it', async () => {
    await dispatched();
    const transit = { type: 'RecordTransit', country: 'AE' };
    await ledger.act('shipment-s1', 'alrosa', transit, { on: '2025-05-01' });
    expect(await annul('shipment-s1', 'registry', 4)).toBe('not-annullable');
  });
});

it('a certificate is replaced or voided, not corrected', async () => {
  await dispatched();
  for (const target of [0, 1, 2]) {
    expect(
      await correct(paper, 'registry', target, 'at', { time: '2025', precision: 'year' }),
    ).toBe('not-correctable');
    expect(await annul(paper, 'registry', target)).toBe('not-annullable');
  }
  await expect(
    ledger.act(paper, 'gokhran', correction(0, 'data.parcels', 2), { documents }),
  ).rejects.toThrow('KpCertificateIssued is not corrected: a certificate is amended before');
});

describe('the record of a report', () => {
  const report = reportStream(reportId('gia', '77'));
  const named = { laboratory: 'gia', reportNo: '77' };

  beforeEach(async () => {
    const { act } = ledger;
    const bought = { type: 'OpenHistory', form: 'polished', owner: 'kgk', basis: 'bought' };
    const unknown = { countries: [], mineIds: [], chainOfCustody: 'unknown' };
    await act('stone-gem', 'kgk', { ...bought, weight: mct(1_000), origin: unknown });
    await act('stone-gem', 'gia', { type: 'IssueReport', reportNo: '77', weight: mct(1_000) });
  });

  it('has the weight that the stone’s own record was corrected to', async () => {
    expect(await correct('stone-gem', 'gia', 1, 'data.weight', mct(1_010))).toBeUndefined();
    expect(await reads(report, 0, 'data.weight')).toEqual(mct(1_010));
    expect(await correct(report, 'registry', 0, 'data.weight', mct(1))).toBe('not-correctable');
  });

  it('has how a stone was compared with it corrected where that was stated', async () => {
    const { act } = ledger;
    await act('stone-gem', 'kgk', { type: 'MatchReport', ...named, method: 'seen' });
    await act('stone-gem', 'kgk', { type: 'FindReportMismatch', ...named, finding: 'heavier' });
    expect(await correct('stone-gem', 'kgk', 2, 'data.method', 'weighed')).toBeUndefined();
    expect(await reads(report, 1, 'data.finding')).toBe('weighed');
    expect(await correct('stone-gem', 'kgk', 3, 'data.finding', 'lighter')).toBeUndefined();
    expect(await reads(report, 2, 'data.finding')).toBe('lighter');
  });

  it('has what the laboratory said of it put right, or taken back', async () => {
    const { act } = ledger;
    await act(report, 'gia', { type: 'FlagInHouse', ...named, inHouse: true });
    await act(report, 'kgk', { type: 'QuoteReport', ...named, on: 'offer', reference: 'O-1' });
    expect(await correct(report, 'kgk', 2, 'data.reference', 'O-2')).toBeUndefined();
    expect(await reads(report, 2, 'data.reference')).toBe('O-2');
    await act(report, 'gia', { type: 'WithdrawReport', ...named, reason: 'error' });
    const withdrawn = (await ledger.store.read(report)).length - 1;
    expect(await correct(report, 'gia', withdrawn, 'data.reason', 'wrong stone')).toBeUndefined();
    expect(await reads(report, withdrawn, 'data.reason')).toBe('wrong stone');
    const again = { type: 'SupersedeReport', ...named, successor: '78', reason: 'regraded' };
    expect(await ledger.refusal(report, 'gia', again)).toBe('wrong-status');
    expect(await annul(report, 'gia', withdrawn)).toBeUndefined();
    await act(report, 'gia', again);
    const superseded = (await ledger.store.read(report)).length - 1;
    expect(await correct(report, 'gia', superseded, 'data.reason', 'recut')).toBeUndefined();
    expect(await annul(report, 'gia', superseded)).toBeUndefined();
    expect(await annul(report, 'gia', 1)).toBeUndefined();
    expect(await ledger.refusal(report, 'gia', again)).toBeUndefined();
  });

  it('ends with the next one of its laboratory, and a recut ends that', async () => {
    const { act } = ledger;
    await act('stone-gem', 'gia', { type: 'IssueReport', reportNo: '78', weight: mct(1_000) });
    expect(await reads(report, 1, 'data.successor')).toBe('78');
    const weights = { weightBefore: mct(1_000), weightAfter: mct(990) };
    await act('stone-gem', 'kgk', { type: 'RecutStone', ...weights, reason: 'chipped' });
    expect(await ledger.store.read(report)).toHaveLength(2);
    expect(await reads('report-gia.78', 1, 'data.reason')).toBe('chipped');
  });

  it('ended by a recut follows what is said of the recut', async () => {
    const weights = { weightBefore: mct(1_000), weightAfter: mct(990) };
    await ledger.act('stone-gem', 'kgk', { type: 'RecutStone', ...weights, reason: 'chipped' });
    expect(await reads(report, 1, 'data.reason')).toBe('chipped');
    expect(await correct(report, 'kgk', 1, 'data.reason', 'x')).toBe('not-correctable');
    expect(await annul(report, 'registry', 1)).toBe('not-annullable');
    expect(await correct('stone-gem', 'kgk', 2, 'data.reason', 'better make')).toBeUndefined();
    expect(await reads(report, 1, 'data.reason')).toBe('better make');
  });
});

it('a closing of a flag is put right by who closed it, or taken back: the flag is open again', async () => {
  await ledger.act('stone-dawn', 'alrosa', { type: 'SealPacket', sealNo: 'P-1' });
  const breach = { type: 'ReportSealBreach', foundNo: 'P-2', finding: 'another colour' };
  await ledger.act('stone-dawn', 'alrosa', breach);
  const views = await replay([flags], await ledger.events(), '2025-12-31');
  const [{ id, streams } = { id: '', streams: [] }] = await flagsBy(views, {}, 9);
  const flag = flagStream(id);
  const close = { type: 'CloseFlag', streams, outcome: 'explained', reason: 'x' };
  await ledger.act(flag, 'gjepc', close);
  expect(await correct(flag, 'gjepc', 0, 'data.reason', ' ')).toBe('bad-text');
  expect(await correct(flag, 'gjepc', 0, 'data.reason', 'resealed by us')).toBeUndefined();
  expect(await reads(flag, 0, 'data.reason')).toBe('resealed by us');
  expect(await found()).toEqual([]);
  expect(await annul(flag, 'gjepc', 0)).toBeUndefined();
  expect(await found()).toEqual(['seal-changed']);
  expect(await ledger.refusal(flag, 'gokhran', close)).toBeUndefined();
});
