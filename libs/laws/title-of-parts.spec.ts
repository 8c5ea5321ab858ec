import { beforeEach, describe, expect, it } from '@jest/globals';
import { problemsOf } from '#libs/laws/invariants';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { Stone } from '#libs/stone/stone-state';
import { dealingsOf } from '#projections/counterparties';
import { bondsOn } from '#projections/standing';
import { ownedBy, titleChain, titleOf } from '#projections/title';
import {
  act,
  codeOf,
  ledger,
  newLedger,
  recovered,
  recoveredLot,
  slip,
  state,
  viewsNow,
} from '#test/support/correcting';
import { mct } from '#test/support/given';

beforeEach(newLedger);

const share = { type: 'TransferShare', to: 'broker', ppm: 250_000, basis: 'sale' };
const shares = [
  { party: 'alrosa', ppm: 750_000 },
  { party: 'broker', ppm: 250_000 },
];
const start = { type: 'StartManufacturing', orderNo: 'O' };
const saw = {
  type: 'SawRough',
  method: 'blade',
  pieces: [{ weight: mct(120_000) }, { weight: mct(79_000) }],
  loss: mct(1_000),
};
const pledge = {
  type: 'RegisterPledge',
  pledgeNo: 'P',
  lender: 'broker',
  filingRef: 'F',
  priority: 1,
};

describe('goods that several own', () => {
  it('are cut into goods that the same parties own in the same shares', async () => {
    await recovered();
    await act('stone-dawn', share);
    await act('stone-dawn', start);
    await act('stone-dawn', saw);
    const piece = await state<Stone>('stone-dawn.1');
    expect(piece.holding).toMatchObject({ custodian: 'alrosa', owner: null, shares });
    const read = await viewsNow();
    expect(await titleOf(read, 'stone-dawn.1')).toMatchObject({ owner: null, shares });
    expect((await ownedBy(read, 'broker')).map(({ subject }) => subject).sort()).toEqual([
      'stone-dawn.1',
      'stone-dawn.2',
    ]);
    const { parties } = await dealingsOf(read, 'stone-dawn.1');
    expect(parties).toEqual([
      { party: 'alrosa', as: ['owner', 'custodian'] },
      { party: 'broker', as: ['owner'] },
    ]);
    expect([...problemsOf('stone-dawn', (await ledger.store.read('stone-dawn')) as never)]).toEqual(
      [],
    );
  });

  it('go into a mix of the same owners only', async () => {
    await recoveredLot('a');
    await recoveredLot('b');
    await act('parcel-a', share);
    const mix = { type: 'MixParcel', parcelId: 'a', into: 'b' };
    expect(await codeOf(act('parcel-a', mix))).toBe('other-owner');
    await act('parcel-b', share);
    await act('parcel-a', mix);
    expect((await state<Parcel>('parcel-b')).holding).toMatchObject({ owner: null, shares });
  });

  it('are one party’s again, and the chain of title says when', async () => {
    await recovered();
    await act('stone-dawn', share);
    await act('stone-dawn', { ...share, to: 'alrosa' }, 'broker');
    const chain = await titleChain(await viewsNow(), 'stone-dawn');
    expect(chain.map(({ owner, shares: held }) => owner ?? held?.length)).toEqual([
      'alrosa',
      2,
      'alrosa',
    ]);
  });
});

describe('goods whose title was contested', () => {
  it('are the claimant’s when a court says so, in every view', async () => {
    await recovered();
    const contest = { type: 'ContestTitle', contestNo: 'T', ground: 'on memo' };
    await act('stone-dawn', contest, 'broker', [slip]);
    expect((await bondsOn(await viewsNow(), 'stone-dawn')).titleContests).toEqual([
      { contestNo: 'T', claimant: 'broker' },
    ]);
    const upheld = { type: 'ResolveTitleContest', contestNo: 'T', outcome: 'upheld' };
    await act('stone-dawn', { ...upheld, ground: 'never sold' }, 'office', [slip]);
    const read = await viewsNow();
    expect(await titleOf(read, 'stone-dawn')).toMatchObject({ owner: 'broker', basis: 'court' });
    expect((await bondsOn(read, 'stone-dawn')).titleContests).toEqual([]);
  });
});

describe('pledged goods that a lender lets be cut', () => {
  it('become goods that bear the pledge, and may be cut on', async () => {
    await recovered();
    await act('stone-dawn', pledge);
    expect(await codeOf(act('stone-dawn', start))).toBe('pledged');
    await act('stone-dawn', { type: 'ConsentToCutting', pledgeNo: 'P' }, 'broker');
    await act('stone-dawn', start);
    await act('stone-dawn', saw);
    await act('stone-dawn.1', { type: 'ProducePolished', weight: mct(60_000) });
    for (const stream of ['stone-dawn.1', 'stone-dawn.2', 'stone-dawn.1.1']) {
      const { pledges } = (await state<Stone>(stream)).holding;
      expect(pledges).toMatchObject([{ pledgeNo: 'P', lender: 'broker', priority: 1 }]);
      expect((await bondsOn(await viewsNow(), stream)).pledges).toEqual(pledges);
    }
    const sell = { type: 'TransferTitle', to: 'office', basis: 'sale' };
    expect(await codeOf(act('stone-dawn.1.1', sell))).toBe('pledged');
    await act('stone-dawn.1.1', { type: 'ReleasePledge', pledgeNo: 'P' }, 'broker');
    await act('stone-dawn.1.1', sell);
  });

  it('become parcels that bear it', async () => {
    await recoveredLot('a');
    await act('parcel-a', pledge);
    const split = { type: 'SplitParcel', parts: [{ content: { weight: mct(50_000) } }] };
    expect(await codeOf(act('parcel-a', split))).toBe('pledged');
    await act('parcel-a', { type: 'ConsentToCutting', pledgeNo: 'P' }, 'broker');
    await act('parcel-a', split);
    await act('parcel-a', { type: 'SingleOutStone', weight: mct(20_000) });
    const { holding } = await state<Parcel>('parcel-a.1');
    expect(holding.pledges).toMatchObject([{ pledgeNo: 'P' }]);
    expect((await state<Stone>('stone-a~2')).holding.pledges).toMatchObject([{ pledgeNo: 'P' }]);
  });
});
