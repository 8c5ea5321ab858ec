import type { Weight } from '#events/values';
import type { Command } from '#libs/decider/decider';

/** The party that began cutting bruted the stone; `weightAfter` is what it weighed then. */
export type BruteStone = Command<'BruteStone'> & Readonly<{ weightAfter: Weight }>;

/** The party that began cutting put the main facets on. */
export type BlockStone = Command<'BlockStone'> & Readonly<{ weightAfter: Weight }>;

/** The custodian broke the stone; `pieces` may be none, `loss` 0 mct. */
export type BreakStone = Command<'BreakStone'> &
  Readonly<{ cause: string; pieces: readonly Readonly<{ weight: Weight }>[]; loss: Weight }>;

type Rework = Readonly<{
  weightBefore: Weight;
  weightAfter: Weight;
  reason: string;
  shape?: string;
  measurementsMm?: string;
}>;

/** The custodian gave a polished stone another cut. */
export type RecutStone = Command<'RecutStone'> & Rework;

/** The custodian polished it again. */
export type RepolishStone = Command<'RepolishStone'> & Rework;

export type WorkCommand = BreakStone | RecutStone | RepolishStone;
