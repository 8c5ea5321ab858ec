import { usage } from '#apps/cli/failure';
import type { KnownAt } from '#libs/decider/effective';
import { isDay } from '#libs/reference/calendar';
import type { Question } from '#libs/views/as-known';

/** Reads the options; throws a usage {@link Failure} for what is neither a day nor a position. */
export function questionOf(
  options: Readonly<{ validAt?: string; knownAt?: string }>,
): Question | undefined {
  const { validAt, knownAt } = options;
  if (validAt === undefined && knownAt === undefined) return undefined;
  return {
    ...(validAt !== undefined && { validAt: dayOf('--valid-at', validAt) }),
    ...(knownAt !== undefined && { knownAt: knownAtOf(knownAt) }),
  };
}

/** A day, or a position. Throws a usage {@link Failure}. */
export function knownAtOf(text: string): KnownAt {
  if (/^\d{1,18}$/.test(text)) return { position: BigInt(text) };
  if (isDay(text)) return { day: text };
  throw usage(`--known-at takes a day as YYYY-MM-DD or a position, not “${text}”`);
}

/** A day that there is, `YYYY-MM-DD`. Throws a usage {@link Failure}. */
export function dayOf(option: string, text: string): string {
  if (isDay(text)) return text;
  throw usage(`${option} takes a day as YYYY-MM-DD, not “${text}”`);
}
