const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function lastOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (daysInMonth[month - 1] ?? 0);
}

/** A day of the Gregorian calendar, `YYYY-MM-DD`, year 1000 or later; what is no text is none. */
export function isDay(text: string): boolean {
  if (typeof text !== 'string' || text.length !== 10 || text[4] !== '-' || text[7] !== '-')
    return false;
  const day = digits(text, 8, 10);
  const year = digits(text, 0, 4);
  return year >= 1000 && day >= 1 && day <= lastOf(year, digits(text, 5, 7));
}

/** The number written there; not a number unless every character is a digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** The day after, `YYYY-MM-DD` in and out. */
export function dayAfter(day: string): string {
  return daysLater(day, 1);
}

/** The day so many days (0 or more) after, `YYYY-MM-DD` in and out. */
export function daysLater(day: string, count: number): string {
  let [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  date += count;
  for (let last = lastOf(year, month); last > 0 && date > last; last = lastOf(year, month)) {
    date -= last;
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return write(year, month, date);
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
  const at = (from: number, to: number) => Number(moment.slice(from, to));
  const days = daysSinceZero(at(0, 4), at(5, 7), at(8, 10));
  return 24 * days + at(11, 13) + at(14, 16) / 60 + at(17, 19) / 3600;
}

/** Days of a common year before each of its months. */
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Days of the Gregorian calendar since the beginning of a year zero. */
function daysSinceZero(year: number, month: number, date: number): number {
  const past = month > 2 ? year : year - 1;
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return 365 * year + leaps + (daysBefore[month - 1] ?? 0) + date;
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
