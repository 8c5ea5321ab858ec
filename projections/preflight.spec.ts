import { describe, expect, it } from '@jest/globals';
import { mineOrigin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import { preflightOf } from '#projections/preflight';
import { projections } from '#projections/projections';
import { flown } from '#test/support/generated-shipment';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const day = '2025-06-01';

describe('a pre-flight', () => {
  it('tells who owns and holds the goods beside them, each once, as lists of the day have them', async () => {
    const { events, record } = ledgerOf();
    const operator = { by: 'registry', on: '2024-01-01' };
    const listed = { jurisdiction: 'US', list: 'SDN', from: '2024-02-01', citation: 'E.O. 14024' };
    record(
      'party-blocked',
      { type: 'PartyRegistered', data: { name: 'Blocked', country: 'AE', roles: ['dealer'] } },
      operator,
    );
    record('party-blocked', { type: 'DesignationRecorded', data: listed }, operator);
    const origin = mineOrigin('BW', 'bw-jwaneng', 'segregated');
    const data = {
      form: 'rough',
      weight: weighing(90),
      origin,
      owner: 'blocked',
      basis: 'x',
    } as const;
    for (const gem of ['stone-s0', 'stone-s1']) {
      record(gem, { type: 'HistoryOpened', data }, { by: 'vault', on: '2024-01-02' });
    }
    const views = await replay(projections, events, day);
    const asked = async (on: string) => {
      const { counterparties } = await preflightOf(views, ['stone-s0', 'stone-s1'], 'US', on);
      return counterparties.map(({ party, name, as, outcome }) => [party, name, as, outcome]);
    };
    expect(await asked('2024-02-01')).toEqual([
      ['blocked', 'Blocked', ['owner'], 'PROHIBITED'],
      ['vault', 'vault', ['custodian'], 'UNDETERMINED'],
    ]);
    expect((await asked('2024-01-31'))[0]).toEqual([
      'blocked',
      'Blocked',
      ['owner'],
      'UNDETERMINED',
    ]);
  });

  it('names the record and the ways to close each gap, under all measures of the destination', async () => {
    const stone = { what: 'polished', mct: 1_200, mined: 'BW', made: 'IN', has: [] } as const;
    const { days, items, ready, outcome } = await flown({ to: 'EU', day, goods: [stone] });
    expect(Object.keys(days)).toEqual(['EU', 'EUBY']);
    expect({ ready, outcome }).toEqual({ ready: false, outcome: 'REQUIRES_EVIDENCE' });
    expect(items[0]?.obstacles).toEqual([
      expect.objectContaining({
        jurisdiction: 'EU',
        rule: 'EU-E3',
        citation: 'Art. 3p(8)',
        papers: [['documentary-evidence'], ['g7-certificate']],
      }),
    ]);
  });

  it('is not ready for goods of which what decides is unknown', async () => {
    const { events, record } = ledgerOf();
    const origin = mineOrigin('BW', 'a-mine', 'segregated');
    const data = { form: 'polished', weight: weighing(900), origin, basis: 'x' } as const;
    record('stone-s0', { type: 'HistoryOpened', data });
    const views = await replay(projections, events, day);
    const { ready, items } = await preflightOf(views, ['stone-s0'], 'US', day);
    expect(ready).toBe(false);
    expect(items[0]?.obstacles.some(({ facts }) => facts.includes('processing'))).toBe(true);
    await expect(preflightOf(views, ['stone-s1'], 'US', day)).rejects.toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
    expect(await preflightOf(views, ['stone-s0'], 'NZ', day)).toMatchObject({
      ready: false,
      outcome: 'UNDETERMINED',
    });
    await expect(preflightOf(views, ['stone-s0'], 'ZZ', day)).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-jurisdiction' }),
    );
    expect((await preflightOf(views, [], 'US', day)).ready).toBe(false);
  });
});
