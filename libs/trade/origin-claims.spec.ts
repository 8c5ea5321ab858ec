import { describe, expect, it } from '@jest/globals';
import type { Origin } from '#events/values';
import { fold } from '#libs/decider/decider';
import { possibleCountries } from '#libs/origin/origin';
import { parcel } from '#libs/parcel/parcel';
import { stone } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';
import { done } from '#test/support/done';
import { as, day, given, mct } from '#test/support/given';

const alrosa = as('alrosa', ['producer']);
const ngo = as('ngo', ['dealer']);
const authority = as('kp-authority', ['authority']);

const recover = {
  type: 'RecoverRough',
  mineId: 'bw-jwaneng',
  weight: mct(34_170),
  meta: alrosa,
} as const;
const ru: Origin = {
  countries: [{ country: 'RU', minPpm: 1_000_000, maxPpm: 1_000_000 }],
  mineIds: [],
  chainOfCustody: 'unknown',
};
const contest = {
  type: 'ContestOrigin',
  contestNo: 'C-1',
  ground: 'seen in Mirny',
  origin: ru,
  meta: ngo,
} as const;
const resolve = {
  type: 'ResolveOriginContest',
  contestNo: 'C-1',
  outcome: 'upheld',
  ground: 'records agree',
  meta: authority,
} as const;
const declare = { type: 'DeclareOrigin', origin: ru, purpose: 'g7', meta: alrosa } as const;
const sha256 = 'a'.repeat(64);
const evidence = {
  type: 'AttachOriginEvidence',
  kind: 'mine-record',
  document: { type: 'production record', sha256 },
  countries: ['BW'],
  meta: alrosa,
} as const;
const history = (...commands: readonly StoneCommand[]) =>
  given(stone)(...done(stone, recover, ...commands));
const countries = (...commands: readonly StoneCommand[]) => {
  const state = fold(stone, done(stone, recover, ...commands));
  return state && possibleCountries(state.origin).countries;
};

describe('evidence of origin', () => {
  it('is put on file by a holder, by the hash of its bytes', () => {
    history()
      .when(evidence)
      .thenRecorded({
        type: 'OriginEvidenceAttached',
        data: {
          kind: 'mine-record',
          document: { type: 'production record', sha256 },
          countries: ['BW'],
        },
      });
    history()
      .when({ ...evidence, meta: ngo })
      .thenRefused('not-holder');
    history()
      .when({ ...evidence, document: { type: 'x' } })
      .thenRefused('document-needed');
    history()
      .when({ ...evidence, document: { type: 'x', sha256: 'A' } })
      .thenRefused('bad-hash');
    history()
      .when({ ...evidence, countries: ['XX'] })
      .thenRefused('bad-country');
  });

  it('removes no possible country', () => expect(countries(evidence)).toEqual(['BW']));
});

describe('a contest of origin', () => {
  it('is open to every party', () => {
    history()
      .when(contest)
      .thenRecorded({
        type: 'OriginContested',
        data: { contestNo: 'C-1', ground: 'seen in Mirny', origin: ru },
      });
    history(contest).when(contest).thenRefused('contest-exists');
    const wrong = { ...ru, countries: [{ country: 'RU', minPpm: 2, maxPpm: 1 }] };
    history()
      .when({ ...contest, origin: wrong })
      .thenRefused('impossible-origin');
    history()
      .when({ ...contest, meta: as('reviewer', ['auditor']) })
      .thenRefused('auditor-only');
  });

  it('freezes claims of a single country while it is open', () => {
    history(contest).when(declare).thenRefused('origin-contested');
    const half = { minPpm: 0, maxPpm: 1_000_000 };
    const two = {
      ...ru,
      countries: [
        { country: 'BW', ...half },
        { country: 'RU', ...half },
      ],
    };
    expect(done(stone, recover, contest, { ...declare, origin: two })).toHaveLength(3);
    expect(done(stone, recover, contest, resolve, declare)).toHaveLength(4);
  });

  it('freezes those of parcels too', () => {
    const month = day('2025-03-01');
    const content = { weight: mct(100_000) };
    const lot = {
      type: 'RecoverLot',
      mineId: 'bw-jwaneng',
      from: month,
      to: month,
      content,
      meta: alrosa,
    } as const;
    given(parcel)(...done(parcel, lot, contest))
      .when(declare)
      .thenRefused('origin-contested');
    const upheld = fold(parcel, done(parcel, lot, contest, resolve));
    expect(upheld && possibleCountries(upheld.goods.origin).countries).toEqual(['BW', 'RU']);
  });

  it('widens the origin when it is upheld, and only then', () => {
    history(contest)
      .when(resolve)
      .thenRecorded({
        type: 'OriginContestResolved',
        data: { contestNo: 'C-1', outcome: 'upheld', ground: 'records agree', origin: ru },
      });
    expect(countries(contest)).toEqual(['BW']);
    expect(countries(contest, resolve)).toEqual(['BW', 'RU']);
    expect(countries(contest, { ...resolve, outcome: 'dismissed' })).toEqual(['BW']);
  });

  it('is decided by an authority, or withdrawn by the claimant', () => {
    history(contest)
      .when({ ...resolve, meta: alrosa })
      .thenRefused('role-needed');
    history(contest)
      .when({ ...resolve, outcome: 'withdrawn' })
      .thenRefused('not-your-act');
    expect(countries(contest, { ...resolve, outcome: 'withdrawn', meta: ngo })).toEqual(['BW']);
    history().when(resolve).thenRefused('unknown-contest');
  });
});
