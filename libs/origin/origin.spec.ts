import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  declareOrigin,
  elsewhere,
  mineOrigin,
  mixOrigins,
  partOrigin,
  possibleCountries,
  shareOf,
  unknownOrigin,
  weakest,
  wholePpm,
} from '#libs/origin/origin';
import type { Origin } from '#events/values';

const russian = mineOrigin('RU', 'ebelyakh', 'segregated');
const motswana = mineOrigin('BW', 'jwaneng', 'segregated');

describe('mixing', () => {
  it('weighs the shares of both sides', () => {
    expect(mixOrigins({ origin: russian, mct: 600 }, { origin: motswana, mct: 400 })).toEqual({
      countries: [
        { country: 'BW', minPpm: 400_000, maxPpm: 400_000 },
        { country: 'RU', minPpm: 600_000, maxPpm: 600_000 },
      ],
      mineIds: ['ebelyakh', 'jwaneng'],
      chainOfCustody: 'controlled-blending',
    });
  });

  it('rounds shares outwards', () => {
    const { countries } = mixOrigins({ origin: russian, mct: 1 }, { origin: motswana, mct: 2 });
    expect(countries).toEqual([
      { country: 'BW', minPpm: 666_666, maxPpm: 666_667 },
      { country: 'RU', minPpm: 333_333, maxPpm: 333_334 },
    ]);
  });

  it('keeps Russia possible and adds every other country when the rest is of unknown origin', () => {
    const mixed = mixOrigins({ origin: russian, mct: 600 }, { origin: unknownOrigin, mct: 400 });
    expect(mixed.countries).toEqual([
      { country: 'RU', minPpm: 600_000, maxPpm: wholePpm },
      { country: elsewhere, minPpm: 0, maxPpm: 400_000 },
    ]);
    expect(mixed.chainOfCustody).toBe('unknown');
    expect(possibleCountries(mixed)).toEqual({ countries: ['RU'], unknown: true });
    expect(shareOf(mixed, 'ZA')).toEqual({ minPpm: 0, maxPpm: 400_000 });
  });

  it('of two unknown lots stays unknown', () => {
    const lot = { origin: unknownOrigin, mct: 5 };
    expect(mixOrigins(lot, lot)).toEqual(unknownOrigin);
  });

  it('of two mines of one country is still that country, segregated at best', () => {
    const mir = mineOrigin('RU', 'mir', 'identity-preserved');
    const aikhal = mineOrigin('RU', 'aikhal', 'identity-preserved');
    const mixed = mixOrigins({ origin: mir, mct: 7 }, { origin: aikhal, mct: 3 });
    expect(mixed.countries).toEqual([{ country: 'RU', minPpm: wholePpm, maxPpm: wholePpm }]);
    expect(mixed.chainOfCustody).toBe('segregated');
  });
});

describe('taking a part', () => {
  const mixed = mixOrigins({ origin: russian, mct: 600 }, { origin: motswana, mct: 400 });

  it('lets a small part be all of either country', () => {
    expect(partOrigin(mixed, 1000, 300).countries).toEqual([
      { country: 'BW', minPpm: 0, maxPpm: wholePpm },
      { country: 'RU', minPpm: 0, maxPpm: wholePpm },
    ]);
  });

  it('bounds a large part by what is left behind', () => {
    expect(partOrigin(mixed, 1000, 800).countries).toEqual([
      { country: 'BW', minPpm: 250_000, maxPpm: 500_000 },
      { country: 'RU', minPpm: 500_000, maxPpm: 750_000 },
    ]);
  });

  it('keeps a single country single and an unknown origin unknown', () => {
    expect(partOrigin(russian, 1000, 1)).toEqual(russian);
    expect(partOrigin(unknownOrigin, 1000, 1)).toEqual(unknownOrigin);
  });
});

describe('declaring', () => {
  it('never removes a country that was possible', () => {
    const declared = declareOrigin(russian, motswana);
    expect(possibleCountries(declared).countries).toEqual(['BW', 'RU']);
    expect(declared.chainOfCustody).toBe('segregated');
  });

  it('does not make an unknown origin known', () => {
    expect(possibleCountries(declareOrigin(unknownOrigin, motswana))).toEqual({
      countries: ['BW'],
      unknown: true,
    });
  });
});

it('takes the weaker chain of custody', () => {
  expect(weakest('segregated', 'mass-balance')).toBe('mass-balance');
  expect(weakest('unknown', 'identity-preserved')).toBe('unknown');
});

const mct = fc.integer({ min: 1, max: 20_000_000_000 });
const mines = [
  russian,
  motswana,
  mineOrigin('CA', 'diavik', 'identity-preserved'),
  mineOrigin('AO', 'catoca', 'segregated'),
  unknownOrigin,
];

type Goods = Readonly<{ origin: Origin; mct: number; parts: Readonly<Record<string, number>> }>;

/** Goods made by random mixing and dividing, with the true mct by country they really hold. */
const goods: fc.Arbitrary<Goods> = fc.letrec<{ goods: Goods; lot: Goods; mix: Goods; part: Goods }>(
  (tie) => ({
    goods: fc.oneof({ maxDepth: 6 }, tie('lot'), tie('mix'), tie('part')),
    lot: fc
      .tuple(fc.constantFrom(...mines), mct, fc.constantFrom('ZA', 'RU'))
      .map(([origin, weight, hidden]): Goods => ({
        origin,
        mct: weight,
        parts: { [origin.countries[0]?.country ?? hidden]: weight },
      })),
    mix: fc.tuple(tie('goods'), tie('goods')).map(([a, b]): Goods => {
      const parts: Record<string, number> = { ...a.parts };
      for (const [country, weight] of Object.entries(b.parts)) {
        parts[country] = (parts[country] ?? 0) + weight;
      }
      return { origin: mixOrigins(a, b), mct: a.mct + b.mct, parts };
    }),
    part: fc
      .tuple(tie('goods'), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9 }))
      .map(([whole, picks]): Goods => {
        const parts: Record<string, number> = {};
        let weight = 0;
        for (const [n, [country, held]] of Object.entries(whole.parts).entries()) {
          const taken = Math.floor(held * (picks[n % picks.length] ?? 1));
          if (taken === 0) continue;
          parts[country] = taken;
          weight += taken;
        }
        return weight === 0
          ? whole
          : { origin: partOrigin(whole.origin, whole.mct, weight), mct: weight, parts };
      }),
  }),
).goods;

describe('whatever is mixed and divided', () => {
  it('keeps shares whole parts per million that can add up to all of the goods', () => {
    fc.assert(
      fc.property(goods, ({ origin: { countries } }) => {
        for (const { minPpm, maxPpm } of countries) {
          expect(Number.isInteger(minPpm) && Number.isInteger(maxPpm)).toBe(true);
          expect(minPpm >= 0 && minPpm <= maxPpm && maxPpm <= wholePpm).toBe(true);
        }
        if (countries.length === 0) return;
        expect(countries.reduce((sum, { minPpm }) => sum + minPpm, 0)).toBeLessThanOrEqual(
          wholePpm,
        );
        expect(countries.reduce((sum, { maxPpm }) => sum + maxPpm, 0)).toBeGreaterThanOrEqual(
          wholePpm,
        );
      }),
    );
  });

  it('holds the true share of every country within its bounds', () => {
    fc.assert(
      fc.property(goods, ({ origin, mct: total, parts }) => {
        for (const [country, weight] of Object.entries(parts)) {
          const { minPpm, maxPpm } = shareOf(origin, country);
          const scaled = BigInt(weight) * BigInt(wholePpm);
          expect(scaled >= BigInt(minPpm) * BigInt(total)).toBe(true);
          expect(scaled <= BigInt(maxPpm) * BigInt(total)).toBe(true);
        }
      }),
    );
  });

  it('never makes a possible country impossible, by mixing, dividing or declaring', () => {
    fc.assert(
      fc.property(goods, goods, mct, (a, b, weight) => {
        for (const { country, maxPpm } of a.origin.countries) {
          if (maxPpm === 0) continue;
          for (const origin of [
            mixOrigins(a, b),
            mixOrigins(b, a),
            partOrigin(a.origin, a.mct, weight),
            declareOrigin(a.origin, b.origin),
          ]) {
            expect(shareOf(origin, country).maxPpm).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it('widens the bounds of a part around those of the whole', () => {
    fc.assert(
      fc.property(goods, mct, ({ origin, mct: total }, weight) => {
        const part = partOrigin(origin, total, weight);
        for (const { country, minPpm, maxPpm } of origin.countries) {
          expect(shareOf(part, country).minPpm).toBeLessThanOrEqual(minPpm);
          expect(shareOf(part, country).maxPpm).toBeGreaterThanOrEqual(maxPpm);
        }
      }),
    );
  });

  it('mixes the same in either order', () => {
    fc.assert(
      fc.property(goods, goods, (a, b) => expect(mixOrigins(a, b)).toEqual(mixOrigins(b, a))),
    );
  });
});
