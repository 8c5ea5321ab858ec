import { Refused } from '#libs/decider/decider';
import type { Jurisdiction } from '#libs/rulebook/rule';
import caBelarus from '#libs/rulebook/rules/ca-belarus.json' with { type: 'json' };
import ca from '#libs/rulebook/rules/ca.json' with { type: 'json' };
import chBelarus from '#libs/rulebook/rules/ch-belarus.json' with { type: 'json' };
import ch from '#libs/rulebook/rules/ch.json' with { type: 'json' };
import euBelarus from '#libs/rulebook/rules/eu-belarus.json' with { type: 'json' };
import eu from '#libs/rulebook/rules/eu.json' with { type: 'json' };
import jp from '#libs/rulebook/rules/jp.json' with { type: 'json' };
import liBelarus from '#libs/rulebook/rules/li-belarus.json' with { type: 'json' };
import li from '#libs/rulebook/rules/li.json' with { type: 'json' };
import uk from '#libs/rulebook/rules/uk.json' with { type: 'json' };
import us from '#libs/rulebook/rules/us.json' with { type: 'json' };

/** All measures as one dated whole. A published version is never edited; a new one is added. */
export type RuleBook = Readonly<{ version: string; jurisdictions: readonly Jurisdiction[] }>;

/** Their shape is checked against `rules/jurisdiction.schema.json`, the rest by `faultsOf`. */
const measures: readonly unknown[] = [
  eu,
  us,
  uk,
  ca,
  jp,
  ch,
  li,
  euBelarus,
  chBelarus,
  liBelarus,
  caBelarus,
];

/** Every version this build can judge by, oldest first. */
export const ruleBooks: readonly [RuleBook, ...RuleBook[]] = [
  { version: '2026.1', jurisdictions: measures as readonly Jurisdiction[] },
];

/** The version asked for, or the newest. Refuses `unknown-rule-book-version`. */
export function ruleBook(version?: string): RuleBook {
  const book =
    version === undefined
      ? (ruleBooks.at(-1) ?? ruleBooks[0])
      : ruleBooks.find((each) => each.version === version);
  if (book !== undefined) return book;
  throw new Refused(
    'unknown-rule-book-version',
    `version ${version} of the rule book is neither in this build nor adopted`,
    {
      field: 'ruleBookVersion',
      value: version,
      known: ruleBooks.map((each) => each.version),
    },
  );
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

/** Those that have lists of persons of their own; measures on Belarus are of the same ones. */
export const designatingJurisdictions: readonly string[] = ruleBook()
  .jurisdictions.map(({ id }) => id)
  .filter((id) => id.length === 2);
