import { describe, expect, it } from '@jest/globals';
import type { Content } from '#events/parcel';
import type { Origin } from '#events/values';
import { fold } from '#libs/decider/decider';
import type { OpenParcelHistory } from '#libs/parcel/melee-command';
import { parcel } from '#libs/parcel/parcel';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import { sievesVersion } from '#libs/reference/sieves';
import { done } from '#test/support/done';
import { as, given, mct } from '#test/support/given';

const kgk = as('kgk', ['cutter', 'jeweller']);
const stranger = as('stranger', ['cutter', 'jeweller']);
const mixed: Origin = {
  countries: [
    { country: 'BW', minPpm: 400_000, maxPpm: 600_000 },
    { country: 'RU', minPpm: 0, maxPpm: 600_000 },
  ],
  mineIds: [],
  chainOfCustody: 'controlled-blending',
};
const content = (weight: number, pieces?: number): Content => ({
  weight: mct(weight),
  ...(pieces !== undefined && { pieces }),
});
const rough: OpenParcelHistory = {
  type: 'OpenParcelHistory',
  form: 'rough',
  content: content(100_000, 50),
  origin: mixed,
  owner: 'kgk',
  basis: 'old stock',
  meta: kgk,
};
const melee: OpenParcelHistory = { ...rough, form: 'polished', content: content(7_500, 300) };
const polished = (...commands: readonly ParcelCommand[]) =>
  given(parcel)(...done(parcel, melee, ...commands));
const inRough = (...commands: readonly ParcelCommand[]) =>
  given(parcel)(...done(parcel, rough, ...commands));
const sieves = { data: sievesVersion() };
const lost = { type: 'ReportLoss', circumstances: 'gone', meta: kgk } as const;

describe('cutting a parcel', () => {
  const start = { type: 'StartManufacturing', orderNo: '1', craftsmen: 9, meta: kgk } as const;
  const produce = {
    type: 'ProducePolishedParcel',
    content: content(7_500, 300),
    sieve: '+6.5',
    meta: kgk,
  } as const;
  const loss = { type: 'RecordLoss', weight: mct(92_500), cause: 'polishing', meta: kgk } as const;
  const close = { type: 'CloseManufacturing', meta: kgk } as const;

  it('yields polished parcels and dust that add up', () => {
    inRough()
      .when(start)
      .thenRecorded({ type: 'ManufacturingStarted', data: { orderNo: '1', craftsmen: 9 } });
    inRough(start)
      .when(produce)
      .thenRecorded({
        type: 'PolishedParcelProduced',
        data: { n: 1, content: content(7_500, 300), sieve: '+6.5', sieves },
      });
    inRough(start, produce)
      .when(loss)
      .thenRecorded({
        type: 'ManufacturingLossRecorded',
        data: { weight: mct(92_500), cause: 'polishing' },
      });
    inRough(start, produce, loss)
      .when(close)
      .thenRecorded({ type: 'ManufacturingClosed', data: { orderNo: '1' } });
    inRough(start, produce, loss, close).when(start).thenRefused('consumed');
  });

  it('opens the shares of a mixed origin: nobody knows whose rough became dust', () => {
    const state = fold(parcel, done(parcel, rough, start));
    const open = { minPpm: 0, maxPpm: 1_000_000 };
    expect(state?.goods.origin.countries).toEqual([
      { country: 'BW', ...open },
      { country: 'RU', ...open },
    ]);
  });

  it('accounts for all weight', () => {
    inRough(start, produce).when(close).thenRefused('unaccounted-weight');
    inRough(start, produce)
      .when({ ...loss, weight: mct(95_000) })
      .thenRefused('gained-weight');
    inRough(start)
      .when({ ...produce, content: content(200_000) })
      .thenRefused('gained-weight');
    inRough(start)
      .when({ ...produce, content: content(0) })
      .thenRefused('bad-weight');
    inRough(start)
      .when({ ...loss, weight: mct(0) })
      .thenRefused('bad-weight');
    inRough(start)
      .when({ ...produce, content: content(10, 20) })
      .thenRefused('bad-pieces');
    inRough(start)
      .when({ ...produce, sieve: '+0.1' })
      .thenRefused('unknown-sieve');
    inRough(start)
      .when({ ...produce, content: content(12_000, 30) })
      .thenRefused('pieces-implausible');
  });

  it('is of rough, by the factory that holds it and began it', () => {
    polished().when(start).thenRefused('not-rough');
    inRough(start).when(start).thenRefused('in-manufacture');
    inRough()
      .when({ ...start, craftsmen: 0 })
      .thenRefused('bad-count');
    inRough()
      .when({ ...start, meta: stranger })
      .thenRefused('not-custodian');
    inRough()
      .when({ ...start, meta: { ...kgk, roles: ['dealer'] } })
      .thenRefused('role-needed');
    inRough(lost).when(start).thenRefused('not-clear');
    for (const act of [produce, loss, close]) inRough().when(act).thenRefused('not-in-manufacture');
    const pass: readonly ParcelCommand[] = [
      { type: 'ReleaseCustody', to: 'stranger', purpose: 'cutting', meta: kgk },
      { type: 'AcceptCustody', meta: stranger },
    ];
    inRough(start, ...pass)
      .when({ ...produce, meta: stranger })
      .thenRefused('not-your-order');
  });

  it('leaves nothing to sort, split or mix', () => {
    const part = { content: content(1_000) };
    const acts: readonly ParcelCommand[] = [
      { type: 'SplitParcel', parts: [part], meta: kgk },
      { type: 'SortParcel', parts: [part], loss: mct(0), meta: kgk },
      { type: 'SingleOutStone', weight: mct(1_000), meta: kgk },
      { type: 'MixParcel', parcelId: 'a', into: 'b', meta: kgk },
      {
        type: 'CleanRough',
        weightBefore: mct(100_000),
        weightAfter: mct(99_000),
        method: 'acid',
        meta: kgk,
      },
    ];
    for (const act of acts) inRough(start).when(act).thenRefused('in-manufacture');
  });
});
