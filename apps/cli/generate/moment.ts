import type { When } from '#events/event';
import type { Random } from '#apps/cli/generate/random';

export const minute = 60;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Seconds since 1970 of midnight UTC. */
export function secondsOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 1000;
}

export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** ISO 8601 UTC without fractions. */
export function instantOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

export function atInstant(seconds: number): When {
  return { time: instantOf(seconds), precision: 'instant' };
}

export function atDay(seconds: number): When {
  return { time: dayOf(seconds), precision: 'day' };
}

/** A second within the working hours of a day `least` to `most` days on; `least` is 1 or more. */
export function daysLater(random: Random, at: number, least: number, most: number): number {
  const midnight = Math.floor(at / day) * day;
  return midnight + random.int(least, most) * day + random.int(7 * hour, 16 * hour);
}
