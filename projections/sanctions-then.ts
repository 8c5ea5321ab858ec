import { localDay } from '#libs/rulebook/clock';
import type { EvaluateOptions } from '#libs/rulebook/evaluate';
import { judge } from '#libs/rulebook/judge';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import type { Projection, ViewReader } from '#libs/views/views';
import { factsOf } from '#projections/way/facts';
import { pageAt } from '#projections/page-at';
import type { SanctionsListed, SanctionsPage, WhichSanctions } from '#projections/sanctions-list';
import { sanctions, sanctionsOf } from '#projections/sanctions';
import { bearerOf } from '#projections/setting';
import { title, titleOf } from '#projections/title';
import { annulledRows, goodsRows } from '#projections/verdicts/tables';

/** What goods on the list are folded with, as they were then. */
export const foldedForSanctions: readonly Projection[] = [sanctions, title];

/** How goods on the list were then, and the rules and the law that are asked for. */
export type Then = Readonly<{
  readerFor: (subjects: readonly string[]) => Promise<ViewReader>;
  rules: RulesUsed;
  law: EvaluateOptions;
}>;

type Listed = SanctionsListed & Readonly<{ owners: readonly string[] }>;

/**
 * A page of the list as of another time: all goods of which the ledger ever heard are folded as they
 * were then and judged, the last stream's name first. `views` are those of now, `after` is the name of a stream.
 */
export async function sanctionsPageThen(
  views: ViewReader,
  { jurisdiction, now, on, outcome, owner, custodian, after, limit }: WhichSanctions,
  { readerFor, rules, law }: Then,
): Promise<SanctionsPage> {
  const day = localDay(rules.jurisdiction.clock, on ?? now);
  const { rows, next } = await pageAt<Listed>(
    { below: (id, most) => goodsBelow(views, id, most), readerFor, rowOf },
    (row) =>
      (outcome === undefined || row.outcome === outcome) &&
      (owner === undefined || row.owners.includes(owner)) &&
      (custodian === undefined || row.custodian === custodian),
    limit,
    after,
  );
  const items = rows.map(({ owners: _, ...row }) => row);
  const ruleBookVersion = rules.version;
  return { jurisdiction, day, ruleBookVersion, coming: null, items, next };

  async function rowOf(then: ViewReader, subject: string): Promise<Listed | undefined> {
    const row = await sanctionsOf(then, subject);
    if (!row || row.kind === '') return undefined;
    const held = await titleOf(then, await bearerOf(then, subject));
    const facts = factsOf(row.way, jurisdiction);
    const found = judge(facts, jurisdiction, day, { ...law, rules });
    return {
      subject,
      setIn: row.setIn,
      owner: row.owner,
      custodian: row.custodian,
      outcome: found.outcome,
      rule: found.rule,
      citation: found.citation,
      nextChangeOn: found.verdict.nextChangeOn,
      owners: held?.shares?.map(({ party }) => party) ?? (row.owner === null ? [] : [row.owner]),
    };
  }
}

/** Goods that were ever there, consumed and annulled ones too, the last first. */
async function goodsBelow(
  views: ViewReader,
  id: string | undefined,
  limit: number,
): Promise<readonly Readonly<{ id: string }>[]> {
  const below = id === undefined ? {} : ({ below: { column: 'subject', value: id } } as const);
  const lastFirst = { orderBy: ['subject'], descending: true, limit, ...below } as const;
  const there = await views.list(goodsRows, {}, lastFirst);
  const annulled = await views.list(annulledRows, {}, lastFirst);
  const names = new Set([...there, ...annulled].map(({ subject }) => subject));
  return [...names]
    .toSorted((a, b) => (a > b ? -1 : 1))
    .slice(0, limit)
    .map((subject) => ({ id: subject }));
}
