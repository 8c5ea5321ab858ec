import { partyStream } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import { flagged, flags, type Flag } from '#projections/flags/flag';
import type { FlagRule } from '#projections/flags/rules';

/** One flag; `undefined` when nothing raises it. */
export async function flagOf(views: ViewReader, id: string): Promise<Flag | undefined> {
  const row = await views.get(flags, { id });
  return row && shown(row);
}

/** What tells a flag's grounds apart is the projection's own. */
function shown({ grounds: _, ...flag }: Flag & Readonly<{ grounds: unknown }>): Flag {
  return flag;
}

/**
 * `stream` is one a flag concerns, `party` one that stated an event the flag rests on, `after` the
 * place where a page before ended ({@link flagPlaceOf}).
 */
export type FlagsAsked = Readonly<{
  rule?: FlagRule;
  state?: Flag['state'];
  stream?: string;
  party?: string;
  after?: string;
}>;

/** The position a flag is listed at, and its id. */
export const flagPlaceForm = /^(0|[1-9]\d{0,17}):([a-z0-9.-]{1,200})$/;

/** Where the next page goes on; `null` after one that is not full. */
export function flagPlaceOf(found: readonly Flag[], limit: number): string | null {
  const last = found.at(-1);
  return last && found.length === limit ? `${last.raised_position}:${last.id}` : null;
}

/** Flags by rule, state and what they concern, the newest first. */
export async function flagsBy(
  views: ViewReader,
  { rule, state, stream, party, after }: FlagsAsked,
  limit: number,
): Promise<readonly Flag[]> {
  const [, position, last = ''] = flagPlaceForm.exec(after ?? '') ?? [];
  const from = position === undefined ? null : { position: BigInt(position), id: last };
  const subject = stream ?? (party === undefined ? undefined : partyStream(party));
  if (subject === undefined) {
    const where = { ...(rule && { rule }), ...(state && { state }) };
    return (await pageFrom(views, where, from, limit)).map(shown);
  }
  const found: Flag[] = [];
  for (const { flag } of await views.list(flagged, { subject })) {
    const row = await views.get(flags, { id: flag });
    if (!row || (rule && row.rule !== rule) || (state && row.state !== state)) continue;
    if (from && !isBehind(row, from)) continue;
    if (party === undefined || row.events.some(({ by }) => by === party)) found.push(shown(row));
  }
  return found.toSorted(newestFirst).slice(0, limit);
}

type Place = Readonly<{ position: bigint; id: string }>;

/** What one event raised stands at one position: the page before may have ended among it. */
async function pageFrom(
  views: ViewReader,
  where: Readonly<Pick<FlagsAsked, 'rule' | 'state'>>,
  from: Place | null,
  limit: number,
) {
  const order = { orderBy: ['raised_position', 'id'], descending: true } as const;
  if (!from) return views.list(flags, where, { ...order, limit });
  const { length } = await views.list(flags, { raised_position: from.position });
  const atMost = { column: 'raised_position', value: from.position } as const;
  const rows = await views.list(flags, where, { ...order, atMost, limit: limit + length });
  return rows.filter((row) => isBehind(row, from)).slice(0, limit);
}

function isBehind({ raised_position: at, id }: Flag, from: Place): boolean {
  return at < from.position || (at === from.position && id < from.id);
}

function newestFirst(a: Flag, b: Flag): number {
  return isBehind(b, { position: a.raised_position, id: a.id }) ? -1 : 1;
}
