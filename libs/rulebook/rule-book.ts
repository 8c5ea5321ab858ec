import { Refused } from '#libs/decider/decider';
import { eu } from '#libs/rulebook/eu';
import { euBelarus } from '#libs/rulebook/eu-belarus';
import type { Jurisdiction } from '#libs/rulebook/rule';

/** All measures as one dated whole. A published version is never edited; a new one is added. */
export type RuleBook = Readonly<{ version: string; jurisdictions: readonly Jurisdiction[] }>;

/** Every version this build can judge by, oldest first. */
export const ruleBooks: readonly [RuleBook, ...RuleBook[]] = [
  { version: '2026.1', jurisdictions: [eu, euBelarus] },
];

/** The version asked for, or the newest. Refuses `unknown-rule-book-version`. */
export function ruleBook(version?: string): RuleBook {
  const book =
    version === undefined
      ? (ruleBooks.at(-1) ?? ruleBooks[0])
      : ruleBooks.find((each) => each.version === version);
  if (book !== undefined) return book;
  throw new Refused('unknown-rule-book-version', `rule book ${version} is not in this build`, {
    field: 'ruleBookVersion',
    value: version,
    known: ruleBooks.map((each) => each.version),
  });
}

/** Refuses `unknown-jurisdiction`. */
export function jurisdictionOf(book: RuleBook, id: string): Jurisdiction {
  const found = book.jurisdictions.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw new Refused('unknown-jurisdiction', `the rule book holds no measures of ${id}`, {
    field: 'jurisdiction',
    value: id,
    known: book.jurisdictions.map((each) => each.id),
  });
}
