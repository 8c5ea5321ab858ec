import type { When } from '#events/event';
import { dayAfter, daysOf as daysOfDate, isDay } from '#libs/reference/calendar';

/** First and last moment of a time as known: `YYYY-MM-DDTHH:MM:SS.nnnnnnnnn`, UTC, sortable. */
export type Span = Readonly<{ from: string; to: string }>;

const instant = /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?Z$/;

/** The span of a time; `undefined` when it is not a real calendar time of its precision. */
export function spanOf({ time, precision }: When): Span | undefined {
  switch (precision) {
    case 'year':
      return /^\d{4}$/.test(time) ? daySpan(time) : undefined;
    case 'month':
      return /^\d{4}-\d\d$/.test(time) ? daySpan(time) : undefined;
    case 'day':
      return isDay(time) ? daySpan(time) : undefined;
    case 'instant':
      return momentOf(time);
  }
}

/** True when every moment `a` can mean lies before every moment `b` can mean. */
export function isBefore(a: When, b: When): boolean {
  const first = spanOf(a);
  const second = spanOf(b);
  return first !== undefined && second !== undefined && first.to < second.from;
}

/** The one of two recorded times that begins later; `a` when they begin together. */
export function later(a: When, b: When): When {
  return startOf(b) > startOf(a) ? b : a;
}

/**
 * True when a time had not begun at `now` (an ISO 8601 UTC instant) anywhere on Earth: one day of
 * slack, as a local day may begin before the UTC day does.
 */
export function isAfterNow(when: When, now: string): boolean {
  const limit = momentOf(`${dayAfter(now.slice(0, 10))}${now.slice(10)}`);
  const span = spanOf(when);
  return !limit || !span || limit.to < span.from;
}

/** The first and last day (`YYYY-MM-DD`, UTC) a valid time can mean; empty for an invalid one. */
export function daysOf(when: When): Readonly<{ first: string; last: string }> {
  const span = spanOf(when);
  return { first: span?.from.slice(0, 10) ?? '', last: span?.to.slice(0, 10) ?? '' };
}

/** The start of a valid time as text that sorts; cheap, as every fold asks it of every event. */
function startOf({ time, precision }: When): string {
  switch (precision) {
    case 'year':
      return `${time}-01-01`;
    case 'month':
      return `${time}-01`;
    case 'day':
      return time;
    case 'instant':
      return time.slice(0, -1);
  }
}

function daySpan(date: string): Span | undefined {
  const { first, last } = daysOfDate(date);
  return isDay(first) && isDay(last)
    ? { from: `${first}T00:00:00.000000000`, to: `${last}T23:59:59.999999999` }
    : undefined;
}

function momentOf(time: string): Span | undefined {
  const [, day = '', clock = '', fraction = ''] = instant.exec(time) ?? [];
  if (!isDay(day)) return undefined;
  const moment = `${day}T${clock}.${fraction.padEnd(9, '0')}`;
  return { from: moment, to: moment };
}
