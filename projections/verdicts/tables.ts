import type { Cuts } from '#libs/rulebook/cuts';
import type { Outcome } from '#libs/rulebook/verdict';
import type { Table } from '#libs/views/views';
import type { Way } from '#projections/way/way';

/**
 * What import measures turn on, and who owns and holds the goods. `kind` names the
 * {@link KindRow} they are judged with; empty once they were cut or used up.
 */
export type GoodsRow = Readonly<{
  subject: string;
  way: Way;
  kind: string;
  owner: string | null;
  custodian: string | null;
}>;

export const goodsRows: Table<GoodsRow> = {
  name: 'sanctions',
  columns: { subject: 'text', way: 'json', kind: 'text', owner: 'text?', custodian: 'text?' },
  key: ['subject'],
  indexes: [
    ['kind', 'subject'],
    ['owner', 'kind', 'subject'],
    ['custodian', 'kind', 'subject'],
  ],
};

/** Goods whose beginning was annulled: nothing else tells that they were thought to be there. */
export const annulledRows: Table<Readonly<{ subject: string }>> = {
  name: 'sanctions_annulled',
  columns: { subject: 'text' },
  key: ['subject'],
};

/** Goods that no rule can tell apart: the way that stands for theirs, and how many there are. */
export type KindRow = Readonly<{ kind: string; way: string; goods: number }>;

export const kindRows: Table<KindRow> = {
  name: 'sanctions_kinds',
  columns: { kind: 'text', way: 'text', goods: 'integer' },
  key: ['kind'],
};

/** What one edition of a jurisdiction's rules says of importing goods of a kind now. */
export type VerdictRow = Readonly<{
  jurisdiction: string;
  edition: string;
  kind: string;
  outcome: Outcome;
  rule: string;
  citation: string;
  /** The first day, by the jurisdiction's clock, on which it may be another; null for never. */
  next_review_on: string | null;
}>;

export const verdictRows: Table<VerdictRow> = {
  name: 'sanctions_verdicts',
  columns: {
    jurisdiction: 'text',
    edition: 'text',
    kind: 'text',
    outcome: 'text',
    rule: 'text',
    citation: 'text',
    next_review_on: 'text?',
  },
  key: ['jurisdiction', 'edition', 'kind'],
  indexes: [
    ['jurisdiction', 'edition', 'outcome', 'kind'],
    ['jurisdiction', 'next_review_on'],
    ['next_review_on'],
  ],
};

/** Adopted rules. */
export type EditionRow = Readonly<{
  jurisdiction: string;
  edition: string;
  sha256: string;
  rules: unknown;
}>;

export const editionRows: Table<EditionRow> = {
  name: 'sanctions_editions',
  columns: { jurisdiction: 'text', edition: 'text', sha256: 'text', rules: 'json' },
  key: ['jurisdiction', 'edition'],
};

/**
 * By which edition verdicts are shown (null: none is complete yet), which one is `coming`: judged
 * by down to the kind `at`, and those whose verdicts have still to be removed.
 */
export type Judged = Readonly<{
  current: string | null;
  coming: string | null;
  at: string;
  stale: readonly string[];
}>;

/** `sorting`: goods whose names are not below it were sorted into kinds by these cuts; null: all. */
export type SanctionsState = Readonly<{
  cuts: Cuts;
  sorting: string | null;
  jurisdictions: Readonly<Record<string, Judged>>;
}>;

type StateRow = Readonly<{ id: string; state: SanctionsState }>;

export const stateRows: Table<StateRow> = {
  name: 'sanctions_state',
  columns: { id: 'text', state: 'json' },
  key: ['id'],
};

/** Above every name of a stream and of a kind. */
export const top = '\u{10FFFF}';
