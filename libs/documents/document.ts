import type { KnownAt } from '#libs/decider/effective';
import type { Letterhead } from '#libs/documents/letterhead';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import { canonicalJson } from '#libs/signing/canonical-json';

/** What can be printed. */
export const documentKinds = [
  'history-report',
  'us-self-certification',
  'eu-due-diligence-statement',
  'warranty-statement',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/**
 * What a document stands on: the name of the log, the last position counted (digits, or `recorded
 * by` a day), where only what had happened by a day counts that day, the day it is made out for
 * (`YYYY-MM-DD`) and the rules it was checked against ({@link rulesTold}). The same standing over
 * the same log gives the same bytes.
 */
export type Standing = Readonly<{
  ledger: string;
  position: string;
  happenedBy?: string;
  on: string;
  ruleBookVersion: string;
}>;

/** What a document of what was true or known then stands on; `reached` is the last position there is. */
export function standsOn(
  reached: bigint,
  { validAt, knownAt }: Readonly<{ validAt?: string; knownAt?: KnownAt }> = {},
): Pick<Standing, 'position' | 'happenedBy'> {
  const upTo = knownAt && 'position' in knownAt ? knownAt.position : reached;
  const position = knownAt && 'day' in knownAt ? `recorded by ${knownAt.day}` : String(upTo);
  return { position, ...(validAt !== undefined && { happenedBy: validAt }) };
}

/** `2026.1`, or `EU 2026.2, US 2026.1` where the ledger judges by several versions. */
export function rulesTold(rules: readonly RulesUsed[]): string {
  const versions = new Set(rules.map(({ version }) => version));
  if (versions.size <= 1) return [...versions].join();
  return rules.map(({ jurisdiction, version }) => `${jurisdiction.id} ${version}`).join(', ');
}

/** A column and its share of the line; shares of a table add up to 1. */
export type Column = Readonly<{ title: string; share: number }>;

/** What stands on the pages, in reading order. */
export type Block =
  | Readonly<{ block: 'heading'; text: string }>
  | Readonly<{ block: 'paragraph'; text: string; strong?: true }>
  | Readonly<{ block: 'list'; items: readonly string[] }>
  | Readonly<{ block: 'facts'; rows: readonly (readonly [label: string, value: string])[] }>
  | Readonly<{
      block: 'table';
      columns: readonly Column[];
      rows: readonly (readonly string[])[];
    }>
  | Readonly<{ block: 'signature'; fields: readonly string[] }>;

/**
 * A document as data: `facts` for machines, `body` word for word what the pages say between head
 * and standing. `notChecked` says what it is no proof of.
 */
export type DocumentData = Readonly<{
  kind: DocumentKind;
  title: string;
  letterhead: Letterhead | null;
  facts: Readonly<Record<string, unknown>>;
  body: readonly Block[];
  notChecked: readonly string[];
  standing: Standing;
}>;

/** True of every document the ledger can print. */
export const neverChecked: readonly string[] = [
  'whether what the parties stated is true: the ledger proves who stated what, when and on which papers',
  'whether the goods at hand are the goods of this record',
];

/** The whole text: head, body, what was not checked, what it stands on. */
export function blocksOf({ title, letterhead, body, notChecked, standing }: DocumentData) {
  const { ledger, position, happenedBy, on, ruleBookVersion } = standing;
  const head: Block[] = letterhead
    ? [
        { block: 'heading', text: letterhead.name },
        ...letterhead.address.map((text) => ({ block: 'paragraph', text }) as const),
      ]
    : [];
  const foot: Block[] = [
    { block: 'heading', text: 'Not checked' },
    { block: 'list', items: notChecked },
    { block: 'heading', text: 'What this stands on' },
    {
      block: 'facts',
      rows: [
        ['Ledger', ledger],
        ['Position', position],
        ...(happenedBy === undefined ? [] : [['Happened by', happenedBy] as const]),
        ['Made out for', on],
        ['Rule book', ruleBookVersion],
      ],
    },
  ];
  return { head, title, body, foot };
}

/** The JSON form: RFC 8785 bytes, so that the same document is the same text everywhere. */
export function jsonOf(document: DocumentData): string {
  return canonicalJson(document);
}
