import { daysOf } from '#libs/reference/calendar';
import { reference } from '#libs/reference/reference';

/** From `from` on, stones of at least these weights may be designated unique. */
export type UniqueThreshold = Readonly<{
  from: string;
  roughMct: number;
  polishedMct: number;
  source: string;
}>;

/** Of the facts on thresholds; recorded with what rests on them. */
export const uniqueStonesVersion = (): string => reference()['unique-stones.json'].sha256;

/** The threshold in force on a day (`YYYY-MM-DD`), `undefined` before the first. */
export function uniqueThresholdOn(day: string): UniqueThreshold | undefined {
  const thresholds = reference()['unique-stones.json'].content;
  return thresholds.findLast(({ from }) => daysOf(from).first <= day);
}
