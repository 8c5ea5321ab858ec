import { localDay } from '#libs/rulebook/clock';
import { judge } from '#libs/rulebook/judge';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import { ruleBook } from '#libs/rulebook/rule-book';
import type { ViewReader } from '#libs/views/views';
import { factsOf } from '#projections/way/facts';
import { sanctionsOf, verdictsOf } from '#projections/sanctions';
import type { StoredVerdict } from '#projections/sanctions';
import { bearingOf } from '#projections/setting';
import { goodsRows } from '#projections/verdicts/tables';
import type { Way } from '#projections/way/way';

const { version, jurisdictions } = ruleBook();
const builtIn = jurisdictions.map((jurisdiction): RulesUsed => ({ version, jurisdiction }));

/**
 * What the stored verdicts, owners and custodians say otherwise than the rules do of the facts as
 * they are, and the views of title and custody: nothing, in views that are as they should be.
 */
export async function unlikeVerdicts(
  views: ViewReader,
  now: string,
  rules: readonly RulesUsed[] = builtIn,
): Promise<readonly string[]> {
  const unlike: string[] = [];
  for (const { subject } of await views.list(goodsRows, {})) {
    const found = await sanctionsOf(views, subject);
    const { title, custody } = await bearingOf(views, subject);
    if (!found || !title || !custody) throw new Error(`${subject} is not in all views`);
    const isThere = title.consumed === 0;
    const expected = isThere ? rules.map((used) => inOneOrder(due(used, found.way, now))) : [];
    const kept = (await verdictsOf(views, subject)).map(inOneOrder);
    if (kept.join() !== expected.join())
      unlike.push(`${subject}: ${kept.join()} is not ${expected.join()}`);
    if (found.owner !== title.owner) unlike.push(`${subject} is not of ${title.owner}`);
    const custodian = isThere && custody.consumed === 1 ? null : custody.custodian;
    if (found.custodian !== custodian) unlike.push(`${custodian} has ${subject}`);
  }
  return unlike;
}

function due(used: RulesUsed, way: Way, now: string): StoredVerdict {
  const { id: jurisdiction, clock } = used.jurisdiction;
  const facts = factsOf(way, jurisdiction);
  const judged = judge(facts, jurisdiction, localDay(clock, now), { rules: used });
  const { outcome, rule, citation, verdict } = judged;
  const next_review_on = verdict.nextChangeOn;
  return { jurisdiction, outcome, rule, citation, next_review_on, version: used.version };
}

function inOneOrder(verdict: StoredVerdict): string {
  return JSON.stringify(Object.entries(verdict).sort(([a], [b]) => (a < b ? -1 : 1)));
}
