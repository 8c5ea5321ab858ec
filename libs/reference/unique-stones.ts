import { daysOf } from '#libs/reference/calendar';
import { reference } from '#libs/reference/reference';

/** From `from` on, stones of at least these weights may be designated unique. */
export type UniqueThreshold = Readonly<{
  /** The state whose decree it is, ISO 3166-1 alpha-2. */
  country: string;
  from: string;
  roughMct: number;
  polishedMct: number;
  source: string;
}>;

/** Of the facts on thresholds; recorded with what rests on them. */
export const uniqueStonesVersion = (): string => reference()['unique-stones.json'].sha256;

/** Whether a decree of the state, of whatever day, has it call on unique stones. */
export function hasUniqueStones(country: string): boolean {
  return reference()['unique-stones.json'].content.some((each) => each.country === country);
}

/** A state's threshold in force on a day (`YYYY-MM-DD`), `undefined` before the first. */
export function uniqueThresholdOn(day: string, country: string): UniqueThreshold | undefined {
  const thresholds = reference()['unique-stones.json'].content;
  return thresholds.findLast((each) => each.country === country && daysOf(each.from).first <= day);
}
