import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OriginContestFollowed } from '#events/origin-claim';
import type { Origin } from '#events/values';
import type { GoodsFile } from '#libs/documents/goods-file';
import { factsIfNotRussian } from '#libs/documents/not-russian';
import { possibleCountries } from '#libs/origin/origin';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { Stone } from '#libs/stone/stone-state';
import { dossierOf } from '#projections/dossier';
import { factsOf } from '#projections/way/facts';
import { originOf } from '#projections/origin';
import type { ViewReader } from '#libs/views/views';
import { sanctionsOf, verdictsOf } from '#projections/sanctions';
import { unfinishedNow } from '#projections/unfinished';
import type { Said } from '#test/support/correcting';
import {
  act,
  annul,
  codeOf,
  correct,
  ledger,
  newLedger,
  state,
  viewsNow,
} from '#test/support/correcting';
import { mct, refusalOf } from '#test/support/given';

beforeEach(newLedger);

const whole = { minPpm: 1_000_000, maxPpm: 1_000_000 };
const of = (country: string): Origin => ({
  countries: [{ country, ...whole }],
  mineIds: [],
  chainOfCustody: 'unknown',
});
const botswana = { ...of('BW'), chainOfCustody: 'segregated' } as const;

async function contested(stream: string, origin: Origin | undefined, outcome = 'upheld') {
  const contestNo = 'C-1';
  const said = { contestNo, ground: 'seen in Mirny', ...(origin && { origin }) };
  await act(stream, { type: 'ContestOrigin', ...said }, 'broker');
  const resolved = { type: 'ResolveOriginContest', contestNo, outcome, ground: 'records' };
  await act(stream, resolved, 'office');
}

async function found(id: string, weight: number): Promise<void> {
  const origin = { ...botswana, chainOfCustody: 'identity-preserved' };
  const said = { form: 'rough', weight: mct(weight), origin, owner: 'alrosa', basis: 'bought' };
  await act(`stone-${id}`, { type: 'OpenHistory', ...said });
}

async function lot(id: string, origin: Origin, weight: number): Promise<void> {
  const said = { form: 'rough', content: { weight: mct(weight) }, origin, owner: 'alrosa' };
  await act(`parcel-${id}`, { type: 'OpenParcelHistory', ...said, basis: 'bought' });
}

const india = { country: 'IN' };

/** `old` in two pieces, and a stone polished of the first: all of it in India. */
async function sawn(): Promise<void> {
  const inIndia = (stream: string, said: Said) => act(stream, said, 'alrosa', undefined, india);
  await found('old', 20_000);
  await inIndia('stone-old', { type: 'StartManufacturing', orderNo: 'O' });
  const pieces = [{ weight: mct(12_000) }, { weight: mct(7_000) }];
  const loss = mct(1_000);
  await inIndia('stone-old', { type: 'SawRough', method: 'blade', pieces, loss });
  await inIndia('stone-old.1', { type: 'ProducePolished', weight: mct(5_000) });
}

/** What comes of asking for a statement that the stone is not Russian, as the ledger knows it now. */
async function statement(stream: string): Promise<string> {
  const dossier = await dossierOf(await viewsNow(), stream);
  const way = dossier?.sanctions?.way;
  if (!dossier || !way) return 'unknown';
  const file = { ...dossier, events: [], factsFor: (id: string) => factsOf(way, id) };
  return refusalOf(() => factsIfNotRussian(file as unknown as GoodsFile, 'US')) ?? 'made';
}

const countriesOf = async (stream: string) => {
  const goods = await state<Stone | Parcel>(stream);
  return possibleCountries('goods' in goods ? goods.goods.origin : goods.origin);
};
const sharesOf = async (stream: string) => (await state<Parcel>(stream)).goods.origin.countries;

async function followed(stream: string): Promise<readonly OriginContestFollowed['data'][]> {
  const history = await ledger.store.read(stream);
  return history.flatMap(({ type, data }) => (type === 'OriginContestFollowed' ? [data] : []));
}

describe('an upheld contest of origin', () => {
  it('reaches pieces already sawn and what was polished of them, once each', async () => {
    await sawn();
    await contested('stone-old', of('RU'));
    for (const stream of ['stone-old', 'stone-old.1', 'stone-old.2', 'stone-old.1.1']) {
      expect(await countriesOf(stream)).toEqual({ countries: ['BW', 'RU'], unknown: false });
      expect(await followed(stream)).toHaveLength(stream === 'stone-old' ? 0 : 1);
    }
    for (const stream of ['stone-old', 'stone-old.1']) {
      for (const event of await ledger.store.read(stream)) await ledger.follow(event);
    }
    expect(await followed('stone-old.1.1')).toHaveLength(1);
    expect(await unfinishedNow(await viewsNow(), 10)).toEqual([]);
  });

  it('reaches verdicts and facts of what came of the goods', async () => {
    await sawn();
    const before = await viewsNow();
    expect((await sanctionsOf(before, 'stone-old.1.1'))?.facts.minedIn).toEqual(['BW']);
    expect(await statement('stone-old.1.1')).toBe('made');
    await contested('stone-old', of('RU'));
    const after = await viewsNow();
    expect((await sanctionsOf(after, 'stone-old.1.1'))?.facts.minedIn).toEqual(['BW', 'RU']);
    const rules = async (read: ViewReader) =>
      (await verdictsOf(read, 'stone-old.1.1')).map(({ outcome, rule }) => `${outcome} ${rule}`);
    const [eu] = await rules(after);
    expect(eu).toBeDefined();
    expect(eu).not.toBe((await rules(before))[0]);
    expect(await statement('stone-old.1.1')).toBe('statement-untrue');
    const shown = await originOf(after, 'stone-old.1.1');
    expect(shown?.origin).toEqual((await state<Stone>('stone-old.1.1')).origin);
  });

  it('is what anything may be from when the claimant only said where it is not from', async () => {
    await sawn();
    await contested('stone-old', undefined);
    expect(await countriesOf('stone-old.1.1')).toEqual({ countries: ['BW'], unknown: true });
    const [eu] = await verdictsOf(await viewsNow(), 'stone-old.1.1');
    expect(eu?.outcome).toBe('REQUIRES_EVIDENCE');
  });

  it('reaches parcels mixed from the goods by their share, and parts of the mix', async () => {
    await lot('a', botswana, 100_000);
    await lot('b', { ...botswana, ...of('CA') }, 300_000);
    await act('parcel-b', { type: 'SplitParcel', parts: [{ content: { weight: mct(50_000) } }] });
    await act('parcel-a', { type: 'MixParcel', parcelId: 'a', into: 'b' });
    await act('parcel-b', { type: 'SplitParcel', parts: [{ content: { weight: mct(50_000) } }] });
    await contested('parcel-a', of('RU'));
    const mixed = await sharesOf('parcel-b');
    const { minPpm, maxPpm = 0 } = mixed.find(({ country }) => country === 'RU') ?? {};
    expect(minPpm).toBe(0);
    // A third of what is left may be of a, bounds rounded outwards at every step.
    expect([333_334, 333_335]).toContain(maxPpm);
    expect((await countriesOf('parcel-b.2')).countries).toEqual(['BW', 'CA', 'RU']);
    expect((await countriesOf('parcel-b.1')).countries).toEqual(['CA']);
    const shown = await originOf(await viewsNow(), 'parcel-b');
    expect(shown?.origin).toEqual((await state<Parcel>('parcel-b')).goods.origin);
    expect(await unfinishedNow(await viewsNow(), 10)).toEqual([]);
  });

  it('leaves what was given back, and a dismissed one reaches nothing', async () => {
    await sawn();
    await contested('stone-old', of('RU'), 'dismissed');
    expect((await countriesOf('stone-old.1')).countries).toEqual(['BW']);
    expect(await followed('stone-old.1')).toEqual([]);
  });

  it('reaches further when a correction says that more was claimed', async () => {
    await sawn();
    await contested('stone-old', of('RU'));
    const history = await ledger.store.read('stone-old');
    const target = history.findIndex(({ type }) => type === 'OriginContested');
    await correct('stone-old', target, 'data.origin', of('AO'), 'broker');
    expect((await countriesOf('stone-old')).countries).toEqual(['AO', 'BW']);
    expect((await countriesOf('stone-old.1.1')).countries).toEqual(['AO', 'BW', 'RU']);
  });

  it('outlives a correction of where the goods came from', async () => {
    await sawn();
    await contested('stone-old', of('RU'));
    await correct('stone-old', 0, 'data.origin', { ...of('CA'), chainOfCustody: 'segregated' });
    expect((await countriesOf('stone-old.1.1')).countries).toEqual(['BW', 'CA', 'RU']);
  });

  it('is not taken back: what came of it has records of its own', async () => {
    await sawn();
    await contested('stone-old', of('RU'));
    const last = (await ledger.store.read('stone-old')).length - 1;
    expect(await codeOf(annul('stone-old', last, 'office'))).toBe('not-annullable');
    const told = (await ledger.store.read('stone-old.1')).length - 1;
    expect(await codeOf(annul('stone-old.1', told, 'office'))).toBe('not-annullable');
  });
});
