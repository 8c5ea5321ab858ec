import { readFileSync } from 'node:fs';
import type { LedgerEvent } from '#events/ledger-event';
import type { RecordedEvent } from '#libs/store/store';
import { memoryViews } from '#libs/views/memory';
import { reviewAll } from '#libs/views/projector';
import type { Projection, ViewReader } from '#libs/views/views';

/** What the oracle reads of a published schema of an event. */
type EventSchema = Readonly<{
  properties?: Readonly<Record<string, EventSchema>>;
  required?: readonly string[];
}>;

/**
 * The views of a ledger folded from scratch, by nothing but what corrections mean: written apart
 * from what the service runs on, to be held against it. An event reads as the last word on each of
 * its fields says; one whose last word is an annulment did not happen; a word that was annulled
 * was never said.
 */
export async function foldAnew(
  projections: readonly Projection[],
  events: readonly RecordedEvent[],
  today: string,
): Promise<ViewReader> {
  const views = memoryViews(projections);
  const set = await views.next(projections);
  const words = events.filter(isWord);
  const told = events.map((event) => ({
    event,
    reads: isWord(event) ? event : asItReads(event, words),
    isGone: !isWord(event) && isVoid(event, words),
  }));
  for (const projection of projections) {
    const writer = set.writer(projection, today);
    for (const { event, reads, isGone } of told) {
      if (!projection.handles.includes(event.type)) continue;
      if (!projection.forget) await projection.project(event, writer);
      else if (isGone) await projection.projectAnnulled?.(event, writer);
      else await projection.project(reads, writer);
    }
  }
  await set.commit(events.at(-1)?.position ?? 0n);
  await reviewAll(set, projections, () => today);
  await views.swap(projections);
  return views.reader;
}

/** Corrections are told of whatever is said of them. */
function isWord({ type }: RecordedEvent): boolean {
  return type === 'RecordCorrected' || type === 'EventAnnulled';
}

/** Whether the last word on the event is that it did not happen. */
function isVoid(event: RecordedEvent, events: readonly RecordedEvent[]): boolean {
  return events.some(
    (other) =>
      other.type === 'EventAnnulled' &&
      other.data.target.id === event.meta.id &&
      !isVoid(other, events),
  );
}

/** The event by the last word on each field. A field that its schema requires says `null` at least. */
export function asItReads(event: RecordedEvent, events: readonly RecordedEvent[]): RecordedEvent {
  const reading = structuredClone({ data: event.data, at: event.meta.at, place: event.meta.place });
  for (const other of events) {
    if (other.type !== 'RecordCorrected' || other.data.target.id !== event.meta.id) continue;
    if (isVoid(other, events)) continue;
    for (const { field, to } of other.data.changes) write(reading, field.split('.'), to);
  }
  const { data, at, place } = reading;
  fillRequired(data, dataSchema(event.type));
  const meta = { ...event.meta, at };
  if (place) meta.place = place;
  else delete meta.place;
  return { ...event, data, meta } as RecordedEvent & LedgerEvent;
}

const dataSchemas = new Map<string, EventSchema | undefined>();

function dataSchema(type: string): EventSchema | undefined {
  if (!dataSchemas.has(type)) {
    const file = new URL(`../../events/schema/${type}.json`, import.meta.url);
    const schema = JSON.parse(readFileSync(file, 'utf8')) as EventSchema;
    dataSchemas.set(type, schema.properties?.['data']);
  }
  return dataSchemas.get(type);
}

function fillRequired(value: unknown, schema: EventSchema | undefined): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(schema?.properties ?? {})) {
    if (schema?.required?.includes(name) && !(name in value))
      Object.assign(value, { [name]: null });
    fillRequired((value as Readonly<Record<string, unknown>>)[name], inner);
  }
}

function write(into: unknown, path: readonly string[], value: unknown): void {
  const [last = ''] = path.slice(-1);
  let inner = into as Record<string, unknown> | undefined;
  for (const step of path.slice(0, -1)) inner = inner?.[step] as typeof inner;
  if (typeof inner !== 'object' || inner === null) return;
  if (value === null) delete inner[last];
  else inner[last] = value;
}

/** The events that are in force, as they read. */
export function inForce(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return events
    .filter((event) => !isWord(event) && !isVoid(event, events))
    .map((event) => asItReads(event, events));
}
