import { expect, it } from '@jest/globals';
import { readings } from '#libs/correction/struck-out';

const read = (field: string, from: unknown, to: unknown) => readings([{ field, from, to }]);

it('what was struck out is told in the words of the trade', () => {
  const weight = { mct: 34_170, qualifier: 'gt', basis: 'weighed' };
  expect(read('data.weight', weight, { ...weight, qualifier: 'eq', basis: 'reported' })).toBe(
    'weight over 34.17 ct, weighed reads 34.17 ct, reported',
  );
  expect(read('data.price', { minor: 120_000, currency: 'USD' }, null)).toBe(
    'price USD 1200.00 reads nothing',
  );
  expect(
    read('at', { time: '2024-03', precision: 'month' }, { time: '2024-03-02', precision: 'day' }),
  ).toBe('at 2024-03 reads 2024-03-02');
  expect(read('place', { country: 'BE', text: 'Antwerp' }, { mineId: 'ru-ebelyakh' })).toBe(
    'place Antwerp, BE reads Ebelyakh',
  );
  const mixed = {
    countries: [
      { country: 'RU', minPpm: 0, maxPpm: 400_000 },
      { country: 'BW', minPpm: 600_000, maxPpm: 1_000_000 },
    ],
    mineIds: [],
    chainOfCustody: 'segregated',
  };
  expect(read('data.origin', mixed, { ...mixed, countries: [] })).toBe(
    'origin RU 0 % to 40 %, BW 60 % to 100 %, segregated reads unknown',
  );
});

it('what has no words of its own is told as it stands', () => {
  expect(read('data.pieces', 3, 4)).toBe('pieces 3 reads 4');
  expect(read('data.sealNo', 'S1', null)).toBe('sealNo “S1” reads nothing');
  expect(read('data.names', ['a'], { b: 1 })).toBe('names ["a"] reads {"b":1}');
});
