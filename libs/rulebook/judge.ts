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
