import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { parcel } from '#libs/parcel/parcel';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { leftOf } from '#libs/trade/weight';
import { done } from '#test/support/done';
import { as, day, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer', 'cutter']);
const gokhran = as('gokhran', ['authority']);
const stranger = as('stranger');

const recover = {
  type: 'RecoverRough',
  mineId: 'ru-ebelyakh',
  weight: mct(34_170),
  meta: alrosa,
} as const;
const clean = {
  type: 'CleanRough',
  weightBefore: mct(34_172),
  weightAfter: mct(34_000),
  method: 'acid boiling',
  meta: alrosa,
} as const;
const value = { minor: 1_000_000, currency: 'USD' };
const valued = { type: 'ValueRough', valuer: 'GDV', priceBook: 'B', value, meta: alrosa } as const;
const control = {
  type: 'PassStateControl',
  actNo: 'A-1',
  actDate: '2025-04-02',
  meta: gokhran,
} as const;
const polished = {
  type: 'OpenHistory',
  form: 'polished',
  weight: mct(1000),
  origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
  basis: 'bought',
  meta: alrosa,
} as const;
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, recover, ...commands));

describe('cleaning rough', () => {
  it('takes weight away and never adds any', () => {
    const { type: _, meta: _meta, ...data } = clean;
    history().when(clean).thenRecorded({ type: 'RoughCleaned', data });
    const cleaned = fold(stone, done(stone, recover, clean));
    expect(cleaned && leftOf(cleaned.balance)).toEqual({ min: 34_000, max: 34_000 });
    history()
      .when({ ...clean, weightAfter: mct(34_180) })
      .thenRefused('gained-weight');
    const scales = fold(stone, done(stone, recover, { ...clean, weightAfter: mct(34_172) }));
    expect(scales && leftOf(scales.balance)).toEqual({ min: 34_170, max: 34_170 });
  });

  it('adds nothing to what was weighed before, either', () =>
    history()
      .when({ ...clean, weightBefore: mct(34_165), weightAfter: mct(34_168) })
      .thenRefused('gained-weight'));

  it('weighs what the ledger knows', () => {
    history()
      .when({ ...clean, weightBefore: mct(35_000) })
      .thenRefused('weight-differs');
    history()
      .when({ ...clean, weightAfter: mct(0) })
      .thenRefused('bad-weight');
  });

  it('is of rough in its custodian’s hands, clear, loose and not in manufacture', () => {
    history()
      .when({ ...clean, meta: stranger })
      .thenRefused('not-custodian');
    history({ type: 'ReportLoss', circumstances: 'gone', meta: alrosa })
      .when(clean)
      .thenRefused('not-clear');
    history({ type: 'SealPacket', sealNo: 'S', meta: alrosa }).when(clean).thenRefused('sealed');
    history({ type: 'StartManufacturing', orderNo: '1', meta: alrosa })
      .when(clean)
      .thenRefused('in-manufacture');
    given(stone)(...done(stone, polished))
      .when(clean)
      .thenRefused('not-rough');
  });

  it('cleans a parcel as well', () => {
    const content = { weight: mct(100_000), pieces: 40 };
    const month = day('2025-03-01');
    const lot = {
      type: 'RecoverLot',
      mineId: 'ru-ebelyakh',
      from: month,
      to: month,
      content,
      meta: alrosa,
    } as const;
    const after = { ...clean, weightBefore: mct(100_020), weightAfter: mct(99_500) };
    const state = fold(parcel, done(parcel, lot, after));
    expect(state && leftOf(state.goods.balance)).toEqual({ min: 99_500, max: 99_500 });
    expect(state?.goods.pieces).toBe(40);
  });
});

describe('valuing rough', () => {
  it('is for its holders and authorities', () => {
    const { type: _, meta: _meta, ...data } = valued;
    history().when(valued).thenRecorded({ type: 'RoughValued', data });
    history()
      .when({ ...valued, meta: gokhran })
      .thenRecorded({ type: 'RoughValued', data });
    history()
      .when({ ...valued, meta: stranger })
      .thenRefused('not-holder');
    history()
      .when({ ...valued, perCarat: { minor: 0.5, currency: 'USD' } })
      .thenRefused('bad-price');
    given(stone)(...done(stone, polished))
      .when(valued)
      .thenRefused('not-rough');
  });
});

describe('the state’s control', () => {
  it('is an authority’s, on an act that was there by then', () => {
    history()
      .when(control)
      .thenRecorded({
        type: 'StateControlPassed',
        data: { authority: 'gokhran', actNo: 'A-1', actDate: '2025-04-02' },
      });
    history()
      .when({ ...control, meta: alrosa })
      .thenRefused('role-needed');
    history()
      .when({ ...control, actDate: '2025-04-31' })
      .thenRefused('bad-date');
    history()
      .when({ ...control, actDate: '2025-04-05' })
      .thenRefused('out-of-order');
    given(stone)(...done(stone, polished))
      .when(control)
      .thenRefused('not-rough');
  });
});
