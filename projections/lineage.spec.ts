import { describe, expect, it } from '@jest/globals';
import { parcelStream, partId, singledOutId, stoneStream } from '#events/streams';
import { unknownOrigin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import { ancestors, descendants, lineage, lineageOf } from '#projections/lineage';
import { ledgerOf } from '#test/support/recorded';
import { dawn, dawnStory, newSun, weighing } from '#test/support/stone-story';

const lot = parcelStream('lot');
const stone = stoneStream(singledOutId('lot', 1));
const piece = stoneStream(partId('lot~1', 1));
const at = { time: '2024', precision: 'year' } as const;

function sawnStory() {
  const ledger = ledgerOf();
  const { record } = ledger;
  record(lot, {
    type: 'ProductionLotRecovered',
    data: { mineId: 'ru-ebelyakh', from: at, to: at, content: { weight: weighing(500_000) } },
  });
  record(lot, { type: 'StoneSingledOut', data: { n: 1, weight: weighing(20_000) } });
  record(stone, {
    type: 'StoneOpened',
    data: {
      parent: { stream: lot, revision: 1 },
      cause: '00000000-0000-7000-8000-000000000002',
      form: 'rough',
      weight: weighing(20_000),
      custodian: 'alrosa',
      owner: 'alrosa',
      origin: unknownOrigin,
    },
  });
  record(stone, {
    type: 'RoughSawn',
    data: {
      method: 'laser',
      pieces: [
        { n: 1, weight: weighing(12_000) },
        { n: 2, weight: weighing(7_000) },
      ],
      loss: weighing(1_000),
    },
  });
  return ledger;
}

describe('lineage', () => {
  it('leads from a piece through its rough to the lot, and back', async () => {
    const views = await replay([lineage], sawnStory().events, '2026-01-01');
    expect((await ancestors(views, piece)).map(({ parent, kind }) => [parent, kind])).toEqual([
      [stone, 'sawn'],
      [lot, 'singled-out'],
    ]);
    expect((await descendants(views, lot)).map(({ child }) => child)).toEqual([
      stone,
      piece,
      stoneStream(partId('lot~1', 2)),
    ]);
  });

  it('tells weights, losses and the yield of every step', async () => {
    const views = await replay([lineage], sawnStory().events, '2026-01-01');
    const found = await lineageOf(views, stone);
    expect(found?.nodes.find(({ subject }) => subject === stone)?.losses).toEqual([
      weighing(1_000),
    ]);
    expect(found?.edges.map(({ kind, weight, yieldPpm }) => [kind, weight.mct, yieldPpm])).toEqual([
      ['singled-out', 20_000, 40_000],
      ['sawn', 12_000, 600_000],
      ['sawn', 7_000, 350_000],
    ]);
  });

  it('gives no yield where weights are only bounds', async () => {
    const views = await replay([lineage], dawnStory().events, '2026-01-01');
    const found = await lineageOf(views, newSun);
    expect(found?.edges).toMatchObject([{ parent: dawn, child: newSun, yieldPpm: null }]);
  });

  it('counts what was mixed into a parcel before it was divided', async () => {
    const ledger = sawnStory();
    const other = parcelStream('other');
    ledger.record(other, {
      type: 'MixReceived',
      data: {
        from: { stream: lot, revision: 1 },
        cause: '00000000-0000-7000-8000-000000000009',
        content: { weight: weighing(480_000) },
        custodian: 'alrosa',
        owner: 'alrosa',
        origin: unknownOrigin,
      },
    });
    ledger.record(other, {
      type: 'MixReceived',
      data: {
        from: { stream: parcelStream('third'), revision: 1 },
        cause: '00000000-0000-7000-8000-000000000010',
        content: { weight: weighing(120_000) },
        custodian: 'alrosa',
        owner: 'alrosa',
        origin: unknownOrigin,
      },
    });
    ledger.record(other, {
      type: 'ParcelSplit',
      data: { parts: [{ n: 1, content: { weight: weighing(540_000) } }] },
    });
    const views = await replay([lineage], ledger.events, '2026-01-01');
    const found = await lineageOf(views, other);
    expect(found?.edges.at(-1)).toMatchObject({
      kind: 'split',
      parent_weight: { mct: 600_000, qualifier: 'eq' },
      yieldPpm: 900_000,
    });
  });

  it('ends although parcels were mixed back into each other', async () => {
    const ledger = sawnStory();
    const part = parcelStream(partId('lot', 2));
    ledger.record(lot, {
      type: 'ParcelSplit',
      data: { parts: [{ n: 2, content: { weight: weighing(1_000) } }] },
    });
    ledger.record(lot, {
      type: 'MixReceived',
      data: {
        from: { stream: part, revision: 0 },
        cause: '00000000-0000-7000-8000-000000000009',
        content: { weight: weighing(1_000) },
        custodian: 'alrosa',
        owner: 'alrosa',
        origin: unknownOrigin,
      },
    });
    const views = await replay([lineage], ledger.events, '2026-01-01');
    expect((await ancestors(views, lot)).map(({ parent }) => parent)).toEqual([part, lot]);
  });
});
