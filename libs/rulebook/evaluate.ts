import { Refused } from '#libs/decider/decider';
import type { KnownAt } from '#libs/decider/effective';
import { eraOf, nextChange } from '#libs/rulebook/era';
import type { Era } from '#libs/rulebook/era';
import { acts } from '#libs/rulebook/facts';
import type { Act, EvidenceKind, Facts, MctBounds } from '#libs/rulebook/facts';
import { addFindings, rankOf } from '#libs/rulebook/findings';
import type { Finding } from '#libs/rulebook/findings';
import { localDay } from '#libs/rulebook/clock';
import { hsEntry } from '#libs/rulebook/hs';
import { notNamed, refuseImpossible, refuseImpossibleDay } from '#libs/rulebook/impossible';
import type { OnFile } from '#libs/rulebook/on-file';
import type { Jurisdiction } from '#libs/rulebook/rule';
import { builtInRules } from '#libs/rulebook/rules-used';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import { alwaysUsed, scopeOf } from '#libs/rulebook/scope';
import { severity } from '#libs/rulebook/verdict';
import type { Confidence, ExceptionTried, Outcome, Verdict } from '#libs/rulebook/verdict';

/**
 * `rules`: judge by these, which were adopted; else by this build's `ruleBookVersion`, the newest
 * when absent. `knownAt`: judge with what had been published by then; everything the version holds
 * when absent.
 */
export type EvaluateOptions = Readonly<{
  rules?: RulesUsed;
  ruleBookVersion?: string;
  knownAt?: string;
}>;

/** The law as published by a day; by a position of the ledger all that the rules hold. */
export function lawKnownAt(knownAt: KnownAt | undefined): EvaluateOptions {
  return knownAt && 'day' in knownAt ? { knownAt: knownAt.day } : {};
}

const weakestFirst: readonly Confidence[] = ['recalled', 'reported', 'mirror', 'read'];

/** A two-decimal report can hide up to this much, whichever way the laboratory rounds. */
const borderlineMct = 9;

/** Orders outcomes, the worst first. */
export const compareOutcomes = (a: Outcome, b: Outcome) => severity[a] - severity[b];

/**
 * May these goods be imported, bought or transferred there on that day, and why? The worst finding
 * over every country the stone could come from decides. Pure: `on` is a day (`YYYY-MM-DD`, the
 * jurisdiction's own) or a moment in UTC, whose day its clock tells, and the same arguments
 * always give the same verdict.
 * Refuses `unknown-jurisdiction`, `unknown-act`, `unknown-hs-code`, `bad-country`,
 * `unknown-rule-book-version`, `bad-date`, `bad-weight`, `impossible-interval` and
 * `contradictory-facts`, naming the field; nothing unreadable ever becomes CLEAR.
 */
export function evaluate(
  facts: Facts,
  jurisdictionId: string,
  on: string,
  act: Act,
  options: EvaluateOptions = {},
): Verdict {
  const { version, jurisdiction } =
    options.rules ?? builtInRules(jurisdictionId, options.ruleBookVersion);
  const knownAt = options.knownAt ?? null;
  const day = localDay(jurisdiction.clock, on);
  refuseImpossibleDay('day', day);
  if (knownAt !== null) refuseImpossibleDay('knownAt', knownAt);
  if (!acts.includes(act)) {
    throw new Refused('unknown-act', `${act} is not an act of the rule book`, { field: 'act' });
  }
  const hs = hsEntry(facts.hs);
  refuseImpossible(facts, hs);

  const withPersons = (facts.counterparty ?? null) !== null;
  const scope = scopeOf(jurisdiction, hs.code, facts.material, withPersons);
  const era = eraOf(scope, act, day, knownAt);
  const exceptionsTried: ExceptionTried[] = [];
  const findings = allFindings(facts, day, era, jurisdiction, exceptionsTried);
  worstFirst(findings);
  const [worst] = findings;
  if (worst === undefined) throw new Error('every possible origin has a finding');
  const { outcome, rule, citation } = worst.reason;
  return {
    outcome,
    rule,
    citation,
    reasons: findings.map(({ reason }) => reason),
    factsUsed: factsUsed(worst, facts, day),
    factsMissing: factsMissing(findings, outcome),
    evidenceMissing: papersMissing(findings),
    exceptionsTried,
    confidence: confidence(worst),
    staleRisk: day > jurisdiction.knownThrough,
    borderline: isBorderline(facts.stoneMct, era),
    nextChangeOn: nextChange(era, facts, day),
    notChecked: era.notChecked,
    ruleBookVersion: version,
  };
}

function allFindings(
  facts: Facts,
  day: string,
  era: Era,
  jurisdiction: Jurisdiction,
  tried: ExceptionTried[],
): Finding[] {
  const onFile = validOn(facts, day);
  const findings: Finding[] = [];
  for (const minedIn of possibleOrigins(facts)) {
    const before = findings.length;
    addFindings(findings, { facts, minedIn, banStart: null }, era, onFile, tried);
    if (!speakSanctions(findings, before)) findings.push(silence(jurisdiction, minedIn));
  }
  return findings;
}

function speakSanctions(findings: readonly Finding[], from: number): boolean {
  for (let n = from; n < findings.length; n++) {
    if (findings[n]?.by.rule.layer === 'sanctions') return true;
  }
  return false;
}

/** Each possible country of mining once, null for one that is not known: ZZ comes after all. */
function possibleOrigins({ minedIn }: Facts): readonly (string | null)[] {
  if (minedIn === null || minedIn.length === 0) return unknownOrigin;
  if (minedIn.length === 1 && minedIn[0] !== notNamed) return minedIn;
  const known = inOrder(minedIn);
  return known.at(-1) === notNamed ? [...known.slice(0, -1), null] : known;
}

const unknownOrigin: readonly null[] = [null];

/** Each once; itself when it is so already. For a handful, putting each in its place beats a sort. */
function inOrder(countries: readonly string[]): readonly string[] {
  if (countries.every((country, n) => n === 0 || (countries[n - 1] ?? '') < country)) {
    return countries;
  }
  const sorted: string[] = [];
  for (const country of countries) {
    let to = sorted.length;
    while (to > 0 && (sorted[to - 1] ?? '') > country) to--;
    if (sorted[to - 1] === country) continue;
    if (to === sorted.length) sorted.push(country);
    else sorted.splice(to, 0, country);
  }
  return sorted;
}

/** The papers that count on the day. */
function validOn({ evidence }: Facts, day: string): OnFile {
  return evidence.filter(
    ({ validFrom, validTo }) =>
      (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo),
  );
}

/** No record speaks for this origin on this day: never CLEAR. */
function silence({ silence: { id, citation } }: Jurisdiction, minedIn: string | null): Finding {
  const outcome = 'UNDETERMINED';
  return {
    reason: { outcome, rule: id, citation, minedIn, text: citation, factsMissing: ['law'] },
    rank: rankOf(outcome, Infinity),
    by: { rule: { id, citation, layer: 'sanctions', confidence: 'read' }, used: alwaysUsed },
    ban: null,
  };
}

/** Equal ones stay in order. There are a handful: moving each to its place beats a general sort. */
function worstFirst(findings: Finding[]): void {
  for (let n = 1; n < findings.length; n++) {
    const finding = findings[n];
    if (finding === undefined) return;
    let to = n;
    for (; to > 0; to--) {
      const before = findings[to - 1];
      if (before === undefined || before.rank <= finding.rank) break;
      findings[to] = before;
    }
    findings[to] = finding;
  }
}

/** Of all findings that are as bad as the worst, each fact once. */
function factsMissing(findings: readonly Finding[], outcome: Outcome): readonly string[] {
  let missing = none;
  for (const { reason } of findings) {
    const { factsMissing: more = none } = reason;
    if (reason.outcome !== outcome || more.length === 0) continue;
    missing = missing.length === 0 ? more : [...new Set([...missing, ...more])];
  }
  return missing;
}

const none: readonly string[] = [];

/** Every paper any finding still asks for, each way once. */
function papersMissing(findings: readonly Finding[]): Verdict['evidenceMissing'] {
  const ways: (readonly EvidenceKind[])[] = [];
  for (const { reason } of findings) {
    const { outcome, evidenceMissing } = reason;
    if (evidenceMissing === undefined || severity[outcome] > severity.REQUIRES_EVIDENCE) continue;
    for (const way of evidenceMissing) if (!isAmong(way, ways)) ways.push(way);
  }
  return ways;
}

function isAmong(
  way: readonly EvidenceKind[],
  ways: readonly (readonly EvidenceKind[])[],
): boolean {
  for (const known of ways) {
    if (known === way || (known.length === way.length && known.every((kind, n) => kind === way[n])))
      return true;
  }
  return false;
}

function factsUsed({ by, ban }: Finding, facts: Facts, day: string): Verdict['factsUsed'] {
  const used = ban === null || ban === by ? by.used : [...new Set([...ban.used, ...by.used])];
  return used.map((fact) => ({ fact, value: fact === 'day' ? day : facts[fact] }));
}

/** A verdict is known no better than the weakest text it rests on. */
function confidence({ by, ban }: Finding): Confidence {
  const own = by.rule.confidence;
  if (ban === null || ban.rule.confidence === own) return own;
  return weakestFirst.find((each) => each === own || each === ban.rule.confidence) ?? 'recalled';
}

function isBorderline(stone: MctBounds | null, { thresholds }: Era): boolean {
  if (stone === null || thresholds.length === 0) return false;
  return stone.rounded === true || isNear(stone.min, thresholds) || isNear(stone.max, thresholds);
}

function isNear(mct: number | null, thresholds: readonly number[]): boolean {
  if (mct === null) return false;
  for (const threshold of thresholds) if (Math.abs(mct - threshold) <= borderlineMct) return true;
  return false;
}
