import { setTimeout as sleep } from 'node:timers/promises';
import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Context } from '#apps/stand-in/context';
import { readPage } from '#apps/stand-in/read-page';
import { readRequest } from '#apps/stand-in/read-request';
import { notReady, unavailable } from '#apps/stand-in/refusal';
import { sender, type Sender } from '#apps/stand-in/sender';
import { subscribe } from '#apps/stand-in/subscription';
import { checkCall } from '#apps/stand-in/unary-calls';

type Call = ServerWritableStream<ReadReq, Uint8Array>;

/** Reads and subscriptions of streams and of `$all`. Responses are bytes already. */
export function readCall(context: Context): handleServerStreamingCall<ReadReq, Uint8Array> {
  return (call) => {
    const out = sender(call, context.traffic);
    serve(context, call, out).then(
      () => call.end(),
      (error: unknown) => {
        if (!out.gone()) call.emit('error', error);
      },
    );
  };
}

async function serve(context: Context, call: Call, out: Sender): Promise<void> {
  checkCall(context, call.metadata, false);
  const request = readRequest(call.request);
  const open = request.page ? 'openReads' : 'openSubscriptions';
  context.traffic[open] += 1;
  try {
    const faulty = await meetFault(context, call, out, request.page ? 'read' : 'subscribe');
    if (!faulty) return;
    if (request.page) await readPage(context.log.read, request, request.page, faulty);
    else await Promise.race([subscribe(context.log, request, faulty), dropped(context, out)]);
  } finally {
    context.traffic[open] -= 1;
  }
}

/** Rejects when the server drops the subscription. */
async function dropped({ subscriptions }: Context, out: Sender): Promise<never> {
  return new Promise((_, reject) => {
    subscriptions.add(reject);
    out.onGone(() => subscriptions.delete(reject));
  });
}

/** Undefined: the call came to nothing. */
async function meetFault(
  { faults, cut }: Context,
  call: Call,
  out: Sender,
  on: 'read' | 'subscribe',
): Promise<Sender | undefined> {
  const fault = faults.take(on);
  switch (fault?.does) {
    case 'cut':
      cut(call.getPeer());
      return undefined;
    case 'unavailable':
      throw unavailable();
    case 'not-ready':
      throw notReady();
    case 'delay-reply':
      await sleep(fault.ms);
      return out;
    case 'cut-after-events':
      return cutting(out, fault.events ?? 0, () => cut(call.getPeer()));
    default:
      return out;
  }
}

/** Passes so many responses on, then the connection dies. */
function cutting(out: Sender, events: number, cut: () => void): Sender {
  let left = events;
  return {
    ...out,
    send(response) {
      left -= 1;
      if (left < 0) {
        cut();
        return new Promise((resolve) => out.onGone(resolve));
      }
      return out.send(response);
    },
  };
}
