import type { DocumentRef, Event } from '#events/event';
import type { Origin } from '#events/values';

/** A paper or file behind a claim of origin; `countries` are those it speaks for, if any. */
export type OriginEvidenceAttached = Event<
  'OriginEvidenceAttached',
  Readonly<{
    kind: 'kimberley-certificate' | 'mine-record' | 'scan' | 'statement' | 'analysis' | 'other';
    document: DocumentRef;
    countries: readonly string[];
  }>
>;

/**
 * A party says the recorded origin is wrong; `origin` is what it says instead. While a contest is
 * open no single country can be declared.
 */
export type OriginContested = Event<
  'OriginContested',
  Readonly<{ contestNo: string; ground: string; origin?: Origin }>
>;

/**
 * The contest ended. Upheld, what the claimant said becomes possible besides what was recorded:
 * `origin` repeats it. It proves nothing and removes nothing.
 */
export type OriginContestResolved = Event<
  'OriginContestResolved',
  Readonly<{
    contestNo: string;
    outcome: 'upheld' | 'dismissed' | 'withdrawn';
    ground: string;
    origin?: Origin;
  }>
>;

export type OriginClaimEvent = OriginEvidenceAttached | OriginContested | OriginContestResolved;
