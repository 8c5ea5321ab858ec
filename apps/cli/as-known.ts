import { usage } from '#apps/cli/failure';
import {
  parcelStream,
  parseStream,
  partId,
  partyStream,
  singledOutId,
  stoneStream,
} from '#events/streams';
import { daysOf } from '#libs/decider/when';
import { isDay } from '#libs/reference/calendar';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import type { ViewReader } from '#libs/views/views';
import { replay } from '#libs/views/replay';
import { projections } from '#projections/projections';

/** What was known then: everything recorded by the end of a UTC day, or up to a position. */
export type KnownAt = Readonly<{ day: string }> | Readonly<{ position: bigint }>;

/**
 * Two different questions: what was true on a day (`validAt`, by when things happened) and what
 * the ledger knew then (`knownAt`, by when they were recorded).
 */
export type Question = Readonly<{ validAt?: string; knownAt?: KnownAt }>;

/** Reads the options; throws a usage {@link Failure} for what is neither a day nor a position. */
export function questionOf(
  options: Readonly<{ validAt?: string; knownAt?: string }>,
): Question | undefined {
  const { validAt, knownAt } = options;
  if (validAt === undefined && knownAt === undefined) return undefined;
  return {
    ...(validAt !== undefined && { validAt: dayOf('--valid-at', validAt) }),
    ...(knownAt !== undefined && { knownAt: knownAtOf(knownAt) }),
  };
}

export function knownAtOf(text: string): KnownAt {
  if (/^\d{1,18}$/.test(text)) return { position: BigInt(text) };
  if (isDay(text)) return { day: text };
  throw usage(`--known-at takes a day as YYYY-MM-DD or a position, not “${text}”`);
}

export function dayOf(option: string, text: string): string {
  if (isDay(text)) return text;
  throw usage(`${option} takes a day as YYYY-MM-DD, not “${text}”`);
}

/**
 * Views as the question wants them, replayed from the streams that matter: the goods, all they
 * came out of, what was made of them, and the parties named.
 */
export async function viewsAt(
  store: EventStore,
  subject: string,
  question: Question,
  today: string,
): Promise<ViewReader> {
  const streams = new Map<string, readonly RecordedEvent[]>();
  await upwards(store, subject, question, streams);
  await downwards(store, subject, question, streams);
  const goods = [...streams.values()].flat();
  const parties = [...partiesIn(goods)];
  for (let party = parties.pop(); party !== undefined; party = parties.pop()) {
    const stream = partyStream(party);
    if (streams.has(stream)) continue;
    const events = await cut(store, stream, question, streams);
    streams.set(stream, events);
    parties.push(...events.flatMap(ownersIn));
  }
  const events = [...streams.values()].flat().sort(byPosition);
  return replay(projections, events, today);
}

async function upwards(
  store: EventStore,
  stream: string,
  question: Question,
  streams: Map<string, readonly RecordedEvent[]>,
): Promise<void> {
  if (streams.has(stream) || !parseStream(stream)) return;
  streams.set(stream, []);
  for (const event of await store.read(stream)) {
    const parent = parentOf(event);
    if (parent !== undefined) await upwards(store, parent, question, streams);
  }
  streams.set(stream, await cut(store, stream, question, streams));
}

async function downwards(
  store: EventStore,
  stream: string,
  question: Question,
  streams: Map<string, readonly RecordedEvent[]>,
): Promise<void> {
  for (const child of (streams.get(stream) ?? []).flatMap(childrenOf)) {
    if (streams.has(child)) continue;
    streams.set(child, await cut(store, child, question, streams));
    await downwards(store, child, question, streams);
  }
}

/**
 * The beginning of a stream that the question admits. A stream is cut at the first event beyond
 * it, never thinned out. A time known only as a month or year counts from its first day.
 */
async function cut(
  store: EventStore,
  stream: string,
  { validAt, knownAt }: Question,
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
): Promise<readonly RecordedEvent[]> {
  const events = await store.read(stream);
  const isParty = stream.startsWith('party-');
  const beyond = events.findIndex((event) => {
    if (knownAt && !isKnown(event, knownAt)) return true;
    if (validAt === undefined || isParty) return false;
    return daysOf(event.meta.at).first > validAt || !hasParent(event, streams);
  });
  return beyond < 0 ? events : events.slice(0, beyond);
}

function isKnown({ recordedAt, position }: RecordedEvent, knownAt: KnownAt): boolean {
  return 'day' in knownAt ? recordedAt.slice(0, 10) <= knownAt.day : position <= knownAt.position;
}

/** What came out of something is there only once that is. */
function hasParent(
  event: RecordedEvent,
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
): boolean {
  if (event.type !== 'StoneOpened' && event.type !== 'ParcelOpened') return true;
  const { stream, revision } = event.data.parent;
  return (streams.get(stream)?.length ?? 0) > revision;
}

function parentOf(event: RecordedEvent): string | undefined {
  switch (event.type) {
    case 'StoneOpened':
    case 'ParcelOpened':
      return event.data.parent.stream;
    case 'MixReceived':
      return event.data.from.stream;
    default:
      return undefined;
  }
}

function childrenOf(event: RecordedEvent): readonly string[] {
  const id = parseStream(event.stream)?.id ?? event.stream;
  switch (event.type) {
    case 'PolishedDiamondProduced':
      return [stoneStream(partId(id, event.data.n))];
    case 'RoughSawn':
    case 'RoughCleaved':
      return event.data.pieces.map(({ n }) => stoneStream(partId(id, n)));
    case 'StoneSingledOut':
      return [stoneStream(singledOutId(id, event.data.n))];
    case 'ParcelSorted':
    case 'ParcelSplit':
      return event.data.parts.map(({ n }) => parcelStream(partId(id, n)));
    default:
      return [];
  }
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
