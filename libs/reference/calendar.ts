const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function lastOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (daysInMonth[month - 1] ?? 0);
}

/** A day of the Gregorian calendar, `YYYY-MM-DD`, year 1000 or later. */
export function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = shape.exec(text) ?? [];
  return year >= '1000' && day >= '01' && Number(day) <= lastOf(Number(year), Number(month));
}

/** The day after, `YYYY-MM-DD` in and out. */
export function dayAfter(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  if (date < lastOf(year, month)) return write(year, month, date + 1);
  return month === 12 ? write(year + 1, 1, 1) : write(year, month + 1, 1);
}

/** The day before, `YYYY-MM-DD` in and out. */
export function dayBefore(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  if (date > 1) return write(year, month, date - 1);
  return month === 1 ? write(year - 1, 12, 31) : write(year, month - 1, lastOf(year, month - 1));
}

/** Hours from one moment to another, both `YYYY-MM-DDTHH:MM:SS…` of the same clock. */
export function hoursBetween(from: string, to: string): number {
  return hoursOf(to) - hoursOf(from);
}

function hoursOf(moment: string): number {
  const [year = 0, month = 0, date = 0] = moment.slice(0, 10).split('-').map(Number);
  const [hour = 0, minute = 0, second = 0] = moment.slice(11, 19).split(':').map(Number);
  return 24 * daysSinceZero(year, month, date) + hour + minute / 60 + second / 3600;
}

/** Days of the Gregorian calendar since the beginning of a year zero. */
function daysSinceZero(year: number, month: number, date: number): number {
  const past = year - 1;
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const inYear = Array.from({ length: month - 1 }, (_, m) => lastOf(year, m + 1));
  return 365 * year + leaps + inYear.reduce((sum, days) => sum + days, 0) + date;
}

function write(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * The first and last day a date of year, month or day precision can mean (`2013`, `2013-05`,
 * `2013-05-23`).
 */
export function daysOf(date: string): Readonly<{ first: string; last: string }> {
  const [year = '', month, day] = date.split('-');
  if (day !== undefined) return { first: date, last: date };
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31` };
  const last = lastOf(Number(year), Number(month));
  return { first: `${date}-01`, last: `${date}-${last}` };
}
