import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter, daysLater, hoursBetween } from '#libs/reference/calendar';

const moment = fc.date({
  min: new Date('1000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});

it('counts the hours between any two moments as the calendar does, leap years included', () => {
  fc.assert(
    fc.property(moment, moment, (from, to) => {
      const [one, other] = [from, to].map((date) => date.toISOString().slice(0, 19));
      const hours = (Date.parse(`${other}Z`) - Date.parse(`${one}Z`)) / 3_600_000;
      expect(hoursBetween(one ?? '', other ?? '')).toBeCloseTo(hours, 6);
    }),
  );
  expect(hoursBetween('2000-02-28T23:00:00', '2000-03-01T00:00:00')).toBe(25);
  expect(hoursBetween('1900-02-28T23:00:00', '1900-03-01T00:00:00')).toBe(1);
});

it('counts days on as the calendar does, and ends for what is no day', () => {
  const some = fc.integer({ min: 0, max: 1000 });
  const day = moment.filter((date) => date.getUTCFullYear() < 9990);
  fc.assert(
    fc.property(day, some, (from, count) => {
      const later = new Date(from.getTime() + count * 86_400_000).toISOString().slice(0, 10);
      expect(daysLater(from.toISOString().slice(0, 10), count)).toBe(later);
    }),
  );
  expect(dayAfter('1999-12-31')).toBe('2000-01-01');
  expect(dayAfter('1900-02-28')).toBe('1900-03-01');
  for (const text of ['', 'a-b-c', '2024-13-40']) expect(daysLater(text, 30)).toMatch(/-/);
});
