import { setImmediate as breathe } from 'node:timers/promises';
import type { Log } from '#apps/stand-in/log';
import type { LogEvent } from '#apps/stand-in/log-event';
import type { From, ReadRequest } from '#apps/stand-in/read-request';
import { eventResponse, streamNotFound } from '#apps/stand-in/read-response';
import { invalidArgument, streamDeleted } from '#apps/stand-in/refusal';
import type { Sender } from '#apps/stand-in/sender';

/** Events looked at in one go. */
const stride = 512;

/** Answers a read that ends. Throws the refusal of one that cannot be answered. */
export async function readPage(
  read: Log['read'],
  request: ReadRequest,
  page: NonNullable<ReadRequest['page']>,
  out: Sender,
): Promise<void> {
  const events =
    request.stream === undefined
      ? allEvents(read, request, page.backwards)
      : streamEvents(read, request.stream, request.from, page.backwards);
  if (events === undefined) {
    await out.send(streamNotFound(request.stream ?? ''));
    return;
  }
  let left = page.count;
  let seen = 0;
  for (const event of events) {
    if (left <= 0 || out.gone()) return;
    seen += 1;
    if (seen % stride === 0) await breathe();
    if (!event || request.filter?.matches(event) === false) continue;
    left -= 1;
    const full = out.send(eventResponse(read, event, request.shape));
    if (full) await full;
  }
}

type Events = Iterable<LogEvent | undefined>;

/** Reads of streams start at the revision given, in both directions. Undefined: no such stream. */
function streamEvents(
  read: Log['read'],
  stream: string,
  from: From,
  backwards: boolean,
): Events | undefined {
  const found = read.readable(stream);
  if (found.kind === 'deleted') throw streamDeleted(stream);
  if (found.kind !== 'found') return undefined;
  const { low, high, at } = found;
  if (backwards) {
    const first = from === 'start' ? 0 : from === 'end' ? high : Math.min(from, high);
    return steps(first, (revision) => revision >= low, -1, at);
  }
  const first = from === 'end' ? high + 1 : from === 'start' ? low : Math.max(from, low);
  return steps(first, (revision) => revision <= high, 1, at);
}

/** Forwards the event at the position is the first, backwards the one before it. */
function allEvents(read: Log['read'], { from }: ReadRequest, backwards: boolean): Events {
  const place = startPlace(read, from);
  return backwards
    ? steps(place - 1, (next) => next >= 0, -1, read.event)
    : steps(place, (next) => next < read.size(), 1, read.event);
}

/** Throws for a position inside the log where no record begins. */
export function startPlace(read: Log['read'], from: From): number {
  if (from === 'start') return 0;
  if (from === 'end') return read.size();
  const place = read.placeOf(from);
  const event = place < read.size() ? read.event(place) : undefined;
  if (event && from !== 0 && event.position !== from) {
    throw invalidArgument(`No record begins at position ${from}.`);
  }
  return place;
}

function* steps(
  first: number,
  within: (next: number) => boolean,
  step: 1 | -1,
  at: (next: number) => LogEvent | undefined,
): Generator<LogEvent | undefined> {
  for (let next = first; within(next); next += step) yield at(next);
}
