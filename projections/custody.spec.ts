import { describe, expect, it } from '@jest/globals';
import { replay } from '#libs/views/replay';
import { awaiting, custody, custodyChain, custodyOf, heldBy } from '#projections/custody';
import { ledgerOf } from '#test/support/recorded';
import { dawn, dawnStory, newSun } from '#test/support/stone-story';

describe('custody', () => {
  it('follows the stone from hand to hand with both times', async () => {
    const views = await replay([custody], dawnStory().events, '2026-01-01');
    const chain = await custodyChain(views, dawn);
    expect(
      chain.map(({ custodian, basis, since, until }) => [
        custodian,
        basis,
        since.time,
        until?.time ?? null,
      ]),
    ).toEqual([
      ['alrosa', 'recovered', '2022-08-01', '2022-10-02'],
      ['cutters', 'accepted', '2022-10-02', '2025-04'],
    ]);
    expect(chain[0]).toMatchObject({ since_position: 1n, until_position: 5n });
    expect(chain[0]?.until_recorded_at).toBe('2026-01-01T00:00:04.000Z');
  });

  it('puts a consumed rough in nobody’s hands and its polished stone in the cutter’s', async () => {
    const views = await replay([custody], dawnStory().events, '2026-01-01');
    expect((await custodyOf(views, dawn))?.consumed).toBe(1);
    expect((await heldBy(views, 'cutters')).map(({ subject }) => subject)).toEqual([newSun]);
    expect(await heldBy(views, 'buyer')).toEqual([]);
  });

  it('stays with the holder while a release waits and when it is refused', async () => {
    const { events, record } = ledgerOf();
    for (const event of dawnStory().events.slice(0, 3)) record(event.stream, event, {});
    const released = { from: 'alrosa', to: 'bank', purpose: 'vault' } as const;
    record(dawn, { type: 'CustodyReleased', data: released });
    const waiting = await replay([custody], events, '2026-01-01');
    expect((await awaiting(waiting, 'bank')).map(({ custodian }) => custodian)).toEqual(['alrosa']);
    record(dawn, { type: 'CustodyRefused', data: { from: 'alrosa', to: 'bank', reason: 'seal' } });
    const refused = await replay([custody], events, '2026-01-01');
    expect(await awaiting(refused, 'bank')).toEqual([]);
    expect(await custodyChain(refused, dawn)).toHaveLength(1);
  });

  it('does not know a stone nobody recorded', async () => {
    const views = await replay([custody], [], '2026-01-01');
    expect(await custodyOf(views, dawn)).toBeUndefined();
    expect(await custodyChain(views, dawn)).toEqual([]);
  });
});
