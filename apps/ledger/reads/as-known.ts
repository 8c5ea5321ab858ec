import { Day } from '#apps/ledger/bodies';
import { Judged, Optional } from '#apps/ledger/fields';
import { ReadQuery } from '#apps/ledger/reads/fresh-reads';
import { isKnownAt } from '#apps/ledger/reads/question';
import type { EventStore } from '#libs/store/store';
import type { Question } from '#libs/views/as-known';
import { viewsAt } from '#libs/views/as-known';
import type { Projection, ViewReader, Views } from '#libs/views/views';
import { ofSingleThings } from '#projections/projections';

function knownFault(value: unknown): string | undefined {
  return isKnownAt(value) ? undefined : 'must be a day as YYYY-MM-DD or a position in digits';
}

/** What had happened by a day, and what the ledger knew by a UTC day or a position. */
export class AsKnownQuery extends ReadQuery {
  @Optional(Day('2024-03-01')) readonly 'valid-at'?: string;
  @Optional(Judged('known-at', knownFault, { type: String, example: '2024-03-01' }))
  readonly 'known-at'?: string;
}

/** The views kept for the present; for a question others, folded of the streams that matter to it. */
export function readerFor(
  views: Views,
  store: EventStore,
  subjects: string | readonly string[],
  question: Question | undefined,
  wanted: readonly Projection[] = ofSingleThings,
): ViewReader | Promise<ViewReader> {
  if (!question) return views.reader;
  return viewsAt(store, wanted, subjects, question, today());
}

/** The day it is, UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The day a question is of when none is said: what had happened by then is judged of then. */
export function dayAsked(question: Question | undefined): string {
  return question?.validAt ?? today();
}
