import { localDay } from '#libs/rulebook/clock';
import type { EvaluateOptions } from '#libs/rulebook/evaluate';
import { judge } from '#libs/rulebook/judge';
import type { Outcome } from '#libs/rulebook/verdict';
import type { ViewReader } from '#libs/views/views';
import { factsOf } from '#projections/facts';
import { rulesOf } from '#projections/rulebooks';
import { sanctionsBelow, sanctionsOf } from '#projections/sanctions';
import type { Sanctions } from '#projections/sanctions';
import { ownedBy, titleOf } from '#projections/title';

/** `on` is a day or a moment; `after` is where the page before ended. */
export type WhichSanctions = Readonly<{
  jurisdiction: string;
  on: string;
  outcome?: Outcome;
  owner?: string;
  after?: string;
  limit: number;
}>;

export type SanctionsListed = Readonly<{
  subject: string;
  outcome: Outcome;
  rule: string;
  citation: string;
  nextChangeOn: string | null;
}>;

/**
 * `next` goes on where this page ended; null at the end. A page may hold fewer than asked, as no
 * more than `mostJudged` goods are judged for one.
 */
export type SanctionsPage = Readonly<{
  day: string;
  ruleBookVersion: string;
  items: readonly SanctionsListed[];
  next: string | null;
}>;

const mostJudged = 5_000;
const perRead = 500;

/**
 * Goods with their verdict of the day, judged as they are read: by the rules in use, whenever these
 * were adopted; goods that were cut or used up are left out. In the order of their streams' names, the last first.
 */
export async function sanctionsPage(
  views: ViewReader,
  { jurisdiction, on, outcome, owner, after, limit }: WhichSanctions,
): Promise<SanctionsPage> {
  const rules = await rulesOf(views, jurisdiction);
  const day = localDay(rules.jurisdiction.clock, on);
  const items: SanctionsListed[] = [];
  let at = after;
  for (let read = 0; read < mostJudged;) {
    const rows = await below(views, owner, at);
    for (const row of rows) {
      at = row.subject;
      const listed = judged(row, jurisdiction, day, { rules });
      const isAsked = outcome === undefined || listed.outcome === outcome;
      if (isAsked && !(await titleOf(views, row.subject))?.consumed) items.push(listed);
      if (items.length === limit) return page(at);
    }
    read += perRead;
    if (rows.length === 0) return page(null);
  }
  return page(at ?? null);

  function page(next: string | null): SanctionsPage {
    return { day, ruleBookVersion: rules.version, items, next };
  }
}

async function below(
  views: ViewReader,
  owner: string | undefined,
  at: string | undefined,
): Promise<readonly Sanctions[]> {
  if (owner === undefined) return sanctionsBelow(views, at, perRead);
  const owned = (await ownedBy(views, owner)).map(({ subject }) => subject);
  const next = owned.filter((subject) => at === undefined || subject < at).sort();
  const found: Sanctions[] = [];
  for (const subject of next.reverse().slice(0, perRead)) {
    const row = await sanctionsOf(views, subject);
    if (row) found.push(row);
  }
  return found;
}

function judged(
  { subject, way }: Sanctions,
  jurisdiction: string,
  day: string,
  options: EvaluateOptions,
): SanctionsListed {
  const facts = factsOf(way, jurisdiction);
  const { outcome, rule, citation, verdict } = judge(facts, jurisdiction, day, options);
  return { subject, outcome, rule, citation, nextChangeOn: verdict.nextChangeOn };
}
