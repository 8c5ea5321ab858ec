import { expect, it } from '@jest/globals';
import { replay } from '#libs/views/replay';
import type { Flag } from '#projections/flags/flag';
import type { FlagsAsked } from '#projections/flags/flag-list';
import { flagPlaceOf, flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { flaggedLedger, recover, release } from '#test/support/flagged';
import { mct } from '#test/support/given';

it('flags are paged without a gap or a repeat, also where one event raised several', async () => {
  const { act, events } = await flaggedLedger();
  for (const id of ['dawn', 'dusk', 'noon']) {
    await act(`stone-${id}`, 'alrosa', recover(10_000));
    await act(`stone-${id}`, 'alrosa', release('kgk'));
    const light = { type: 'AcceptCustody', weight: mct(9_000) };
    await act(`stone-${id}`, 'kgk', light, { place: { unlocode: 'INBOM' } });
  }
  const views = await replay([flags], await events(), '2025-04-30');
  for (const asked of [{}, { party: 'kgk' }, { rule: 'weight-discrepancy' }] as const) {
    const all = await flagsBy(views, asked, 100);
    expect(all.length).toBe('rule' in asked ? 3 : 6);
    expect(flagPlaceOf(all, 100)).toBeNull();
    for (const size of [1, 2, 4]) expect(await paged(asked, size)).toEqual(all);
  }

  async function paged(asked: FlagsAsked, size: number): Promise<readonly Flag[]> {
    const found: Flag[] = [];
    for (let after: string | null = ''; after !== null && found.length <= 6;) {
      const page = await flagsBy(views, after === '' ? asked : { ...asked, after }, size);
      found.push(...page);
      after = flagPlaceOf(page, size);
    }
    return found;
  }
});
