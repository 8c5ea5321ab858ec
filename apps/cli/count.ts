import { usage } from '#apps/cli/failure';

/** A whole number from 1 to `most` as an option's value; throws a usage {@link Failure}. */
export function countOf(option: string, text: string, most: number): number {
  const count = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw usage(`${option} takes a whole number from 1 to ${most}, not “${text}”`);
}
