import { describe, expect, it } from '@jest/globals';
import {
  illustrationOf,
  shownDocument,
  shownOrigin,
  shownPlace,
  shownWeight,
  shownWhen,
  withPlainBounds,
} from '#libs/documents/words';
import type { Weight } from '#events/values';

const weight = (mct: number, qualifier: Weight['qualifier']): Weight => ({
  mct,
  qualifier,
  basis: 'reported',
});

describe('a weight', () => {
  it('that is exact shows two decimals, a third where it has one', () => {
    expect(shownWeight(weight(34_170, 'eq'))).toBe('34.17 ct');
    expect(shownWeight(weight(236_000, 'eq'))).toBe('236.00 ct');
    expect(shownWeight(weight(1_005, 'eq'))).toBe('1.005 ct');
    expect(shownWeight({ ...weight(34_170, 'eq'), tolMct: 1 })).toBe('34.17 ct ± 0.001 ct');
  });

  it('that is a bound stays a bound and gains no decimals', () => {
    expect(shownWeight(weight(200_000, 'gt'))).toBe('over 200 ct');
    expect(shownWeight(weight(500, 'lt'))).toBe('under 0.5 ct');
    expect(shownWeight(weight(101_000, 'approx'))).toBe('about 101 ct');
    expect(withPlainBounds('rough of over 200.00 ct, then 34.00 ct')).toBe(
      'rough of over 200 ct, then 34.00 ct',
    );
  });
});

it('a time shows no more than is known', () => {
  expect(shownWhen({ time: '2023', precision: 'year' })).toBe('2023');
  expect(shownWhen({ time: '2025-04', precision: 'month' })).toBe('2025-04');
  expect(shownWhen({ time: '2025-04-04T09:30:12.123Z', precision: 'instant' })).toBe(
    '2025-04-04 09:30 UTC',
  );
});

it('a place is named as finely as it is known', () => {
  expect(shownPlace({ country: 'RU', mineId: 'ru-ebelyakh' })).toBe('Ebelyakh, RU');
  expect(shownPlace({ unlocode: 'BEANR' })).toBe('BEANR');
  expect(shownPlace(null)).toBe('');
});

it('a mixed origin shows its share bounds, an unknown one says so', () => {
  const share = (country: string, minPpm: number, maxPpm: number) => ({ country, minPpm, maxPpm });
  const countries = [share('BW', 400_000, 1_000_000), share('RU', 0, 600_000)];
  expect(shownOrigin({ countries, mineIds: [], chainOfCustody: 'controlled-blending' })).toBe(
    'BW 40 % to 100 %, RU 0 % to 60 %, controlled-blending',
  );
  const halves = [share('BW', 500_000, 500_000), share('ZA', 500_000, 500_000)];
  expect(shownOrigin({ countries: halves, mineIds: [], chainOfCustody: 'unknown' })).toBe(
    'BW 50 %, ZA 50 %, unknown',
  );
  expect(shownOrigin({ countries: [], mineIds: [], chainOfCustody: 'unknown' })).toBe('unknown');
});

it('a step that is not public says what about it is not', () => {
  expect(illustrationOf([{ type: 'press' }])).toBeUndefined();
  expect(illustrationOf(null)).toBeUndefined();
  expect(illustrationOf([{ type: 'illustrative', note: 'no date' }])).toBe('no date');
  expect(illustrationOf([{ type: 'illustrative' }])).toBe('not public');
});

it('a paper is named by type, number, issuer and day', () => {
  expect(
    shownDocument({ type: 'invoice', number: '7', issuer: 'graff', issuedOn: '2020-01-02' }),
  ).toBe('invoice 7 of graff, 2020-01-02');
});
