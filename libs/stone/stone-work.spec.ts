import { describe, expect, it } from '@jest/globals';
import type { StoneForm } from '#events/stone';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { isRough } from '#libs/stone/stone-goods';
import { leftOf } from '#libs/trade/weight';
import { done } from '#test/support/done';
import { as, given, mct, over } from '#test/support/given';

const kgk = as('kgk', ['cutter', 'dealer']);
const graff = as('graff', ['jeweller']);
const gia = as('gia', ['laboratory']);
const held = (form: StoneForm, weight = mct(10_000)): StoneCommand => ({
  type: 'OpenHistory',
  form,
  weight,
  origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
  owner: 'kgk',
  basis: 'bought',
  meta: kgk,
});
const start = { type: 'StartManufacturing', orderNo: '1', meta: kgk } as const;
const brute = { type: 'BruteStone', weightAfter: mct(9_000), meta: kgk } as const;
const block = { type: 'BlockStone', weightAfter: mct(7_000), meta: kgk } as const;
const broken = {
  type: 'BreakStone',
  cause: 'feather',
  pieces: [{ weight: mct(6_000) }, { weight: mct(3_000) }],
  loss: mct(1_000),
  meta: kgk,
} as const;
const recut = {
  type: 'RecutStone',
  weightBefore: mct(10_002),
  weightAfter: mct(9_500),
  reason: 'chip',
  meta: kgk,
} as const;
const repolish = { ...recut, type: 'RepolishStone' } as const;
const issue = (reportNo: string): StoneCommand => ({
  type: 'IssueReport',
  reportNo,
  weight: mct(10_000),
  meta: gia,
});
const rough = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, held('rough'), ...commands));
const polished = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, held('polished'), ...commands));
const state = (...commands: readonly StoneCommand[]) => {
  const folded = fold(stone, done(stone, ...commands));
  if (!folded) throw new Error('no stone');
  return folded;
};

describe('bruting and blocking', () => {
  it('take weight away under an order', () => {
    rough(start)
      .when(brute)
      .thenRecorded({ type: 'StoneBruted', data: { weightAfter: mct(9_000) } });
    rough(start, brute)
      .when(block)
      .thenRecorded({ type: 'StoneBlocked', data: { weightAfter: mct(7_000) } });
    expect(leftOf(state(held('rough'), start, brute).balance)).toEqual({ min: 9_000, max: 9_000 });
  });

  it('leave a bruted stone rough for Kimberley, and not a blocked one', () => {
    expect(isRough(state(held('rough'), start, brute))).toBe(true);
    expect(isRough(state(held('rough'), start, brute, block))).toBe(false);
  });

  it.each([brute, block])('are refused where cutting is: %j', (act) => {
    rough().when(act).thenRefused('not-in-manufacture');
    rough(start)
      .when({ ...act, meta: { ...kgk, roles: ['dealer'] } })
      .thenRefused('role-needed');
    rough(start)
      .when({ ...act, meta: { ...graff, roles: ['cutter'] } })
      .thenRefused('not-custodian');
    polished().when(act).thenRefused('not-rough');
    rough(start)
      .when({ ...act, weightAfter: mct(10_006) })
      .thenRefused('gained-weight');
    rough(start)
      .when({ ...act, weightAfter: mct(0) })
      .thenRefused('bad-weight');
  });

  it('never let a later weighing add weight', () => {
    const lighter = state(held('rough'), start, brute, { ...block, weightAfter: mct(9_004) });
    expect(leftOf(lighter.balance).max).toBe(9_000);
  });
});

describe('a broken stone', () => {
  it('becomes pieces that add up, or none', () => {
    rough()
      .when(broken)
      .thenRecorded({
        type: 'StoneBroken',
        data: {
          cause: 'feather',
          pieces: [
            { n: 1, weight: mct(6_000) },
            { n: 2, weight: mct(3_000) },
          ],
          loss: mct(1_000),
        },
      });
    polished()
      .when({ ...broken, pieces: [], loss: mct(10_000) })
      .thenRecorded({
        type: 'StoneBroken',
        data: { cause: 'feather', pieces: [], loss: mct(10_000) },
      });
    polished(broken).when(recut).thenRefused('consumed');
  });

  it('gains and loses no weight', () => {
    rough()
      .when({ ...broken, loss: mct(2_000) })
      .thenRefused('gained-weight');
    rough()
      .when({ ...broken, loss: mct(0) })
      .thenRefused('unaccounted-weight');
    rough()
      .when({ ...broken, pieces: [{ weight: mct(0) }] })
      .thenRefused('bad-weight');
    const crumbs = Array.from({ length: 201 }, () => ({ weight: mct(10) }));
    rough()
      .when({ ...broken, pieces: crumbs })
      .thenRefused('too-many-parts');
  });

  it('is stated by its custodian, while nobody else has rights in it', () => {
    rough()
      .when({ ...broken, meta: graff })
      .thenRefused('not-custodian');
    rough({ type: 'ReportLoss', circumstances: 'gone', meta: kgk })
      .when(broken)
      .thenRefused('not-clear');
  });
});

describe('recutting and repolishing', () => {
  it('leave the same stone, lighter, and its live reports superseded', () => {
    polished(issue('1'), issue('2'))
      .when({ ...recut, shape: 'oval' })
      .thenRecorded({
        type: 'StoneRecut',
        data: {
          weightBefore: mct(10_002),
          weightAfter: mct(9_500),
          reason: 'chip',
          shape: 'oval',
          superseded: [{ laboratory: 'gia', reportNo: '2' }],
        },
      });
    const after = state(held('polished'), issue('1'), repolish);
    expect([leftOf(after.balance), after.liveReports, after.consumed]).toEqual([
      { min: 9_500, max: 9_500 },
      [],
      false,
    ]);
  });

  it.each([recut, repolish])('make it strictly lighter: %j', (act) => {
    polished()
      .when({ ...act, weightBefore: mct(10_000), weightAfter: mct(10_000) })
      .thenRefused('not-lighter');
    polished()
      .when({ ...act, weightBefore: mct(9_995), weightAfter: mct(9_996) })
      .thenRefused('not-lighter');
    polished()
      .when({ ...act, weightAfter: mct(10_001) })
      .thenRefused('gained-weight');
    polished()
      .when({ ...act, weightBefore: mct(9_000) })
      .thenRefused('weight-differs');
    polished()
      .when({ ...act, weightAfter: mct(0) })
      .thenRefused('bad-weight');
    rough().when(act).thenRefused('not-polished');
    polished()
      .when({ ...act, meta: { ...kgk, roles: ['dealer'] } })
      .thenRefused('role-needed');
    polished()
      .when({ ...act, meta: graff })
      .thenRefused('not-custodian');
    polished({ type: 'ReportLoss', circumstances: 'gone', meta: kgk })
      .when(act)
      .thenRefused('not-clear');
  });

  it('keep to the bound of a weight that is only bounded', () => {
    const act = { ...recut, weightBefore: over(100_000), weightAfter: over(90_000) };
    given(stone)(...done(stone, held('polished', over(100_000))))
      .when(act)
      .thenRecorded({
        type: 'StoneRecut',
        data: {
          weightBefore: over(100_000),
          weightAfter: over(90_000),
          reason: 'chip',
          superseded: [],
        },
      });
  });
});
