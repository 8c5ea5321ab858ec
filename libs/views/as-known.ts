import { v5 as uuidV5 } from 'uuid';
import type { LedgerEvent } from '#events/ledger-event';
import { articlesOf, cargoOf, childrenOf, parentsOf } from '#events/kin';
import { parseStream, partyStream } from '#events/streams';
import type { KnownAt } from '#libs/decider/effective';
import { effective, isCorrection, isKnown } from '#libs/decider/effective';
import { Refused } from '#libs/decider/decider';
import { daysOf, isAfterNow } from '#libs/decider/when';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { withCarried } from '#libs/views/carried';
import { replay } from '#libs/views/replay';
import type { Projection, ViewReader } from '#libs/views/views';

/**
 * Two different questions: what was true on a day (`validAt`, by when things happened) and what
 * the ledger knew then (`knownAt`, by when they were recorded).
 */
export type Question = Readonly<{ validAt?: string; knownAt?: KnownAt }>;

/**
 * Refuses what nothing recorded can answer: a `validAt` that has begun nowhere on Earth, as acts are,
 * and a `knownAt` of a UTC day after today's (`in-the-future`) or of a position behind the ledger's
 * end (`not-yet-recorded`). Today can be asked for, and is answered with what is known so far. `now` is
 * an ISO 8601 UTC instant.
 */
export function refuseToCome({ validAt, knownAt }: Question, end: bigint, now: string): void {
  if (validAt !== undefined && isAfterNow({ time: validAt, precision: 'day' }, now)) {
    throw new Refused('in-the-future', `valid-at ${validAt} has not begun`, { field: 'valid-at' });
  }
  if (!knownAt) return;
  const details = { field: 'known-at' };
  if ('day' in knownAt && knownAt.day > now.slice(0, 10)) {
    throw new Refused('in-the-future', `known-at ${knownAt.day} has not begun in UTC`, details);
  }
  if ('position' in knownAt && knownAt.position > end) {
    const { position } = knownAt;
    const message = `known-at ${position} is not recorded yet: the ledger ends at ${end}`;
    throw new Refused('not-yet-recorded', message, details);
  }
}

/**
 * Views as the question wants them, replayed from the streams that matter: the things asked about
 * (goods, jewellery, papers), all they came out of, stones set in them, what was made of them, and
 * the parties named.
 */
export async function viewsAt(
  store: Pick<EventStore, 'read'>,
  projections: readonly Projection[],
  subjects: string | readonly string[],
  question: Question,
  today: string,
): Promise<ViewReader> {
  const streams = new Map<string, readonly RecordedEvent[]>();
  const asked = typeof subjects === 'string' ? [subjects] : subjects;
  for (const subject of asked) await upwards(store, subject, question, streams);
  for (const subject of asked) await downwards(store, subject, question, streams);
  const goods = [...streams.values()].flat();
  const parties = [...partiesIn(goods)];
  for (let party = parties.pop(); party !== undefined; party = parties.pop()) {
    const stream = partyStream(party);
    if (streams.has(stream)) continue;
    const events = await cut(store, await store.read(stream), question, streams);
    streams.set(stream, events);
    parties.push(...events.flatMap(ownersIn));
  }
  return replayed(projections, streams, dayOf(question, streams, today));
}

/**
 * The same of the things alone, what they came out of and what they were set in: for lists, as a lot
 * may have thousands of stones that came out of it. A party asked about itself is as it was by the day.
 */
export async function listedAt(
  store: Pick<EventStore, 'read'>,
  projections: readonly Projection[],
  subjects: readonly string[],
  question: Question,
  today: string,
): Promise<ViewReader> {
  const streams = new Map<string, readonly RecordedEvent[]>();
  const { validAt } = question;
  for (const subject of subjects) {
    await upwards(store, subject, question, streams);
    const known = streams.get(subject);
    for (const item of (known ?? []).flatMap(articlesOf)) {
      await upwards(store, item, question, streams);
    }
    if (known && validAt !== undefined && subject.startsWith('party-')) {
      streams.set(subject, saidOf(known, validAt));
    }
  }
  return replayed(projections, streams, today);
}

/**
 * The day it is in a question: that of the question, no later than `today`. When a position was
 * recorded is not looked up: it is the day on which the last was recorded of what is folded.
 */
function dayOf(
  { validAt = '9999-12-31', knownAt }: Question,
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
  today: string,
): string {
  const days = [today, validAt];
  if (knownAt && 'day' in knownAt) days.push(knownAt.day);
  else if (knownAt) {
    const recorded = [...streams.values()].map((events) => events.at(-1)?.recordedAt ?? '');
    days.push((recorded.toSorted().at(-1) ?? today).slice(0, 10));
  }
  return days.toSorted()[0] ?? today;
}

function replayed(
  projections: readonly Projection[],
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
  today: string,
): Promise<ViewReader> {
  const events = [...streams.values()].flat().sort(byPosition);
  return replay(projections, events, today);
}

/** The things asked about and, beside a shipment, the goods it carries: a verdict on it is on these. */
export async function withCargo(
  store: Pick<EventStore, 'read'>,
  subjects: readonly string[],
): Promise<readonly string[]> {
  const all = new Set(subjects);
  for (const subject of subjects) {
    if (parseStream(subject)?.category !== 'shipment') continue;
    for (const stream of (await store.read(subject)).flatMap(cargoOf)) all.add(stream);
  }
  return [...all];
}

async function upwards(
  store: Pick<EventStore, 'read'>,
  stream: string,
  question: Question,
  streams: Map<string, readonly RecordedEvent[]>,
): Promise<void> {
  if (streams.has(stream) || !parseStream(stream)) return;
  streams.set(stream, []);
  const recorded = await store.read(stream);
  for (const event of recorded) {
    for (const parent of parentsOf(event)) await upwards(store, parent, question, streams);
  }
  streams.set(stream, await cut(store, recorded, question, streams));
}

async function downwards(
  store: Pick<EventStore, 'read'>,
  stream: string,
  question: Question,
  streams: Map<string, readonly RecordedEvent[]>,
): Promise<void> {
  for (const child of (streams.get(stream) ?? []).flatMap(childrenOf)) {
    if (streams.has(child)) continue;
    streams.set(child, await cut(store, await store.read(child), question, streams));
    await downwards(store, child, question, streams);
  }
}

/** The events in force of one stream by what the question admits. */
export async function eventsAt(
  store: Pick<EventStore, 'read'>,
  stream: string,
  question: Question | undefined,
): Promise<readonly RecordedEvent[]> {
  const recorded = await store.read(stream);
  const known = await cut(store, recorded, question ?? {}, new Map());
  return effective(known) as readonly RecordedEvent[];
}

/**
 * The beginning of a stream that the question admits. By what was known then, corrections included,
 * it is cut at the first event beyond the day, never thinned out. A time known only as a month or
 * year counts from its first day. Corrections stay, as far as what they are of does. A party named
 * is not cut by the day: what is stated of it bears days of its own.
 */
async function cut(
  store: Pick<EventStore, 'read'>,
  recorded: readonly RecordedEvent[],
  { validAt, knownAt }: Question,
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
): Promise<readonly RecordedEvent[]> {
  const known = knownAt
    ? await withCarried(store, recorded, (all) => knownOf(all, knownAt), streams)
    : recorded;
  if (validAt === undefined || recorded[0]?.stream.startsWith('party-')) return known;
  return happenedBy(known, validAt, streams);
}

function happenedBy(
  known: readonly RecordedEvent[],
  validAt: string,
  streams?: ReadonlyMap<string, readonly RecordedEvent[]>,
): readonly RecordedEvent[] {
  const beyond = effective(known).find((event) => {
    return daysOf(event.meta.at).first > validAt || (streams && !hasParent(event, streams));
  });
  if (!beyond) return known;
  return withCorrections(known, ({ revision }) => revision < beyond.revision);
}

/** Of a party all that had happened by the day, as its acts stand in the order of their concerns. */
function saidOf(known: readonly RecordedEvent[], validAt: string): readonly RecordedEvent[] {
  const beyond = effective(known).filter(({ meta }) => daysOf(meta.at).first > validAt);
  const late = new Set(beyond.map(({ meta }) => meta.id));
  return withCorrections(known, ({ meta }) => !late.has(meta.id));
}

function withCorrections(
  known: readonly RecordedEvent[],
  isKept: (event: RecordedEvent) => boolean,
): readonly RecordedEvent[] {
  const kept = known.filter((event) => !isCorrection(event) && isKept(event));
  const ids = new Set(kept.map(({ meta }) => meta.id));
  const corrections = known.filter((event) => {
    if (!isCorrection(event) || !ids.has(event.data.target.id)) return false;
    return ids.add(event.meta.id);
  });
  return [...kept, ...corrections];
}

/**
 * What was recorded by then. A position within an act is the act's: what follows in its own stream from
 * a correction was recorded with it, and nobody ever knew the one without the other.
 */
function knownOf(recorded: readonly RecordedEvent[], knownAt: KnownAt): readonly RecordedEvent[] {
  if ('day' in knownAt) return recorded.filter((event) => isKnown(event, knownAt));
  let count = recorded.findIndex((event) => !isKnown(event, knownAt));
  if (count < 0) return recorded;
  while (count > 0 && isOfSameAct(recorded, count)) count += 1;
  return recorded.slice(0, count);
}

/** The events of one command have ids made of the first one's. */
function isOfSameAct(recorded: readonly RecordedEvent[], at: number): boolean {
  const event = recorded[at];
  for (let first = at - 1; event && first >= 0; first--) {
    const { meta, recordedAt } = recorded[first] ?? event;
    if (recordedAt !== event.recordedAt) return false;
    if (uuidV5(String(at - first), meta.id) === event.meta.id) return true;
  }
  return false;
}

/** What came out of something is there only once that is. */
function hasParent(
  event: LedgerEvent,
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
): boolean {
  if (event.type !== 'StoneOpened' && event.type !== 'ParcelOpened') return true;
  const { stream, revision } = event.data.parent;
  return streams.get(stream)?.some((event) => event.revision === revision) === true;
}

function partiesIn(events: readonly RecordedEvent[]): ReadonlySet<string> {
  const named = ['from', 'to', 'buyer', 'owner', 'custodian', 'laboratory'];
  return new Set(
    events.flatMap(({ meta, data }) => {
      const said = data as Readonly<Record<string, unknown>>;
      const others = named.map((field) => said[field]).filter((id) => typeof id === 'string');
      return [meta.by, ...others];
    }),
  );
}

function ownersIn(event: RecordedEvent): readonly string[] {
  if (event.type !== 'OwnershipDeclared') return [];
  return event.data.shareholders.flatMap(({ party }) => party ?? []);
}

function byPosition(a: RecordedEvent, b: RecordedEvent): number {
  return a.position < b.position ? -1 : 1;
}
