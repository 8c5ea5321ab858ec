import { splitsOf } from '#libs/rulebook/cases';
import { factsLacking } from '#libs/rulebook/condition';
import type { Case, Test } from '#libs/rulebook/condition';
import type { Ban, Era } from '#libs/rulebook/era';
import type { Evidence, Facts } from '#libs/rulebook/facts';
import { isWhole, missing, named, satisfied } from '#libs/rulebook/on-file';
import type { OnFile } from '#libs/rulebook/on-file';
import type { Rule, RuleOf, Ways } from '#libs/rulebook/rule';
import type { FactsUsed, Placed } from '#libs/rulebook/scope';
import { severity } from '#libs/rulebook/verdict';
import type { ExceptionTried, Outcome, Reason } from '#libs/rulebook/verdict';

/** What one record says about the goods coming from one possible country of mining. */
export type Finding = Readonly<{
  reason: Reason;
  /** Lower is worse; among equally bad ones, earlier in the order of evaluation. */
  rank: number;
  /** The record that gives its name, and the ban behind it when that is another. */
  by: Speaker;
  ban: Ban | null;
}>;

/** A record, or the silence of all. */
type Speaker = Readonly<{
  rule: Pick<Rule, 'id' | 'citation' | 'layer' | 'confidence'>;
  used: FactsUsed;
}>;

/**
 * Adds every finding for one possible country of mining, in no order. `tried` collects the
 * exceptions. Each finding taken alone only gets worse, or stays, when evidence is taken away.
 */
export function addFindings(
  findings: Finding[],
  of: Case,
  era: Era,
  onFile: OnFile,
  tried: ExceptionTried[],
): void {
  const first = findings.length;
  let banTurnsOnOrigin = false;
  let isOpen = false;
  for (const ban of era.bans) {
    const finding = banFinding(ban, of, era, onFile, tried);
    if (finding === null) continue;
    findings.push(finding);
    banTurnsOnOrigin ||= of.minedIn === null && finding.ban !== null;
    isOpen ||= isLeftOpen(finding);
  }
  if (isOpen && !isProhibited(findings, first)) {
    settle(findings, first, whicheverItIs(of, era, onFile));
  }
  for (const evidence of era.evidence) {
    const finding = evidenceFinding(evidence, of, era, onFile, banTurnsOnOrigin);
    if (finding === null) continue;
    const isIdle = keepsOut(finding) && asksForNothing(evidence, of, era, onFile);
    findings.push(isIdle ? notNeeded(evidence, of) : finding);
  }
  for (const other of era.others) {
    const { rule, test, place } = other;
    const holds = test.answer(of);
    if (rule.kind === 'clear') {
      if (holds === 'yes') findings.push(found('CLEAR', other, place, of, rule.summary));
    } else if (holds !== 'no') {
      findings.push(found('UNDETERMINED', other, place, of, rule.summary, null, law));
    }
  }
}

const splits: ReadonlySet<string> = new Set(['processing', 'shippedFrom', 'stoneMct']);

/** Whether a ban turns on a fact that has few cases. */
const isLeftOpen = ({ reason: { outcome, factsMissing = none } }: Finding) =>
  outcome === 'UNDETERMINED' && factsMissing.some((fact) => splits.has(fact));

function isProhibited(findings: readonly Finding[], first: number): boolean {
  return findings.some(({ reason: { outcome } }, n) => n >= first && outcome === 'PROHIBITED');
}

/**
 * Bans of which every case of what is not known meets one: goods mined in Russia fall under one where
 * they were cut in Russia and under another where they were not. None, where a case meets none.
 */
function whicheverItIs(of: Case, era: Era, onFile: OnFile): ReadonlyMap<string, Finding> {
  const cases = new Map<Ban, string[]>();
  for (const { ban, words } of metBy(of, era, onFile, []) ?? []) {
    cases.set(ban, [...(cases.get(ban) ?? []), words.join(', ')]);
  }
  return new Map(
    [...cases].map(([ban, words]) => {
      const text = `whichever it is that is not known; if ${words.join(', or ')}: ${ban.rule.summary}`;
      return [ban.rule.id, found('PROHIBITED', ban, ban.place, of, text, ban)];
    }),
  );
}

type Met = Readonly<{ ban: Ban; words: readonly string[] }>;

/**
 * The ban of these goods, or one of each case of a fact that is not known; `null` where some case of
 * each meets none. What is not needed to tell stays unknown: who does not say it claims no exception.
 */
function metBy(
  of: Case,
  era: Era,
  onFile: OnFile,
  words: readonly string[],
): readonly Met[] | null {
  const ban = era.bans.find(
    (each) => banFinding(each, of, era, onFile, [])?.reason.outcome === 'PROHIBITED',
  );
  if (ban) return [{ ban, words }];
  for (const cases of splitsOf(of.facts, era.cuts)) {
    const met: Met[] = [];
    const isMet = cases.every(({ facts, words: more }) => {
      const within = metBy({ ...of, facts }, era, onFile, [...words, more]);
      met.push(...(within ?? []));
      return within !== null;
    });
    if (isMet) return met;
  }
  return null;
}

/** Puts what is certain in the place of what the same bans left open, from the first finding on. */
function settle(findings: Finding[], first: number, certain: ReadonlyMap<string, Finding>): void {
  if (certain.size === 0) return;
  const found = findings.splice(first);
  findings.push(...found.filter(({ ban }) => ban === null || !certain.has(ban.rule.id)));
  findings.push(...certain.values());
}

const keepsOut = ({ reason: { outcome } }: Finding) => outcome !== 'EXEMPT' && outcome !== 'CLEAR';

/**
 * Whether a paper that shows goods not to be Russian would show what makes no difference: exceptions
 * that are proved let them in even if they were.
 */
function asksForNothing(
  { test }: Era['evidence'][number],
  of: Case,
  era: Era,
  onFile: OnFile,
): boolean {
  if (of.minedIn === null || era.bans.every(({ exceptions }) => exceptions.length === 0)) {
    return false;
  }
  const ifRussian = { ...of, minedIn: 'RU' };
  if (test.answer(ifRussian) !== 'no') return false;
  const found: Finding[] = [];
  for (const ban of era.bans) {
    const finding = banFinding(ban, ifRussian, era, onFile, []);
    if (finding !== null) found.push(finding);
  }
  return found.some(({ reason }) => reason.outcome === 'EXEMPT') && !found.some(keepsOut);
}

function notNeeded(demand: Era['evidence'][number], of: Case): Finding {
  const text = `not needed, as these goods may come in wherever they were mined: ${demand.rule.summary}`;
  return found('CLEAR', demand, demand.place, of, text);
}

const mostRecords = 10_000;

/** See `rank`. */
export const rankOf = (outcome: Outcome, place: number): number =>
  severity[outcome] * mostRecords + Math.min(place, mostRecords - 1);

const law: readonly string[] = ['law'];
const none: readonly never[] = [];

function found(
  outcome: Outcome,
  by: Speaker,
  place: number,
  { minedIn }: Case,
  text: string,
  ban: Ban | null = null,
  factsMissing: readonly string[] = none,
  papers: Ways = none,
): Finding {
  const { id: rule, citation } = by.rule;
  const reason: { -readonly [K in keyof Reason]: Reason[K] } = {
    outcome,
    rule,
    citation,
    minedIn,
    text,
  };
  if (papers.length > 0) reason.evidenceMissing = papers;
  if (factsMissing.length > 0) reason.factsMissing = factsMissing;
  return { reason, rank: rankOf(outcome, place), by, ban };
}

/** Papers on origin that take goods out of a ban count for more than a lifting that no law settles. */
function banFinding(
  ban: Ban,
  of: Case,
  era: Era,
  onFile: OnFile,
  tried: ExceptionTried[],
): Finding | null {
  const { rule, test, place } = ban;
  const holds = test.answer(of);
  if (holds === 'no') return null;
  if (rule.state !== 'in-force') {
    return found('CLEAR', ban, place, of, `${rule.state}, not in force: ${rule.summary}`);
  }
  const lifted = bestException(ban, of, onFile, tried);
  if (holds === 'yes') {
    return lifted ?? found('PROHIBITED', ban, place, of, rule.summary, ban);
  }
  if (lifted !== null && lifted.reason.outcome !== 'UNDETERMINED') return lifted;
  const open = undecided(ban, of, era, onFile, `cannot be ruled out: ${rule.summary}`, ban);
  return lifted !== null && open.reason.outcome === 'UNDETERMINED' ? lifted : open;
}

/**
 * A rule that turns on facts which are not known. Papers on origin that are on file and do not tell it
 * are not asked for again: others are, or what is not known.
 */
function undecided(
  record: Placed,
  of: Case,
  era: Era,
  onFile: OnFile,
  text: string,
  ban: Ban | null,
  papers: Ways = none,
): Finding {
  const { test, place } = record;
  const factsMissing = factsLacking(test, of, 'decided');
  const { unknownOrigin, missingWeight } = era;
  if (ban !== null && isOriginAlone(factsMissing) && unknownOrigin !== null) {
    const open = unknownOrigin.rule.needs.filter((way) => !isWhole(way, onFile));
    const asked = missing(open, onFile);
    return found('REQUIRES_EVIDENCE', unknownOrigin, place, of, text, ban, factsMissing, asked);
  }
  const by = factsMissing.includes('stoneMct') && missingWeight !== null ? missingWeight : record;
  return found('UNDETERMINED', by, place, of, text, ban, factsMissing, papers);
}

const isOriginAlone = (lacking: readonly (keyof Facts)[]) =>
  lacking.length === 1 && lacking[0] === 'minedIn';

/** The exception that helps most: proved, then unproved, then of unknown law. */
function bestException(
  ban: Ban,
  { facts, minedIn }: Case,
  onFile: OnFile,
  tried: ExceptionTried[],
): Finding | null {
  if (ban.exceptions.length === 0) return null;
  const of: Case = { facts, minedIn, banStart: beganOn(ban, { facts, minedIn, banStart: null }) };
  let best: Finding | null = null;
  for (const exception of ban.exceptions) {
    const finding = exceptionFinding(exception, ban, of, onFile, tried);
    if (finding !== null && (best === null || kindness(finding) < kindness(best))) best = finding;
  }
  return best;
}

/**
 * Since when these goods have been banned: a record that only takes over from another, in other words
 * or with more goods, begins nothing for those that fell under that one.
 */
function beganOn({ rule, tookOverFrom }: Ban, of: Case): string | null {
  let from = rule.effectiveFrom;
  for (const before of tookOverFrom) {
    if (before.test.answer(of) === 'no') return from;
    from = before.rule.effectiveFrom;
  }
  return from;
}

const kindness = ({ reason: { outcome } }: Finding) =>
  outcome === 'EXEMPT' || outcome === 'CLEAR' ? 0 : outcome === 'REQUIRES_EVIDENCE' ? 1 : 2;

function exceptionFinding(
  exception: Placed<RuleOf<'exception'>>,
  ban: Ban,
  of: Case,
  onFile: OnFile,
  tried: ExceptionTried[],
): Finding | null {
  const { rule, test } = exception;
  const { place } = ban;
  const { id } = ban.rule;
  const names = { exception: rule.id, rule: id, citation: rule.citation };
  if (test.answer(of) !== 'yes') {
    const lacking = factsLacking(test, of, 'yes');
    tried.push({ ...names, result: 'does-not-hold', lacking });
    return null;
  }
  const proving = provingFor(test, of, onFile);
  const proved = satisfied(rule.proof, proving);
  const proof = proved ? named(rule.proof, proving) : none;
  const result = proved ? 'holds' : 'unproved';
  tried.push({ ...names, result, lacking: none, ...(proof.length > 0 && { proof }) });
  if (rule.state !== 'in-force') {
    const text = `whether this still lifts ${id} is not known: ${rule.summary}`;
    return found('UNDETERMINED', exception, place, of, text, ban, law);
  }
  if (proved) {
    return found(rule.gives, exception, place, of, `lifts ${id}: ${rule.summary}`, ban);
  }
  if (rule.unproved === 'BAN_STANDS') return null;
  const text = `would lift ${id} once proved: ${rule.summary}`;
  const papers = missing(rule.proof, proving);
  return found('REQUIRES_EVIDENCE', exception, place, of, text, ban, none, papers);
}

const showsStay = ({ kind, shows }: Evidence) => kind === 'location-proof' && shows !== undefined;

/** Of proofs of location only those by which the exception would hold too: others prove another day. */
function provingFor(test: Test, of: Case, onFile: OnFile): OnFile {
  if (!onFile.some(showsStay)) return onFile;
  return onFile.filter(
    (paper) =>
      !showsStay(paper) || test.answer({ ...of, facts: { ...of.facts, ...paper.shows } }) === 'yes',
  );
}

/**
 * A demand for papers. With an unknown origin the ban already speaks where a Russian stone would
 * fall under one; elsewhere the demand is made as if it applied.
 */
function evidenceFinding(
  demand: Era['evidence'][number],
  of: Case,
  era: Era,
  onFile: OnFile,
  banTurnsOnOrigin: boolean,
): Finding | null {
  const { rule, test, place } = demand;
  const holds = test.answer(of);
  if (holds === 'no') return null;
  if (rule.state !== 'in-force') {
    const text = `${rule.state}, not currently required: ${rule.summary}`;
    return found('CLEAR', demand, place, of, text);
  }
  if (satisfied(rule.needs, onFile)) {
    return found('CLEAR', demand, place, of, `on file: ${rule.summary}`);
  }
  const lacking = holds === 'yes' ? none : factsLacking(test, of, 'decided');
  if (banTurnsOnOrigin && lacking.includes('minedIn')) return null;
  const papers = missing(rule.needs, onFile);
  if (holds === 'yes' || isOriginAlone(lacking)) {
    return found('REQUIRES_EVIDENCE', demand, place, of, rule.summary, null, none, papers);
  }
  return undecided(demand, of, era, onFile, `may be needed: ${rule.summary}`, null, papers);
}
