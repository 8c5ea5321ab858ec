import { idOf } from '#events/streams';
import { struckOut } from '#libs/correction/struck-out';
import type { Block, DocumentData, Standing } from '#libs/documents/document';
import { neverChecked } from '#libs/documents/document';
import type { FileStep, GoodsFile, Interval } from '#libs/documents/goods-file';
import {
  custodianTold,
  goodsTold,
  originTold,
  ownerTold,
  ownersTold,
  partyTold,
} from '#libs/documents/goods-file';
import type { Letterhead } from '#libs/documents/letterhead';
import {
  papersOf,
  shownDocument,
  shownOrigin,
  shownPlace,
  shownWhen,
  withPlainBounds,
} from '#libs/documents/words';
import type { Judgement } from '#libs/rulebook/judge';
import { judge } from '#libs/rulebook/judge';
import type { RulesUsed } from '#libs/rulebook/rules-used';

/**
 * Everything the ledger tells of one stone or parcel, to be read without it: what it is, who held
 * and owned it, every claim of origin, every step with its papers, and what the import measures of
 * every jurisdiction say on the day. `letterhead` is of whoever hands it on, if anybody.
 */
export function historyReport(
  file: GoodsFile,
  letterhead: Letterhead | null,
  standing: Standing,
  rules: readonly RulesUsed[],
): DocumentData {
  const { on } = standing;
  const { factsFor } = file;
  const judgements = factsFor
    ? rules.map((each) => {
        const { id } = each.jurisdiction;
        return judge(factsFor(id), id, on, { rules: each });
      })
    : [];
  const papers = papersOf(file.steps);
  const called = file.card.names.length === 0 ? '' : ` (${file.card.names.join(', ')})`;
  return {
    kind: 'history-report',
    title: `History of ${idOf(file.subject)}${called}`,
    letterhead,
    facts: { ...factsOf(file), judgements, papers },
    body: [
      { block: 'facts', rows: glance(file) },
      ...chains(file),
      ...steps(file, papers.map(shownDocument)),
      { block: 'heading', text: `Import measures on ${on}` },
      {
        block: 'paragraph',
        text: 'Decision support, not legal advice. Each verdict is of goods like these on that day.',
      },
      {
        block: 'table',
        columns: [
          { title: 'Jurisdiction', share: 0.12 },
          { title: 'Verdict', share: 0.22 },
          { title: 'Rule and reason', share: 0.66 },
        ],
        rows: judgements.map(({ jurisdiction, outcome, rule, citation, reason }) => [
          jurisdiction,
          outcome,
          `${rule}, ${citation}: ${reason}`,
        ]),
      },
    ],
    notChecked: [...neverChecked, ...notCheckedBy(judgements)],
    standing,
  };
}

/** `EU, UK: …`: what several jurisdictions leave open stands once. */
function notCheckedBy(judgements: readonly Judgement[]): readonly string[] {
  const by = new Map<string, string[]>();
  for (const { jurisdiction, verdict } of judgements) {
    for (const gap of verdict.notChecked) {
      by.set(gap, [...(by.get(gap) ?? []), jurisdiction]);
    }
  }
  return [...by].map(([gap, jurisdictions]) => `${jurisdictions.join(', ')}: ${gap}`);
}

function factsOf({ subject, card, custodians, owners, origin, bonds, steps: told }: GoodsFile) {
  return {
    subject,
    card: plain(card),
    custodians: plain(custodians),
    owners: plain(owners),
    origin: plain(origin),
    bonds: plain(bonds),
    steps: plain(told),
  };
}

/** Positions are bigint: text in JSON. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint' ? String(inner) : inner,
    ),
  );
}

function glance(file: GoodsFile): readonly (readonly [string, string])[] {
  const { reports, inscription } = file.card;
  return [
    ['Goods', goodsTold(file)],
    ...(reports.length === 0
      ? []
      : [
          [
            'Reports',
            reports.map(({ laboratory, reportNo }) => `${laboratory} ${reportNo}`).join(', '),
          ] as const,
        ]),
    ...(inscription === null ? [] : [['Inscription', inscription] as const]),
    ['Owner', ownerTold(file)],
    ['Custodian', custodianTold(file)],
    ['Origin', originTold(file)],
    ['Standing', file.bonds.standing],
  ];
}

function chains({ custodians, owners, origin, names }: GoodsFile): readonly Block[] {
  const who = (id: string) => partyTold(id, names);
  const claims = origin.claims.map(({ by, at, purpose, origin: claimed }) => [
    shownWhen(at),
    who(by),
    `${shownOrigin(claimed)}, for ${purpose}`,
  ]);
  return [
    { block: 'heading', text: 'Custody' },
    intervals(
      'Held by',
      custodians.map(({ custodian, ...held }) => ({ ...held, party: who(custodian) })),
    ),
    { block: 'heading', text: 'Title' },
    intervals(
      'Owned by',
      owners.map((held) => ({ ...held, party: ownersTold(held, names) })),
    ),
    ...(claims.length === 0 ? [] : claimsTable(claims)),
  ];
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

function claimsTable(rows: readonly (readonly string[])[]): readonly Block[] {
  return [
    { block: 'heading', text: 'Claims of origin' },
    {
      block: 'table',
      columns: [
        { title: 'When', share: 0.2 },
        { title: 'By', share: 0.3 },
        { title: 'Claim', share: 0.5 },
      ],
      rows,
    },
  ];
}

const markOf = ({ annulled, illustrative }: FileStep) =>
  annulled === 1 ? '× ' : illustrative === 1 ? '~ ' : '';

function steps({ steps: told, names }: GoodsFile, papers: readonly string[]): readonly Block[] {
  const numbered = (step: (typeof told)[number]) =>
    papersOf([step]).map((paper) => String(papers.indexOf(shownDocument(paper)) + 1));
  const made = told.some(({ illustrative }) => illustrative === 1);
  return [
    { block: 'heading', text: 'Steps' },
    {
      block: 'table',
      columns: [
        { title: 'When', share: 0.15 },
        { title: 'What happened', share: 0.38 },
        { title: 'By, where', share: 0.27 },
        { title: 'Papers', share: 0.08 },
        { title: 'Position', share: 0.12 },
      ],
      rows: told.map((step) => [
        shownWhen(step.at),
        [
          `${markOf(step)}${idOf(step.subject)}: ${withPlainBounds(step.line)}`,
          ...step.corrections.map((each) => struckOut(each, names)),
        ].join('; '),
        [partyTold(step.by, names), shownPlace(step.place)]
          .filter((part) => part !== '')
          .join(', '),
        numbered(step).join(', '),
        String(step.position),
      ]),
    },
    ...(made
      ? [
          {
            block: 'paragraph',
            text: '~ illustrative: not public knowledge, made up or dated by a bound.',
          } as const,
        ]
      : []),
    ...(papers.length === 0
      ? []
      : [
          { block: 'heading', text: 'Papers' } as const,
          {
            block: 'table',
            columns: [
              { title: 'No.', share: 0.08 },
              { title: 'Paper', share: 0.92 },
            ],
            rows: papers.map((paper, n) => [String(n + 1), paper]),
          } as const,
        ]),
  ];
}
