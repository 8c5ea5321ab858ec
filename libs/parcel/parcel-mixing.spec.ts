import { describe, expect, it } from '@jest/globals';
import { fold } from '#libs/decider/decider';
import { mineOrigin } from '#libs/origin/origin';
import { parcel } from '#libs/parcel/parcel';
import type { MixParcel, ReceiveMix } from '#libs/parcel/parcel-command';
import { checkMayMix } from '#libs/parcel/parcel-mixing';
import { as, day, given, mct, over, refusalOf, stated } from '#test/support/given';

const meta = as('alrosa', ['producer']);
const russian = mineOrigin('RU', 'ru-ebelyakh', 'segregated');
const from = { stream: 'parcel-lot-7', revision: 1 };
const content = { weight: mct(600_000), pieces: 60 };

const recovered = (mineId = 'ru-ebelyakh', weight = mct(600_000)) =>
  stated('alrosa', {
    type: 'ProductionLotRecovered' as const,
    data: {
      mineId,
      from: day('2025-03-01'),
      to: day('2025-03-31'),
      content: { weight, pieces: 60 },
    },
  });
const mixed = stated('alrosa', {
  type: 'ParcelMixed' as const,
  data: { into: 'blend', content, origin: russian },
});
const mix: MixParcel = { type: 'MixParcel', parcelId: 'lot-7', into: 'blend', meta };
const incoming = {
  from,
  cause: mixed.meta.id,
  content,
  custodian: 'alrosa',
  owner: 'alrosa',
  origin: russian,
};
const receive: ReceiveMix = { type: 'ReceiveMix', parcelId: 'blend', ...incoming, meta };
const received = stated('alrosa', { type: 'MixReceived' as const, data: incoming });
const refusedFor = (code: string) =>
  stated('alrosa', { type: 'MixRefused' as const, data: { from, cause: mixed.meta.id, code } });
const returnIt = {
  type: 'ReturnMix',
  into: 'blend',
  cause: mixed.meta.id,
  code: 'consumed',
  meta,
} as const;

describe('mixing a parcel into another', () => {
  it('takes all of it and consumes it', () => {
    given(parcel)(recovered())
      .when(mix)
      .thenRecorded({ type: 'ParcelMixed', data: { into: 'blend', content, origin: russian } });
    given(parcel)(recovered(), mixed).when(mix).thenRefused('consumed');
  });

  it('takes the custodian and another parcel', () => {
    given(parcel)(recovered())
      .when({ ...mix, meta: as('graff') })
      .thenRefused('not-custodian');
    given(parcel)(recovered())
      .when({ ...mix, into: 'lot-7' })
      .thenRefused('to-itself');
    for (const into of ['Blend', 'a/b', 'x'.repeat(201)]) {
      given(parcel)(recovered())
        .when({ ...mix, into })
        .thenRefused('bad-id');
    }
  });

  it('states a remainder as it is known', () => {
    const part = stated('alrosa', {
      type: 'ParcelSplit' as const,
      data: { parts: [{ n: 1, content: { weight: mct(100_000), pieces: 10 } }] },
    });
    given(parcel)(recovered('ru-ebelyakh', over(600_000)), part)
      .when(mix)
      .thenRecorded({
        type: 'ParcelMixed',
        data: {
          into: 'blend',
          content: { weight: over(500_000), pieces: 50 },
          origin: {
            ...russian,
            countries: [{ country: 'RU', minPpm: 1_000_000, maxPpm: 1_000_000 }],
          },
        },
      });
  });
});

describe('taking a mix in', () => {
  it('opens an empty stream under a chosen id', () => {
    given(parcel)().when(receive).thenRecorded({ type: 'MixReceived', data: incoming });
    expect(fold(parcel, [received])).toMatchObject({
      holding: { custodian: 'alrosa', owner: 'alrosa' },
      goods: { origin: russian, pieces: 60 },
    });
    given(parcel)()
      .when({ ...receive, parcelId: 'lot-8.1' })
      .thenRefused('unknown-parcel');
  });

  it('adds weight and pieces, and widens the origin', () => {
    const blend = recovered('bw-jwaneng', mct(400_000));
    given(parcel)(blend).when(receive).thenRecorded({ type: 'MixReceived', data: incoming });
    const { goods } = fold(parcel, [blend, received]) ?? {};
    expect(goods?.balance.whole).toEqual({ min: 1_000_000, max: 1_000_000 });
    expect(goods?.pieces).toBe(120);
    expect(goods?.origin.chainOfCustody).toBe('controlled-blending');
    const shares = goods?.origin.countries.map(({ country, ...bounds }) => [country, bounds]);
    expect(Object.fromEntries(shares ?? [])).toEqual({
      BW: { minPpm: 400_000, maxPpm: 400_000 },
      RU: { minPpm: 600_000, maxPpm: 600_000 },
    });
  });

  it('knows no more of the shares than of the weights', () => {
    const blend = recovered('bw-jwaneng', over(400_000));
    const { goods } = fold(parcel, [blend, received]) ?? {};
    const russia = goods?.origin.countries.find(({ country }) => country === 'RU');
    expect(russia).toMatchObject({ minPpm: 0 });
    expect(russia?.maxPpm).toBeLessThanOrEqual(600_000);
    expect(russia?.maxPpm).toBeGreaterThan(599_990);
  });

  it('happens once for a mix', () =>
    given(parcel)(recovered(), received).when(receive).thenRecorded());

  const released = stated('alrosa', {
    type: 'CustodyReleased' as const,
    data: { from: 'alrosa', to: 'brinks', purpose: 'vault' as const },
  });
  const sorted = stated('alrosa', {
    type: 'ParcelSorted' as const,
    data: { parts: [{ n: 1, content }], loss: mct(0) },
  });
  const refusals = [
    ['consumed', [recovered(), sorted], receive],
    ['custody-released', [recovered(), released], receive],
    ['other-custodian', [recovered()], { ...receive, custodian: 'graff' }],
    ['other-owner', [recovered()], { ...receive, owner: null }],
    ['out-of-order', [recovered()], { ...receive, meta: { ...meta, at: day('2025-04-03') } }],
    ['bad-weight', [recovered('ru-mir', mct(1_000_000_000_000))], receive],
  ] as const;

  it.each(refusals)('is refused on record: %s', (code, history, command) => {
    given(parcel)(...history)
      .when(command)
      .thenRecorded({ type: 'MixRefused', data: { from, cause: mixed.meta.id, code } });
    given(parcel)(...history, refusedFor(code))
      .when(receive)
      .thenRecorded();
  });

  it.each(refusals)('is refused before anything is recorded: %s', (code, history, command) => {
    const { custodian, owner, meta: own } = command;
    const giver = fold(parcel, [recovered()]);
    const held = giver && { ...giver, holding: { ...giver.holding, custodian, owner } };
    const mixing = { ...mix, meta: { ...own, by: custodian } };
    const taker = fold(parcel, history);
    expect(refusalOf(() => checkMayMix(mixing, held, taker))).toBe(code);
  });

  it('leaves to the giver’s own stream what that refuses', () => {
    const taker = fold(parcel, [recovered(), sorted]);
    const gone = fold(parcel, [recovered(), mixed]);
    expect(refusalOf(() => checkMayMix(mix, gone, taker))).toBeUndefined();
    expect(refusalOf(() => checkMayMix(mix, null, taker))).toBeUndefined();
  });
});

describe('a mix that was refused', () => {
  it('comes back as it was, once', () => {
    const draft = {
      type: 'MixReturned',
      data: { into: 'blend', cause: mixed.meta.id, code: 'consumed', content },
    } as const;
    given(parcel)(recovered(), mixed).when(returnIt).thenRecorded(draft);
    const returned = stated('alrosa', draft);
    given(parcel)(recovered(), mixed, returned).when(returnIt).thenRecorded();
    expect(fold(parcel, [recovered(), mixed, returned])).toMatchObject({
      consumed: false,
      mixed: null,
      goods: { pieces: 60, origin: russian },
    });
  });

  it('of another cause brings nothing back', () =>
    given(parcel)(recovered(), mixed)
      .when({ ...returnIt, cause: 'another' })
      .thenRecorded());
});
