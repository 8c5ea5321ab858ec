import { Refused } from '#libs/decider/decider';
import type { KnownAt } from '#libs/decider/effective';
import { factsRead } from '#libs/rulebook/condition';
import { eraOf, nextChange } from '#libs/rulebook/era';
import type { Era } from '#libs/rulebook/era';
import { acts } from '#libs/rulebook/facts';
import type { Act, Evidence, EvidenceKind, Facts, MctBounds } from '#libs/rulebook/facts';
import { findingsFor, rankOf } from '#libs/rulebook/findings';
import type { Finding, OnFile } from '#libs/rulebook/findings';
import { localDay } from '#libs/rulebook/clock';
import { hsEntry } from '#libs/rulebook/hs';
import { notNamed, refuseImpossible, refuseImpossibleDay } from '#libs/rulebook/impossible';
import type { Jurisdiction } from '#libs/rulebook/rule';
import { builtInRules } from '#libs/rulebook/rules-used';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import { scopeOf } from '#libs/rulebook/scope';
import { severity } from '#libs/rulebook/verdict';
import type { Confidence, ExceptionTried, Outcome, Reason, Verdict } from '#libs/rulebook/verdict';

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
  return {
    outcome: worst.outcome,
    rule: worst.rule.id,
    citation: worst.rule.citation,
    reasons: findings.map(reason),
    factsUsed: factsUsed(worst, facts, day),
    factsMissing: factsMissing(findings, worst.outcome),
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
    const found = findingsFor({ facts, minedIn, banStart: null }, era, onFile, tried);
    if (!found.some(({ rule }) => rule.layer === 'sanctions')) {
      found.push(silence(jurisdiction, minedIn));
    }
    findings.push(...found);
  }
  return findings;
}

/** Each possible country of mining once, null for a country that is not known. */
function possibleOrigins({ minedIn }: Facts): readonly (string | null)[] {
  if (minedIn === null || minedIn.length === 0) return [null];
  if (minedIn.length === 1) return minedIn[0] === notNamed ? [null] : minedIn;
  const origins: string[] = [];
  for (const country of minedIn) {
    if (country !== notNamed && !origins.includes(country)) origins.push(country);
  }
  origins.sort();
  return minedIn.includes(notNamed) ? [...origins, null] : origins;
}

/** The papers that count on the day, by kind. */
function validOn({ evidence }: Facts, day: string): OnFile {
  const kinds = new Map<EvidenceKind, Evidence[]>();
  for (const paper of evidence) {
    const { kind, validFrom, validTo } = paper;
    if ((validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)) {
      const others = kinds.get(kind);
      if (others) others.push(paper);
      else kinds.set(kind, [paper]);
    }
  }
  return kinds;
}

/** No record speaks for this origin on this day: never CLEAR. */
function silence({ silence: { id, citation } }: Jurisdiction, minedIn: string | null): Finding {
  const rule: Finding['rule'] = {
    id,
    citation,
    layer: 'sanctions',
    when: { test: 'all', of: [] },
    confidence: 'read',
  };
  return {
    outcome: 'UNDETERMINED',
    rule,
    ban: null,
    place: Infinity,
    rank: rankOf('UNDETERMINED', Infinity),
    minedIn,
    text: citation,
    factsMissing: ['law'],
    evidenceMissing: [],
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

const reason = ({ outcome, rule, minedIn, text, evidenceMissing }: Finding): Reason => ({
  outcome,
  rule: rule.id,
  citation: rule.citation,
  minedIn,
  text,
  ...(evidenceMissing.length > 0 && { evidenceMissing }),
});

function factsMissing(findings: readonly Finding[], outcome: Outcome): readonly string[] {
  const missing: string[] = [];
  for (const finding of findings) {
    if (finding.outcome !== outcome) continue;
    for (const fact of finding.factsMissing) if (!missing.includes(fact)) missing.push(fact);
  }
  return missing;
}

const isSame = (a: readonly EvidenceKind[], b: readonly EvidenceKind[]) =>
  a.length === b.length && a.every((kind, n) => kind === b[n]);

/** Every paper any finding still asks for, each way once. */
function papersMissing(findings: readonly Finding[]): Verdict['evidenceMissing'] {
  const ways: (readonly EvidenceKind[])[] = [];
  for (const { outcome, evidenceMissing } of findings) {
    if (severity[outcome] > severity.REQUIRES_EVIDENCE) continue;
    for (const way of evidenceMissing) {
      if (!ways.some((known) => known === way || isSame(known, way))) ways.push(way);
    }
  }
  return ways;
}

function factsUsed({ rule, ban }: Finding, facts: Facts, day: string): Verdict['factsUsed'] {
  const used: { fact: string; value: unknown }[] = [
    { fact: 'day', value: day },
    { fact: 'hs', value: facts.hs },
    { fact: 'material', value: facts.material },
  ];
  const ofBan = ban === null ? [] : factsRead(ban.when);
  for (const fact of ofBan) used.push({ fact, value: facts[fact] });
  for (const fact of factsRead(rule.when)) {
    if (!ofBan.includes(fact)) used.push({ fact, value: facts[fact] });
  }
  return used;
}

/** A verdict is known no better than the weakest text it rests on. */
function confidence({ rule, ban }: Finding): Confidence {
  if (ban === null) return rule.confidence;
  return (
    weakestFirst.find((each) => each === rule.confidence || each === ban.confidence) ?? 'recalled'
  );
}

function isBorderline(stone: MctBounds | null, { thresholds }: Era): boolean {
  if (stone === null || thresholds.length === 0) return false;
  if (stone.rounded === true) return true;
  const near = (mct: number | null, threshold: number) =>
    mct !== null && Math.abs(mct - threshold) <= borderlineMct;
  return thresholds.some((threshold) => near(stone.min, threshold) || near(stone.max, threshold));
}
