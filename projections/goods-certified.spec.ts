import { describe, expect, it } from '@jest/globals';
import { judge } from '#libs/rulebook/judge';
import { replay } from '#libs/views/replay';
import { factsOf } from '#projections/way/facts';
import { sanctions, sanctionsOf } from '#projections/sanctions';
import { unfinished, unfinishedNow } from '#projections/unfinished';
import { actingLedger } from '#test/support/acting';
import { content } from '#test/support/kimberley';

const stone = 'stone-rough';
const paper = 'certificate-bw0012345';
const forgery = { number: 'BW0012345', check: 'other', finding: 'no watermark' };

/** Rough of 2 ct from Botswana in a shipment to Antwerp, under a certificate when asked. */
async function shipped() {
  const story = await actingLedger({
    karowe: ['BW', 'producer', 'dealer'],
    antwerp: ['BE', 'dealer'],
    mmewr: ['BW', 'authority'],
    fps: ['BE', 'authority'],
  });
  const { act } = story;
  const weight = { mct: 2_000, qualifier: 'eq', basis: 'weighed' };
  await act(stone, 'karowe', { type: 'RecoverRough', mineId: 'bw-karowe', weight });
  await act(paper, 'mmewr', {
    type: 'IssueCertificate',
    ...content,
    number: 'BW0012345',
    origin: { kind: 'single', country: 'BW' },
    exporter: { party: 'karowe', name: 'Karowe', address: 'Letlhakane' },
    importer: { party: 'antwerp', name: 'Antwerp', address: 'Antwerp' },
    exportingCountry: 'BW',
    importingCountry: 'BE',
    lines: [{ hs: '710231', mct: 2_000, value: { minor: 100_000, currency: 'USD' } }],
  });
  const goods = [{ stream: stone, hs: '710231', mct: 2_000 }];
  const journey = { consignee: 'antwerp', from: 'BW', to: 'BE', goods, parcels: 1 };
  await act('shipment-s', 'karowe', { type: 'CreateShipment', ...journey });
  return { ...story, judged, under, doubted };

  async function judged(on: string) {
    const views = await replay([sanctions, unfinished], await story.events(), '2025-12-01');
    const found = await sanctionsOf(views, stone);
    if (!found) throw new Error('no facts');
    const { outcome, rule, verdict } = judge(factsOf(found.way, 'EU'), 'EU', on);
    const open = await unfinishedNow(views, 10);
    return {
      outcome,
      rule,
      missing: verdict.evidenceMissing,
      transited: found.facts.transited,
      open,
    };
  }

  async function under() {
    const seal = { sealNo: 'SEAL-1' };
    const validate = { type: 'ValidateCertificate', signatory: 'M. K.', check: 'opened', ...seal };
    await act(paper, 'mmewr', validate);
    await act('shipment-s', 'karowe', { type: 'AttachCertificate', number: 'BW0012345' });
  }

  async function doubted(answer: 'ConfirmForgery' | 'DismissSuspicion') {
    await act(paper, 'fps', { type: 'SuspectForgery', ...forgery }, { on: '2025-04-10' });
    const during = (await judged('2025-04-20')).outcome;
    await act(paper, 'mmewr', { type: answer, reply: 'we looked' }, { on: '2025-04-12' });
    return during;
  }
}

describe('a certificate of the ledger that goods travel under', () => {
  it('counts from the day it is attached until it expires, and not before it is validated', async () => {
    const { judged, under } = await shipped();
    expect((await judged('2025-04-20')).outcome).toBe('REQUIRES_EVIDENCE');
    await under();
    expect(await judged('2025-04-20')).toMatchObject({ outcome: 'CLEAR', open: [] });
    expect((await judged('2025-04-03')).outcome).toBe('REQUIRES_EVIDENCE');
    expect((await judged('2025-06-03')).outcome).toBe('CLEAR');
    expect((await judged('2025-06-04')).outcome).toBe('REQUIRES_EVIDENCE');
  });

  it('does not count while it is doubted, and counts again when it is not', async () => {
    const { judged, under, doubted } = await shipped();
    await under();
    expect(await doubted('DismissSuspicion')).toBe('REQUIRES_EVIDENCE');
    expect(await judged('2025-04-20')).toMatchObject({ outcome: 'CLEAR', open: [] });
  });

  it('never counted when it is forged', async () => {
    const { judged, under, doubted } = await shipped();
    await under();
    await doubted('ConfirmForgery');
    expect(await judged('2025-04-20')).toMatchObject({ rule: 'KP-1', open: [] });
  });
});

it('goods pass through what their shipment passes through', async () => {
  const { act, events, judged, under } = await shipped();
  await under();
  const on = { on: '2025-04-06' };
  await act('shipment-s', 'mmewr', { type: 'SealContainer', sealNo: 'SEAL-1' });
  await act('shipment-s', 'karowe', { type: 'DispatchShipment', carrier: 'Malca-Amit' }, on);
  await act('shipment-s', 'karowe', { type: 'RecordTransit', country: 'RU' }, on);
  expect(await judged('2025-04-20')).toMatchObject({
    outcome: 'PROHIBITED',
    rule: 'EU-R1',
    transited: ['RU'],
    open: [],
  });

  const target = (await events()).find(({ type }) => type === 'TransitRecorded');
  const changes = [{ field: 'data.country', to: 'ZA' }];
  const correct = { type: 'CorrectRecord', target: target?.revision, changes, reason: 'misread' };
  const documents = [{ type: 'air waybill', sha256: 'ab'.repeat(32) }];
  await act('shipment-s', 'karowe', correct, { on: '2025-04-20', documents });
  expect(await judged('2025-04-20')).toMatchObject({ outcome: 'CLEAR', transited: ['ZA'] });
});
