import { describe, expect, it } from '@jest/globals';
import type { StoneEvent } from '#events/stone';
import type { Weight } from '#events/values';
import { fold } from '#libs/decider/decider';
import { stone } from '#libs/stone/stone';
import { as, given, mct, stated } from '#test/support/given';

const alrosa = as('alrosa', ['producer']);
const brinks = as('brinks');
const recovered = stated('alrosa', {
  type: 'RoughDiamondRecovered' as const,
  data: { mineId: 'ru-ebelyakh', weight: mct(34_170) },
});
const released = stated('alrosa', {
  type: 'CustodyReleased' as const,
  data: { from: 'alrosa', to: 'brinks', purpose: 'carriage' as const },
});
const accept = { type: 'AcceptCustody', meta: brinks } as const;
const history = (...events: readonly StoneEvent[]) => given(stone)(recovered, ...events);

describe('the second act of a hand-over', () => {
  it('takes goods that weigh something else, and says so', () =>
    history(released)
      .when({ ...accept, weight: mct(33_000) })
      .thenRecorded(
        { type: 'CustodyAccepted', data: { from: 'alrosa', to: 'brinks', weight: mct(33_000) } },
        {
          type: 'WeightDiscrepancyRecorded',
          data: {
            from: 'alrosa',
            to: 'brinks',
            expected: { mct: 34_170, qualifier: 'eq', basis: 'reported' },
            weight: mct(33_000),
          },
        },
      ));

  it('differs by no more than both scales may err', () => {
    const fine = stated('alrosa', {
      type: 'RoughDiamondRecovered' as const,
      data: { mineId: 'ru-ebelyakh', weight: { ...mct(34_170), tolMct: 1 } },
    });
    const types = (weight: Weight) =>
      stone.decide({ ...accept, weight }, fold(stone, [fine, released])).map(({ type }) => type);
    const differs = ['CustodyAccepted', 'WeightDiscrepancyRecorded'];
    expect(types(mct(34_176))).toEqual(['CustodyAccepted']);
    expect(types(mct(34_177))).toEqual(differs);
    expect(types({ ...mct(34_172), tolMct: 1 })).toEqual(['CustodyAccepted']);
    expect(types({ ...mct(34_173), tolMct: 1 })).toEqual(differs);
    expect(types({ ...mct(34_221), tolMct: 50 })).toEqual(['CustodyAccepted']);
  });

  it('is of goods that weigh something', () =>
    history(released)
      .when({ ...accept, weight: mct(0) })
      .thenRefused('bad-weight'));

  it('may be forestalled by the custodian, who takes its release back', () => {
    const withdraw = { type: 'WithdrawRelease', reason: 'no carrier', meta: alrosa } as const;
    history(released)
      .when(withdraw)
      .thenRecorded({
        type: 'CustodyReleaseWithdrawn',
        data: { to: 'brinks', reason: 'no carrier' },
      });
    history(released)
      .when({ ...withdraw, meta: brinks })
      .thenRefused('not-custodian');
    history().when(withdraw).thenRefused('not-released');
    const withdrawn = stated('alrosa', {
      type: 'CustodyReleaseWithdrawn' as const,
      data: { to: 'brinks', reason: 'no carrier' },
    });
    history(released, withdrawn).when(accept).thenRefused('not-released');
  });
});
