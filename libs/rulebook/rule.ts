import type { Act, EvidenceKind, Facts, Procedure } from '#libs/rulebook/facts';
import type { Clock } from '#libs/rulebook/clock';
import type { Confidence } from '#libs/rulebook/verdict';

/** The days a rule may compare. */
export type DayFact = 'leftRussiaOn' | 'inEuOn' | 'inThirdCountrySince' | 'madeOn' | 'contractOn';

/**
 * The closed vocabulary of tests. Each answers yes, no or unknown from the facts and one possible
 * country of mining. `ban-start` is the first day on which the ban that an exception is tried against
 * met these goods, by its own record or by those of its chain that it took over from.
 */
export type Condition =
  | Readonly<{ test: 'all'; of: readonly Condition[] }>
  | Readonly<{ test: 'any'; of: readonly Condition[] }>
  | Readonly<{ test: 'not'; of: Condition }>
  | Readonly<{
      test: 'mined-in' | 'processed-in' | 'worked-in' | 'shipped-from' | 'transited';
      countries: readonly string[];
    }>
  | Readonly<{ test: 'unprocessed' | 'kimberley-refused' }>
  | Readonly<{ test: 'counterparty'; persons: readonly string[] }>
  | Readonly<{ test: 'stone-at-least'; mct: number }>
  | Readonly<{ test: 'used-for'; use: readonly Facts['use'][] }>
  | Readonly<{ test: 'under-procedure'; procedures: readonly Procedure[] }>
  | Readonly<{ test: 'before'; fact: DayFact; day: 'ban-start' | (string & {}) }>;

/** Any one way is enough; a way is all of its papers together; an empty way needs none. */
export type Ways = readonly (readonly EvidenceKind[])[];

/** What a record is on the days of its interval. */
export type RuleState = 'announced' | 'in-force' | 'suspended' | 'unknown-successor';

/**
 * What a record does when its condition holds:
 * - `ban`: PROHIBITED unless an exception named here holds;
 * - `exception`: once proved it lifts the bans that name it and `gives` its outcome; `unproved`
 *   says what stands until then;
 * - `evidence`: REQUIRES_EVIDENCE until one of the ways is on file, then CLEAR;
 * - `clear`: says why nothing applies;
 * - `unknown-origin`: what the law wants when a ban turns on an unknown country of mining alone;
 * - `missing-weight`: under which id a verdict that turns on a missing weight is given;
 * - `unknown-law`: UNDETERMINED, because the text or its scope is not known.
 */
type Effect =
  | Readonly<{ kind: 'ban'; exceptions: readonly string[] }>
  | Readonly<{
      kind: 'exception';
      proof: Ways;
      gives: 'EXEMPT' | 'CLEAR';
      unproved: 'REQUIRES_EVIDENCE' | 'BAN_STANDS';
    }>
  | Readonly<{ kind: 'evidence' | 'unknown-origin'; needs: Ways }>
  | Readonly<{ kind: 'clear' | 'missing-weight' | 'unknown-law' }>;

/**
 * One rule over one interval. Records of one chain follow each other without gap or overlap for
 * each HS code. Days are whole local days of the jurisdiction, both ends inclusive; null is open.
 * `publishedOn` is when the record, `endPublishedOn` when its end became public: a reader who
 * asks what was known on an earlier day sees neither. `confidence` and `sources` speak of the text.
 */
export type Rule = Effect &
  Readonly<{
    id: string;
    /** Names what several ids give one after the other; null: the id alone. */
    chain: string | null;
    layer: 'sanctions' | 'kimberley' | 'counterparty';
    instrument: string;
    article: string;
    citation: string;
    summary: string;
    hs: readonly string[];
    /** Null: natural and synthetic alike. */
    material: Facts['material'] | null;
    acts: readonly Act[];
    state: RuleState;
    effectiveFrom: string | null;
    effectiveTo: string | null;
    /** What the record is after `effectiveTo`; null exactly when the interval is open. */
    afterwards: 'superseded' | 'expired' | null;
    publishedOn: string | null;
    endPublishedOn: string | null;
    when: Condition;
    confidence: Confidence;
    sources: readonly string[];
    /** Id of the jurisdiction's reading this record rests on. */
    reading: string | null;
  }>;

export type RuleOf<K extends Rule['kind']> = Rule & Readonly<{ kind: K }>;

/** A choice between possible readings of the text, made in one place and shown to the reader. */
export type Reading = Readonly<{ id: string; text: string; sources: readonly string[] }>;

/**
 * When a party that no list names is treated like a listed one: listed persons together own at
 * least `ppm` millionths of it, directly or through others, or, with `control`, control it.
 */
export type OwnershipRule = Readonly<{
  id: string;
  citation: string;
  effectiveFrom: string;
  ppm: number;
  control: boolean;
  confidence: Confidence;
  sources: readonly string[];
}>;

/**
 * A jurisdiction's measures. Rules stand in order of evaluation: between equally bad findings the
 * earlier one gives its name to the verdict. `knownThrough` is the last day its law was followed.
 */
export type Jurisdiction = Readonly<{
  id: string;
  name: string;
  /** The name of this version, its own for good; a file that bears none can be read, not adopted. */
  version?: string;
  /** Whose days its law counts in. */
  clock: Clock;
  knownThrough: string;
  knownThroughNote: string;
  /** Names the verdict when no rule speaks: UNDETERMINED, never CLEAR. */
  silence: Readonly<{ id: string; citation: string }>;
  /** Null: how its lists reach what listed persons own is not in the rule book. */
  ownership: OwnershipRule | null;
  readings: readonly Reading[];
  notChecked: readonly string[];
  rules: readonly Rule[];
}>;

/** Where a record stands on a day, for readers; null before anything of it was published. */
export function stateOn(rule: Rule, day: string): RuleState | 'superseded' | 'expired' | null {
  if (rule.effectiveTo !== null && day > rule.effectiveTo) return rule.afterwards;
  if (rule.effectiveFrom === null || day >= rule.effectiveFrom) return rule.state;
  return rule.publishedOn !== null && day >= rule.publishedOn ? 'announced' : null;
}
