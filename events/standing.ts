import type { Event, When } from '#events/event';

/** The goods cannot be found. */
export type LossReported = Event<
  'LossReported',
  Readonly<{ lastSeen?: When; policeRef?: string; insurer?: string; circumstances: string }>
>;

/** The goods were stolen. */
export type TheftReported = Event<
  'TheftReported',
  Readonly<{ lastSeen?: When; policeRef: string; insurer?: string; circumstances: string }>
>;

/** Lost or stolen goods were found; `custodian`, who states it, has them, not `from` any more. */
export type Recovered = Event<
  'Recovered',
  Readonly<{ from: string; custodian: string; policeRef?: string; condition?: string }>
>;

/** An authority seized the goods; `custodian` has them from now on: `from` when left in place. */
export type Seized = Event<
  'Seized',
  Readonly<{ orderNo: string; reason: string; from: string; custodian: string }>
>;

/** Seized goods became the property of `to` by order; what lay on them ends. */
export type Forfeited = Event<
  'Forfeited',
  Readonly<{ orderNo: string; from: string | null; to: string }>
>;

export type ReleasedFromSeizure = Event<
  'ReleasedFromSeizure',
  Readonly<{ orderNo: string; reason: string }>
>;

/** A compliance officer stopped the goods. `rule` and `ruleVersion` name what it rests on. */
export type HoldPlaced = Event<
  'HoldPlaced',
  Readonly<{
    holdNo: string;
    reason: string;
    officer: string;
    rule?: string;
    ruleVersion?: string;
  }>
>;

/** Another officer than the one who placed the hold lifted it. */
export type HoldReleased = Event<
  'HoldReleased',
  Readonly<{ holdNo: string; reason: string; officer: string }>
>;

/** A person decided under a regime; the computed status stays a projection's. */
export type ComplianceDecisionRecorded = Event<
  'ComplianceDecisionRecorded',
  Readonly<{
    regime: string;
    ruleVersion: string;
    outcome: 'cleared' | 'refused' | 'escalated';
    officer: string;
    rationale: string;
  }>
>;

/** Whether goods are where they should be and free to move. */
export type StandingEvent =
  | LossReported
  | TheftReported
  | Recovered
  | Seized
  | Forfeited
  | ReleasedFromSeizure
  | HoldPlaced
  | HoldReleased
  | ComplianceDecisionRecorded;
