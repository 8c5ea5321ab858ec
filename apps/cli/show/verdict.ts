import type { Paint, Style } from '#apps/cli/terminal';
import type { CounterpartyStatus } from '#libs/rulebook/counterparty';
import type { Facts } from '#libs/rulebook/facts';
import type { Judgement } from '#libs/rulebook/judge';
import type { Outcome } from '#libs/rulebook/verdict';

/** The status of a party the goods are dealt with, and as what. */
type Counterparty = CounterpartyStatus & Readonly<{ as: readonly string[] }>;

/** Goods as each jurisdiction judged them, with the parties that have them beside each judgement. */
export type GoodsJudged = Readonly<{
  subject: string;
  setIn: string | null;
  /** As the first jurisdiction was told them. */
  facts: Facts;
  judgements: readonly Judgement[];
  counterparties: readonly (readonly Counterparty[])[];
  names: Readonly<Record<string, string>>;
}>;

const colours: Readonly<Record<Outcome, Style>> = {
  PROHIBITED: 'red',
  UNDETERMINED: 'yellow',
  REQUIRES_EVIDENCE: 'yellow',
  EXEMPT: 'cyan',
  CLEAR: 'green',
};

/** `2024-03-01  PROHIBITED  EU-R2, Art. 3p(1): …` */
export function verdictLine(judgement: Judgement, label: string, paint: Paint): string {
  const { outcome, rule, citation, reason } = judgement;
  return `  ${label.padEnd(18)} ${outcomeShown(outcome, paint)} ${rule}, ${citation}: ${reason}`;
}

export const outcomeShown = (outcome: Outcome, paint: Paint) =>
  paint(colours[outcome], outcome.padEnd(17));

/** Of what a verdict on a stone is that is set. */
export const judgedIn = (item: string) =>
  `Set in ${item} and judged as that, with which it is imported; taken out, the loose stone is judged.`;

export const notAdvice = 'Decision support, not legal advice.';

/** All that stands behind a verdict: reasons, facts, evidence, what was not checked. */
export function fullVerdict(
  judgement: Judgement,
  { facts, names }: Pick<GoodsJudged, 'facts' | 'names'>,
  counterparties: readonly Counterparty[],
  paint: Paint,
): readonly string[] {
  const { jurisdiction, day, outcome, verdict } = judgement;
  const head = `${jurisdiction} on ${day}: ${paint(colours[outcome], outcome)}`;
  const beside = listed(
    'Counterparties',
    counterparties.map((each) => counterpartyLine(each, names, paint)),
  );
  const { reasons, factsUsed, factsMissing, exceptionsTried, notChecked } = verdict;
  const known = [
    `Confidence         ${verdict.confidence}${verdict.staleRisk ? ', after what is known of this law' : ''}`,
    ...(verdict.borderline ? [`Borderline         ${borderlineTold(facts)}`] : []),
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
    ...listed('Evidence missing', papersTold(reasons)),
    ...listed(
      'Exceptions tried',
      exceptionsTried.map(({ exception, citation, result, lacking }) => {
        const lacks = lacking.length === 0 ? '' : ` (${lacking.join(', ')})`;
        return `${exception}, ${citation}: ${result}${lacks}`;
      }),
    ),
    ...beside,
    ...listed('Not checked', notChecked),
    ...known.map((line) => `  ${line}`),
    `  ${notAdvice}`,
  ];
}

/** Why a weight is borderline; what a report rounds may lie on the other side wherever it stands. */
export const borderlineTold = ({ stoneMct }: Facts) =>
  stoneMct?.rounded === true
    ? 'the weight is known only from a report, which rounds it to hundredths of a carat'
    : 'a weight lies within 9 mct of a threshold';

/**
 * `EU-E4: due-diligence-statement and g7-certificate; or …`: each rule's gap takes one way of its
 * own, as what closes one may leave another open.
 */
export function papersTold(reasons: Judgement['verdict']['reasons']): readonly string[] {
  const gaps = new Set<string>();
  for (const { outcome, rule, evidenceMissing = [] } of reasons) {
    if (outcome === 'EXEMPT' || outcome === 'CLEAR' || evidenceMissing.length === 0) continue;
    gaps.add(`${rule}: ${evidenceMissing.map((way) => way.join(' and ')).join('; or ')}`);
  }
  return [...gaps];
}

/** `PROHIBITED: ALROSA [alrosa], owner: EU-P1, Reg. (EU) 269/2014: named by …` */
export function counterpartyLine(
  { party, as, outcome, reasons }: Counterparty,
  names: Readonly<Record<string, string>>,
  paint: Paint,
): string {
  const who = `${names[party] ?? party} [${party}], ${as.join(' and ')}`;
  const why = reasons.map(({ rule, citation, text }) => `${rule}, ${citation}: ${text}`);
  return `${paint(colours[outcome], outcome)}: ${who}: ${why.join('; ')}`;
}

export function listed(what: string, lines: readonly string[]): readonly string[] {
  const said = lines.length === 0 ? ['none'] : lines;
  return said.map((line, n) => `  ${(n === 0 ? what : '').padEnd(18)} ${line}`);
}

function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
