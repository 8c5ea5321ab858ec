import type { FlagClosed } from '#events/flag';
import type { Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream, partyStream } from '#events/streams';
import type { Projection, Table, ViewWriter } from '#libs/views/views';
import type { FlagRule } from '#projections/flags/rules';

/** One kind of rule: a fold of its own over its own tables that raises flags. */
export type FlagFold = Pick<Projection, 'tables' | 'handles' | 'project' | 'forget' | 'settle'>;

/** An event a flag rests on. `position` is the ledger's, as text. */
export type FlaggedEvent = Readonly<{
  id: string;
  stream: string;
  revision: number;
  position: string;
  by: string;
}>;

/** A flagged event and when it was recorded: enough to raise a flag by later. */
export type Noted = FlaggedEvent & Readonly<{ recordedAt: string }>;

/** How a flag ended: who says so, when, and why. */
export type Closing = FlagClosed['data'] & Readonly<{ by: string; at: When; position: string }>;

/**
 * A red flag: what looks wrong, by which rule, and the events that show it, the earliest first. The
 * id is made of the rule and the first two of them, so the same events raise it once, whenever and
 * however often they are folded. `streams` are the things concerned, the first of them where it showed,
 * the others in the order of their code points.
 */
export type Flag = Readonly<{
  id: string;
  rule: FlagRule;
  state: 'open' | 'closed';
  subject: string;
  streams: readonly string[];
  events: readonly FlaggedEvent[];
  finding: string;
  raised_position: bigint;
  raised_at: string;
  closing: Closing | null;
}>;

/**
 * Why a flag stands. Of one that several things show (all goods of a shipment that cannot have
 * been there) each has its ground: when corrections take back the last one, the flag goes.
 */
type Ground = Pick<Flag, 'events' | 'streams' | 'finding' | 'raised_at'> &
  Readonly<{ owner: string; position: string; closing?: Closing }>;

export const flags: Table<Flag & Readonly<{ grounds: readonly Ground[] }>> = {
  name: 'flags',
  columns: {
    id: 'text',
    rule: 'text',
    state: 'text',
    subject: 'text',
    streams: 'json',
    events: 'json',
    finding: 'text',
    raised_position: 'bigint',
    raised_at: 'text',
    closing: 'json?',
    grounds: 'json',
  },
  key: ['id'],
  indexes: [['raised_position'], ['rule', 'raised_position'], ['state', 'raised_position']],
};

/** Flags by what has a ground for them: a stream, or a group of streams. */
const grounded: Table<Readonly<{ owner: string; flag: string }>> = {
  name: 'flag_grounds',
  columns: { owner: 'text', flag: 'text' },
  key: ['owner', 'flag'],
};

/** Which flags concern a stream, or a party that stated one of their events (`party-…`). */
export const flagged: Table<Readonly<{ subject: string; flag: string }>> = {
  name: 'flags_on',
  columns: { subject: 'text', flag: 'text' },
  key: ['subject', 'flag'],
};

/** Kept apart from the flags: it outlives a flag that is raised anew by the same events. */
const closings: Table<Readonly<{ flag: string; closing: Closing }>> = {
  name: 'flag_closings',
  columns: { flag: 'text', closing: 'json' },
  key: ['flag'],
};

export const flagTables = [flags, grounded, flagged, closings] as const;

export function flaggedEvent({ meta, stream, revision, position }: Recorded): FlaggedEvent {
  return { id: meta.id, stream, revision, position: String(position), by: meta.by };
}

export function noted(event: Recorded): Noted {
  return { ...flaggedEvent(event), recordedAt: event.recordedAt };
}

/**
 * Raises a flag that `event` shows, resting on it and on `earlier` ones; the same events raise it
 * once. `also` are streams concerned that none of the events is of. `owner` has the ground for it:
 * what is forgotten when the flag must be raised anew or not at all. `closing`: what ended it by itself.
 */
export async function raise(
  views: ViewWriter,
  rule: FlagRule,
  event: Recorded<LedgerEvent> | Noted,
  finding: string,
  earlier: readonly (FlaggedEvent | Noted)[] = [],
  also: readonly string[] = [],
  owner = event.stream,
  closing?: Closing,
): Promise<void> {
  const said = 'meta' in event ? noted(event) : event;
  const events = distinct([...earlier, said]);
  const id = flagId(rule, events);
  const streams = [event.stream, ...events.map(({ stream }) => stream), ...also];
  const { recordedAt: raised_at, position } = said;
  const ground = {
    owner,
    events,
    streams,
    finding,
    raised_at,
    position,
    ...(closing && { closing }),
  };
  const before = (await views.get(flags, { id }))?.grounds ?? [];
  if (before.some((each) => each.owner === owner)) return;
  views.put(grounded, { owner, flag: id });
  await stand(views, { id, rule }, [...before, ground]);
}

/** Takes back every flag that nothing else has a ground for. */
export async function dropGrounds(views: ViewWriter, owner: string): Promise<void> {
  for (const { flag } of await views.list(grounded, { owner }))
    await dropGround(views, owner, flag);
}

/** Takes back one flag that nothing else has a ground for. */
export async function dropGround(views: ViewWriter, owner: string, id: string): Promise<void> {
  views.delete(grounded, { owner, flag: id });
  const flag = await views.get(flags, { id });
  if (!flag) return;
  await unlist(views, flag);
  const others = flag.grounds.filter((each) => each.owner !== owner);
  if (others.length > 0) await stand(views, flag, others);
  else views.delete(flags, { id });
}

/** The flag as its grounds show it: found by the earliest of them, concerning all their streams. */
async function stand(
  views: ViewWriter,
  { id, rule }: Pick<Flag, 'id' | 'rule'>,
  unordered: readonly Ground[],
): Promise<void> {
  const grounds = unordered.toSorted(byPosition);
  const [first] = grounds;
  if (!first) return;
  const { position, events, finding, raised_at } = first;
  const said = await views.get(closings, { flag: id });
  const closing = said?.closing ?? first.closing ?? null;
  const subject = first.streams[0] ?? first.owner;
  const others = new Set(grounds.flatMap(({ streams }) => streams));
  others.delete(subject);
  const flag = {
    id,
    rule,
    state: closing ? ('closed' as const) : ('open' as const),
    subject,
    streams: [subject, ...[...others].toSorted()],
    events,
    finding,
    raised_position: BigInt(position),
    raised_at,
    closing,
    grounds,
  };
  views.put(flags, flag);
  for (const on of concernedBy(flag)) views.put(flagged, { subject: on, flag: id });
}

async function unlist(views: ViewWriter, flag: Flag): Promise<void> {
  for (const subject of concernedBy(flag)) views.delete(flagged, { subject, flag: flag.id });
}

function concernedBy({ streams, events }: Flag): ReadonlySet<string> {
  return new Set([...streams, ...events.map(({ by }) => partyStream(by))]);
}

function byPosition(a: Ground, b: Ground): number {
  if (a.position !== b.position) return BigInt(a.position) < BigInt(b.position) ? -1 : 1;
  return a.owner < b.owner ? -1 : 1;
}

/** `carats-from-nowhere.` and the ids of its first two events. */
export function flagId(rule: FlagRule, events: readonly Pick<FlaggedEvent, 'id'>[]): string {
  return [rule, ...events.slice(0, 2).map(({ id }) => id.toLowerCase())].join('.');
}

function distinct(events: readonly FlaggedEvent[]): readonly FlaggedEvent[] {
  const each = events.map(({ id, stream, revision, position, by }) => {
    return [position, { id, stream, revision, position, by }] as const;
  });
  return [...new Map(each).values()].sort((a, b) =>
    BigInt(a.position) < BigInt(b.position) ? -1 : 1,
  );
}

/** The flag is closed, now or as soon as its events raise it again. */
export async function close(event: Recorded<FlagClosed>, views: ViewWriter): Promise<void> {
  const id = parseStream(event.stream)?.id ?? event.stream;
  const { data, meta, position } = event;
  const closing = { ...data, by: meta.by, at: meta.at, position: String(position) };
  views.put(closings, { flag: id, closing });
  const flag = await views.get(flags, { id });
  if (flag) views.put(flags, { ...flag, state: 'closed', closing });
}

/** The flag's own stream as it is projected anew: what closed it is told again, if it stands. */
export async function reopen(stream: string, views: ViewWriter): Promise<void> {
  const { category, id = '' } = parseStream(stream) ?? {};
  if (category !== 'flag') return;
  views.delete(closings, { flag: id });
  const flag = await views.get(flags, { id });
  const closing = flag?.grounds[0]?.closing ?? null;
  if (flag) views.put(flags, { ...flag, state: closing ? 'closed' : 'open', closing });
}
