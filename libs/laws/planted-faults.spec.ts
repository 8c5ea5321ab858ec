import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Origin } from '#events/values';
import { mineOrigin } from '#libs/origin/origin';
import { act, correct, ledger, newLedger, recovered, recoveredLot } from '#test/support/correcting';
import { mct } from '#test/support/given';
import { faults, plant } from '#test/support/planted';

const russian = mineOrigin('RU', 'ru-ebelyakh', 'identity-preserved');
const motswana = mineOrigin('BW', 'bw-jwaneng', 'segregated');
const item = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 5000 } as const;
const opened = {
  form: 'polished',
  weight: mct(1_000),
  origin: russian,
  owner: 'alrosa',
  basis: 'x',
};
const day = (time: string) => ({ time, precision: 'day' }) as const;

beforeEach(async () => {
  await newLedger();
  await recovered();
  await recoveredLot('lot');
});

const pieces = (...weights: readonly number[]) =>
  weights.map((weight, n) => ({ n: n + 1, weight: mct(weight) }));
const targetOf = async (stream: string, revision: number) => {
  const event = (await ledger.store.read(stream))[revision];
  return { id: event?.meta.id ?? '', revision };
};

/** A parcel of two countries out of which one part was split, past the deciders from then on. */
async function mixedAndSplit(origin: (inherited: Origin) => Origin): Promise<string> {
  const from = { time: '2025-04-01', precision: 'day' };
  const content = { weight: mct(500_000) };
  await act('parcel-other', { type: 'RecoverLot', mineId: 'bw-jwaneng', from, to: from, content });
  await act('parcel-other', { type: 'MixParcel', parcelId: 'other', into: 'lot' });
  const part = { n: 1, content: { weight: mct(10_000) } };
  const { id, place } = await plant('parcel-lot', 'ParcelSplit', { parts: [part] });
  const shares = ['BW', 'RU'].map((country) => ({ country, minPpm: 0, maxPpm: 1_000_000 }));
  const inherited: Origin = {
    countries: shares,
    mineIds: ['bw-jwaneng', 'ru-ebelyakh'],
    chainOfCustody: 'controlled-blending',
  };
  const [stream = '', revision = ''] = place.split('@');
  const made = await plant('parcel-lot.1', 'ParcelOpened', {
    parent: { stream, revision: Number(revision) },
    cause: id,
    content: part.content,
    custodian: 'alrosa',
    owner: 'alrosa',
    origin: origin(inherited),
  });
  return made.place;
}

describe('what was appended past the deciders is found, by stream, revision and invariant', () => {
  it('nothing, as long as everything goes the one way in', async () => {
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: '1' });
    await mixedAndSplit((inherited) => inherited);
    expect(await faults()).toEqual([]);
  });

  it('I1: carats from nowhere', async () => {
    const data = { method: 'laser', pieces: pieces(150_000, 80_000), loss: mct(10) } as const;
    const { place } = await plant('stone-dawn', 'RoughSawn', data);
    expect(await faults()).toEqual([`I1 ${place}`]);
  });

  it('I1: a piece that nothing was sawn into', async () => {
    const { place } = await plant('stone-noon', 'StoneOpened', {
      parent: { stream: 'stone-dawn', revision: 0 },
      cause: 'nothing',
      form: 'piece',
      weight: mct(1_000),
      custodian: 'alrosa',
      owner: 'alrosa',
      origin: russian,
    });
    expect(await faults()).toEqual([`I1 ${place}`]);
  });

  it('I2: a stone that grew', async () => {
    const { place } = await plant('stone-dawn', 'StoneBruted', { weightAfter: mct(210_000) });
    expect(await faults()).toEqual([`I2 ${place}`]);
  });

  it('I3: more pieces out of a parcel than were in it', async () => {
    const content = { weight: mct(10_000), pieces: 10 };
    const said = { type: 'OpenParcelHistory', form: 'rough', content, origin: motswana };
    await act('parcel-few', { ...said, owner: 'alrosa', basis: 'stock' });
    const part = { n: 1, content: { weight: mct(5_000), pieces: 11 } };
    const { place } = await plant('parcel-few', 'ParcelSplit', { parts: [part] });
    expect(await faults()).toEqual([`I3 ${place}`]);
  });

  it('I4: one stone in two items', async () => {
    await setIn('ring', 1_000, 1_000);
    await plant('jewellery-brooch', 'JewelleryItemMade', item);
    const { place } = await plant('jewellery-brooch', 'StoneTakenIn', {
      stone: 'polished',
      weight: mct(1_000),
      origin: russian,
      cause: 'nothing',
    });
    expect(await faults()).toEqual([`I4 ${place}`]);
  });

  it('I5: goods accepted that nobody released', async () => {
    const data = { from: 'alrosa', to: 'broker' };
    const { place } = await plant('stone-dawn', 'CustodyAccepted', data, { by: 'broker' });
    expect(await faults()).toEqual([`I5 ${place}`]);
  });

  it.each<[string, (inherited: Origin) => Origin]>([
    ['narrowed to one country', (inherited) => ({ ...inherited, ...motswanaOnly })],
    [
      'narrowed in its shares',
      ({ countries, ...all }) => ({ ...all, countries: halved(countries) }),
    ],
    ['of a mine less', (inherited) => ({ ...inherited, mineIds: ['bw-jwaneng'] })],
  ])('I6: a part of a mixed parcel %s', async (_, origin) => {
    expect(await faultsOfSplit(origin)).toEqual([`I6 parcel-lot.1@0`]);
  });

  it('I6: a parcel that goes into another as if it were of one country', async () => {
    await act('parcel-lot', { type: 'DeclareOrigin', origin: motswana, purpose: 'kimberley' });
    const content = { weight: mct(500_000) };
    const data = {
      into: 'new',
      content,
      origin: { ...russian, chainOfCustody: 'segregated' },
    } as const;
    const { place } = await plant('parcel-lot', 'ParcelMixed', data);
    expect(await faults()).toEqual([`I6 ${place}`]);
  });

  it('I6: shares that cannot add up to the goods', async () => {
    const countries = [{ country: 'RU', minPpm: 0, maxPpm: 400_000 }];
    const origin = { ...russian, countries };
    const { place } = await plant('stone-dawn', 'OriginDeclared', { origin, purpose: 'g7' });
    expect(await faults()).toEqual([`I6 ${place}`]);
  });

  it('I7: a part that claims more than its parcel may', async () => {
    const origin = (inherited: Origin) => ({ ...inherited, chainOfCustody: 'segregated' }) as const;
    expect(await faultsOfSplit(origin)).toEqual([`I7 parcel-lot.1@0`]);
  });

  it('I8: title passed by who does not hold it', async () => {
    const data = { from: 'broker', to: 'office', basis: 'sale' } as const;
    const { place } = await plant('stone-dawn', 'TitleTransferred', data, { by: 'broker' });
    expect(await faults()).toEqual([`I8 ${place}`]);
  });

  it('I9: rough over a border of the scheme without its certificate', async () => {
    const goods = [{ stream: 'stone-dawn', hs: '710231', mct: 200_000 }] as const;
    const created = { consignee: 'broker', from: 'RU', to: 'IN', goods, parcels: 1, reliedOn: [] };
    await plant('shipment-s', 'ShipmentCreated', created as never);
    const border = { need: 'none', why: 'polished' } as const;
    const data = { carrier: 'x', border, reliedOn: [] };
    const { place } = await plant('shipment-s', 'ShipmentDispatched', data as never);
    expect(await faults()).toEqual([`I9 ${place}`]);
  });

  it('I10: an invoice in the trade without its statement', async () => {
    const { place } = await plant('stone-dawn', 'InvoiceIssued', {
      invoiceNo: '1',
      seller: 'alrosa',
      buyer: 'broker',
      market: 'trade',
      price: { minor: 100, currency: 'USD' },
      warranties: [],
    });
    expect(await faults()).toEqual([`I10 ${place}`]);
  });

  it('I11: a report of another weight, unless it was corrected or annulled', async () => {
    await plant('stone-polished', 'HistoryOpened', opened as never);
    const report = { laboratory: 'office', reportNo: '1', weight: mct(900) };
    const { place, id } = await plant('stone-polished', 'GradingReportIssued', report);
    expect(await faults()).toEqual([`I11 ${place}`]);
    const [from, to] = [report.weight, mct(1_000)];
    const changes = [{ field: 'data.weight', from, to }];
    const said = { target: { id, revision: 1 }, changes, reason: 'misread', reached: 0 };
    const corrected = await plant('stone-polished', 'RecordCorrected', said);
    expect(await faults()).toEqual([]);
    const undone = { target: { id: corrected.id, revision: 2 }, reason: 'it was 900', reached: 0 };
    await plant('stone-polished', 'EventAnnulled', undone);
    expect(await faults()).toEqual([`I11 ${place}`]);
  });

  it('I12: a set stone that moves on its own', async () => {
    await setIn('ring', 1_000, 1_000);
    const data = { from: 'alrosa', to: 'broker', purpose: 'sale' } as const;
    const { place } = await plant('stone-polished', 'CustodyReleased', data);
    expect(await faults()).toEqual([`I12 ${place}`]);
  });

  it.each([
    ['that happened after it was recorded', { at: day('2025-04-06') }],
    ['that happened before what stands before it', { at: day('2025-04-03') }],
    ['that was known before what stands before it', { recordedAt: '2025-04-03T23:59:59Z' }],
  ])('I13: something %s', async (_, around) => {
    const { place } = await plant('stone-dawn', 'StoneNamed', { name: 'Dawn' }, around);
    expect(await faults()).toEqual([`I13 ${place}`]);
  });

  it('I13: what is said of a party before what was said of the same thing, not of another', async () => {
    const on = (time: string) => ({ at: day(time) });
    const data = { name: 'A bank', country: 'CH', roles: ['dealer'] as const };
    await plant('party-bank', 'PartyRegistered', data, on('2025-04-01'));
    const key = { keyId: 'k1', secretSha256: 'ab'.repeat(32), roles: ['dealer'] as const };
    await plant('party-bank', 'ApiKeyIssued', key, on('2025-04-04'));
    await plant('party-bank', 'AddressDeclared', { lines: ['Zug'] }, on('2025-04-03'));
    expect(await faults()).toEqual([]);
    const moved = { lines: ['Zurich'] };
    const { place } = await plant('party-bank', 'AddressDeclared', moved, on('2025-04-02'));
    expect(await faults()).toEqual([`I13 ${place}`]);
  });

  it('I13: a correction of what did not read so, of no entry, or of an annulled one', async () => {
    await act('stone-dawn', { type: 'NameStone', name: 'Down' });
    const target = await targetOf('stone-dawn', 1);
    const said = { target, reason: 'misread', reached: 0 };
    const change = { field: 'data.name', from: 'Dawn', to: 'Noon' };
    const first = await plant('stone-dawn', 'RecordCorrected', { ...said, changes: [change] });
    expect(await faults()).toEqual([`I13 ${first.place}`]);
    const other = { ...target, revision: 0 };
    const second = await plant('stone-dawn', 'EventAnnulled', { ...said, target: other });
    const third = await plant('stone-dawn', 'EventAnnulled', said);
    expect(await faults()).toEqual([first, second, third].map(({ place }) => `I13 ${place}`));
  });

  it('I14: an effect that was carried out twice', async () => {
    const { place } = await mixedTwice();
    expect((await faults()).filter((fault) => fault.startsWith('I14'))).toEqual([`I14 ${place}`]);
  });

  it('I15: something that happens to what is no more', async () => {
    await act('stone-dawn', { type: 'StartManufacturing', orderNo: '1' });
    const said = { method: 'laser', pieces: pieces(100_000, 99_000), loss: mct(1_000) };
    await act('stone-dawn', { type: 'SawRough', ...said });
    const { place } = await plant('stone-dawn', 'StoneNamed', { name: 'Dawn' });
    expect(await faults()).toEqual([`I15 ${place}`]);
  });

  it('I16: a stone that is unique by the weight of another', async () => {
    await recovered('small', 10_000);
    const unique = { authority: 'office', decree: '102', decisionNo: '1' };
    const first = await plant('stone-dawn', 'UniqueStoneDesignated', unique);
    const second = await plant('stone-small', 'UniqueStoneDesignated', unique);
    expect(first.place).toBe('stone-dawn@1');
    expect(await faults()).toEqual([`I16 ${second.place}`]);
  });

  it('I16: a weight of which nobody says how it is known', async () => {
    const weight = { mct: 199_000, qualifier: 'eq' } as never;
    const { place } = await plant('stone-dawn', 'StoneBruted', { weightAfter: weight });
    expect(await faults()).toEqual([`I16 ${place}`]);
  });

  it('I16: a stone that is set with another weight than its own', async () => {
    const { set, taken } = await setIn('ring', 400, 450);
    expect(await faults()).toEqual([`I16 ${taken.place}`, `I16 ${set.place}`]);
  });

  it('an event of which nothing can be made, and all else besides', async () => {
    await plant('stone-dawn', 'RoughSawn', { pieces: 'many' } as never);
    await plant('parcel-lot', 'ParcelSplit', {} as never);
    await plant('stone-other', 'StoneBruted', { weightAfter: mct(1) });
    expect(await faults()).toHaveLength(2);
  });
});

describe('corrections that went the one way in leave nothing to be found', () => {
  it('of a lot that was mixed and split, down to its parts', async () => {
    const part = { content: { weight: mct(100_000) } };
    await act('parcel-lot', { type: 'SplitParcel', parts: [part] });
    await act('parcel-lot.1', { type: 'MixParcel', parcelId: 'lot.1', into: 'mix' });
    await correct('parcel-lot', 0, 'data.mineId', 'bw-jwaneng');
    await correct('parcel-lot', 1, 'data.parts.0.content.weight', mct(90_000));
    expect(await faults()).toEqual([]);
  });
});

const motswanaOnly = { countries: [{ country: 'BW', minPpm: 1_000_000, maxPpm: 1_000_000 }] };

function halved(shares: Origin['countries']): Origin['countries'] {
  return shares.map((share, n) => (n === 0 ? { ...share, maxPpm: 500_000 } : share));
}

async function faultsOfSplit(origin: (inherited: Origin) => Origin): Promise<readonly string[]> {
  await mixedAndSplit(origin);
  return faults();
}

/** A polished stone of 1 ct set in an item, as the stone says and as the item says. */
async function setIn(name: string, said: number, told: number) {
  await plant('stone-polished', 'HistoryOpened', opened as never);
  await plant(`jewellery-${name}`, 'JewelleryItemMade', item);
  const goods = { weight: mct(said), origin: russian };
  const set = await plant('stone-polished', 'StoneSet', { item: name, ...goods });
  const facts = { stone: 'polished', ...goods, weight: mct(told), cause: set.id };
  return { set, taken: await plant(`jewellery-${name}`, 'StoneTakenIn', facts) };
}

async function mixedTwice() {
  await act('parcel-lot', { type: 'MixParcel', parcelId: 'lot', into: 'mix' });
  const [first] = await ledger.store.read('parcel-mix');
  if (first?.type !== 'MixReceived') throw new Error('the mix was taken in');
  return plant('parcel-mix', 'MixReceived', first.data);
}
