import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { Refused } from '#libs/decider/decider';
import { evaluate } from '#libs/rulebook/evaluate';
import type { Facts } from '#libs/rulebook/facts';
import type { Outcome } from '#libs/rulebook/verdict';
import { factsOf } from '#projections/facts';
import { refreshed } from '#projections/way-article';
import { wayBehind, wayEvents } from '#projections/way-events';
import { evolveWay } from '#projections/way';
import type { Way } from '#projections/way';
import { forgetSubject } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/**
 * The facts import measures turn on, and what the EU's say of importing the goods today. Nothing
 * in the answer changes before `next_review_on` unless the facts do; any other day, act or
 * jurisdiction is evaluated from the facts of the way when asked.
 */
type SanctionsRow = Readonly<{
  subject: string;
  way: Way;
  outcome: Outcome;
  rule: string;
  citation: string;
  next_review_on: string | null;
  rule_book_version: string;
}>;

/** `facts` are those told to the EU's rules; other jurisdictions count territory otherwise. */
export type Sanctions = SanctionsRow & Readonly<{ facts: Facts }>;

const rows: Table<SanctionsRow> = {
  name: 'sanctions',
  columns: {
    subject: 'text',
    outcome: 'text',
    rule: 'text',
    citation: 'text',
    next_review_on: 'text?',
    rule_book_version: 'text',
    way: 'json',
  },
  key: ['subject'],
  indexes: [['next_review_on'], ['outcome']],
};

/** What import measures could say of all goods: facts, today's verdict, when to ask again. */
export const sanctions: Projection = {
  name: 'sanctions',
  version: 4,
  tables: [rows],
  handles: wayEvents,
  project,
  forget: forgetSubject(rows),
  review,
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  const row = event.revision === 0 ? undefined : await views.get(rows, { subject });
  const parent = wayBehind(event);
  const before = parent === undefined ? undefined : await views.get(rows, { subject: parent });
  const way = evolveWay(row?.way, event, before?.way);
  if (!way || way === row?.way) return;
  views.put(rows, judged(subject, way, views.today));
  if (way.setIn === null || event.type === 'StoneSet') return;
  const item = await views.get(rows, { subject: way.setIn });
  if (item) {
    views.put(rows, judged(item.subject, refreshed(item.way, subject, way), views.today));
  }
}

async function review(views: ViewWriter): Promise<void> {
  const atMost = { column: 'next_review_on', value: views.today } as const;
  for (const { subject, way } of await views.list(rows, {}, { atMost })) {
    views.put(rows, judged(subject, way, views.today));
  }
}

/** Facts that cannot be are never CLEAR: the rule book's refusal becomes UNDETERMINED. */
function judged(subject: string, way: Way, today: string): SanctionsRow {
  try {
    const { outcome, rule, citation, ...verdict } = evaluate(
      factsOf(way, 'EU'),
      'EU',
      today,
      'import',
    );
    const next_review_on = verdict.nextChangeOn;
    const rule_book_version = verdict.ruleBookVersion;
    return { subject, outcome, rule, citation, next_review_on, rule_book_version, way };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code: rule, message: citation } = error;
    const none = { next_review_on: null, rule_book_version: '' };
    return { subject, outcome: 'UNDETERMINED', rule, citation, ...none, way };
  }
}

/** What import measures turn on; `undefined` when the ledger does not know the goods. */
export async function sanctionsOf(
  views: ViewReader,
  subject: string,
): Promise<Sanctions | undefined> {
  const row = await views.get(rows, { subject });
  return row && { ...row, facts: factsOf(row.way, 'EU') };
}

/** Goods whose streams' names come before `subject` (left out: all), the last first. */
export async function sanctionsBelow(
  views: ViewReader,
  subject: string | undefined,
  limit: number,
): Promise<readonly Sanctions[]> {
  const found = await views.list(rows, {}, { ...lastFirst(subject), limit: limit + 1 });
  const others = found.filter((row) => row.subject !== subject).slice(0, limit);
  return others.map((row) => ({ ...row, facts: factsOf(row.way, 'EU') }));
}

const lastFirst = (subject: string | undefined) => ({
  orderBy: ['subject'] as const,
  descending: true,
  ...(subject !== undefined && { atMost: { column: 'subject', value: subject } as const }),
});
