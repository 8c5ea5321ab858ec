import { struckOut } from '#libs/correction/struck-out';
import type { Block } from '#libs/documents/document';
import type { Claim, FileStep, GoodsFile, Interval, Names } from '#libs/documents/goods-file';
import {
  custodyBasisTold,
  ownersTold,
  partyTold,
  titleBasisTold,
} from '#libs/documents/goods-file';
import {
  papersOf,
  shownDocument,
  shownOrigin,
  shownPlace,
  shownWhen,
  tellerOf,
  withPlainBounds,
} from '#libs/documents/words';

/** Who held and who owned goods, one after the other. */
export function chains({
  custodians,
  owners,
  names,
}: Pick<GoodsFile, 'custodians' | 'owners' | 'names'>): readonly Block[] {
  return [
    { block: 'heading', text: 'Custody' },
    intervals(
      'Held by',
      custodians.map(({ custodian, ...held }) => ({
        ...held,
        basis: custodyBasisTold(held.basis),
        party: partyTold(custodian, names),
      })),
    ),
    { block: 'heading', text: 'Title' },
    intervals(
      'Owned by',
      owners.map((held) => ({
        ...held,
        basis: titleBasisTold(held.basis),
        party: holderOf(held, names),
      })),
    ),
  ];
}

/** A consumer is nobody the ledger knows by name. */
function holderOf(held: GoodsFile['owners'][number], names: Names): string {
  const isConsumer = held.owner === null && held.basis === 'retail';
  return isConsumer ? 'a consumer' : ownersTold(held, names);
}

/** Who held or owned it, one after the other, under the heading `who`. */
function intervals(who: string, held: readonly (Interval & Readonly<{ party: string }>)[]): Block {
  return {
    block: 'table',
    columns: [
      { title: 'From', share: 0.2 },
      { title: 'Until', share: 0.2 },
      { title: who, share: 0.4 },
      { title: 'Basis', share: 0.2 },
    ],
    rows: held.map(({ party, basis, since, until }) => [
      since ? shownWhen(since) : 'unknown',
      until ? shownWhen(until) : '',
      party,
      basis,
    ]),
  };
}

/** Who declared which origin; nothing where nobody did. */
export function claimsTable(claims: readonly Claim[], names: Names): readonly Block[] {
  if (claims.length === 0) return [];
  return [
    { block: 'heading', text: 'Claims of origin' },
    {
      block: 'table',
      columns: [
        { title: 'When', share: 0.2 },
        { title: 'By', share: 0.3 },
        { title: 'Claim', share: 0.5 },
      ],
      rows: claims.map(({ by, at, purpose, origin }) => [
        shownWhen(at),
        partyTold(by, names),
        `${shownOrigin(origin)}, for ${purpose}`,
      ]),
    },
  ];
}

/** Steps in their order; papers are named by their place in `papers`, counted from 1. */
export function stepsTable(
  steps: readonly FileStep[],
  names: Names,
  papers: readonly string[],
): Block {
  const numbered = (step: FileStep) =>
    papersOf([step]).map((paper) => String(papers.indexOf(shownDocument(paper)) + 1));
  return {
    block: 'table',
    columns: [
      { title: 'When', share: 0.15 },
      { title: 'What happened', share: 0.38 },
      { title: 'By, where', share: 0.27 },
      { title: 'Papers', share: 0.08 },
      { title: 'Position', share: 0.12 },
    ],
    rows: steps.map((step) => [
      shownWhen(step.at),
      [
        `${markOf(step)}${tellerOf(step)}: ${withPlainBounds(step.line)}`,
        ...(step.details ?? []).map(withPlainBounds),
        ...step.corrections.map((each) => struckOut(each, names)),
      ].join('; '),
      [partyTold(step.by, names), shownPlace(step.place)].filter((part) => part !== '').join(', '),
      numbered(step).join(', '),
      String(step.position),
    ]),
  };
}

const markOf = ({ annulled, illustrative }: FileStep) =>
  annulled === 1 ? '× ' : illustrative === 1 ? '~ ' : '';

/** What the marks before steps mean, where there are any. */
export function marksTold(steps: readonly FileStep[]): readonly Block[] {
  const marks = new Set(steps.map(markOf));
  return [
    ...(marks.has('× ')
      ? [{ block: 'paragraph', text: '× annulled: it did not happen.' } as const]
      : []),
    ...(marks.has('~ ')
      ? [
          {
            block: 'paragraph',
            text: '~ illustrative: not public knowledge, made up or dated by a bound.',
          } as const,
        ]
      : []),
  ];
}

export function papersTable(papers: readonly string[]): readonly Block[] {
  if (papers.length === 0) return [];
  return [
    { block: 'heading', text: 'Papers' },
    {
      block: 'table',
      columns: [
        { title: 'No.', share: 0.08 },
        { title: 'Paper', share: 0.92 },
      ],
      rows: papers.map((paper, n) => [String(n + 1), paper]),
    },
  ];
}
