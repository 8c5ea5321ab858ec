import { describe, expect, it } from '@jest/globals';
import { bill, flaggedLedger, open, recover, release } from '#test/support/flagged';
import { mct } from '#test/support/given';

describe('a hand-over', () => {
  it('with another weight on the receiver’s scales is flagged', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-dawn', 'alrosa', recover(10_000));
    await act('stone-dawn', 'alrosa', release('kgk'));
    await act('stone-dawn', 'kgk', { type: 'AcceptCustody', weight: mct(9_000) });
    expect(await found()).toEqual([
      {
        rule: 'weight-discrepancy',
        subject: 'stone-dawn',
        of: ['stone-dawn#3'],
        finding: 'kgk weighed 9000 mct where alrosa gave 10000 mct',
      },
    ]);
    expect(await found({ party: 'kgk' })).toHaveLength(1);
    expect(await found({ party: 'alrosa' })).toEqual([]);
    expect(await found({ stream: 'stone-dawn', state: 'open' })).toHaveLength(1);
    expect(await found({ stream: 'stone-dawn', rule: 'seal-changed' })).toEqual([]);
  });

  it('of stolen goods to anybody but an authority is flagged', async () => {
    const { act, found } = await flaggedLedger();
    const theft = { type: 'ReportTheft', policeRef: 'A-1', circumstances: 'safe' };
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-gem', 'kgk', theft);
    await act('stone-gem', 'kgk', release('police', 'authority'));
    await act('stone-gem', 'police', { type: 'AcceptCustody' });
    expect(await found()).toEqual([]);
    await act('stone-gem', 'police', release('gia', 'laboratory'));
    await act('stone-gem', 'gia', { type: 'AcceptCustody' });
    expect(await found()).toMatchObject([
      { rule: 'moved-while-not-clear', of: ['stone-gem#1', 'stone-gem#5'] },
    ]);
  });

  it('of goods on hold for an examination is none', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    const hold = { type: 'PlaceHold', holdNo: 'H-1', reason: 'origin', officer: 'one' };
    await act('stone-gem', 'kgk', hold);
    await act('stone-gem', 'kgk', release('gia', 'laboratory'));
    await act('stone-gem', 'gia', { type: 'AcceptCustody' });
    expect(await found()).toEqual([]);
  });
});

describe('a journey', () => {
  const at = (time: string) => ({ time, precision: 'instant' }) as const;
  const antwerp = { unlocode: 'BEANR' };
  const mumbai = { unlocode: 'INBOM' };

  it.each([
    ['2025-04-04T15:00:00Z', ['impossible-journey']],
    ['2025-04-04T20:00:00Z', []],
  ])('from Antwerp at nine to Mumbai at %s: %j', async (time, rules) => {
    const { act, found } = await flaggedLedger();
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), { ...bill, at: at('2025-04-04T08:00:00Z') });
    const nine = { at: at('2025-04-04T09:00:00Z'), place: antwerp };
    await act('stone-gem', 'kgk', release('gia', 'laboratory'), nine);
    await act('stone-gem', 'gia', { type: 'AcceptCustody' }, { at: at(time), place: mumbai });
    expect((await found()).map(({ rule }) => rule)).toEqual(rules);
  });

  it('is told by work on the goods as by their hand-over', async () => {
    const { act, found } = await flaggedLedger();
    const nine = { at: at('2025-04-04T09:00:00Z') };
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), { ...bill, ...nine });
    const recut = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
    const work = { type: 'RecutStone', reason: 'chip' };
    const first = { ...work, weightBefore: recut(1_000), weightAfter: recut(950) };
    await act('stone-gem', 'kgk', first, { ...nine, place: antwerp });
    const noon = { at: at('2025-04-04T12:00:00Z'), place: mumbai };
    const second = { ...work, weightBefore: recut(950), weightAfter: recut(900) };
    await act('stone-gem', 'kgk', second, noon);
    expect(await found()).toMatchObject([
      { rule: 'impossible-journey', of: ['stone-gem#1', 'stone-gem#2'] },
    ]);
  });

  it('is told of a stone by where its rough was, and never of days that leave room', async () => {
    const { act, found } = await flaggedLedger();
    const morning = { at: at('2025-04-04T08:00:00Z') };
    await act('stone-dawn', 'alrosa', recover(10_000), morning);
    await act('stone-dawn', 'alrosa', { type: 'StartManufacturing', orderNo: '1' }, morning);
    await act('stone-dawn', 'alrosa', { type: 'ProducePolished', weight: mct(5_000) }, morning);
    const noon = { at: at('2025-04-04T12:00:00Z'), place: antwerp };
    await act('stone-dawn.1', 'alrosa', release('kgk'), noon);
    expect(await found()).toMatchObject([
      {
        rule: 'impossible-journey',
        of: ['stone-dawn#0', 'stone-dawn.1#1'],
        finding: expect.stringMatching(/^Ebelyakh to Antwerp, \d+ km in at most 4\.0 hours$/),
      },
    ]);
    await act('stone-dusk', 'alrosa', recover(10_000));
    await act('stone-dusk', 'alrosa', release('kgk'), { place: antwerp });
    expect(await found({ rule: 'impossible-journey' })).toHaveLength(1);
  });
});

describe('rough', () => {
  const gaborone = { country: 'BW' };
  const mumbai = { unlocode: 'INBOM' };
  const lot = {
    type: 'OpenHistory',
    form: 'rough',
    weight: mct(1_000),
    origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
    owner: 'kgk',
    basis: 'bought',
  } as const;

  it('that is in another participant without a shipment is flagged once, by where it was before', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-gem', 'kgk', lot, { ...bill, place: gaborone });
    await act('stone-gem', 'kgk', release('gia', 'laboratory'), { place: gaborone });
    await act('stone-gem', 'gia', { type: 'AcceptCustody' }, { place: mumbai });
    await act('stone-gem', 'gia', release('kgk'), { place: mumbai });
    expect(await found({ rule: 'border-without-shipment' })).toEqual([
      {
        rule: 'border-without-shipment',
        subject: 'stone-gem',
        of: ['stone-gem#0', 'stone-gem#2'],
        finding: 'rough was in BW and is in IN, with no shipment between',
      },
    ]);
  });

  it('that is cleaned in another participant without a shipment is flagged', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-gem', 'kgk', lot, { ...bill, place: gaborone });
    const weights = { weightBefore: mct(1_000), weightAfter: mct(990) };
    const clean = { type: 'CleanRough', ...weights, method: 'acid' };
    await act('stone-gem', 'kgk', clean, { place: mumbai });
    expect(await found({ rule: 'border-without-shipment' })).toMatchObject([
      { of: ['stone-gem#0', 'stone-gem#1'] },
    ]);
  });

  it('that came out of rough elsewhere is flagged by where that was then', async () => {
    const { act, found } = await flaggedLedger();
    await act('stone-dawn', 'alrosa', recover(10_000));
    await act('stone-dawn', 'alrosa', { type: 'StartManufacturing', orderNo: '1' });
    const pieces = [{ weight: mct(4_000) }, { weight: mct(5_000) }];
    await act('stone-dawn', 'alrosa', {
      type: 'SawRough',
      method: 'laser',
      pieces,
      loss: mct(1_000),
    });
    const antwerp = { place: { unlocode: 'BEANR' } };
    await act('stone-dawn.1', 'alrosa', release('kgk'), antwerp);
    expect(await found({ rule: 'border-without-shipment' })).toMatchObject([
      {
        of: ['stone-dawn#0', 'stone-dawn.1#1'],
        finding: expect.stringContaining('in RU and is in BE'),
      },
    ]);
  });

  it.each([
    ['polished', { ...lot, form: 'polished' }, mumbai],
    ['inside the Union', lot, { country: 'BE' }],
  ])('is none: %s', async (_, opened, place) => {
    const { act, found } = await flaggedLedger();
    await act('stone-gem', 'kgk', opened, { ...bill, place: { country: 'DE' } });
    await act('stone-gem', 'kgk', release('gia', 'laboratory'), { place });
    expect(await found({ rule: 'border-without-shipment' })).toEqual([]);
  });
});
