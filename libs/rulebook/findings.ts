import { answer, factsLacking } from '#libs/rulebook/condition';
import type { Case } from '#libs/rulebook/condition';
import type { Era } from '#libs/rulebook/era';
import type { Evidence, EvidenceKind, Facts } from '#libs/rulebook/facts';
import type { Rule, Ways } from '#libs/rulebook/rule';
import type { Placed } from '#libs/rulebook/scope';
import { severity } from '#libs/rulebook/verdict';
import type { ExceptionTried, Outcome } from '#libs/rulebook/verdict';

/** What one record says about the goods coming from one possible country of mining. */
export type Finding = Readonly<{
  outcome: Outcome;
  /** The record that gives its name, and the ban behind it when that is another. */
  rule: Pick<Rule, 'id' | 'citation' | 'layer' | 'when' | 'confidence'>;
  ban: Rule | null;
  place: number;
  /** Lower is worse; among equally bad ones, earlier in the order of evaluation. */
  rank: number;
  minedIn: string | null;
  text: string;
  factsMissing: readonly string[];
  evidenceMissing: Ways;
}>;

/** The papers that count on the day, by kind. */
export type OnFile = ReadonlyMap<EvidenceKind, readonly Evidence[]>;

type Kind<K extends Rule['kind']> = Extract<Rule, { kind: K }>;

const satisfied = (ways: Ways, onFile: OnFile) =>
  ways.some((way) => way.every((kind) => onFile.has(kind)));

/** The names of the papers that prove it, each once. */
const named = (ways: Ways, onFile: OnFile) => [
  ...new Set(
    ways
      .filter((way) => satisfied([way], onFile))
      .flatMap((way) => way.flatMap((kind) => refs(onFile.get(kind)))),
  ),
];

const refs = (papers: readonly Evidence[] = []) => papers.flatMap(({ ref }) => ref ?? []).sort();

/** What is still missing of each way, shortest first; none that asks for more than another does. */
function missing(ways: Ways, onFile: OnFile): Ways {
  return ways
    .map((way) => way.filter((kind) => !onFile.has(kind)))
    .sort((a, b) => a.length - b.length)
    .filter(
      (way, n, all) => !all.some((less, m) => m < n && less.every((kind) => way.includes(kind))),
    );
}

/**
 * Every finding for one possible country of mining, in no order. `tried` collects the exceptions.
 * Each finding taken alone only gets worse, or stays, when evidence is taken away.
 */
export function findingsFor(
  of: Case,
  era: Era,
  onFile: OnFile,
  tried: ExceptionTried[],
): Finding[] {
  const findings: Finding[] = [];
  for (const ban of era.bans) {
    const finding = banFinding(ban, of, era, onFile, tried);
    if (finding !== null) findings.push(finding);
  }
  const banTurnsOnOrigin = of.minedIn === null && findings.some(({ ban }) => ban !== null);
  for (const evidence of era.evidence) {
    const finding = evidenceFinding(evidence, of, era, onFile, banTurnsOnOrigin);
    if (finding !== null) findings.push(finding);
  }
  for (const { rule, place } of era.others) {
    const holds = answer(rule.when, of);
    const says = rule.kind === 'clear' ? holds === 'yes' : holds !== 'no';
    const outcome = rule.kind === 'clear' ? 'CLEAR' : 'UNDETERMINED';
    const factsMissing = rule.kind === 'clear' ? [] : ['law'];
    if (says) findings.push(found(outcome, { rule, place }, of, rule.summary, { factsMissing }));
  }
  return findings;
}

const mostRecords = 10_000;

/** See `rank`. */
export const rankOf = (outcome: Outcome, place: number): number =>
  severity[outcome] * mostRecords + Math.min(place, mostRecords - 1);

type Details = Partial<Pick<Finding, 'ban' | 'factsMissing' | 'evidenceMissing'>>;

function found(
  outcome: Outcome,
  { rule, place }: Pick<Finding, 'rule' | 'place'>,
  of: Case,
  text: string,
  { ban = null, factsMissing = [], evidenceMissing = [] }: Details = {},
): Finding {
  const { minedIn } = of;
  const rank = rankOf(outcome, place);
  return { outcome, rule, ban, place, rank, minedIn, text, factsMissing, evidenceMissing };
}

/** Papers on origin that take goods out of a ban count for more than a lifting that no law settles. */
function banFinding(
  { rule: ban, place }: Placed,
  of: Case,
  era: Era,
  onFile: OnFile,
  tried: ExceptionTried[],
): Finding | null {
  const holds = answer(ban.when, of);
  if (holds === 'no') return null;
  if (ban.state !== 'in-force') {
    return found('CLEAR', { rule: ban, place }, of, `${ban.state}, not in force: ${ban.summary}`);
  }
  const lifted = bestException(ban as Kind<'ban'>, place, of, era, onFile, tried);
  if (holds === 'yes') {
    return lifted ?? found('PROHIBITED', { rule: ban, place }, of, ban.summary, { ban });
  }
  if (lifted !== null && lifted.outcome !== 'UNDETERMINED') return lifted;
  const open = undecided(ban, place, of, era, `cannot be ruled out: ${ban.summary}`, ban);
  return lifted !== null && open.outcome === 'UNDETERMINED' ? lifted : open;
}

/** A rule that turns on facts which are not known. */
function undecided(
  rule: Rule,
  place: number,
  of: Case,
  era: Era,
  text: string,
  ban: Rule | null,
  evidenceMissing: Ways = [],
): Finding {
  const facts = factsLacking(rule.when, of, 'decided');
  const factsMissing = [...facts].sort();
  const { unknownOrigin, missingWeight } = era;
  if (ban !== null && facts.size === 1 && facts.has('minedIn') && unknownOrigin !== null) {
    return found('REQUIRES_EVIDENCE', { rule: unknownOrigin, place }, of, text, {
      ban,
      factsMissing,
      evidenceMissing: unknownOrigin.kind === 'unknown-origin' ? unknownOrigin.needs : [],
    });
  }
  const named = facts.has('stoneMct') && missingWeight !== null ? missingWeight : rule;
  return found('UNDETERMINED', { rule: named, place }, of, text, {
    ban,
    factsMissing,
    evidenceMissing,
  });
}

/** The exception that helps most: proved, then unproved, then of unknown law. */
function bestException(
  ban: Kind<'ban'>,
  place: number,
  { facts, minedIn }: Case,
  era: Era,
  onFile: OnFile,
  tried: ExceptionTried[],
): Finding | null {
  let best: Finding | null = null;
  for (const id of ban.exceptions) {
    for (const { rule } of era.exceptions) {
      if (rule.id !== id || rule.kind !== 'exception') continue;
      const of: Case = { facts, minedIn, banStart: ban.effectiveFrom };
      const finding = exceptionFinding(rule, ban, place, of, onFile, tried);
      if (finding !== null && (best === null || kindness(finding) < kindness(best))) best = finding;
    }
  }
  return best;
}

const kindness = ({ outcome }: Finding) =>
  outcome === 'EXEMPT' || outcome === 'CLEAR' ? 0 : outcome === 'REQUIRES_EVIDENCE' ? 1 : 2;

function exceptionFinding(
  rule: Kind<'exception'>,
  ban: Rule,
  place: number,
  of: Case,
  onFile: OnFile,
  tried: ExceptionTried[],
): Finding | null {
  const holds = answer(rule.when, of) === 'yes';
  const proving = holds ? provingFor(rule, of, onFile) : onFile;
  const proved = holds && satisfied(rule.proof, proving);
  const result = proved ? 'holds' : holds ? 'unproved' : 'does-not-hold';
  const lacking = holds ? [] : [...factsLacking(rule.when, of, 'yes')].sort();
  const proof = proved ? named(rule.proof, proving) : [];
  tried.push({
    exception: rule.id,
    rule: ban.id,
    citation: rule.citation,
    result,
    lacking,
    ...(proof.length > 0 && { proof }),
  });
  if (!holds) return null;
  const at = { rule, place };
  if (rule.state !== 'in-force') {
    const text = `whether this still lifts ${ban.id} is not known: ${rule.summary}`;
    return found('UNDETERMINED', at, of, text, { ban, factsMissing: ['law'] });
  }
  if (proved) return found(rule.gives, at, of, `lifts ${ban.id}: ${rule.summary}`, { ban });
  if (rule.unproved === 'BAN_STANDS') return null;
  return found('REQUIRES_EVIDENCE', at, of, `would lift ${ban.id} once proved: ${rule.summary}`, {
    ban,
    evidenceMissing: missing(rule.proof, proving),
  });
}

/** Of proofs of location only those by which the exception would hold too: others prove another day. */
function provingFor({ when }: Rule, of: Case, onFile: OnFile): OnFile {
  const stays = onFile.get('location-proof');
  if (stays?.some(({ shows }) => shows !== undefined) !== true) return onFile;
  const proving = stays.filter(
    ({ shows }) =>
      shows === undefined || answer(when, { ...of, facts: { ...of.facts, ...shows } }) === 'yes',
  );
  const all = new Map(onFile);
  if (proving.length === 0) all.delete('location-proof');
  else all.set('location-proof', proving);
  return all;
}

/**
 * A demand for papers. With an unknown origin the ban already speaks where a Russian stone would
 * fall under one; elsewhere the demand is made as if it applied.
 */
function evidenceFinding(
  { rule, place }: Placed,
  of: Case,
  era: Era,
  onFile: OnFile,
  banTurnsOnOrigin: boolean,
): Finding | null {
  if (rule.kind !== 'evidence') return null;
  const holds = answer(rule.when, of);
  if (holds === 'no') return null;
  if (rule.state !== 'in-force') {
    const text = `${rule.state}, not currently required: ${rule.summary}`;
    return found('CLEAR', { rule, place }, of, text);
  }
  if (satisfied(rule.needs, onFile)) {
    return found('CLEAR', { rule, place }, of, `on file: ${rule.summary}`);
  }
  const evidenceMissing = missing(rule.needs, onFile);
  const lacking: ReadonlySet<keyof Facts> =
    holds === 'yes' ? new Set() : factsLacking(rule.when, of, 'decided');
  if (lacking.has('minedIn') && banTurnsOnOrigin) return null;
  if (holds === 'yes' || (lacking.size === 1 && lacking.has('minedIn'))) {
    return found('REQUIRES_EVIDENCE', { rule, place }, of, rule.summary, { evidenceMissing });
  }
  const text = `may be needed: ${rule.summary}`;
  return undecided(rule, place, of, era, text, null, evidenceMissing);
}
