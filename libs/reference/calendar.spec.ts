import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hoursBetween } from '#libs/reference/calendar';

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
