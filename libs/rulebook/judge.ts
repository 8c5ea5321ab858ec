import { Refused } from '#libs/decider/decider';
import { localDay } from '#libs/rulebook/clock';
import { evaluate } from '#libs/rulebook/evaluate';
import type { EvaluateOptions } from '#libs/rulebook/evaluate';
import type { Act, Facts } from '#libs/rulebook/facts';
import { builtInRules } from '#libs/rulebook/rules-used';
import type { Outcome, Verdict } from '#libs/rulebook/verdict';

/** A verdict with what is told of it first. */
export type Judgement = Readonly<{
  jurisdiction: string;
  day: string;
  outcome: Outcome;
  rule: string;
  citation: string;
  reason: string;
  verdict: Verdict;
}>;

/** `act` is import when left out. */
export type JudgeOptions = EvaluateOptions & Readonly<{ act?: Act }>;

/**
 * What the rule book says of goods with these facts. Facts that contradict each other or cannot be
 * are UNDETERMINED, `rule` being the refusal code and `factsMissing` the field, never CLEAR. Refuses
 * what is wrong with the question: the jurisdiction, the day, the act, the version.
 */
export function judge(
  facts: Facts,
  jurisdiction: string,
  on: string,
  { act = 'import', ...options }: JudgeOptions = {},
): Judgement {
  const verdict = verdictOn(facts, jurisdiction, on, act, options);
  const { outcome, rule, citation, reasons } = verdict;
  return {
    jurisdiction,
    day: on,
    outcome,
    rule,
    citation,
    reason: reasons[0]?.text ?? '',
    verdict,
  };
}

function verdictOn(
  facts: Facts,
  jurisdiction: string,
  on: string,
  act: Act,
  options: EvaluateOptions,
): Verdict {
  try {
    return evaluate(facts, jurisdiction, on, act, options);
  } catch (error) {
    if (!(error instanceof Refused) || !isAboutFacts(error)) throw error;
    return impossible(error, jurisdiction, on, options);
  }
}

const ofFacts: ReadonlySet<string> = new Set([
  'unknown-hs-code',
  'bad-country',
  'bad-weight',
  'bad-date',
  'impossible-interval',
  'contradictory-facts',
]);
const ofQuestion: readonly unknown[] = ['day', 'knownAt'];

/** A wrong question is the asker's mistake; wrong facts are the ledger's, and UNDETERMINED. */
function isAboutFacts({ code, details }: Refused): boolean {
  return ofFacts.has(code) && !ofQuestion.includes(details['field']);
}

function impossible(
  { code: rule, message: text, details }: Refused,
  jurisdictionId: string,
  on: string,
  options: EvaluateOptions,
): Verdict {
  const { version, jurisdiction } =
    options.rules ?? builtInRules(jurisdictionId, options.ruleBookVersion);
  const outcome = 'UNDETERMINED';
  const citation = 'the facts cannot be judged';
  const { field, value } = details;
  const fact = typeof field === 'string' ? field : 'facts';
  return {
    outcome,
    rule,
    citation,
    reasons: [{ outcome, rule, citation, minedIn: null, text, factsMissing: [fact] }],
    factsUsed: value === undefined ? [] : [{ fact, value }],
    factsMissing: [fact],
    evidenceMissing: [],
    exceptionsTried: [],
    confidence: 'read',
    staleRisk: localDay(jurisdiction.clock, on) > jurisdiction.knownThrough,
    borderline: false,
    nextChangeOn: null,
    notChecked: jurisdiction.notChecked,
    ruleBookVersion: version,
  };
}
