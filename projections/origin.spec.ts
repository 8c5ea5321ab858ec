import { describe, expect, it } from '@jest/globals';
import { parcelStream } from '#events/streams';
import { fold } from '#libs/decider/decider';
import { mineOrigin, partOrigin, possibleCountries } from '#libs/origin/origin';
import { parcel } from '#libs/parcel/parcel';
import type { ParcelEvent } from '#events/parcel';
import type { Recorded } from '#events/event';
import { replay } from '#libs/views/replay';
import { origin, originOf } from '#projections/origin';
import { ledgerOf } from '#test/support/recorded';
import { dawn, dawnStory, newSun, weighing } from '#test/support/stone-story';

const when = { time: '2024-05', precision: 'month' } as const;
const russianLot = parcelStream('lot-ru');
const motswanaLot = parcelStream('lot-bw');

function twoLots() {
  const ledger = ledgerOf();
  ledger.record(russianLot, {
    type: 'ProductionLotRecovered',
    data: { mineId: 'ru-ebelyakh', from: when, to: when, content: { weight: weighing(600_000) } },
  });
  ledger.record(motswanaLot, {
    type: 'ProductionLotRecovered',
    data: { mineId: 'bw-jwaneng', from: when, to: when, content: { weight: weighing(400_000) } },
  });
  return ledger;
}

function mixed() {
  const ledger = twoLots();
  const content = { weight: weighing(400_000) };
  const mine = mineOrigin('BW', 'bw-jwaneng', 'segregated');
  ledger.record(motswanaLot, {
    type: 'ParcelMixed',
    data: { into: 'lot-ru', content, origin: mine },
  });
  ledger.record(russianLot, {
    type: 'MixReceived',
    data: {
      from: { stream: motswanaLot, revision: 1 },
      cause: '00000000-0000-7000-8000-000000000003',
      content,
      custodian: 'alrosa',
      owner: 'alrosa',
      origin: mine,
    },
  });
  return ledger;
}

describe('origin', () => {
  it('is one country for a rough and for what was cut from it', async () => {
    const views = await replay([origin], dawnStory().events, '2026-01-01');
    const russian = mineOrigin('RU', 'ru-ebelyakh', 'identity-preserved');
    expect((await originOf(views, dawn))?.origin).toEqual(russian);
    expect((await originOf(views, newSun))?.origin).toEqual(russian);
  });

  it('widens to shares by weight when parcels are mixed, the chain of custody to a blend', async () => {
    const views = await replay([origin], mixed().events, '2026-01-01');
    expect((await originOf(views, russianLot))?.origin).toEqual({
      countries: [
        { country: 'BW', minPpm: 400_000, maxPpm: 400_000 },
        { country: 'RU', minPpm: 600_000, maxPpm: 600_000 },
      ],
      mineIds: ['bw-jwaneng', 'ru-ebelyakh'],
      chainOfCustody: 'controlled-blending',
    });
  });

  it('keeps the bounds of what is left wide enough for whatever was taken out', async () => {
    const { events, record } = mixed();
    const before = await replay([origin], events, '2026-01-01');
    const whole = await originOf(before, russianLot);
    record(russianLot, {
      type: 'ParcelSplit',
      data: { parts: [{ n: 1, content: { weight: weighing(300_000) } }] },
    });
    const views = await replay([origin], events, '2026-01-01');
    const rest = await originOf(views, russianLot);
    expect(rest?.origin).toEqual(whole && partOrigin(whole.origin, 1_000_000, 700_000));
  });

  it('is what the parcel’s decider believes, after every step', async () => {
    const { events, record } = mixed();
    record(russianLot, {
      type: 'ParcelSplit',
      data: { parts: [{ n: 1, content: { weight: weighing(300_000) } }] },
    });
    record(russianLot, { type: 'StoneSingledOut', data: { n: 2, weight: weighing(10_800) } });
    record(russianLot, {
      type: 'OriginDeclared',
      data: { origin: mineOrigin('CA', 'ca-diavik', 'segregated'), purpose: 'customs' },
    });
    for (let n = 1; n <= events.length; n++) {
      const known = events.slice(0, n);
      const views = await replay([origin], known, '2026-01-01');
      const own = known.filter(({ stream }) => stream === russianLot);
      const state = fold(parcel, own as readonly Recorded<ParcelEvent>[]);
      expect((await originOf(views, russianLot))?.origin).toEqual(state?.goods.origin);
    }
  });

  it('keeps a declared origin as a claim that removes no country', async () => {
    const { events, record } = twoLots();
    record(
      russianLot,
      {
        type: 'OriginDeclared',
        data: { origin: mineOrigin('BW', 'bw-jwaneng', 'segregated'), purpose: 'g7' },
      },
      { by: 'dealer' },
    );
    const views = await replay([origin], events, '2026-01-01');
    const view = await originOf(views, russianLot);
    expect(view && possibleCountries(view.origin).countries).toEqual(['BW', 'RU']);
    expect(view?.claims).toMatchObject([{ by: 'dealer', purpose: 'g7', position: '3' }]);
  });
});
