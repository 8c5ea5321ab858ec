import type { Event } from '#events/event';
import type { Weight } from '#events/values';

/** Bruted: rounded against another diamond; still rough for Kimberley. */
export type StoneBruted = Event<'StoneBruted', Readonly<{ weightAfter: Weight }>>;

/** Blocked: the main facets are on; no longer rough for Kimberley. */
export type StoneBlocked = Event<'StoneBlocked', Readonly<{ weightAfter: Weight }>>;

/**
 * Broken by accident; the stone is consumed. The pieces, if any are worth keeping, open under
 * `partId(stone, n)`; Σ pieces + loss = the stone.
 */
export type StoneBroken = Event<
  'StoneBroken',
  Readonly<{
    cause: string;
    pieces: readonly Readonly<{
      /** @asType integer */
      n: number;
      weight: Weight;
    }>[];
    loss: Weight;
  }>
>;

/** A report that stopped being live. */
export type ReportNamed = Readonly<{ laboratory: string; reportNo: string }>;

type Reworked = Readonly<{
  weightBefore: Weight;
  weightAfter: Weight;
  reason: string;
  shape?: string;
  measurementsMm?: string;
  /** Reports that were live: the stone is no longer the one they describe. */
  superseded: readonly ReportNamed[];
}>;

/** A polished stone got another cut; it stays the same stone. */
export type StoneRecut = Event<'StoneRecut', Reworked>;

/** A polished stone was polished again, its cut as it was; it stays the same stone. */
export type StoneRepolished = Event<'StoneRepolished', Reworked>;

/** What changes a stone under the wheel besides making stones of it. */
export type StoneWorkEvent =
  StoneBruted | StoneBlocked | StoneBroken | StoneRecut | StoneRepolished;
