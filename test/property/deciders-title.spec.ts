import { describe, expect, it } from '@jest/globals';
import { standingOf } from '#libs/trade/bounds';
import type { Holding } from '#libs/trade/holding';
import { always } from '#test/support/always';

const whole = 1_000_000;
const titleEvents = [
  'TitleTransferred',
  'TitleShareTransferred',
  'TitleContestResolved',
  'Forfeited',
];
const movesTitle = ({ type }: { type: string }) => titleEvents.includes(type);

/** Who holds how much of the title, in parts per million. */
function titleIn({ owner, shares }: Holding): Record<string, number> {
  if (owner !== null) return { [owner]: whole };
  return Object.fromEntries(shares.map(({ party, ppm }) => [party, ppm]));
}

describe('whatever the parties do', () => {
  it('title moves only from the party that held it, by its own act, its lender’s or the law’s', () =>
    always(({ before, recorded, touched, after }) => {
      for (const stream of touched) {
        const was = before.get(stream)?.state.holding;
        const is = after.get(stream)?.state.holding;
        if (!was || !is || JSON.stringify(titleIn(was)) === JSON.stringify(titleIn(is))) continue;
        const moved = recorded?.findLast((event) => event.stream === stream && movesTitle(event));
        if (moved?.type === 'Forfeited') {
          expect(was.seizure).not.toBeNull();
          continue;
        }
        if (moved?.type === 'TitleContestResolved') {
          expect(moved.data.outcome).toBe('upheld');
          expect(titleIn(is)).toEqual({ [moved.data.passed?.to ?? '']: whole });
          continue;
        }
        expect(standingOf(was)).toBe('clear');
        if (moved?.type === 'TitleShareTransferred') {
          const { from, to, ppm } = moved.data;
          expect(moved.meta.by).toBe(from);
          expect(titleIn(is)[to]).toBe((titleIn(was)[to] ?? 0) + ppm);
          expect(titleIn(is)[from] ?? 0).toBe((titleIn(was)[from] ?? 0) - ppm);
          const held = Object.values(titleIn(is)).reduce((all, ppm) => all + ppm, 0);
          expect(held).toBe(whole);
          continue;
        }
        expect(moved?.type).toBe('TitleTransferred');
        expect(moved?.data).toMatchObject({ from: was.owner });
        const lenders = was.pledges.map(({ lender }) => lender);
        const isEnforced = recorded?.[0]?.type === 'PledgeEnforced';
        expect(isEnforced ? lenders : [was.owner]).toContain(moved?.meta.by);
      }
    }));
});
