import type { Paint, Style } from '#apps/cli/terminal';
import { Refused } from '#libs/decider/decider';
import { evaluate } from '#libs/rulebook/evaluate';
import type { EvaluateOptions } from '#libs/rulebook/evaluate';
import type { Facts } from '#libs/rulebook/facts';
import type { Outcome, Verdict } from '#libs/rulebook/verdict';

/** A verdict, or why the facts cannot be judged at all. */
export type Judgement = Readonly<{
  jurisdiction: string;
  day: string;
  outcome: Outcome;
  rule: string;
  citation: string;
  reason: string;
  verdict: Verdict | null;
}>;

const colours: Readonly<Record<Outcome, Style>> = {
  PROHIBITED: 'red',
  UNDETERMINED: 'yellow',
  REQUIRES_EVIDENCE: 'yellow',
  EXEMPT: 'cyan',
  CLEAR: 'green',
};

/** What the rule book says of importing goods with these facts; never CLEAR when it cannot say. */
export function judge(
  facts: Facts,
  jurisdiction: string,
  day: string,
  options: EvaluateOptions = {},
): Judgement {
  try {
    const verdict = evaluate(facts, jurisdiction, day, 'import', options);
    const { outcome, rule, citation, reasons } = verdict;
    const reason = reasons[0]?.text ?? '';
    return { jurisdiction, day, outcome, rule, citation, reason, verdict };
  } catch (error) {
    if (!(error instanceof Refused) || !isAboutFacts(error)) throw error;
    const { code: rule, message: reason } = error;
    return {
      jurisdiction,
      day,
      outcome: 'UNDETERMINED',
      rule,
      citation: 'the facts cannot be judged',
      reason,
      verdict: null,
    };
  }
}

/** A wrong question is the asker's mistake; wrong facts are the ledger's, and UNDETERMINED. */
function isAboutFacts({ code }: Refused): boolean {
  return code !== 'unknown-jurisdiction' && code !== 'bad-date';
}

/** `2024-03-01  PROHIBITED  EU-R2, Art. 3p(1): …` */
export function verdictLine(judgement: Judgement, label: string, paint: Paint): string {
  const { outcome, rule, citation, reason } = judgement;
  const shown = paint(colours[outcome], outcome.padEnd(17));
  return `  ${label.padEnd(18)} ${shown} ${rule}, ${citation}: ${reason}`;
}

export const notAdvice = 'Decision support, not legal advice.';

/** All that stands behind a verdict: reasons, facts, evidence, what was not checked. */
export function fullVerdict(judgement: Judgement, paint: Paint): readonly string[] {
  const { jurisdiction, day, outcome, verdict } = judgement;
  const head = `${jurisdiction} on ${day}: ${paint(colours[outcome], outcome)}`;
  if (!verdict) return [head, `  ${judgement.rule}: ${judgement.reason}`, `  ${notAdvice}`];
  const { reasons, factsUsed, factsMissing, evidenceMissing, exceptionsTried, notChecked } =
    verdict;
  const known = [
    `Confidence         ${verdict.confidence}${verdict.staleRisk ? ', after what is known of this law' : ''}`,
    ...(verdict.borderline ? ['Borderline         a weight lies within 9 mct of a threshold'] : []),
    `May change on      ${verdict.nextChangeOn ?? 'no day that is known'}`,
    `Rule book          ${verdict.ruleBookVersion}`,
  ];
  return [
    head,
    ...listed(
      'Reasons',
      reasons.map(({ outcome: found, rule, citation, text, minedIn }) => {
        const from = minedIn === null ? '' : ` if mined in ${minedIn}`;
        return `${found}${from}: ${rule}, ${citation}: ${text}`;
      }),
    ),
    ...listed(
      'Facts used',
      factsUsed.map(({ fact, value }) => `${fact} ${shownValue(value)}`),
    ),
    ...listed('Facts missing', factsMissing),
    ...listed(
      'Evidence missing',
      evidenceMissing.map((way) => way.join(' and ')),
    ),
    ...listed(
      'Exceptions tried',
      exceptionsTried.map(({ exception, citation, result, lacking }) => {
        const lacks = lacking.length === 0 ? '' : ` (${lacking.join(', ')})`;
        return `${exception}, ${citation}: ${result}${lacks}`;
      }),
    ),
    ...listed('Not checked', notChecked),
    ...known.map((line) => `  ${line}`),
    `  ${notAdvice}`,
  ];
}

function listed(what: string, lines: readonly string[]): readonly string[] {
  const said = lines.length === 0 ? ['none'] : lines;
  return said.map((line, n) => `  ${(n === 0 ? what : '').padEnd(18)} ${line}`);
}

function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
