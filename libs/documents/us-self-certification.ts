import { idOf } from '#events/streams';
import type { Weight } from '#events/values';
import { Refused } from '#libs/decider/decider';
import type { Block, DocumentData, Standing } from '#libs/documents/document';
import { neverChecked } from '#libs/documents/document';
import type { GoodsFile, ItemFile } from '#libs/documents/goods-file';
import { goodsTold, itemTold } from '#libs/documents/goods-file';
import type { Letterhead } from '#libs/documents/letterhead';
import {
  countryAt,
  factsIfNotRussian,
  madeInRussia,
  refuseAbsent,
  refuseExported,
  unproved,
  untrue,
} from '#libs/documents/not-russian';
import { aceFiling, statementOn } from '#libs/documents/statements';
import type { StatementId } from '#libs/documents/statements';
import { carats, shownWeight } from '#libs/documents/words';
import { elsewhere } from '#libs/origin/origin';
import { stateOn } from '#libs/rulebook/rule';
import type { RulesUsed } from '#libs/rulebook/rules-used';

/** One line of the certification: goods of one heading and the countries they could come from. */
type Line = Readonly<{
  subject: string;
  goods: string;
  hs: string;
  pieces: number | null;
  weight: Weight;
  minedIn: readonly string[];
}>;

/**
 * The importer's certification that goods are not Russian, one for each entry (CSMS 59635420): the
 * loose text for 7102.31 and 7102.39, the
 * other for jewellery (7113) and unsorted goods (7102.10). Below it stand the
 * lines of the country-of-mining declaration, with what the rule book says of it on the day.
 * Refuses `goods-differ`, `statement-not-in-use`, `statement-untrue` and `statement-unproved`.
 */
export function usSelfCertification(
  goods: readonly (GoodsFile | ItemFile)[],
  letterhead: Letterhead,
  standing: Standing,
  rules: readonly RulesUsed[],
): DocumentData {
  const lines = goods.map((file) => ('item' in file ? lineOfItem(file) : lineOfGoods(file)));
  const statement = statementOn(textFor(lines), standing.on);
  if (statement.id === 'us-jewellery-unsorted') {
    for (const { subject, steps } of goods) refuseExported(subject, steps);
  }
  const mining = miningDeclaration(rules, standing.on);
  return {
    kind: 'us-self-certification',
    title: 'Certification of the origin of diamonds',
    letterhead,
    facts: { statement, lines, mining, filing: aceFiling(standing.on) },
    body: [
      { block: 'paragraph', text: 'To: U.S. Customs and Border Protection' },
      { block: 'paragraph', text: statement.text, strong: true },
      ...goodsTable(lines),
      ...miningTable(lines, mining),
      { block: 'signature', fields: ['Entry number', 'Name and title', 'Signature', 'Date'] },
    ],
    notChecked: [
      ...neverChecked,
      'whether the goods passed through Russia by a way nobody stated',
      'designated persons: who sells, carries or pays is a separate answer',
      'whether a general licence (GL 103, GL 104A) is used instead: its statement is another',
    ],
    standing,
  };
}

function lineOfGoods(file: GoodsFile): Line {
  refuseAbsent(file);
  const { hs, minedIn } = factsIfNotRussian(file, 'US');
  const { mct, qualifier, basis, pieces, form } = file.card;
  return {
    subject: file.subject,
    goods: goodsTold(file),
    hs,
    pieces: form === 'parcel' ? pieces : 1,
    weight: { mct, qualifier, basis },
    minedIn: minedIn ?? [],
  };
}

/** Stones follow the piece they are set in: it is not of the country one of them was mined in. */
function lineOfItem(file: ItemFile): Line {
  const { subject, item, steps, stones } = file;
  if (madeInRussia(steps)) throw untrue(subject, 'steps', 'was worked on in RU');
  const made = steps.find(({ type }) => type === 'JewelleryItemMade');
  if (countryAt(made?.place ?? null) === undefined) throw unproved(subject, 'where it was made');
  const mined = file.factsFor?.('US').minedIn ?? [elsewhere];
  const mct = stones.reduce((sum, { card }) => sum + card.mct, item.melee_mct);
  const exact = stones.every(({ card }) => card.qualifier === 'eq');
  return {
    subject,
    goods: itemTold(file),
    hs: '7113',
    pieces: item.melee_mct === 0 ? stones.length : null,
    weight: { mct, qualifier: exact ? 'eq' : 'approx', basis: 'declared' },
    minedIn: mined.map((country) => (country === elsewhere ? 'not stated' : country)),
  };
}

const loose = ['710231', '710239'];
const others = ['7113', '710210'];

/** One text speaks for one kind of goods, and one certification for one entry. */
function textFor(lines: readonly Line[]): StatementId {
  if (lines.length > 0 && lines.every(({ hs }) => loose.includes(hs))) return 'us-loose';
  if (lines.length > 0 && lines.every(({ hs }) => others.includes(hs)))
    return 'us-jewellery-unsorted';
  const kinds = [...new Set(lines.map(({ hs }) => hs))].join(', ');
  throw new Refused(
    'goods-differ',
    `one certification is for loose diamonds (7102.31, 7102.39) or for jewellery and unsorted ones (7113, 7102.10), not for ${kinds || 'nothing'}`,
    { field: 'id', hs: kinds },
  );
}

/** What the rule book says of the country-of-mining declaration on the day. */
function miningDeclaration(used: readonly RulesUsed[], on: string) {
  const known = used.find(({ jurisdiction }) => jurisdiction.id === 'US')?.jurisdiction.rules ?? [];
  const records = known.filter(
    (rule) => 'needs' in rule && rule.needs.some((way) => way.includes('us-country-of-mining')),
  );
  const [record] = records.filter((rule) => {
    const state = stateOn(rule, on);
    return state !== null && state !== 'superseded' && state !== 'expired';
  });
  const state = record ? (stateOn(record, on) ?? 'unknown') : 'not announced';
  return {
    required: state === 'in-force',
    state,
    citation: record?.citation ?? null,
    summary: record?.summary ?? null,
  };
}

function miningTable(
  lines: readonly Line[],
  { required, state, summary }: ReturnType<typeof miningDeclaration>,
): readonly Block[] {
  const said = summary === null ? '' : `: ${summary}`;
  return [
    { block: 'heading', text: 'Country of mining' },
    {
      block: 'paragraph',
      text: `${required ? 'Required' : 'Not currently required'} (${state}${said}).`,
      strong: true,
    },
    {
      block: 'table',
      columns: [
        { title: 'HTS', share: 0.14 },
        { title: 'Country of mining', share: 0.46 },
        { title: 'Stones', share: 0.2 },
        { title: 'Carats', share: 0.2 },
      ],
      rows: byCountry(lines),
    },
  ];
}

/** One row for each heading and set of countries; a weight that is a bound stays one. */
function byCountry(lines: readonly Line[]): readonly (readonly string[])[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const key = `${line.hs} ${line.minedIn.join(' ')}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const [{ hs, minedIn } = { hs: '', minedIn: [] }] = group;
      const from = minedIn.length === 1 ? minedIn.join() : `one or more of ${minedIn.join(', ')}`;
      const counted = group.every(({ pieces }) => pieces !== null);
      const stones = group.reduce((sum, { pieces }) => sum + (pieces ?? 0), 0);
      return [dotted(hs), from, counted ? String(stones) : 'not counted', caratsOf(group)];
    });
}

function caratsOf(group: readonly Line[]): string {
  if (group.every(({ weight }) => weight.qualifier === 'eq')) {
    return carats(group.reduce((sum, { weight }) => sum + weight.mct, 0));
  }
  return group.map(({ weight }) => shownWeight(weight)).join(' + ');
}

function goodsTable(lines: readonly Line[]): readonly Block[] {
  return [
    { block: 'heading', text: 'Goods' },
    {
      block: 'table',
      columns: [
        { title: 'Record', share: 0.26 },
        { title: 'HTS', share: 0.14 },
        { title: 'Goods', share: 0.6 },
      ],
      rows: lines.map(({ subject, hs, goods }) => [idOf(subject), dotted(hs), goods]),
    },
  ];
}

/** `7102.39`, as the tariff writes it. */
function dotted(hs: string): string {
  return hs.length > 4 ? `${hs.slice(0, 4)}.${hs.slice(4)}` : hs;
}
