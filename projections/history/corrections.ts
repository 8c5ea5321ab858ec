import type { CorrectionEvent, FieldChange } from '#events/correction';
import type { DocumentRef, Recorded, When } from '#events/event';
import type { Table, ViewReader } from '#libs/views/views';

/**
 * A correction or annulment as readers are told of it; `changes` are the values that were struck
 * out and those that count. `cause` is the correction elsewhere that it follows.
 */
export type Correction = Readonly<{
  subject: string;
  revision: number;
  kind: 'corrected' | 'annulled';
  target_revision: number;
  changes: readonly FieldChange[];
  reason: string;
  position: bigint;
  at: When;
  recorded_at: string;
  by: string;
  documents: readonly DocumentRef[] | null;
  cause: string | null;
}>;

export const corrections: Table<Correction> = {
  name: 'corrections',
  columns: {
    subject: 'text',
    revision: 'integer',
    kind: 'text',
    target_revision: 'integer',
    changes: 'json',
    reason: 'text',
    position: 'bigint',
    at: 'json',
    recorded_at: 'text',
    by: 'text',
    documents: 'json?',
    cause: 'text?',
  },
  key: ['subject', 'revision'],
};

export function correctionOf(event: Recorded<CorrectionEvent>): Correction {
  const { stream: subject, revision, meta, position, recordedAt, data } = event;
  const isCorrected = event.type === 'RecordCorrected';
  return {
    subject,
    revision,
    kind: isCorrected ? 'corrected' : 'annulled',
    target_revision: data.target.revision,
    changes: isCorrected ? event.data.changes : [],
    reason: data.reason,
    position,
    at: meta.at,
    recorded_at: recordedAt,
    by: meta.by,
    documents: meta.documents ?? null,
    cause: isCorrected ? (event.data.cause ?? null) : null,
  };
}

/** The corrections in force of a stream, by the revision they are of. */
export async function correctionsOf(
  views: ViewReader,
  subject: string,
): Promise<ReadonlyMap<number, readonly Correction[]>> {
  const found = new Map<number, readonly Correction[]>();
  const undone = new Set<number>();
  for (const each of (await views.list(corrections, { subject })).toReversed()) {
    if (undone.has(each.revision)) continue;
    const of = each.target_revision;
    found.set(of, [each, ...(found.get(of) ?? [])]);
    if (each.kind === 'annulled') undone.add(of);
  }
  return found;
}
