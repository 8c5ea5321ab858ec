import { parseStream } from '#events/streams';
import { Refused } from '#libs/decider/decider';
import type { DocumentData, DocumentKind, Standing } from '#libs/documents/document';
import { rulesTold } from '#libs/documents/document';
import { euDueDiligenceStatement } from '#libs/documents/eu-due-diligence';
import type { GoodsFile, ItemFile } from '#libs/documents/goods-file';
import { historyReport } from '#libs/documents/history-report';
import type { Letterhead } from '#libs/documents/letterhead';
import { usSelfCertification } from '#libs/documents/us-self-certification';
import { issuerOf, warrantyStatement } from '#libs/documents/warranty-statement';
import type { RulesUsed } from '#libs/rulebook/rules-used';

/** What a document is made of. `number` is of the invoice or memo whose warranty is wanted. */
export type Wanted = Readonly<{
  kind: DocumentKind;
  goods: readonly (GoodsFile | ItemFile)[];
  number?: string | undefined;
  /** Who is to issue it; null when nobody is named and nobody is known to own the goods. */
  issuer?: string | null;
  letterhead: Letterhead | null;
  standing: Omit<Standing, 'ruleBookVersion'>;
  /** Those of every jurisdiction the ledger judges by. */
  rules: readonly RulesUsed[];
}>;

/**
 * The document, or why it cannot be made: refuses `no-letterhead` for a statement nobody issues,
 * `goods-differ` for goods it does not speak of, and what each kind refuses.
 */
export function documentOf({
  kind,
  goods,
  number,
  issuer = null,
  letterhead,
  rules,
  ...wanted
}: Wanted): DocumentData {
  const standing = { ...wanted.standing, ruleBookVersion: rulesTold(rules) };
  if (kind === 'history-report') {
    const [file, ...others] = goods;
    if (file && others.length === 0) return historyReport(file, letterhead, standing, rules);
    throw differ(ofOne);
  }
  if (!letterhead) {
    throw new Refused(
      'no-letterhead',
      issuer === null
        ? 'nobody is known to own the goods: say who issues it'
        : `${issuer} had declared no address for its letterhead by ${standing.on}`,
      { field: 'issuer' },
    );
  }
  switch (kind) {
    case 'us-self-certification':
      return usSelfCertification(goods, letterhead, standing, rules);
    case 'eu-due-diligence-statement':
      return euDueDiligenceStatement(goods, letterhead, standing);
    case 'warranty-statement':
      return warrantyStatement(goods, number, letterhead, standing);
  }
}

/**
 * Who issues a document when nobody is named: the seller of the paper for its warranty, the owner
 * of the first goods for customs, nobody for a report.
 */
export function usualIssuer(
  kind: DocumentKind,
  goods: readonly (GoodsFile | ItemFile)[],
  number: string | undefined,
): string | null {
  const [first] = goods;
  if (!first || kind === 'history-report') return null;
  return kind === 'warranty-statement' ? issuerOf(first, number) : first.title.owner;
}

/**
 * What a document may be asked of: goods, or a shipment for all it carries. Refuses `goods-differ`
 * for papers and parties, and for the report of a shipment.
 */
export function checkAsked(kind: DocumentKind, subjects: readonly string[]): void {
  for (const subject of subjects) {
    const category = parseStream(subject)?.category;
    if (!category || !printed.has(category)) {
      throw differ(`a ${kind} is of stones, parcels, jewellery or a shipment, not of ${subject}`);
    }
    if (category === 'shipment' && kind === 'history-report') {
      throw differ(`${ofOne}: ask for each of the goods that ${subject} carries`);
    }
  }
}

const printed: ReadonlySet<string> = new Set(['stone', 'parcel', 'jewellery', 'shipment']);
const ofOne = 'a history-report is of one stone, parcel or piece of jewellery';

function differ(message: string): Refused {
  return new Refused('goods-differ', message, { field: 'kind' });
}
