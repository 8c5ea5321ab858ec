import { describe, expect, it } from '@jest/globals';
import type { Origin } from '#events/values';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import type { MergeIdentity } from '#libs/stone/identity-command';
import type { StoneCommand } from '#libs/stone/stone-command';
import { possibleCountries } from '#libs/origin/origin';
import { done } from '#test/support/done';
import { as, day, given, mct, stated } from '#test/support/given';

const kgk = as('kgk', ['dealer']);
const graff = as('graff', ['dealer']);
const origin: Origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' };
const ru: Origin = {
  ...origin,
  countries: [{ country: 'RU', minPpm: 1_000_000, maxPpm: 1_000_000 }],
};
const opened: StoneCommand = {
  type: 'OpenHistory',
  form: 'polished',
  weight: mct(1_000),
  origin: ru,
  owner: 'kgk',
  basis: 'bought',
  meta: kgk,
};
const giveUp = { type: 'GiveUpIdentity', stoneId: 'b', survivor: 'a', meta: kgk } as const;
const agree = { type: 'AgreeToMerge', merged: 'b', reason: 'one scan', meta: kgk } as const;
const merge: MergeIdentity = {
  type: 'MergeIdentity',
  survivor: 'a',
  merged: 'b',
  cause: 'cause-1',
  weight: mct(1_004),
  origin: { ...ru, countries: [{ country: 'BW', minPpm: 1_000_000, maxPpm: 1_000_000 }] },
  form: 'polished',
  custodian: 'graff',
  owner: 'graff',
  meta: graff,
};
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, opened, ...commands));

describe('giving a record up', () => {
  it('ends it for the record of the same stone', () => {
    history()
      .when(giveUp)
      .thenRecorded({
        type: 'IdentityGivenUp',
        data: {
          survivor: 'a',
          weight: { mct: 1_000, qualifier: 'eq', basis: 'reported' },
          origin: ru,
        },
      });
    history(giveUp).when(agree).thenRefused('consumed');
  });

  it('is its custodian’s, for another stone, while nobody else has rights in it', () => {
    history()
      .when({ ...giveUp, meta: graff })
      .thenRefused('not-custodian');
    history()
      .when({ ...giveUp, survivor: 'b' })
      .thenRefused('to-itself');
    history()
      .when({ ...giveUp, survivor: 'A B' })
      .thenRefused('bad-id');
    history({ type: 'ReportLoss', circumstances: 'gone', meta: kgk })
      .when(giveUp)
      .thenRefused('not-clear');
  });

  it('is undone when the other record does not take it in, once', () => {
    const isGivenUp = stated('kgk', {
      type: 'IdentityGivenUp' as const,
      data: { survivor: 'a', weight: mct(1_000), origin: ru },
    });
    const cause = isGivenUp.meta.id;
    const data = { survivor: 'a', cause, code: 'not-agreed' };
    const restore = { type: 'RestoreIdentity', ...data, meta: kgk } as const;
    const events = [...done(stone, opened), isGivenUp];
    given(stone)(...events)
      .when(restore)
      .thenRecorded({ type: 'IdentityRestored', data });
    const restored = stated('kgk', { type: 'IdentityRestored' as const, data });
    given(stone)(...events, restored)
      .when(restore)
      .thenRecorded();
    expect(fold(stone, [...events, restored])?.consumed).toBe(false);
  });
});

describe('taking a record in', () => {
  const taken = {
    type: 'IdentitiesMerged' as const,
    data: { survivor: 'a', merged: ['b'], cause: 'cause-1', origin: merge.origin },
  };
  const refusal = (code: string) => ({
    type: 'IdentityMergeRefused' as const,
    data: { merged: 'b', cause: 'cause-1', code },
  });

  it('needs both holders, who may be one', () => {
    history(agree).when(merge).thenRecorded(taken);
    history().when(merge).thenRecorded(refusal('not-agreed'));
    history()
      .when({ ...merge, custodian: 'kgk', owner: 'kgk' })
      .thenRecorded(taken);
    history()
      .when({ ...agree, meta: graff })
      .thenRefused('not-custodian');
    history()
      .when({ ...agree, merged: '../b' })
      .thenRefused('bad-id');
    history()
      .when(agree)
      .thenRecorded({
        type: 'IdentityMergeAgreed',
        data: { merged: 'b', reason: 'one scan' },
      });
  });

  it('needs stones that could be one', () => {
    history(agree)
      .when({ ...merge, weight: mct(1_100) })
      .thenRecorded(refusal('weight-differs'));
    history(agree)
      .when({ ...merge, form: 'rough' })
      .thenRecorded(refusal('other-form'));
    history(agree)
      .when({ ...merge, meta: { ...graff, at: day('2020-01-01') } })
      .thenRecorded(refusal('out-of-order'));
    history(agree, giveUp).when(merge).thenRecorded(refusal('consumed'));
    given(stone)().when(merge).thenRefused('unknown-stone');
  });

  it('makes whatever origin either had possible, and happens once', () => {
    const events = [...done(stone, opened, agree), stated('graff', taken)];
    const state = fold(stone, events);
    expect(state && possibleCountries(state.origin).countries).toEqual(['BW', 'RU']);
    given(stone)(...events)
      .when(merge)
      .thenRecorded();
  });
});

describe('a record of two stones', () => {
  const split = {
    type: 'SplitIdentity',
    weight: mct(998),
    reason: 'two stones',
    meta: kgk,
  } as const;

  it('leaves this record to one and opens one for the other, which weighs the same', () => {
    history()
      .when(split)
      .thenRecorded({
        type: 'IdentitySplit',
        data: { n: 1, weight: mct(998), reason: 'two stones' },
      });
    history()
      .when({ ...split, weight: mct(900) })
      .thenRefused('weight-differs');
    history()
      .when({ ...split, weight: mct(0) })
      .thenRefused('bad-weight');
    history()
      .when({ ...split, meta: graff })
      .thenRefused('not-custodian');
    history({ type: 'ReportLoss', circumstances: 'gone', meta: kgk })
      .when(split)
      .thenRefused('not-clear');
  });
});
