import { describe, expect, it } from '@jest/globals';
import type { ParcelEvent, ParcelOpened } from '#events/parcel';
import type { Weight } from '#events/values';
import { fold } from '#libs/decider/decider';
import { mineOrigin } from '#libs/origin/origin';
import { parcel, parcelMentions } from '#libs/parcel/parcel';
import { minesVersion } from '#libs/reference/mines';
import type { RecoverLot } from '#libs/parcel/parcel-command';
import { as, day, given, mct, over, stated } from '#test/support/given';

const meta = as('alrosa', ['producer']);
const lot = (weight: Weight = mct(1_000_000), pieces?: number) => ({
  mineId: 'ru-ebelyakh',
  from: day('2025-03-01'),
  to: day('2025-03-31'),
  content: { weight, ...(pieces !== undefined && { pieces }) },
});
const recovered = (weight?: Weight, pieces?: number) =>
  stated('alrosa', { type: 'ProductionLotRecovered' as const, data: lot(weight, pieces) });
const part = (weight: number, pieces?: number) => ({
  content: { weight: mct(weight), ...(pieces !== undefined && { pieces }) },
});
const sort = (loss: number, ...parts: readonly ReturnType<typeof part>[]) =>
  ({ type: 'SortParcel', parts, loss: mct(loss), meta }) as const;
const split = (...parts: readonly ReturnType<typeof part>[]) =>
  ({ type: 'SplitParcel', parts, meta }) as const;
const single = (weight: Weight) => ({ type: 'SingleOutStone', weight, meta }) as const;
const taken = (n: number, weight: number, pieces?: number) =>
  stated('alrosa', {
    type: 'ParcelSplit' as const,
    data: { parts: [{ n, ...part(weight, pieces) }] },
  });

describe('recovering a lot', () => {
  const recover = (changes: Partial<RecoverLot> = {}): RecoverLot => ({
    type: 'RecoverLot',
    ...lot(),
    meta,
    ...changes,
  });

  it('makes the producer its custodian and owner', () => {
    const mine = { country: 'RU', operating: 'unknown', data: minesVersion() } as const;
    given(parcel)()
      .when(recover())
      .thenRecorded({ type: 'ProductionLotRecovered', data: { ...lot(), mine } });
    expect(fold(parcel, [recovered()])).toMatchObject({
      holding: { custodian: 'alrosa', owner: 'alrosa' },
      goods: { origin: mineOrigin('RU', 'ru-ebelyakh', 'segregated'), pieces: null },
    });
  });

  it('takes a producer, a known mine and a new id', () => {
    given(parcel)()
      .when(recover({ meta: as('alrosa', ['dealer']) }))
      .thenRefused('role-needed');
    given(parcel)()
      .when(recover({ mineId: 'x' }))
      .thenRefused('unknown-mine');
    given(parcel)()
      .when(recover({ mineId: 'us-kelsey-lake' }))
      .thenRefused('mine-not-operating');
    given(parcel)(recovered()).when(recover()).thenRefused('already-exists');
  });

  it('refuses a production that ends before it begins, or is to come', () => {
    given(parcel)()
      .when(recover({ from: day('2025-04-01'), to: day('2025-03-01') }))
      .thenRefused('out-of-order');
    given(parcel)()
      .when(recover({ meta: { ...meta, at: day('2025-02-01') } }))
      .thenRefused('out-of-order');
    given(parcel)()
      .when(recover({ to: day('2025-06-01') }))
      .thenRefused('in-the-future');
    given(parcel)()
      .when(recover({ from: day('2025-03-32') }))
      .thenRefused('bad-date');
  });

  it('refuses weights and pieces that cannot be', () => {
    const holds = (content: RecoverLot['content']) => given(parcel)().when(recover({ content }));
    holds({ weight: mct(0) }).thenRefused('bad-weight');
    holds({ weight: mct(1_000_000_000_001) }).thenRefused('bad-weight');
    holds({ weight: mct(10), pieces: 11 }).thenRefused('bad-pieces');
    holds({ weight: mct(10), pieces: 0 }).thenRefused('bad-pieces');
    holds({ weight: mct(10), pieces: 1.5 }).thenRefused('bad-pieces');
  });
});

describe('sorting', () => {
  const sorted11 = { ...part(600_000), assortment: '+11' };

  it('numbers the parts and accounts for all of the parcel', () =>
    given(parcel)(recovered())
      .when(sort(1000, sorted11, part(399_000)))
      .thenRecorded({
        type: 'ParcelSorted',
        data: {
          parts: [
            { n: 1, ...sorted11 },
            { n: 2, ...part(399_000) },
          ],
          loss: mct(1000),
        },
      }));

  it('neither makes nor hides weight, within 5 mct a weighing and 0.02 %', () => {
    const parts = [part(600_000), part(399_000)];
    given(parcel)(recovered())
      .when(sort(1215, ...parts))
      .thenRecorded({
        type: 'ParcelSorted',
        data: { parts: parts.map((one, i) => ({ n: i + 1, ...one })), loss: mct(1215) },
      });
    given(parcel)(recovered())
      .when(sort(1216, ...parts))
      .thenRefused('gained-weight');
    given(parcel)(recovered())
      .when(sort(784, ...parts))
      .thenRefused('unaccounted-weight');
  });

  it('keeps the pieces that were counted', () => {
    const counted = given(parcel)(recovered(mct(1_000_000), 100));
    counted.when(sort(0, part(600_000, 60), part(400_000, 41))).thenRefused('pieces-differ');
    counted.when(sort(0, part(600_000, 60), part(400_000, 39))).thenRefused('pieces-differ');
    counted.when(sort(0, part(600_000, 100), part(400_000))).thenRefused('pieces-differ');
    const parts = [part(600_000, 60), part(400_000, 40)];
    counted.when(sort(0, ...parts)).thenRecorded({
      type: 'ParcelSorted',
      data: { parts: parts.map((one, i) => ({ n: i + 1, ...one })), loss: mct(0) },
    });
  });

  it('yields parts, and no more than an event can hold', () => {
    given(parcel)(recovered()).when(sort(0)).thenRefused('too-few-parts');
    const many = Array.from({ length: 201 }, () => part(4000));
    given(parcel)(recovered())
      .when(sort(0, ...many))
      .thenRefused('too-many-parts');
  });

  it('consumes the parcel', () => {
    const sorted = stated('alrosa', {
      type: 'ParcelSorted' as const,
      data: { parts: [{ n: 1, ...part(1_000_000) }], loss: mct(0) },
    });
    for (const act of [split(part(1)), single(mct(1)), sort(0, part(1))]) {
      given(parcel)(recovered(), sorted).when(act).thenRefused('consumed');
    }
  });
});

describe('splitting', () => {
  it('leaves the rest in the parcel', () => {
    given(parcel)(recovered(), taken(1, 400_000))
      .when(split(part(500_000)))
      .thenRecorded({ type: 'ParcelSplit', data: { parts: [{ n: 2, ...part(500_000) }] } });
    given(parcel)(recovered(), taken(1, 400_000))
      .when(split(part(600_300)))
      .thenRefused('gained-weight');
  });

  it('uses the parcel up when nothing is left', () =>
    given(parcel)(recovered(), taken(1, 1_000_000))
      .when(split(part(1)))
      .thenRefused('consumed'));

  it('leaves neither weight without pieces nor pieces without weight', () => {
    const counted = given(parcel)(recovered(mct(1_000_000), 100));
    counted.when(split(part(500_000, 101))).thenRefused('pieces-differ');
    counted.when(split(part(500_000, 100))).thenRefused('pieces-differ');
    counted.when(split(part(1_000_000, 1))).thenRefused('pieces-differ');
    counted
      .when(split(part(500_000, 10)))
      .thenRecorded({ type: 'ParcelSplit', data: { parts: [{ n: 1, ...part(500_000, 10) }] } });
  });

  it('no longer knows the pieces once parts were not counted', () =>
    expect(fold(parcel, [recovered(mct(1000), 10), taken(1, 100)])?.goods.pieces).toBeNull());

  it('widens what the rest may hold', () => {
    const mixed = opened([
      { country: 'RU', minPpm: 600_000, maxPpm: 600_000 },
      { country: 'BW', minPpm: 400_000, maxPpm: 400_000 },
    ]);
    expect(fold(parcel, [mixed, taken(1, 500_000)])?.goods.origin.countries).toEqual([
      { country: 'RU', minPpm: 200_000, maxPpm: 1_000_000 },
      { country: 'BW', minPpm: 0, maxPpm: 800_000 },
    ]);
  });

  it('ends where ids can grow no longer', () => {
    const deep = opened([], `parcel-${'a'.repeat(60)}${'.1'.repeat(65)}`);
    for (const act of [split(part(1)), single(mct(1)), sort(0, part(1_000_000))]) {
      given(parcel)(deep).when(act).thenRefused('too-many-generations');
    }
  });
});

describe('singling out a stone', () => {
  it('takes one piece and its weight', () => {
    given(parcel)(recovered(mct(50_000), 3))
      .when({ ...single(mct(34_170)), colour: 'yellow' })
      .thenRecorded({
        type: 'StoneSingledOut',
        data: { n: 1, weight: mct(34_170), colour: 'yellow' },
      });
    const out = stated('alrosa', {
      type: 'StoneSingledOut' as const,
      data: { n: 1, weight: mct(34_170) },
    });
    expect(fold(parcel, [recovered(mct(50_000), 3), out])?.goods.pieces).toBe(2);
    given(parcel)(recovered(mct(50_000), 3), out)
      .when(single(mct(16_000)))
      .thenRefused('gained-weight');
    given(parcel)(recovered(mct(50_000), 1))
      .when(single(mct(34_170)))
      .thenRefused('pieces-differ');
    given(parcel)(recovered())
      .when(single(mct(10_000_001)))
      .thenRefused('bad-weight');
  });

  it('is for the custodian', () =>
    given(parcel)(recovered())
      .when({ ...single(mct(1000)), meta: as('graff') })
      .thenRefused('not-custodian'));
});

describe('a parcel', () => {
  it('is opened by policy, once for its cause', () => {
    const data = openedAs([]);
    const open = { type: 'OpenParcel', ...data, meta: as('alrosa') } as const;
    given(parcel)().when(open).thenRecorded({ type: 'ParcelOpened', data });
    given(parcel)(opened([])).when(open).thenRecorded();
    given(parcel)(opened([]))
      .when({ ...open, cause: 'another' })
      .thenRefused('already-exists');
  });

  it('that is not there takes no acts', () =>
    given(parcel)()
      .when(split(part(1)))
      .thenRefused('unknown-parcel'));

  it('changes hands and owners as a stone does', () => {
    const release = { type: 'ReleaseCustody', to: 'brinks', purpose: 'vault', meta } as const;
    given(parcel)(recovered())
      .when({ ...release, weight: mct(1_000_400) })
      .thenRecorded({
        type: 'CustodyReleased',
        data: { from: 'alrosa', to: 'brinks', purpose: 'vault', weight: mct(1_000_400) },
      });
    given(parcel)(recovered())
      .when({ ...release, weight: mct(1_000_411) })
      .thenRefused('weight-differs');
    expect(parcelMentions(release)).toEqual([{ party: 'brinks', field: 'to' }]);
    given(parcel)(recovered())
      .when({ type: 'TransferTitle', to: 'graff', basis: 'sale', meta: as('brinks') })
      .thenRefused('not-owner');
  });

  it('keeps every possible country when another is claimed', () => {
    const origin = mineOrigin('BW', 'bw-jwaneng', 'segregated');
    const declare = { type: 'DeclareOrigin', origin, purpose: 'kimberley', meta } as const;
    const draft = { type: 'OriginDeclared', data: { origin, purpose: 'kimberley' } } as const;
    given(parcel)(recovered()).when(declare).thenRecorded(draft);
    const countries = fold(parcel, [recovered(), stated('alrosa', draft)])?.goods.origin.countries;
    expect(countries?.map(({ country }) => country).sort()).toEqual(['BW', 'RU']);
    given(parcel)(recovered())
      .when({ ...declare, meta: as('graff') })
      .thenRefused('not-holder');
  });

  it('of bounded weight stays bounded', () => {
    const dawn = fold(parcel, [recovered(over(900_000)), taken(1, 500_000)] as ParcelEvent[]);
    expect(dawn?.goods.balance.whole).toEqual({ min: 900_001, max: Infinity });
    expect(dawn?.consumed).toBe(false);
  });
});

function openedAs(
  countries: ParcelOpened['data']['origin']['countries'],
  stream = 'parcel-lot-7',
): ParcelOpened['data'] {
  return {
    parent: { stream, revision: 1 },
    cause: 'sorting',
    content: { weight: mct(1_000_000) },
    custodian: 'alrosa',
    owner: 'alrosa',
    origin: { countries, mineIds: [], chainOfCustody: 'controlled-blending' },
  };
}

function opened(...args: Parameters<typeof openedAs>) {
  return stated('alrosa', { type: 'ParcelOpened' as const, data: openedAs(...args) });
}
