import { describe, expect, it } from '@jest/globals';
import { parcelStream, stoneStream } from '#events/streams';
import { unknownOrigin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import { unfinished, unfinishedNow } from '#projections/unfinished';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const rough = stoneStream('dawn');
const [lotA, lotB] = [parcelStream('lot-a'), parcelStream('lot-b')];
const content = { weight: weighing(500_000) };
const held = { custodian: 'alrosa', owner: 'alrosa', origin: unknownOrigin };

function opened(n: number, cause: string) {
  const parent = { stream: rough, revision: 0 };
  const data = { parent, cause, form: 'piece', weight: weighing(9_000), ...held } as const;
  return [stoneStream(`dawn.${n}`), { type: 'StoneOpened', data }] as const;
}

describe('unfinished', () => {
  it('counts down as the pieces of a sawn stone are opened', async () => {
    const { events, record } = ledgerOf();
    const pieces = [1, 2].map((n) => ({ n, weight: weighing(9_000) }));
    const data = { method: 'laser', pieces, loss: weighing(0) } as const;
    const cause = record(rough, { type: 'RoughSawn', data }).meta.id;
    expect(await open()).toMatchObject([{ cause, stream: rough, revision: 0, missing: 2 }]);
    record(...opened(1, cause));
    expect(await open()).toMatchObject([{ cause, missing: 1 }]);
    record(...opened(2, cause));
    expect(await open()).toEqual([]);

    async function open() {
      return unfinishedNow(await replay([unfinished], events, '2026-01-01'), 10);
    }
  });

  it('follows a refused mix until the parcel is back', async () => {
    const { events, record } = ledgerOf();
    const mixed = { into: 'lot-b', content, origin: unknownOrigin };
    const cause = record(lotA, { type: 'ParcelMixed', data: mixed }).meta.id;
    expect(await open()).toMatchObject([{ cause, stream: lotA }]);
    const from = { stream: lotA, revision: 0 };
    const code = 'other-owner';
    record(lotB, { type: 'MixRefused', data: { from, cause, code } });
    expect(await open()).toMatchObject([{ cause, stream: lotB, missing: 1 }]);
    record(lotA, { type: 'MixReturned', data: { into: 'lot-b', cause, code, content } });
    expect(await open()).toEqual([]);

    async function open() {
      return unfinishedNow(await replay([unfinished], events, '2026-01-01'), 10);
    }
  });
});
