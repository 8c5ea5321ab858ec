import { describe, expect, it } from '@jest/globals';
import type { Content } from '#events/parcel';
import type { Origin } from '#events/values';
import { fold } from '#libs/decider/decider';
import type { OpenParcelHistory } from '#libs/parcel/melee-command';
import { parcel } from '#libs/parcel/parcel';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import { leftOf } from '#libs/trade/weight';
import { sievesVersion } from '#libs/reference/sieves';
import { done } from '#test/support/done';
import { as, given, mct, stated } from '#test/support/given';

const kgk = as('kgk', ['cutter', 'jeweller']);
const stranger = as('stranger', ['cutter', 'jeweller']);
const full = { minPpm: 0, maxPpm: 600_000 };
const mixed: Origin = {
  countries: [
    { country: 'BW', minPpm: 400_000, maxPpm: 600_000 },
    { country: 'RU', ...full },
  ],
  mineIds: [],
  chainOfCustody: 'controlled-blending',
};
const content = (weight: number, pieces?: number): Content => ({
  weight: mct(weight),
  ...(pieces !== undefined && { pieces }),
});
const opened = (form: 'rough' | 'polished', held: Content): OpenParcelHistory => ({
  type: 'OpenParcelHistory',
  form,
  content: held,
  origin: mixed,
  owner: 'kgk',
  ...(form === 'polished' && { sieve: '+6.5' }),
  basis: 'old stock',
  meta: kgk,
});
const melee = opened('polished', content(7_500, 300));
const rough = opened('rough', content(100_000, 50));
const polished = (...commands: readonly ParcelCommand[]) =>
  given(parcel)(...done(parcel, melee, ...commands));
const inRough = (...commands: readonly ParcelCommand[]) =>
  given(parcel)(...done(parcel, rough, ...commands));
const sieves = { data: sievesVersion() };
const lost = { type: 'ReportLoss', circumstances: 'gone', meta: kgk } as const;

describe('an older parcel', () => {
  it('is brought in by whoever holds it', () => {
    const { type: _, meta: _meta, ...data } = melee;
    given(parcel)()
      .when(melee)
      .thenRecorded({ type: 'ParcelHistoryOpened', data: { ...data, sieves } });
    polished().when(melee).thenRefused('already-exists');
    given(parcel)()
      .when({ ...melee, meta: as('kgk', ['auditor', 'operator']) })
      .thenRefused('role-needed');
    given(parcel)()
      .when({ ...melee, content: content(0) })
      .thenRefused('bad-weight');
    const impossible = { ...mixed, countries: [{ country: 'RU', minPpm: 2, maxPpm: 1 }] };
    given(parcel)()
      .when({ ...melee, origin: impossible })
      .thenRefused('impossible-origin');
  });

  it('of polished goods fits its sieve class', () => {
    given(parcel)()
      .when({ ...melee, sieve: '+99' })
      .thenRefused('unknown-sieve');
    given(parcel)()
      .when({ ...melee, sieve: '+11-6.5' })
      .thenRefused('unknown-sieve');
    for (const pieces of [50, 3_000]) {
      given(parcel)()
        .when({ ...melee, content: content(7_500, pieces) })
        .thenRefused('pieces-implausible');
    }
    const [unjudged] = done(parcel, { ...rough, sieve: '+11' });
    expect(unjudged?.data).not.toHaveProperty('sieves');
  });
});

describe('a class of polished goods', () => {
  const split = (part: Content, sieve?: string): ParcelCommand => ({
    type: 'SplitParcel',
    parts: [{ content: part, ...(sieve !== undefined && { sieve }) }],
    meta: kgk,
  });

  const sort: ParcelCommand = {
    type: 'SortParcel',
    parts: [{ content: content(7_500, 300) }],
    loss: mct(0),
    meta: kgk,
  };

  it('stays what it is when parts are taken out', () => {
    polished()
      .when(split(content(400, 100)))
      .thenRefused('pieces-implausible');
    polished()
      .when(split(content(2_500, 100), '+14'))
      .thenRefused('pieces-implausible');
    polished()
      .when(split(content(2_500, 100), 'no sieve'))
      .thenRefused('unknown-sieve');
    for (const part of [split(content(2_500, 100)), sort]) {
      const [, divided] = done(parcel, melee, part);
      expect(divided?.data).toMatchObject({ sieves });
    }
  });
});

describe('screening', () => {
  const screen = {
    type: 'ScreenParcel',
    instrument: 'SYNTHdetect',
    standard: 'ISO 6893:2024',
    sampleSize: 200,
    referrals: 3,
    meta: kgk,
  } as const;
  const takeOut = {
    type: 'TakeOutLaboratoryGrown',
    instrument: 'SYNTHdetect',
    finding: 'CVD',
    grownIn: 'CN',
    content: content(75, 3),
    meta: kgk,
  } as const;

  it('is of a sample of polished goods', () => {
    const { type: _, meta: _meta, ...data } = screen;
    polished().when(screen).thenRecorded({ type: 'ParcelScreened', data });
    for (const wrong of [
      { sampleSize: 301 },
      { sampleSize: 0, referrals: 0 },
      { sampleSize: 1.5 },
      { referrals: 201 },
      { referrals: -1 },
    ]) {
      polished()
        .when({ ...screen, ...wrong })
        .thenRefused('bad-sample');
    }
    polished()
      .when({ ...screen, meta: stranger })
      .thenRefused('not-custodian');
    inRough().when(screen).thenRefused('not-polished');
  });

  it('sends what is laboratory-grown out of the natural goods, as a part', () => {
    polished()
      .when(takeOut)
      .thenRecorded({
        type: 'LaboratoryGrownDetected',
        data: {
          instrument: 'SYNTHdetect',
          finding: 'CVD',
          grownIn: 'CN',
          part: { n: 1, content: content(75, 3) },
        },
      });
    polished()
      .when({ ...takeOut, grownIn: 'XX' })
      .thenRefused('bad-country');
    const left = fold(parcel, done(parcel, melee, takeOut));
    expect([left && leftOf(left.goods.balance), left?.goods.pieces]).toEqual([
      { min: 7_425, max: 7_425 },
      297,
    ]);
  });

  it('takes out what is there, and nothing of what is bound', () => {
    polished()
      .when({ ...takeOut, content: content(7_600, 300) })
      .thenRefused('gained-weight');
    polished()
      .when({ ...takeOut, content: content(120, 301) })
      .thenRefused('bad-pieces');
    polished()
      .when({ ...takeOut, content: content(7_000, 301) })
      .thenRefused('pieces-differ');
    polished()
      .when({ ...takeOut, meta: stranger })
      .thenRefused('not-custodian');
    polished(lost).when(takeOut).thenRefused('not-clear');
    const grown = stated('kgk', {
      type: 'ParcelOpened' as const,
      data: {
        parent: { stream: 'parcel-a', revision: 1 },
        cause: 'c',
        content: content(75, 3),
        custodian: 'kgk',
        owner: 'kgk',
        origin: mixed,
        form: 'polished' as const,
        laboratoryGrown: true as const,
      },
    });
    given(parcel)(grown).when(takeOut).thenRefused('laboratory-grown');
    given(parcel)(grown)
      .when({ type: 'DeclareOrigin', origin: mixed, purpose: 'g7', meta: kgk })
      .thenRefused('laboratory-grown');
  });
});

describe('setting melee', () => {
  const set = { type: 'SetMelee', item: 'ring-1', content: content(250, 10), meta: kgk } as const;

  it('takes it out of the parcel', () => {
    polished()
      .when(set)
      .thenRecorded({
        type: 'MeleeSet',
        data: { item: 'ring-1', content: content(250, 10), origin: mixed, sieve: '+6.5' },
      });
    inRough().when(set).thenRefused('not-polished');
    polished()
      .when({ ...set, item: '' })
      .thenRefused('bad-text');
    polished()
      .when({ ...set, item: 'Ring' })
      .thenRefused('bad-id');
    polished()
      .when({ ...set, content: content(40_000) })
      .thenRefused('gained-weight');
    polished()
      .when({ ...set, meta: stranger })
      .thenRefused('not-custodian');
    polished()
      .when({ ...set, meta: { ...kgk, roles: ['dealer'] } })
      .thenRefused('role-needed');
    polished(lost).when(set).thenRefused('not-clear');
  });

  it('puts it back when the item does not take it in, once', () => {
    const isSet = stated('kgk', {
      type: 'MeleeSet' as const,
      data: { item: 'ring-1', content: content(250, 10), origin: mixed },
    });
    const said = { item: 'ring-1', cause: isSet.meta.id, code: 'other-owner' };
    const data = { ...said, content: content(250, 10) };
    const back = { type: 'ReturnMelee', ...said, meta: kgk } as const;
    const events = [...done(parcel, melee), isSet];
    given(parcel)(...events)
      .when(back)
      .thenRecorded({ type: 'MeleeReturned', data });
    const returned = stated('kgk', { type: 'MeleeReturned' as const, data });
    const after = fold(parcel, [...events, returned]);
    expect([after && leftOf(after.goods.balance), after?.goods.pieces]).toEqual([
      { min: 7_500, max: 7_500 },
      300,
    ]);
    given(parcel)(...events, returned)
      .when(back)
      .thenRecorded();
  });
});

describe('mixing', () => {
  const offered = {
    type: 'ReceiveMix',
    parcelId: 'a',
    from: { stream: 'parcel-b', revision: 1 },
    cause: 'c',
    content: content(1_000),
    custodian: 'kgk',
    owner: 'kgk',
    origin: mixed,
    meta: kgk,
  } as const;
  const refused = (code: string) => ({
    type: 'MixRefused' as const,
    data: { from: offered.from, cause: 'c', code },
  });

  it('is of goods of one kind', () => {
    polished().when(offered).thenRecorded(refused('other-form'));
    polished()
      .when({ ...offered, form: 'polished', laboratoryGrown: true })
      .thenRecorded(refused('other-form'));
    expect(done(parcel, melee, { ...offered, form: 'polished' })).toHaveLength(2);
  });

  it('is with goods that nothing binds', () => {
    polished(lost)
      .when({ ...offered, form: 'polished' })
      .thenRecorded(refused('not-clear'));
    polished({ type: 'SealPacket', sealNo: 'S', meta: kgk })
      .when({ ...offered, form: 'polished' })
      .thenRecorded(refused('sealed'));
    inRough({ type: 'StartManufacturing', orderNo: '1', meta: kgk })
      .when(offered)
      .thenRecorded(refused('in-manufacture'));
  });
});
