import { randomUUID } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Log } from '#apps/stand-in/log';
import { startPlace } from '#apps/stand-in/read-page';
import type { ReadRequest } from '#apps/stand-in/read-request';
import { caughtUp, checkpoint, confirmation, eventResponse } from '#apps/stand-in/read-response';
import { streamDeleted } from '#apps/stand-in/refusal';
import type { Sender } from '#apps/stand-in/sender';

/** A live subscriber further behind than this catches up again, and is told so once more. */
const liveBuffer = 32;

/** Events looked at in one go. */
const stride = 512;

/** Runs until the client is gone. Throws the refusal a subscription ends with. */
export async function subscribe(log: Log, request: ReadRequest, out: Sender): Promise<void> {
  const news = commits(log, out);
  await out.send(confirmation(randomUUID()));
  try {
    if (request.stream === undefined) await followAll(log.read, request, out, news.next);
    else await followStream(log.read, request.stream, request, out, news.next);
  } finally {
    news.stop();
  }
}

/** `next` resolves once something was committed since it last did, or the client is gone. */
function commits(log: Log, out: Sender) {
  let pending = false;
  let resume: (() => void) | undefined;
  const wake = () => {
    pending = true;
    resume?.();
    resume = undefined;
  };
  out.onGone(wake);
  return {
    stop: log.onCommit(wake),
    next: async () => {
      if (!pending && !out.gone()) await new Promise<void>((resolve) => (resume = resolve));
      pending = false;
    },
  };
}

/** Starts behind the position given. Checkpoints tell how far a filter has looked. */
async function followAll(
  read: Log['read'],
  { from, filter, shape }: ReadRequest,
  out: Sender,
  next: () => Promise<void>,
): Promise<void> {
  let place = startPlace(read, from);
  if (typeof from === 'number' && read.event(place)?.position === from) place += 1;
  let live = false;
  let looked = 0;
  let told = -1;
  while (!out.gone()) {
    if (live && read.size() - place > liveBuffer) live = false;
    for (let steps = 1; place < read.size() && !out.gone(); steps += 1) {
      const event = read.event(place);
      place += 1;
      if (!event) continue;
      if (!filter || filter.matches(event)) {
        const full = out.send(eventResponse(read, event, shape));
        if (full) await full;
      }
      looked += 1;
      if (filter && looked % filter.checkpointEvery === 0) await tell(event.position);
      if (steps % stride === 0) await breathe();
    }
    if (!live) {
      live = true;
      if (filter) await tell(read.event(place - 1)?.position ?? told);
      await out.send(caughtUp());
    }
    await next();
  }

  async function tell(position: number): Promise<void> {
    if (position <= told) return;
    told = position;
    await out.send(checkpoint(position));
  }
}

/** Starts behind the revision given; waits for a stream that is not there. */
async function followStream(
  read: Log['read'],
  stream: string,
  { from, shape }: ReadRequest,
  out: Sender,
  next: () => Promise<void>,
): Promise<void> {
  const start = read.readable(stream);
  const end = start.kind === 'found' ? start.high + 1 : 0;
  let revision = from === 'start' ? 0 : from === 'end' ? end : from + 1;
  let live = from === 'end';
  if (live) await out.send(caughtUp());
  while (!out.gone()) {
    const found = read.readable(stream);
    if (found.kind === 'deleted') throw streamDeleted(stream);
    if (found.kind === 'found') {
      if (live && found.high - revision >= liveBuffer) live = false;
      revision = Math.max(revision, found.low);
      for (; revision <= found.high && !out.gone(); revision += 1) {
        const event = found.at(revision);
        const full = event && out.send(eventResponse(read, event, shape));
        if (full) await full;
        if (revision % stride === 0) await breathe();
      }
      if (!live) {
        live = true;
        await out.send(caughtUp());
      }
    }
    await next();
  }
}
