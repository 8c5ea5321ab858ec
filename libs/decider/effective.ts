import type { CorrectionEvent, FieldChange } from '#events/correction';
import type { Event, Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';

/** What was known then: everything recorded by the end of a UTC day, or up to a position. */
export type KnownAt = Readonly<{ day: string }> | Readonly<{ position: bigint }>;

/** Whether an entry was recorded by then. */
export function isKnown(
  { recordedAt, position }: Pick<Recorded, 'recordedAt' | 'position'>,
  knownAt: KnownAt,
): boolean {
  return 'day' in knownAt ? recordedAt.slice(0, 10) <= knownAt.day : position <= knownAt.position;
}

/**
 * What is in force of a stream's history, as known at a time or now: annulled events are left out,
 * corrected ones read as they should have, at the place where they were recorded. Corrections and
 * annulments themselves are not part of it. Every fold runs on this.
 */
export function effective<E extends Event>(
  history: readonly E[],
  knownAt?: KnownAt,
): readonly Exclude<E, CorrectionEvent>[] {
  const known = knownAt
    ? history.filter((event) => isKnown(event as E & Recorded, knownAt))
    : history;
  const amendments = amendmentsIn(known);
  if (!amendments) return known as readonly Exclude<E, CorrectionEvent>[];
  return known.flatMap((event) => {
    const stands = isCorrection(event) ? undefined : amended(event, amendments);
    return stands === undefined ? [] : [stands as Exclude<E, CorrectionEvent>];
  });
}

/** What later events say of earlier ones, by id: how they should read, `null` when annulled. */
export type Amendments = ReadonlyMap<string, readonly FieldChange[] | null>;

/** `undefined` when nothing was corrected or annulled; the events are of one stream, in order. */
export function amendmentsIn(history: readonly Event[]): Amendments | undefined {
  const corrections = (history as readonly CorrectionEvent[]).filter(isCorrection);
  if (corrections.length === 0) return undefined;
  const found = new Map<string, readonly FieldChange[] | null>();
  for (const { type, data, meta } of corrections.toReversed()) {
    const { id } = data.target;
    const said = found.get(id);
    if (found.get(meta.id) === null || said === null) continue;
    found.set(id, type === 'EventAnnulled' ? null : [...data.changes, ...(said ?? [])]);
  }
  return found;
}

/** The event as it stands, the same object when nothing changed it; `undefined` when annulled. */
export function amended<E extends Event>(event: E, amendments: Amendments): E | undefined {
  const changes = amendments.get(event.meta.id);
  if (changes === null) return undefined;
  if (changes === undefined) return event;
  const { data, meta } = event;
  let read: unknown = { data, at: meta.at, place: meta.place };
  const kept = neverLeftOut[event.type];
  for (const { field, to } of changes) read = changed(read, field.split('.'), to, field === kept);
  const { place, at, data: said } = read as Pick<E, 'data'> & Event['meta'];
  const { place: _, ...others } = meta;
  return { ...event, data: said, meta: { ...others, at, ...(place && { place }) } };
}

/** The field that says `null` where there is nothing; any other that is taken away is left out. */
const neverLeftOut: Readonly<Partial<Record<string, string>>> = {
  StoneOpened: 'data.owner',
  ParcelOpened: 'data.owner',
  MixReceived: 'data.owner',
  StoneUnset: 'data.owner',
  StoneLetGo: 'data.owner',
  ItemBrokenUp: 'data.owner',
  Forfeited: 'data.from',
  CertificateForgerySuspected: 'data.shipment',
  CertificateForgeryConfirmed: 'data.shipment',
  CertificateForgeryDismissed: 'data.shipment',
  TitleContestResolved: 'data.passed.from',
  HallmarkRecognised: 'data.judgement.agreement',
} satisfies Partial<Record<LedgerEvent['type'], string>>;

export function isCorrection<E extends Event>(event: E): event is E & CorrectionEvent {
  return event.type === 'RecordCorrected' || event.type === 'EventAnnulled';
}

/** What stands at the path in a statement; `null` when nothing does. */
export function readAt(event: Event, field: string): unknown {
  const { data, meta } = event;
  let value: unknown = { data, at: meta.at, place: meta.place };
  for (const step of field.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value ?? null;
}

/** A copy with another value at the path; only the last step of it may be new, or go, if it may. */
function changed(
  value: unknown,
  [step = '', ...rest]: readonly string[],
  to: unknown,
  stays: boolean,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.hasOwn(value, step)
    ? (value as Readonly<Record<string, unknown>>)[step]
    : undefined;
  if (rest.length > 0 && inner === undefined) return value;
  const next = rest.length === 0 ? to : changed(inner, rest, to, stays);
  if (Array.isArray(value)) return value.with(Number(step), next);
  if (rest.length > 0 || next !== null || stays) return { ...value, [step]: next };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== step));
}
