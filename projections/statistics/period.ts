import type { When } from '#events/event';
import { daysOf } from '#libs/decider/when';

/** The finest period that is sure to hold a time: a quarter, else a half-year, else the year. */
export function periodOf(when: When): string {
  const { first, last } = daysOf(when);
  const [year, from, to] = [first.slice(0, 4), quarterOf(first), quarterOf(last)];
  if (from === to) return `${year}-Q${from}`;
  return Math.ceil(from / 2) === Math.ceil(to / 2) ? `${year}-H${Math.ceil(from / 2)}` : year;
}

/** The same for a day, `YYYY-MM-DD`. */
export const periodOfDay = (day: string) => periodOf({ time: day, precision: 'day' });

function quarterOf(day: string): number {
  return Math.ceil(Number(day.slice(5, 7)) / 3);
}

/** `2025`, `2025-H1` or `2025-Q2`. */
export const periodForm = /^\d{4}(?:-(?:H[12]|Q[1-4]))?$/;

/** Its first day; no real day for the year 0000. */
export function firstDayOf(period: string): string {
  const [year, part = 'Q1'] = period.split('-');
  const quarter = part.startsWith('H') ? Number(part[1]) * 2 - 1 : Number(part[1]);
  return `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`;
}

/** Whether all of `inner` lies in `outer`. */
export function holds(outer: string, inner: string): boolean {
  if (outer === inner || (outer.length === 4 && inner.startsWith(outer))) return true;
  if (outer[5] !== 'H' || inner[5] !== 'Q' || outer.slice(0, 4) !== inner.slice(0, 4)) return false;
  return Math.ceil(Number(inner[6]) / 2) === Number(outer[6]);
}

/** Whether part of `other`, not all, lies in `period`: it cannot be said on which side it is. */
export function straddles(period: string, other: string): boolean {
  return !holds(period, other) && holds(other, period);
}
