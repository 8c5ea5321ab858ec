import type { ScreeningPerformed, Shareholder } from '#events/party';
import { localDay } from '#libs/rulebook/clock';
import { speaksOn } from '#libs/rulebook/era';
import { refuseImpossibleDay } from '#libs/rulebook/impossible';
import type { Jurisdiction, Rule } from '#libs/rulebook/rule';
import { builtInRules } from '#libs/rulebook/rules-used';
import { severity } from '#libs/rulebook/verdict';
import type { Outcome } from '#libs/rulebook/verdict';

/**
 * What the ledger knows of a party beside its name. Days are `YYYY-MM-DD`; `until` is the first day
 * on which a list names it no longer; owners hold until the next declaration.
 */
export type PartyFacts = Readonly<{
  designations: readonly Readonly<{
    jurisdiction: string;
    list: string;
    citation: string;
    from: string;
    until: string | null;
  }>[];
  owners: readonly Readonly<{ from: string; shareholders: readonly Shareholder[] }>[];
  screenings: readonly Readonly<{
    on: string;
    list: string;
    outcome: ScreeningPerformed['data']['outcome'];
  }>[];
}>;

export type CounterpartyReason = Readonly<{
  outcome: CounterpartyOutcome;
  rule: string;
  citation: string;
  text: string;
}>;

type CounterpartyOutcome = Extract<Outcome, 'PROHIBITED' | 'UNDETERMINED' | 'CLEAR'>;

/** May one deal with this party? An answer beside that on the goods; decision support only. */
export type CounterpartyStatus = Readonly<{
  party: string;
  jurisdiction: string;
  day: string;
  outcome: CounterpartyOutcome;
  rule: string;
  citation: string;
  /** Worst first. */
  reasons: readonly CounterpartyReason[];
  ruleBookVersion: string;
}>;

/** Facts by the id of a party; one that is not there is not registered. */
export type KnownParties = Readonly<Record<string, PartyFacts>>;

/** Whose lists count: measures on Belarus (`EUBY`) are of the same jurisdiction. */
export const listsOf = (jurisdiction: string) => jurisdiction.slice(0, 2);

type Asked = Readonly<{
  jurisdiction: Jurisdiction;
  code: string;
  day: string;
  known: KnownParties;
}>;

/**
 * Whether a jurisdiction's lists name a party, or reach it through its owners, on a day or moment.
 * Unknown is never CLEAR: a party that was not compared with any list, or whose owners are not told
 * as far as it matters, is UNDETERMINED. A party is taken to be the listed person whose id it bears.
 * `rules` are those of the jurisdiction whose lists count ({@link listsOf}); this build's when
 * absent. Refuses `unknown-jurisdiction` and `bad-date`.
 */
export function counterpartyStatus(
  party: string,
  known: KnownParties,
  jurisdictionId: string,
  on: string,
  rules = builtInRules(listsOf(jurisdictionId)),
): CounterpartyStatus {
  const { version: ruleBookVersion, jurisdiction } = rules;
  const day = localDay(jurisdiction.clock, on);
  refuseImpossibleDay('day', day);
  const asked = { jurisdiction, code: jurisdiction.id, day, known };
  const reasons = reasonsAgainst(party, asked, []).toSorted(
    (a, b) => severity[a.outcome] - severity[b.outcome],
  );
  const [worst = clear(jurisdiction)] = reasons;
  const { outcome, rule, citation } = worst;
  const shown = reasons.length === 0 ? [worst] : reasons;
  return {
    party,
    jurisdiction: jurisdictionId,
    day,
    outcome,
    rule,
    citation,
    reasons: shown,
    ruleBookVersion,
  };
}

function clear({ id }: Jurisdiction): CounterpartyReason {
  const text = 'compared with a list, on none that is held, and not owned by anyone who is';
  return { outcome: 'CLEAR', rule: `${id}-P0`, citation: 'no designation known', text };
}

/** `path` are the parties on the way here, so that owners in a circle end. */
function reasonsAgainst(
  party: string,
  asked: Asked,
  path: readonly string[],
): readonly CounterpartyReason[] {
  const { code, day, known } = asked;
  const facts = Object.hasOwn(known, party) ? known[party] : undefined;
  const listed = [...listings(party, asked), ...designations(facts, asked)];
  if (listed.length > 0) return listed;
  const open = (text: string): CounterpartyReason => ({
    outcome: 'UNDETERMINED',
    rule: `${code}-P?`,
    citation: 'designated persons',
    text,
  });
  if (!facts) return [open(`${party} is not registered`)];
  const reasons: CounterpartyReason[] = [];
  if (!holdsLists(asked.jurisdiction)) reasons.push(open(`no list of ${code} is in the rule book`));
  const compared = facts.screenings.filter(({ on }) => on <= day).at(-1);
  if (!compared) {
    reasons.push(open(`${party} was not compared with a list by ${day}`));
  } else if (compared.outcome !== 'clear') {
    reasons.push(open(`${compared.outcome} on ${compared.list} on ${compared.on}`));
  }
  return [...reasons, ...ownership(party, facts, asked, [...path, party], open)];
}

const holdsLists = ({ rules }: Jurisdiction) => rules.some(({ layer }) => layer === 'counterparty');

function listings(party: string, { jurisdiction, day }: Asked): readonly CounterpartyReason[] {
  return jurisdiction.rules
    .filter((rule) => rule.layer === 'counterparty' && names(rule, party))
    .filter((rule) => speaksOn(rule, day, null))
    .map(({ id, citation, summary }) => ({
      outcome: 'PROHIBITED',
      rule: id,
      citation,
      text: summary,
    }));
}

const names = ({ when }: Rule, party: string) =>
  when.test === 'counterparty' && when.persons.includes(party);

function designations(
  facts: PartyFacts | undefined,
  { code, day }: Asked,
): readonly CounterpartyReason[] {
  return (facts?.designations ?? [])
    .filter((each) => each.jurisdiction === code)
    .filter(({ from, until }) => from <= day && (until === null || day < until))
    .map(({ list, citation, from }) => ({
      outcome: 'PROHIBITED',
      rule: `${code}-P`,
      citation,
      text: `named by ${list} since ${from}`,
    }));
}

function ownership(
  party: string,
  { owners }: PartyFacts,
  asked: Asked,
  path: readonly string[],
  open: (text: string) => CounterpartyReason,
): readonly CounterpartyReason[] {
  const { jurisdiction, day } = asked;
  const declared = owners.filter(({ from }) => from <= day).at(-1);
  if (!declared) return [open(`who owns ${party} is not declared`)];
  const rule = inEffect(jurisdiction, day);
  let barred = 0;
  let rest = 1_000_000;
  let controller: string | undefined;
  let mayControl: string | undefined;
  for (const { party: holder, name, ppm, controls = false } of declared.shareholders) {
    const outcome = holder === party ? 'CLEAR' : outcomeOf(holder, asked, path);
    if (outcome === 'CLEAR' || outcome === 'PROHIBITED') rest -= ppm;
    if (outcome === 'PROHIBITED') barred += ppm;
    if (controls && outcome === 'PROHIBITED') controller = holder ?? name;
    if (controls && outcome === 'UNDETERMINED') mayControl = holder ?? name;
  }
  if (rule === null) {
    if (barred === 0 && rest === 0) return [];
    return [open(`whether ${jurisdiction.id}'s lists reach what listed persons own is not known`)];
  }
  const { id, citation, ppm, control } = rule;
  const held = (text: string) => [{ outcome: 'PROHIBITED' as const, rule: id, citation, text }];
  if (barred >= ppm) return held(`listed persons own ${barred / 10_000} % of ${party}`);
  if (control && controller !== undefined) return held(`${controller} controls ${party}`);
  if (barred + rest >= ppm) {
    return [open(`who owns ${rest / 10_000} % of ${party} is not known well enough`)];
  }
  return control && mayControl !== undefined
    ? [open(`${mayControl} controls ${party} and is not known well enough`)]
    : [];
}

function inEffect({ ownership: rule }: Jurisdiction, day: string) {
  return rule !== null && rule.effectiveFrom <= day ? rule : null;
}

/** A holder that is no party of the ledger, or owns itself by way of others, is not known. */
function outcomeOf(
  holder: string | undefined,
  asked: Asked,
  path: readonly string[],
): CounterpartyOutcome {
  if (holder === undefined || path.includes(holder)) return 'UNDETERMINED';
  const reasons = reasonsAgainst(holder, asked, path);
  if (reasons.some(({ outcome }) => outcome === 'PROHIBITED')) return 'PROHIBITED';
  return reasons.length > 0 ? 'UNDETERMINED' : 'CLEAR';
}
