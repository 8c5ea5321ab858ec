import { describe, expect, it } from '@jest/globals';
import { stoneStream } from '#events/streams';
import { unknownOrigin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import { ownedBy, title, titleChain, titleOf } from '#projections/title';
import { ledgerOf } from '#test/support/recorded';
import { dawnStory, newSun, weighing } from '#test/support/stone-story';

describe('title', () => {
  it('moves by a transfer, with its papers, and not with custody', async () => {
    const views = await replay([title], dawnStory().events, '2026-01-01');
    const chain = await titleChain(views, newSun);
    expect(chain.map(({ owner, basis, until }) => [owner, basis, until?.time ?? null])).toEqual([
      ['alrosa', 'from-parent', '2025-05-02'],
      ['buyer', 'sale', null],
    ]);
    expect(chain[1]?.papers).toMatchObject({
      invoiceNo: 'INV-9',
      price: { minor: 12_345, currency: 'USD' },
    });
    expect((await ownedBy(views, 'buyer')).map(({ subject }) => subject)).toEqual([newSun]);
  });

  it('shows the offer until the title has moved', async () => {
    const { events } = dawnStory();
    const before = await replay([title], events.slice(0, -1), '2026-01-01');
    expect((await titleOf(before, newSun))?.offer).toEqual({ channel: 'auction', lotNo: 'A-25/1' });
    const after = await replay([title], events, '2026-01-01');
    expect((await titleOf(after, newSun))?.offer).toBeNull();
  });

  it('has an explicit gap where the ledger’s record starts late', async () => {
    const { events, record } = ledgerOf();
    const old = stoneStream('inherited');
    record(old, {
      type: 'HistoryOpened',
      data: {
        form: 'polished',
        weight: weighing(2_500),
        origin: unknownOrigin,
        basis: 'inheritance of 1998',
      },
    });
    const views = await replay([title], events, '2026-01-01');
    const chain = await titleChain(views, old);
    expect(chain.map(({ owner, basis, since, until }) => [owner, basis, since, until])).toEqual([
      [null, 'unknown-before', null, { time: '2024-06-01', precision: 'day' }],
      [null, 'history-opened', { time: '2024-06-01', precision: 'day' }, null],
    ]);
    expect(chain[1]?.papers.statedBasis).toBe('inheritance of 1998');
  });
});
