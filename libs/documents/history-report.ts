import { idOf } from '#events/streams';
import type { Block, DocumentData, Standing } from '#libs/documents/document';
import { neverChecked } from '#libs/documents/document';
import type { GoodsFile, ItemFile } from '#libs/documents/goods-file';
import { custodianTold, originTold, ownerTold, told } from '#libs/documents/goods-file';
import {
  chains,
  claimsTable,
  marksTold,
  papersTable,
  stepsTable,
} from '#libs/documents/history-tables';
import type { Letterhead } from '#libs/documents/letterhead';
import { papersOf, shownDocument } from '#libs/documents/words';
import type { Judgement } from '#libs/rulebook/judge';
import { judge } from '#libs/rulebook/judge';
import type { RulesUsed } from '#libs/rulebook/rules-used';

/**
 * Everything the ledger tells of one stone, parcel or piece of jewellery, to be read without it: what
 * it is, who held and owned it, every claim of origin, every step with its papers, and what the
 * import measures of every jurisdiction say on the day. Of jewellery it tells each stone set in it
 * besides, from the mine on. `letterhead` is of whoever hands it on, if anybody.
 */
export function historyReport(
  file: GoodsFile | ItemFile,
  letterhead: Letterhead | null,
  standing: Standing,
  rules: readonly RulesUsed[],
): DocumentData {
  const { on } = standing;
  const { factsFor, names } = file;
  const judgements = factsFor
    ? rules.map((each) => {
        const { id } = each.jurisdiction;
        return judge(factsFor(id), id, on, { rules: each });
      })
    : [];
  const stones = 'item' in file ? file.stones : [];
  const steps = [file, ...stones].flatMap((each) => each.steps);
  const papers = papersOf(steps);
  const shown = papers.map(shownDocument);
  const { claims } = 'item' in file ? file.item : file.origin;
  return {
    kind: 'history-report',
    title: `History of ${idOf(file.subject)}${calledIn(file)}`,
    letterhead,
    facts: { ...factsOf(file), judgements, papers },
    body: [
      { block: 'facts', rows: glance(file) },
      ...('item' in file ? hallmarks(file) : []),
      ...chains(file),
      ...claimsTable(claims, names),
      { block: 'heading', text: 'Steps' },
      stepsTable(file.steps, names, shown),
      ...stones.flatMap((stone) => wayOf(stone, shown)),
      ...marksTold(steps),
      ...papersTable(shown),
      { block: 'heading', text: `Import measures on ${on}` },
      {
        block: 'paragraph',
        text: `Decision support, not legal advice. Each verdict is of ${judgedTold(file)} on that day.`,
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

function calledIn(file: GoodsFile | ItemFile): string {
  const called = 'item' in file ? file.item.description : file.card.names.join(', ');
  return called === '' ? '' : ` (${called})`;
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

function factsOf(file: GoodsFile | ItemFile) {
  const { subject, custodians, owners, bonds, steps } = file;
  const stones = ({ stones: set }: ItemFile) =>
    set.map((stone) => ({
      subject: stone.subject,
      card: stone.card,
      origin: stone.origin,
      steps: stone.steps,
    }));
  const what =
    'item' in file
      ? { item: file.item, stones: stones(file) }
      : { card: file.card, origin: file.origin };
  return plain({ subject, ...what, custodians, owners, bonds, steps });
}

/** Positions are bigint: text in JSON. */
function plain(value: object): object {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint' ? String(inner) : inner,
    ),
  ) as object;
}

type Row = readonly [label: string, value: string];

function glance(file: GoodsFile | ItemFile): readonly Row[] {
  return [
    ['Goods', told(file)],
    ...('item' in file ? [] : marksOf(file)),
    ['Owner', ownerTold(file)],
    ['Custodian', custodianTold(file)],
    ...('item' in file ? [] : [['Origin', originTold(file)] as const]),
    ['Standing', file.bonds.standing],
  ];
}

function marksOf({ card: { reports, inscription } }: Pick<GoodsFile, 'card'>): readonly Row[] {
  const told = reports.map(({ laboratory, reportNo }) => `${laboratory} ${reportNo}`).join(', ');
  return [
    ...(told === '' ? [] : [['Reports', told] as const]),
    ...(inscription === null ? [] : [['Inscription', inscription] as const]),
  ];
}

function hallmarks({ item }: ItemFile): readonly Block[] {
  if (item.hallmarks.length === 0) return [];
  return [
    { block: 'heading', text: 'Hallmarks' },
    {
      block: 'table',
      columns: [
        { title: 'Country', share: 0.12 },
        { title: 'Mark', share: 0.2 },
        { title: 'UIN', share: 0.28 },
        { title: 'Recognised', share: 0.4 },
      ],
      rows: item.hallmarks.map(({ country, mark, uin, recognised }) => [
        country,
        mark,
        uin ?? '',
        recognised
          .map(({ state, validFrom, verdict }) =>
            verdict === 'yes' ? `${state} from ${validFrom}` : `${state}: ${verdict}`,
          )
          .join(', '),
      ]),
    },
  ];
}

/** A stone set in the article: what it is, whence it came, and its steps up to the setting. */
function wayOf(stone: ItemFile['stones'][number], papers: readonly string[]): readonly Block[] {
  const { subject, origin, names, steps } = stone;
  return [
    { block: 'heading', text: `Stone ${idOf(subject)}` },
    {
      block: 'facts',
      rows: [
        ['Goods', told({ ...stone, events: [] })],
        ...marksOf(stone),
        ['Origin', originTold(stone)],
      ],
    },
    ...claimsTable(origin.claims, names),
    stepsTable(steps, names, papers),
  ];
}

function judgedTold(file: GoodsFile | ItemFile): string {
  if ('item' in file || file.setIn === null) return 'goods like these';
  return `articles like ${file.setIn}, with which the stone is imported while it is set, and not of the loose stone,`;
}
