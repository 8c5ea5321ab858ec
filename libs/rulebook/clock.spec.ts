import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localDay } from '#libs/rulebook/clock';
import type { Clock } from '#libs/rulebook/clock';
import { evaluate } from '#libs/rulebook/evaluate';
import { nothingElseKnown } from '#libs/rulebook/facts';

const zones: Readonly<Record<Clock, string>> = {
  eastern: 'America/New_York',
  'central-european': 'Europe/Brussels',
  british: 'Europe/London',
  japanese: 'Asia/Tokyo',
  universal: 'UTC',
};

describe('the day of a moment', () => {
  it.each<[Clock, string, string]>([
    ['eastern', '2024-03-01T04:59:59Z', '2024-02-29'],
    ['eastern', '2024-03-01T05:00:00Z', '2024-03-01'],
    ['eastern', '2026-09-01T03:59:59.999Z', '2026-08-31'],
    ['eastern', '2026-09-01T04:00:00Z', '2026-09-01'],
    ['eastern', '2026-11-03T04:30:00Z', '2026-11-02'],
    ['eastern', '2026-10-31T04:30:00Z', '2026-10-31'],
    ['eastern', '2026-03-10T04:30:00Z', '2026-03-10'],
    ['central-european', '2023-12-31T22:59Z', '2023-12-31'],
    ['central-european', '2023-12-31T23:00Z', '2024-01-01'],
    ['central-european', '2024-08-31T22:00Z', '2024-09-01'],
    ['british', '2024-08-31T22:59Z', '2024-08-31'],
    ['british', '2024-08-31T23:00Z', '2024-09-01'],
    ['british', '2024-02-29T23:59Z', '2024-02-29'],
    ['japanese', '2024-05-09T14:59Z', '2024-05-09'],
    ['japanese', '2024-05-09T15:00Z', '2024-05-10'],
  ])('%s: %s is %s', (clock, moment, day) => {
    expect(localDay(clock, moment)).toBe(day);
  });

  it('is what the time-zone database says, from 2020 to 2037', () => {
    const clock = fc.constantFrom(...(Object.keys(zones) as Clock[]));
    const moment = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2037-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(clock, moment, (which, at) => {
        const there = new Intl.DateTimeFormat('en-CA', { timeZone: zones[which] });
        expect(localDay(which, at.toISOString())).toBe(there.format(at));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a verdict asked for at a moment', () => {
  const viaIndia = {
    ...nothingElseKnown,
    hs: '710239',
    material: 'natural',
    stoneMct: { min: 1000, max: 1000 },
    minedIn: ['RU'],
    processing: { state: 'processed', in: 'IN' },
    shippedFrom: 'IN',
  } as const;

  it.each([
    ['US', '2024-03-01T04:59:00Z', 'CLEAR'],
    ['US', '2024-03-01T05:00:00Z', 'PROHIBITED'],
    ['EU', '2024-02-29T22:59:00Z', 'CLEAR'],
    ['EU', '2024-02-29T23:00:00Z', 'PROHIBITED'],
    ['UK', '2024-02-29T23:59:00Z', 'CLEAR'],
    ['UK', '2024-03-01T00:00:00Z', 'PROHIBITED'],
    ['JP', '2024-05-09T14:59:00Z', 'CLEAR'],
    ['JP', '2024-05-09T15:00:00Z', 'PROHIBITED'],
  ])("is of the jurisdiction's own day: %s at %s", (where, moment, outcome) => {
    expect(evaluate(viaIndia, where, moment, 'import').outcome).toBe(outcome);
  });

  it.each(['2024-03-01T25:00:00Z', '2024-02-30T12:00:00Z', '2024-03-01 12:00', '2024-03-01T12:00'])(
    'is refused when it is none: %s',
    (moment) => {
      expect(() => evaluate(viaIndia, 'US', moment, 'import')).toThrow(
        expect.objectContaining({
          code: 'bad-date',
          details: expect.objectContaining({ field: 'day' }),
        }),
      );
    },
  );
});
