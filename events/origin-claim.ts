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
 * `origin` repeats it, and is empty, unknown, when it said only what the origin is not. It proves
 * nothing and removes nothing. `reached` counts the streams that goods of this one went into before;
 * left out, none.
 */
export type OriginContestResolved = Event<
  'OriginContestResolved',
  Readonly<{
    contestNo: string;
    outcome: 'upheld' | 'dismissed' | 'withdrawn';
    ground: string;
    origin?: Origin;
    /** @asType integer */
    reached?: number;
  }>
>;

/**
 * By policy: a contest was upheld, on the stream `of`, of goods that these came out of or that went
 * into these. `told` is the event of theirs by which these goods came here, `inherited` the origin
 * it should have brought; `origin` is what all of these goods could come from with it. Besides what
 * was recorded, as with the contest itself. `cause` is the event of that stream this follows from.
 */
export type OriginContestFollowed = Event<
  'OriginContestFollowed',
  Readonly<{
    contestNo: string;
    of: string;
    cause: string;
    told: string;
    inherited: Origin;
    origin: Origin;
    /** @asType integer */
    reached?: number;
  }>
>;

export type OriginClaimEvent =
  OriginEvidenceAttached | OriginContested | OriginContestResolved | OriginContestFollowed;
