import { isDay } from '#libs/reference/calendar';

/** How a jurisdiction counts its days; each follows the summer time in force since 2007. */
export type Clock = 'eastern' | 'central-european' | 'british' | 'japanese' | 'universal';

const shape = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?Z$/;
const dayLength = 10;
const hoursAhead = {
  eastern: -5,
  'central-european': 1,
  british: 0,
  japanese: 9,
  universal: 0,
} as const;

/**
 * The local day (`YYYY-MM-DD`) of a moment in UTC (`2024-03-01T04:59:59.999Z`); a text that is no
 * moment comes back as it is.
 */
export function localDay(clock: Clock, moment: string): string {
  if (moment.length === dayLength) return moment;
  const [, ...parts] = shape.exec(moment) ?? [];
  if (parts.length === 0 || !isDay(moment.slice(0, dayLength))) return moment;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  const hours = dayNumber(year, month, day) * 24 + hour + minute / 60;
  const ahead = hoursAhead[clock] + (isSummer(clock, year, hours) ? 1 : 0);
  return written(Math.floor((hours + ahead) / 24));
}

function isSummer(clock: Clock, year: number, hours: number): boolean {
  switch (clock) {
    case 'japanese':
    case 'universal':
      return false;
    case 'eastern':
      return hours >= sunday(year, 3, 8) * 24 + 7 && hours < sunday(year, 11, 1) * 24 + 6;
    case 'central-european':
    case 'british':
      return hours >= sunday(year, 3, 25) * 24 + 1 && hours < sunday(year, 10, 25) * 24 + 1;
  }
}

/** The first Sunday on or after a day. Day 0 is Thursday, 1970-01-01. */
function sunday(year: number, month: number, day: number): number {
  const from = dayNumber(year, month, day);
  return from + ((((3 - from) % 7) + 7) % 7);
}

/** Days since 1970-01-01; the year is taken to begin in March, so that a leap day ends it. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
  );
}

function written(number: number): string {
  const days = number + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear =
    ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
