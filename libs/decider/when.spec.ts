import { describe, expect, it } from '@jest/globals';
import type { When } from '#events/event';
import { daysOf, isAfterNow, isBefore, later, spanOf } from '#libs/decider/when';

const year = (time: string): When => ({ time, precision: 'year' });
const month = (time: string): When => ({ time, precision: 'month' });
const day = (time: string): When => ({ time, precision: 'day' });
const instant = (time: string): When => ({ time, precision: 'instant' });

describe('a time', () => {
  it.each([
    year('2025-01'),
    year('25'),
    month('2025-13'),
    month('2025-00'),
    month('2025'),
    day('2025-02-29'),
    day('1900-02-29'),
    day('2025-04-31'),
    day('2025-4-1'),
    instant('2025-04-04T24:00:00Z'),
    instant('2025-04-04T09:60:00Z'),
    instant('2025-04-04T09:00:00+03:00'),
    instant('2025-02-30T09:00:00Z'),
    instant('2025-04-04'),
  ])('is not real: $time as $precision', (when) => expect(spanOf(when)).toBeUndefined());

  it('reaches from its first to its last moment', () => {
    expect(daysOf(year('2024'))).toEqual({ first: '2024-01-01', last: '2024-12-31' });
    expect(daysOf(month('2024-02'))).toEqual({ first: '2024-02-01', last: '2024-02-29' });
    expect(daysOf(instant('2024-02-29T23:59:59Z'))).toEqual({
      first: '2024-02-29',
      last: '2024-02-29',
    });
  });

  it('lies before another only when no moment of both could be the same', () => {
    expect(isBefore(day('2025-04-03'), day('2025-04-04'))).toBe(true);
    expect(isBefore(day('2025-04-03'), month('2025-04'))).toBe(false);
    expect(isBefore(month('2025-03'), day('2025-04-01'))).toBe(true);
    expect(isBefore(year('2025'), day('2025-04-01'))).toBe(false);
    expect(isBefore(instant('2025-04-04T09:00:00Z'), instant('2025-04-04T09:00:00.5Z'))).toBe(true);
    expect(isBefore(instant('2025-04-04T09:00:00.25Z'), instant('2025-04-04T09:00:00.3Z'))).toBe(
      true,
    );
  });

  it('counts as the later one when it begins later', () => {
    expect(later(day('2025-04-04'), year('2025'))).toEqual(day('2025-04-04'));
    expect(later(year('2025'), day('2025-04-04'))).toEqual(day('2025-04-04'));
    expect(later(month('2025-04'), day('2025-04-01'))).toEqual(month('2025-04'));
    expect(later(day('2025-04-04'), instant('2025-04-04T00:00:01Z')).precision).toBe('instant');
    expect(later(instant('2025-04-04T09:00:00Z'), instant('2025-04-04T09:00:00.5Z')).time).toBe(
      '2025-04-04T09:00:00.5Z',
    );
  });

  it('lies in the future when it has begun nowhere on Earth', () => {
    const now = '2024-02-28T12:00:00Z';
    expect(isAfterNow(day('2024-02-29'), now)).toBe(false);
    expect(isAfterNow(day('2024-03-01'), now)).toBe(true);
    expect(isAfterNow(month('2024-03'), now)).toBe(true);
    expect(isAfterNow(year('2024'), now)).toBe(false);
    expect(isAfterNow(year('2025'), '2024-12-31T00:00:00.000Z')).toBe(false);
    expect(isAfterNow(instant('2024-02-29T12:00:00.001Z'), now)).toBe(true);
  });

  it('is not taken for past when the clock is not readable', () =>
    expect(isAfterNow(day('2000-01-01'), 'noon')).toBe(true));
});
