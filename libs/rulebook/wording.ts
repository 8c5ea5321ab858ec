import type { Condition } from '#libs/rulebook/rule';

/** Tests that several jurisdictions' measures share word for word. */
export const always: Condition = { test: 'all', of: [] };

export const processed: Condition = { test: 'not', of: { test: 'unprocessed' } };

export const minedIn = (...countries: readonly string[]): Condition => ({
  test: 'mined-in',
  countries,
});

export const processedIn = (...countries: readonly string[]): Condition => ({
  test: 'processed-in',
  countries,
});

export const shippedFrom = (...countries: readonly string[]): Condition => ({
  test: 'shipped-from',
  countries,
});

export const transited = (...countries: readonly string[]): Condition => ({
  test: 'transited',
  countries,
});

export const stoneAtLeast = (mct: number): Condition => ({ test: 'stone-at-least', mct });

export const all = (...of: readonly Condition[]): Condition => ({ test: 'all', of });

export const any = (...of: readonly Condition[]): Condition => ({ test: 'any', of });

export const not = (of: Condition): Condition => ({ test: 'not', of });

/**
 * Originates in the country or is exported from it: unprocessed rough of its mines, goods last
 * processed or made there, goods shipped from there.
 */
export const directlyFrom = (country: string): Condition =>
  any(all({ test: 'unprocessed' }, minedIn(country)), processedIn(country), shippedFrom(country));
