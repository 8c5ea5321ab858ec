import { daysOf } from '#libs/reference/calendar';
import data from '#libs/reference/unique-stones.json' with { type: 'json' };

/** From `from` on, stones of at least these weights may be designated unique. */
export type UniqueThreshold = Readonly<{
  from: string;
  roughMct: number;
  polishedMct: number;
  source: string;
}>;

export const uniqueThresholds: readonly UniqueThreshold[] = data;

/** The threshold in force on a day (`YYYY-MM-DD`), `undefined` before the first. */
export function uniqueThresholdOn(day: string): UniqueThreshold | undefined {
  return uniqueThresholds.findLast(({ from }) => daysOf(from).first <= day);
}
