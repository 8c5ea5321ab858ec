import { describe, expect, it } from '@jest/globals';
import { hallmarksVersion, needsUin, recognitionOf } from '#libs/reference/hallmarks';
import {
  eligibilityOf,
  eligibilityOfPrefix,
  numberFaults,
  participantsVersion,
  prefixOn,
} from '#libs/reference/kimberley-eligibility';

/** The verdict, or the reason of a no. */
function told(...asked: Parameters<typeof eligibilityOf>): string {
  const judged = eligibilityOf(...asked);
  return judged.verdict === 'no' ? judged.reason : judged.verdict;
}

describe('exports of the Central African Republic', () => {
  it.each([
    ['2003-10-30', undefined, 'unknown'],
    ['2013-05-22', undefined, 'yes'],
    ['2013-05-23', undefined, 'participant-suspended'],
    ['2015-07-31', 'Berbérati', 'participant-suspended'],
    ['2016-04-30', 'Berbérati', 'zone-not-approved'],
    ['2016-06-01', 'berberati', 'yes'],
    ['2016-06-01', 'Boda', 'zone-not-approved'],
    ['2024-11-14', 'Boda', 'yes'],
    ['2024-11-14', 'Bria', 'zone-not-approved'],
    ['2024-11-14', undefined, 'zone-needed'],
    ['2024-11-15', undefined, 'yes'],
    ['2025-06-01', undefined, 'yes'],
  ])('on %s from %s: %s', (day, zone, expected) => {
    expect(told('CF', day, 'export', zone)).toBe(expected);
  });

  it('were stopped, its imports were not', () => {
    expect(told('CF', '2014-01-01', 'import')).toBe('yes');
  });
});

describe('other limits in time', () => {
  it.each([
    ['VE', '2012-01-01', 'export', 'participant-suspended'],
    ['VE', '2012-01-01', 'import', 'participant-suspended'],
    ['VE', '2010-11-03', 'export', 'yes'],
    ['VE', '2025-06-01', 'export', 'yes'],
    ['CG', '2004-07-08', 'export', 'yes'],
    ['CG', '2004-07-09', 'export', 'participant-suspended'],
    ['CG', '2007-11-08', 'export', 'yes'],
    ['LB', '2004-07-12', 'import', 'participant-suspended'],
    ['CI', '2010-01-01', 'export', 'participant-suspended'],
    ['CI', '2025-06-01', 'export', 'yes'],
    ['PK', '2025-06-01', 'import', 'not-a-participant'],
    ['QA', '2020-01-01', 'import', 'not-a-participant'],
    ['TW', '2025-06-01', 'import', 'yes'],
  ] as const)('%s on %s, %s: %s', (country, day, direction, expected) => {
    expect(told(country, day, direction)).toBe(expected);
  });

  it('give the United Kingdom certificates of its own since 2021', () => {
    expect(prefixOn('GB', '2020-12-31')).toBe('EU');
    expect(prefixOn('GB', '2021-01-01')).toBe('GB');
    const before = eligibilityOfPrefix('GB', '2020-12-31', 'export');
    expect(before).toMatchObject({ verdict: 'no', reason: 'not-a-participant' });
    expect(eligibilityOfPrefix('GB', '2021-01-01', 'export').verdict).toBe('yes');
  });
});

describe('certificate numbers', () => {
  it('are known to be forged by their digits', () => {
    expect(numberFaults('SL004199', '2015-01-01')).toEqual(['number-forged']);
    expect(numberFaults('SL-004199', '2015-01-01')).toContain('number-forged');
    expect(numberFaults('RU0012345', '2025-04-04')).toEqual([]);
  });

  it('of Sierra Leone end the numbers of their parcels', () => {
    expect(numberFaults('SL005000', '2015-01-01', ['JMI/GGDO/5000'])).toEqual([]);
    expect(numberFaults('SL005000', '2015-01-01', ['JMI/GGDO/4999'])).toEqual([
      'parcel-number-differs',
    ]);
    expect(numberFaults('SL005000', '2015-01-01', ['1'])).toEqual(['parcel-number-differs']);
  });
});

describe('hallmarks', () => {
  it.each([
    ['RU', 'RU', '2025-01-01', 'yes', null],
    ['RU', 'KZ', '2025-01-01', 'no', 'eaeu-2019'],
    ['RU', 'BY', '2025-12-01', 'no', 'eaeu-2019'],
    ['CH', 'GB', '2025-01-01', 'unknown', 'vienna-1972'],
    ['CH', 'GB', '1970-01-01', 'no', 'vienna-1972'],
    ['RU', 'AE', '2025-01-01', 'unknown', null],
  ])('of %s in %s on %s: %s', (mark, state, day, verdict, agreement) => {
    expect(recognitionOf(mark, state, day)).toEqual({ verdict, agreement });
  });

  it('come with a UIN in Russia since March 2022', () => {
    expect(needsUin('RU', '2022-02-28')).toBe(false);
    expect(needsUin('RU', '2022-03-01')).toBe(true);
    expect(needsUin('CH', '2025-01-01')).toBe(false);
  });
});

it('names the versions of its data', () => {
  expect(participantsVersion()).toMatch(/^[0-9a-f]{64}$/);
  expect(hallmarksVersion()).not.toBe(participantsVersion());
});
