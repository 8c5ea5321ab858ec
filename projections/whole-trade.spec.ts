import { describe, expect, it } from '@jest/globals';
import type { Origin, Weight } from '#events/values';
import { replay } from '#libs/views/replay';
import { counterparties, dealingsOf } from '#projections/counterparties';
import { custody, custodyChain, custodyOf } from '#projections/custody';
import { cardOf, history } from '#projections/history/history';
import { historyOf } from '#projections/history/told';
import { lineage, lineageOf } from '#projections/lineage';
import { origin, originOf } from '#projections/origin';
import { sanctions, sanctionsOf } from '#projections/sanctions';
import { find, search } from '#projections/search';
import { bondsOn, standing } from '#projections/standing';
import { title, titleChain, titleOf } from '#projections/title';
import { unfinished, unfinishedNow } from '#projections/unfinished';
import { ledgerOf } from '#test/support/recorded';

const goods = [custody, title, origin, lineage, history, search, sanctions, standing];
const all = [...goods, unfinished, counterparties];
const mct = (exact: number): Weight => ({ mct: exact, qualifier: 'eq', basis: 'weighed' });
const from = (country: string): Origin => ({
  countries: [{ country, minPpm: 1_000_000, maxPpm: 1_000_000 }],
  mineIds: [],
  chainOfCustody: 'unknown',
});
const gem = 'stone-gem';
const lot = 'parcel-lot';

function story() {
  const { events, record } = ledgerOf();
  record(gem, {
    type: 'HistoryOpened',
    data: { form: 'polished', weight: mct(1_000), origin: from('BW'), owner: 'alrosa', basis: 'x' },
  });
  return { events, record, views: () => replay(all, events, '2026-01-01') };
}

function parcelStory(form: 'rough' | 'polished') {
  const { events, record } = ledgerOf();
  const half = { minPpm: 400_000, maxPpm: 600_000 };
  const mixed: Origin = {
    countries: [
      { country: 'BW', ...half },
      { country: 'RU', ...half },
    ],
    mineIds: [],
    chainOfCustody: 'controlled-blending',
  };
  const content = { weight: mct(10_000), pieces: 400 };
  record(lot, {
    type: 'ParcelHistoryOpened',
    data: { form, content, origin: mixed, owner: 'alrosa', basis: 'x' },
  });
  return { events, record, views: () => replay(all, events, '2026-01-01') };
}

describe('custody and title', () => {
  it('follow a seizure and a forfeiture', async () => {
    const { record, views } = story();
    record(gem, {
      type: 'CustodyReleased',
      data: { from: 'alrosa', to: 'graff', purpose: 'sale' },
    });
    const seized = { orderNo: 'O-1', reason: 'doubt', from: 'alrosa', custodian: 'police' };
    record(gem, { type: 'Seized', data: seized });
    record(gem, { type: 'Forfeited', data: { orderNo: 'O-2', from: 'alrosa', to: 'state' } });
    const read = await views();
    expect(
      (await custodyChain(read, gem)).map(({ custodian, basis }) => [custodian, basis]),
    ).toEqual([
      ['alrosa', 'history-opened'],
      ['police', 'seized'],
    ]);
    expect((await custodyOf(read, gem))?.released_to).toBeNull();
    const owners = (await titleChain(read, gem)).map(({ owner, basis }) => [owner, basis]);
    expect(owners.slice(1)).toEqual([
      ['alrosa', 'history-opened'],
      ['state', 'forfeiture'],
    ]);
    const steps = await historyOf(read, gem);
    expect(steps.map(({ line }) => line).slice(2)).toEqual([
      'alrosa seized it under O-1: doubt',
      'forfeited to state under O-2',
    ]);
    expect(steps[2]?.changes).toEqual([{ field: 'custodian', from: 'alrosa', to: 'police' }]);
    expect(steps[3]?.changes).toEqual([{ field: 'owner', from: 'alrosa', to: 'state' }]);
  });

  it('stay in the same hands when goods are seized in place', async () => {
    const { record, views } = story();
    const seized = { orderNo: 'O-1', reason: 'doubt', from: 'alrosa', custodian: 'alrosa' };
    record(gem, { type: 'Seized', data: seized });
    expect(await custodyChain(await views(), gem)).toHaveLength(1);
  });

  it('end with a record that is given up, and begin again when it is restored', async () => {
    const { record, views } = story();
    const origins = from('BW');
    const given = record(gem, {
      type: 'IdentityGivenUp',
      data: { survivor: 'other', weight: mct(1_000), origin: origins },
    });
    expect((await custodyOf(await views(), gem))?.consumed).toBe(1);
    expect(await unfinishedNow(await views(), 9)).toHaveLength(1);
    record(gem, {
      type: 'IdentityRestored',
      data: { survivor: 'other', cause: given.meta.id, code: 'not-agreed' },
    });
    const read = await views();
    expect(await custodyOf(read, gem)).toMatchObject({ consumed: 0, until: null });
    expect(await unfinishedNow(read, 9)).toEqual([]);
    expect((await cardOf(read, gem))?.consumed).toBe(0);
  });
});

describe('a stone', () => {
  it('is lighter after a recut, and bears no inscription that is gone', async () => {
    const { record, views } = story();
    record(gem, { type: 'LaserInscriptionApplied', data: { text: 'X 1', location: 'girdle' } });
    record(gem, {
      type: 'StoneRecut',
      data: { weightBefore: mct(1_000), weightAfter: mct(950), reason: 'chip', superseded: [] },
    });
    record(gem, { type: 'LaserInscriptionRemoved', data: { text: 'X 1', reason: 'recut' } });
    const read = await views();
    expect(await cardOf(read, gem)).toMatchObject({ mct: 950, inscription: null });
    expect((await sanctionsOf(read, gem))?.facts.stoneMct).toEqual({ min: 950, max: 950 });
  });

  it('shows what was disclosed of it, and what it was found to be', async () => {
    const { record, views } = story();
    expect(await cardOf(await views(), gem)).toMatchObject({ treatments: [], laboratory_grown: 0 });
    const data = { kind: 'hpht', permanent: true } as const;
    record(gem, { type: 'TreatmentDisclosed', data });
    record(gem, { type: 'TreatmentDisclosed', data });
    record(gem, { type: 'LaboratoryGrownDetected', data: { instrument: 'DiamondView' } });
    expect(await cardOf(await views(), gem)).toMatchObject({
      treatments: ['hpht'],
      laboratory_grown: 1,
      mine: null,
    });
  });

  it('is out of the trade while a consumer has it', async () => {
    const { record, views } = story();
    expect(await cardOf(await views(), gem)).toMatchObject({ custodian: 'alrosa' });
    record(gem, { type: 'RetailSold', data: { receiptNo: 'R-1', buyerRef: 'c-12345678' } });
    const sold = await views();
    expect(await custodyOf(sold, gem)).toMatchObject({ consumed: 1 });
    expect(await titleOf(sold, gem)).toMatchObject({ owner: null, basis: 'retail' });
    expect(await cardOf(sold, gem)).toMatchObject({ custodian: null, owner: null });
    expect((await dealingsOf(sold, gem)).parties).toEqual([]);
    const back = { receiptNo: 'R-1', buyerRef: 'c-12345678' };
    record(gem, { type: 'ReturnedByCustomer', data: back });
    expect(await custodyOf(await views(), gem)).toMatchObject({ consumed: 0, basis: 'returned' });
    expect((await titleOf(await views(), gem))?.owner).not.toBeNull();
  });

  it('could come from where an upheld contest says, too', async () => {
    const { record, views } = story();
    const data = { contestNo: 'C', ground: 'records', origin: from('RU') } as const;
    record(gem, { type: 'OriginContested', data });
    expect((await originOf(await views(), gem))?.origin.countries).toHaveLength(1);
    record(gem, { type: 'OriginContestResolved', data: { ...data, outcome: 'upheld' } });
    const read = await views();
    const countries = (await originOf(read, gem))?.origin.countries.map(({ country }) => country);
    expect(countries).toEqual(['BW', 'RU']);
    expect((await sanctionsOf(read, gem))?.facts.minedIn).toEqual(['BW', 'RU']);
  });

  it('that a laboratory grew is no natural stone for any rule', async () => {
    const { record, views } = story();
    record(gem, { type: 'LaboratoryGrownDetected', data: { instrument: 'DiamondView' } });
    expect((await sanctionsOf(await views(), gem))?.facts).toMatchObject({
      hs: '710491',
      material: 'synthetic',
      minedIn: null,
    });
  });

  it('is found by its memo, its pledge, its seal and its papers', async () => {
    const { record, views } = story();
    const memo = { memoNo: 'M-31', consignee: 'graff', dueOn: '2025-05-04', warranties: [] };
    record(gem, { type: 'MemoIssued', data: memo });
    record(gem, { type: 'PacketSealed', data: { sealNo: 'S-118' } });
    record(gem, { type: 'TheftReported', data: { policeRef: 'A-4411', circumstances: 'safe' } });
    const read = await views();
    for (const [text, kind] of [
      ['m31', 'memo'],
      ['s 118', 'seal'],
      ['A4411', 'document'],
    ]) {
      expect(await find(read, text ?? '')).toMatchObject([{ subject: gem, kind, exact: true }]);
    }
  });
});

describe('what lies on goods', () => {
  it('is told while it lasts, the gravest first', async () => {
    const { record, views } = story();
    expect(await bondsOn(await views(), gem)).toMatchObject({ standing: 'clear', pledges: [] });
    const pledge = { pledgeNo: 'P-1', lender: 'bank', filingRef: 'F', priority: 1 };
    record(gem, { type: 'PledgeRegistered', data: pledge });
    const hold = { holdNo: 'H-1', reason: 'origin', officer: 'one' };
    record(gem, { type: 'HoldPlaced', data: hold });
    record(gem, { type: 'LossReported', data: { circumstances: 'gone' } });
    record(gem, { type: 'PacketSealed', data: { sealNo: 'S-1' } });
    expect(await bondsOn(await views(), gem)).toMatchObject({
      standing: 'lost',
      pledges: [{ pledgeNo: 'P-1', lender: 'bank' }],
      holds: [{ holdNo: 'H-1', by: 'alrosa', officer: 'one' }],
      seal: 'S-1',
    });
    record(gem, { type: 'Recovered', data: { from: 'alrosa', custodian: 'alrosa' } });
    expect((await bondsOn(await views(), gem)).standing).toBe('hold');
    record(gem, { type: 'PledgeConsentGiven', data: { pledgeNo: 'P-1', to: 'graff' } });
    record(gem, { type: 'TitleTransferred', data: { from: 'alrosa', to: 'graff', basis: 'sale' } });
    expect((await bondsOn(await views(), gem)).pledges).toMatchObject([{ consents: [] }]);
  });
});

describe('a parcel', () => {
  it('is less what was found laboratory-grown, with both on the lineage', async () => {
    const { record, views } = parcelStory('polished');
    const part = { n: 1, content: { weight: mct(100), pieces: 4 } };
    record(lot, { type: 'LaboratoryGrownDetected', data: { instrument: 'screen', part } });
    const read = await views();
    expect(await cardOf(read, lot)).toMatchObject({ mct: 9_900, pieces: 396 });
    expect((await lineageOf(read, lot))?.edges).toMatchObject([
      { child: 'parcel-lot.1', kind: 'laboratory-grown', weight: mct(100) },
    ]);
    expect(await unfinishedNow(read, 9)).toHaveLength(1);
  });

  it('under manufacture could hold any of its origins, and weighs less by what came out', async () => {
    const { record, views } = parcelStory('rough');
    record(lot, { type: 'ManufacturingStarted', data: { orderNo: '1' } });
    const content = { weight: mct(4_000) };
    record(lot, { type: 'PolishedParcelProduced', data: { n: 1, content } });
    record(lot, {
      type: 'ManufacturingLossRecorded',
      data: { weight: mct(5_000), cause: 'other' },
    });
    const read = await views();
    expect(await cardOf(read, lot)).toMatchObject({ mct: 1_000, pieces: null, order_no: '1' });
    expect((await originOf(read, lot))?.origin.countries).toEqual([
      { country: 'BW', minPpm: 0, maxPpm: 1_000_000 },
      { country: 'RU', minPpm: 0, maxPpm: 1_000_000 },
    ]);
  });

  it('has its melee back when the item does not take it in', async () => {
    const { record, views } = parcelStory('polished');
    const content = { weight: mct(250), pieces: 10 };
    const set = record(lot, {
      type: 'MeleeSet',
      data: { item: 'ring-1', content, origin: from('BW') },
    });
    expect(await cardOf(await views(), lot)).toMatchObject({ mct: 9_750, pieces: 390 });
    const data = { item: 'ring-1', cause: set.meta.id, code: 'other-owner', content };
    record(lot, { type: 'MeleeReturned', data });
    expect(await cardOf(await views(), lot)).toMatchObject({
      mct: 10_000,
      pieces: 400,
      consumed: 0,
    });
  });
});
