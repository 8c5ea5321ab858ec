import type { EvidenceKind } from '#libs/rulebook/facts';

/** Worst first: PROHIBITED > UNDETERMINED > REQUIRES_EVIDENCE > EXEMPT > CLEAR. */
export type Outcome = 'PROHIBITED' | 'UNDETERMINED' | 'REQUIRES_EVIDENCE' | 'EXEMPT' | 'CLEAR';

export const severity: Readonly<Record<Outcome, number>> = {
  PROHIBITED: 0,
  UNDETERMINED: 1,
  REQUIRES_EVIDENCE: 2,
  EXEMPT: 3,
  CLEAR: 4,
};

/**
 * How well the text of a rule is known: read as law, read in a text that mirrors it, reported by
 * an authority or the press, or recalled without a source at hand.
 */
export type Confidence = 'read' | 'mirror' | 'reported' | 'recalled';

/** What one rule said about the goods coming from one of their possible countries. */
export type Reason = Readonly<{
  outcome: Outcome;
  rule: string;
  citation: string;
  /** The possible country of mining this was found for; null when it is unknown. */
  minedIn: string | null;
  text: string;
  /** The papers it still asks for: each entry one way, all of its papers together. */
  evidenceMissing?: readonly (readonly EvidenceKind[])[];
  /** The facts that would decide it; `law` when the text of the law is. */
  factsMissing?: readonly string[];
}>;

export type ExceptionTried = Readonly<{
  exception: string;
  /** The ban it would lift. */
  rule: string;
  citation: string;
  result: 'holds' | 'unproved' | 'does-not-hold';
  /** The facts that would have to be known, or different, for it to hold. */
  lacking: readonly string[];
  /** The `ref` of each paper that proves it, where they have one. */
  proof?: readonly string[];
}>;

/**
 * The answer for one jurisdiction, day and act. Decision support, not legal advice. `rule` and
 * `citation` are of the worst finding; `reasons` holds every finding, worst first. `staleRisk`:
 * the day lies after what the rule book knows of this jurisdiction's law. `borderline`: a weight
 * bound is within 9 mct of a threshold in force, or is known only from a rounded report. Nothing here changes before `nextChangeOn`
 * (`YYYY-MM-DD`, null for never) as long as the facts stay.
 */
export type Verdict = Readonly<{
  outcome: Outcome;
  rule: string;
  citation: string;
  reasons: readonly Reason[];
  factsUsed: readonly Readonly<{ fact: string; value: unknown }>[];
  /** Of all reasons that are as bad as the worst, each once. */
  factsMissing: readonly string[];
  /**
   * Whatever any reason asks for, each entry one way, all of its papers together. Which of them close
   * which gap is told by each reason's own.
   */
  evidenceMissing: readonly (readonly EvidenceKind[])[];
  exceptionsTried: readonly ExceptionTried[];
  confidence: Confidence;
  staleRisk: boolean;
  borderline: boolean;
  nextChangeOn: string | null;
  /** What the verdict does not cover, in words for the reader. */
  notChecked: readonly string[];
  ruleBookVersion: string;
}>;
