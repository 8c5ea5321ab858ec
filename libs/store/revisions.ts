import type { ReadOptions } from '#libs/store/store';

/**
 * The revisions `low` … `high` that a read wants of a stream ending at revision `last` (-1 when
 * empty). Nothing is wanted when `high < low`. Throws `RangeError` for a negative or broken number.
 */
export function wanted(
  last: number,
  options: ReadOptions = {},
): Readonly<{ low: number; high: number; backwards: boolean }> {
  const backwards = options.direction === 'backwards';
  const from = backwards ? Math.min(options.from ?? last, last) : (options.from ?? 0);
  const limit = options.limit ?? Infinity;
  if (!Number.isSafeInteger(options.from ?? 0) || (options.from ?? 0) < 0) {
    throw new RangeError(`revision ${options.from} is not a revision`);
  }
  if ((limit !== Infinity && !Number.isSafeInteger(limit)) || limit < 0) {
    throw new RangeError(`limit ${limit} is not a number of events`);
  }
  return backwards
    ? { low: Math.max(0, from - limit + 1), high: from, backwards }
    : { low: from, high: Math.min(from + limit - 1, last), backwards };
}
