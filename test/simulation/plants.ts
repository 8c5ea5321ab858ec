/**
 * Faults that can be planted, to see that they are found: an event left out where a subscription goes
 * on, one given to the projections again, rows written without their position, an append that is answered
 * and not stored, a reader that is shown the past, and nobody who carries out what a crash left.
 */
export const plants = [
  'skip',
  'double',
  'lost-position',
  'forgotten-append',
  'stale-reader',
  'no-healing',
] as const;

export type Plant = (typeof plants)[number];
