import { Refused } from '#libs/decider/decider';
import data from '#libs/documents/statements.json' with { type: 'json' };

/**
 * A text that customs wants, word for word, on days from `from` on. `confidence` as in the rule
 * book: `reported` means the content is known and the authority's own wording is not. `sources`
 * are ids of the rule book's.
 */
export type Statement = Readonly<{
  id: string;
  text: string;
  from: string;
  confidence: string;
  sources: readonly string[];
}>;

export type StatementId = keyof typeof data;

/** The text on a day. Refuses `statement-not-in-use` for a day before it was asked for. */
export function statementOn(id: StatementId, day: string): Statement {
  const found = { id, ...data[id] };
  if (found.from <= day) return found;
  throw new Refused('statement-not-in-use', `the statement is made from ${found.from} on`, {
    field: 'on',
    value: day,
    from: found.from,
  });
}

/**
 * How the US statement is filed: the ACE Document Image System takes PDF by preference (JPEG, GIF,
 * Word and Excel too, TIFF not: Sandler Travis on phase IV of its test, strtrade.com), one statement
 * on letterhead for each entry, under codes of CSMS 59635420 and 61912001 (agta.org; CBP167 from
 * 2025-01-27: thejewelrymagazine.com). The size of one message, 10 MB, is recalled and not read. No
 * resolution is asked of pages that are text: nothing in these is an image.
 */
export function aceFiling(day: string) {
  return {
    system: 'ACE Document Image System',
    agency: 'CBP',
    documentName: 'Other',
    documentType: 'Other',
    label: 'Other',
    documentCode: day < '2025-01-27' ? 'CBP03' : 'CBP167',
    format: 'PDF',
    perEntry: 1,
    mostBytes: 10_000_000,
    mostBytesConfidence: 'recalled',
  } as const;
}
