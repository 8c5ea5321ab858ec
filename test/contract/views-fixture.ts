import { afterEach, beforeEach } from '@jest/globals';
import type { Projection, Table, Views, ViewSet } from '#libs/views/views';

export type Holding = Readonly<{
  subject: string;
  seq: number;
  holder: string;
  mct: number | null;
  position: bigint;
  papers: readonly string[] | null;
  until: bigint | null;
}>;

export const holdings: Table<Holding> = {
  name: 'holdings',
  columns: {
    subject: 'text',
    seq: 'integer',
    holder: 'text',
    mct: 'integer?',
    position: 'bigint',
    papers: 'json?',
    until: 'bigint?',
  },
  key: ['subject', 'seq'],
  indexes: [['holder'], ['mct'], ['position', 'subject']],
};

export const seen: Table<{ word: string }> = {
  name: 'seen',
  columns: { word: 'text' },
  key: ['word'],
  appendOnly: true,
};

/** Only appended to, with more than its key and its index tell. */
export type Line = Readonly<{
  position: bigint;
  subject: string;
  text: string;
  notes: readonly unknown[];
  until: bigint | null;
  words: number;
}>;

export const lines: Table<Line> = {
  name: 'lines',
  columns: {
    position: 'bigint',
    subject: 'text',
    text: 'text',
    notes: 'json',
    until: 'bigint?',
    words: 'integer',
  },
  key: ['position'],
  indexes: [['subject']],
  appendOnly: true,
};

const nothing = () => undefined;

/** Two projections with nothing to do: the suite writes their rows itself. */
export const contractProjections: readonly [Projection, Projection] = [
  { name: 'holding', version: 1, tables: [holdings], handles: [], project: nothing },
  { name: 'words', version: 3, tables: [seen, lines], handles: [], project: nothing },
];

export const [holding, words] = contractProjections;
export const far = 9_007_199_254_740_993n;

export function row(subject: string, seq: number, more: Partial<Holding> = {}): Holding {
  return {
    subject,
    seq,
    holder: 'alrosa',
    mct: null,
    position: 1n,
    papers: null,
    until: null,
    ...more,
  };
}

/** A new place for views; every call of what it answers opens the same rows once more. */
export type NewPlace = () => Promise<() => Views>;

/** Opens the same views twice before each test, as two processes do, and closes them behind it. */
export function openedTwice(newPlace: NewPlace) {
  let views: Views;
  let others: Views;
  beforeEach(async () => {
    const open = await newPlace();
    views = open();
    others = open();
  });
  afterEach(async () => {
    await views.close();
    await others.close();
  });

  return {
    get views() {
      return views;
    },
    get others() {
      return others;
    },
    /** Empty views of the projections of the contract, kept by the first. */
    async live(): Promise<ViewSet> {
      await views.next(contractProjections);
      await views.swap(contractProjections);
      return views.live(contractProjections);
    },
  };
}
