import type { FlagClosed } from '#events/flag';
import type { Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream, partyStream } from '#events/streams';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';
import type { FlagRule } from '#projections/flags/rules';

/** One kind of rule: a fold of its own over its own tables that raises flags. */
export type FlagFold = Pick<Projection, 'tables' | 'handles' | 'project'>;

/** An event a flag rests on. `position` is the ledger's, as text. */
export type FlaggedEvent = Readonly<{
  id: string;
  stream: string;
  revision: number;
  position: string;
  by: string;
}>;

/** How a flag ended: who says so, when, and why. */
export type Closing = FlagClosed['data'] & Readonly<{ by: string; at: When; position: string }>;

/**
 * A red flag: what looks wrong, by which rule, and the events that show it, the earliest first. The
 * id is made of the rule and the first two of them, so the same events raise it once, whenever and
 * however often they are folded. `streams` are the things concerned, the first of them where it showed.
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

const flags: Table<Flag> = {
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
  },
  key: ['id'],
  indexes: [['raised_position'], ['rule', 'raised_position'], ['state', 'raised_position']],
};

/** Which flags concern a stream, or a party that stated one of their events (`party-…`). */
const flagged: Table<Readonly<{ subject: string; flag: string }>> = {
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

export const flagTables = [flags, flagged, closings] as const;

export function flaggedEvent({ meta, stream, revision, position }: Recorded): FlaggedEvent {
  return { id: meta.id, stream, revision, position: String(position), by: meta.by };
}

/**
 * Raises a flag that `event` shows, resting on it and on `earlier` ones; does nothing when the same
 * events raised it before. `also` are streams concerned that none of the events is of.
 */
export async function raise(
  views: ViewWriter,
  rule: FlagRule,
  event: Recorded<LedgerEvent>,
  finding: string,
  earlier: readonly FlaggedEvent[] = [],
  also: readonly string[] = [],
): Promise<void> {
  const events = distinct([...earlier, flaggedEvent(event)]);
  const id = flagId(rule, events);
  if (await views.get(flags, { id })) return;
  const { closing = null } = (await views.get(closings, { flag: id })) ?? {};
  const streams = new Set([event.stream, ...events.map(({ stream }) => stream), ...also]);
  views.put(flags, {
    id,
    rule,
    state: closing ? 'closed' : 'open',
    subject: event.stream,
    streams: [...streams],
    events,
    finding,
    raised_position: event.position,
    raised_at: event.recordedAt,
    closing,
  });
  const parties = new Set(events.map(({ by }) => partyStream(by)));
  for (const subject of [...streams, ...parties]) views.put(flagged, { subject, flag: id });
}

/** `carats-from-nowhere.` and the ids of its first two events. */
function flagId(rule: FlagRule, events: readonly FlaggedEvent[]): string {
  return [rule, ...events.slice(0, 2).map(({ id }) => id.toLowerCase())].join('.');
}

function distinct(events: readonly FlaggedEvent[]): readonly FlaggedEvent[] {
  const byPosition = new Map(events.map((event) => [event.position, event]));
  return [...byPosition.values()].sort((a, b) =>
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

/** One flag; `undefined` when nothing raises it. */
export async function flagOf(views: ViewReader, id: string): Promise<Flag | undefined> {
  return views.get(flags, { id });
}

/** `stream` is one a flag concerns, `party` one that stated an event the flag rests on. */
export type FlagsAsked = Readonly<{
  rule?: FlagRule;
  state?: Flag['state'];
  stream?: string;
  party?: string;
}>;

/** Flags by rule, state and what they concern, the newest first. */
export async function flagsBy(
  views: ViewReader,
  { rule, state, stream, party }: FlagsAsked,
  limit: number,
): Promise<readonly Flag[]> {
  const subject = stream ?? (party === undefined ? undefined : partyStream(party));
  if (subject === undefined) {
    const where = { ...(rule && { rule }), ...(state && { state }) };
    return views.list(flags, where, {
      orderBy: ['raised_position', 'id'],
      descending: true,
      limit,
    });
  }
  const found: Flag[] = [];
  for (const { flag } of await views.list(flagged, { subject })) {
    const row = await views.get(flags, { id: flag });
    if (!row || (rule && row.rule !== rule) || (state && row.state !== state)) continue;
    if (party === undefined || row.events.some(({ by }) => by === party)) found.push(row);
  }
  return found.toSorted((a, b) => (a.raised_position > b.raised_position ? -1 : 1)).slice(0, limit);
}
