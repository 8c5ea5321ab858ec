import { readFileSync } from 'node:fs';

/** One example of the rule book: goods and an import as regulation.md states them. */
export type Example = Readonly<{
  id: string;
  jur: string;
  date: string;
  hs: string;
  ct: string;
  mined: string;
  fin: string | null;
  frm: string | null;
  transitRU: boolean;
  transitBY?: boolean;
  leftRU: string | null;
  inEU: string | null;
  locThird: string | null;
  use: 'commercial' | 'personal' | 'culturalLoan' | 'inUKlawfully';
  contract?: string;
  ev: readonly string[];
  mat: 'N' | 'S';
  note?: string;
  expected: string;
  rule: string;
  citation: string;
}>;

/** The examples of a file of JSON Lines. */
export function examplesIn(file: string): readonly Example[] {
  const url = new URL(`../golden/rulebook/${file}`, import.meta.url);
  const lines = readFileSync(url, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Example);
}
