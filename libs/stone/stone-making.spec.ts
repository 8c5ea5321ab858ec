import { describe, expect, it } from '@jest/globals';
import type { StoneEvent } from '#events/stone';
import type { Weight } from '#events/values';
import { fold } from '#libs/decider/decider';
import { mineOrigin } from '#libs/origin/origin';
import { stone } from '#libs/stone/stone';
import type { ProducePolished, SawRough, StartManufacturing } from '#libs/stone/stone-command';
import { as, given, mct, over, stated } from '#test/support/given';

const meta = as('alrosa', ['producer']);
const recovered = (weight: Weight = mct(34_170)) =>
  stated('alrosa', {
    type: 'RoughDiamondRecovered' as const,
    data: { mineId: 'ru-ebelyakh', weight },
  });
const started = (by = 'alrosa') =>
  stated(by, { type: 'ManufacturingStarted' as const, data: { orderNo: `${by}-1` } });
const produced = (weight: Weight, n = 1) =>
  stated('alrosa', { type: 'PolishedDiamondProduced' as const, data: { n, weight } });
const lost = (weight: Weight) =>
  stated('alrosa', {
    type: 'ManufacturingLossRecorded' as const,
    data: { weight, cause: 'polishing' as const },
  });
const inManufacture = given(stone)(recovered(), started());

const start: StartManufacturing = {
  type: 'StartManufacturing',
  orderNo: 'alrosa-1',
  craftsmen: 15,
  meta,
};
const polish = (weight: Weight): ProducePolished => ({ type: 'ProducePolished', weight, meta });
const lose = (weight: Weight) => ({ type: 'RecordLoss', weight, cause: 'bruting', meta }) as const;
const close = { type: 'CloseManufacturing', meta } as const;
const saw = (loss: number, ...pieces: readonly number[]): SawRough => ({
  type: 'SawRough',
  method: 'laser',
  pieces: pieces.map((piece) => ({ weight: mct(piece) })),
  loss: mct(loss),
  meta,
});

describe('manufacturing', () => {
  it('is begun by the custodian, a cutter or producer', () => {
    given(stone)(recovered())
      .when(start)
      .thenRecorded({
        type: 'ManufacturingStarted',
        data: { orderNo: 'alrosa-1', craftsmen: 15 },
      });
    const elsewhere = given(stone)(recovered());
    elsewhere.when({ ...start, meta: as('alrosa', ['dealer']) }).thenRefused('role-needed');
    elsewhere.when({ ...start, meta: as('kgk', ['cutter']) }).thenRefused('not-custodian');
    elsewhere.when({ ...start, craftsmen: 0 }).thenRefused('bad-count');
  });

  it('is begun once by a party', () => inManufacture.when(start).thenRefused('in-manufacture'));

  it('is never of a polished stone', () =>
    given(stone)(
      stated('alrosa', {
        type: 'HistoryOpened',
        data: {
          form: 'polished',
          weight: mct(1000),
          origin: mineOrigin('RU', 'ru-mir', 'identity-preserved'),
          basis: 'stock',
        },
      }),
    )
      .when(start)
      .thenRefused('not-rough'));

  it('comes before every act of cutting', () => {
    const plan = { type: 'ApproveCuttingPlan', planNo: '7', outputs: [], meta } as const;
    for (const act of [saw(170, 20_000, 14_000), polish(mct(1)), lose(mct(1)), close, plan]) {
      given(stone)(recovered()).when(act).thenRefused('not-in-manufacture');
    }
  });

  it('is taken over by the next cutter under an order of its own', () => {
    const moved: StoneEvent[] = [
      recovered(),
      started(),
      stated('alrosa', {
        type: 'CustodyReleased',
        data: { from: 'alrosa', to: 'kgk', purpose: 'cutting' },
      }),
      stated('kgk', { type: 'CustodyAccepted', data: { from: 'alrosa', to: 'kgk' } }),
    ];
    const kgk = as('kgk', ['cutter']);
    given(stone)(...moved)
      .when({ ...polish(mct(1000)), meta: kgk })
      .thenRefused('not-your-order');
    given(stone)(...moved)
      .when({ type: 'StartManufacturing', orderNo: 'kgk-1', meta: kgk })
      .thenRecorded({ type: 'ManufacturingStarted', data: { orderNo: 'kgk-1' } });
    given(stone)(...moved, started('kgk'))
      .when({ ...polish(mct(1000)), meta: kgk })
      .thenRecorded({ type: 'PolishedDiamondProduced', data: { n: 1, weight: mct(1000) } });
  });
});

describe('a cutting plan', () => {
  const plan = (...planned: readonly number[]) =>
    inManufacture.when({
      type: 'ApproveCuttingPlan',
      planNo: 'P-7',
      outputs: planned.map((plannedMct) => ({ shape: 'Asscher', plannedMct })),
      meta,
    });

  it('makes no more than the rough holds', () => {
    plan(20_000, 14_170).thenRecorded({
      type: 'CuttingPlanApproved',
      data: {
        planNo: 'P-7',
        outputs: [
          { shape: 'Asscher', plannedMct: 20_000 },
          { shape: 'Asscher', plannedMct: 14_170 },
        ],
      },
    });
    plan(20_000, 14_171).thenRefused('plan-exceeds-rough');
  });

  it('makes something, in whole milli-carats', () => {
    plan().thenRefused('too-few-parts');
    plan(0.5).thenRefused('bad-weight');
    plan(-1, 2).thenRefused('bad-weight');
  });
});

describe('sawing and cleaving', () => {
  it('number the pieces and account for all of the rough', () => {
    inManufacture.when(saw(170, 20_000, 14_000)).thenRecorded({
      type: 'RoughSawn',
      data: {
        method: 'laser',
        pieces: [
          { n: 1, weight: mct(20_000) },
          { n: 2, weight: mct(14_000) },
        ],
        loss: mct(170),
      },
    });
    const { pieces, loss } = saw(0, 20_000, 14_170);
    inManufacture.when({ type: 'CleaveRough', pieces, loss, meta }).thenRecorded({
      type: 'RoughCleaved',
      data: {
        pieces: [
          { n: 1, weight: mct(20_000) },
          { n: 2, weight: mct(14_170) },
        ],
        loss: mct(0),
      },
    });
  });

  it('neither make nor hide weight', () => {
    inManufacture.when(saw(186, 20_000, 14_000)).thenRefused('gained-weight');
    inManufacture.when(saw(154, 20_000, 14_000)).thenRefused('unaccounted-weight');
    inManufacture.when(saw(-1, 20_000, 14_000)).thenRefused('bad-weight');
    inManufacture.when(saw(0, 0, 34_170)).thenRefused('bad-weight');
  });

  it('count what came out before', () => {
    const cut = given(stone)(recovered(), started(), produced(mct(5000)), lost(mct(170)));
    cut.when(saw(0, 20_000, 9000)).thenRecorded({
      type: 'RoughSawn',
      data: {
        method: 'laser',
        pieces: [
          { n: 2, weight: mct(20_000) },
          { n: 3, weight: mct(9000) },
        ],
        loss: mct(0),
      },
    });
    cut.when(saw(0, 20_000, 14_000)).thenRefused('gained-weight');
  });

  it('yield at least two pieces, and no more than an event can hold', () => {
    inManufacture.when(saw(170, 34_000)).thenRefused('too-few-parts');
    const crumbs = Array.from({ length: 201 }, () => 170);
    inManufacture.when(saw(0, ...crumbs)).thenRefused('too-many-parts');
  });

  it('consume the rough', () => {
    const sawn = stated('alrosa', {
      type: 'RoughSawn' as const,
      data: {
        method: 'blade' as const,
        pieces: [
          { n: 1, weight: mct(20_000) },
          { n: 2, weight: mct(14_000) },
        ],
        loss: mct(170),
      },
    });
    for (const act of [saw(170, 20_000, 14_000), polish(mct(1)), close, start]) {
      given(stone)(recovered(), started(), sawn).when(act).thenRefused('consumed');
    }
  });

  it('end where ids can grow no longer', () => {
    const piece = stated('alrosa', {
      type: 'StoneOpened' as const,
      data: {
        parent: { stream: `stone-${'d'.repeat(60)}${'.1'.repeat(65)}`, revision: 9 },
        cause: 'sawing',
        form: 'piece' as const,
        weight: mct(34_170),
        custodian: 'alrosa',
        owner: 'alrosa',
        origin: mineOrigin('RU', 'ru-mir', 'identity-preserved'),
        orderNo: '1',
      },
    });
    for (const act of [saw(170, 20_000, 14_000), polish(mct(1000))]) {
      given(stone)(piece).when(act).thenRefused('too-many-generations');
    }
    given(stone)(piece)
      .when(lose(mct(34_170)))
      .thenRecorded({
        type: 'ManufacturingLossRecorded',
        data: { weight: mct(34_170), cause: 'bruting' },
      });
  });
});

describe('polished stones', () => {
  it('come out of the rough one by one', () => {
    inManufacture
      .when({ ...polish(mct(20_690)), shape: 'Asscher', name: 'Firebird' })
      .thenRecorded({
        type: 'PolishedDiamondProduced',
        data: { n: 1, weight: mct(20_690), shape: 'Asscher', name: 'Firebird' },
      });
    given(stone)(recovered(), started(), produced(mct(20_690)))
      .when(polish(mct(1000)))
      .thenRecorded({ type: 'PolishedDiamondProduced', data: { n: 2, weight: mct(1000) } });
  });

  it('are never heavier than what is left of their rough', () => {
    inManufacture.when(polish(mct(34_181))).thenRefused('gained-weight');
    given(stone)(recovered(), started(), produced(mct(20_690)), lost(mct(10_000)))
      .when(polish(mct(4000)))
      .thenRefused('gained-weight');
    inManufacture.when(polish(over(34_200))).thenRefused('gained-weight');
    inManufacture.when(lose(mct(34_176))).thenRefused('gained-weight');
    inManufacture.when(lose(mct(0))).thenRefused('bad-weight');
  });
});

describe('closing the order', () => {
  it('takes every milli-carat to be accounted for', () => {
    const made = [recovered(), started(), produced(mct(20_690))];
    given(stone)(...made)
      .when(close)
      .thenRefused('unaccounted-weight');
    given(stone)(...made, lost(mct(13_480)))
      .when(close)
      .thenRecorded({ type: 'ManufacturingClosed', data: { orderNo: 'alrosa-1' } });
  });

  it('lets New Sun pass on what is known of it: over 200 ct rough, over 100 ct polished', () => {
    const cut = [recovered(over(200_000)), started(), produced(over(100_000))];
    given(stone)(recovered(over(200_000)), started())
      .when(polish(over(100_000)))
      .thenRecorded({ type: 'PolishedDiamondProduced', data: { n: 1, weight: over(100_000) } });
    given(stone)(...cut)
      .when(close)
      .thenRecorded({ type: 'ManufacturingClosed', data: { orderNo: 'alrosa-1' } });
  });

  it('consumes the rough', () => {
    const closed = stated('alrosa', {
      type: 'ManufacturingClosed' as const,
      data: { orderNo: 'alrosa-1' },
    });
    expect(fold(stone, [recovered(), started(), closed])?.consumed).toBe(true);
  });
});
