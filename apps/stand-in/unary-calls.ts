import type {
  handleClientStreamingCall,
  handleUnaryCall,
  Metadata,
  sendUnaryData,
  ServerReadableStream,
} from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected } from '#apps/stand-in/admission';
import { store, type Context, type Stored } from '#apps/stand-in/context';
import { proposedSize, type Proposal } from '#apps/stand-in/log-event';
import { proposal, type ProposedMessage } from '#apps/stand-in/proposal';
import {
  accessDenied,
  appendTooLarge,
  notLeader,
  notReady,
  streamDeleted,
  thrown,
  timedOut,
  unauthenticated,
  unavailable,
  wrongExpectedVersion,
} from '#apps/stand-in/refusal';

/** Throws the refusal of a call that may not be made here. */
export function checkCall(context: Context, metadata: Metadata, writes: boolean): void {
  const access = context.access(metadata);
  if (access === 'unauthenticated') throw unauthenticated();
  if (access === 'denied') throw accessDenied();
  const leadership = context.leadership(metadata, writes);
  if (leadership === 'no-leader') throw notReady();
  if (leadership !== 'serves') throw notLeader(leadership.host, leadership.port);
}

/** Append with a call of its own: options first, then one message an event. */
export function appendCall(context: Context): handleClientStreamingCall<AppendReq, AppendResp> {
  return (call, callback) =>
    void answer(callback, async () => {
      checkCall(context, call.metadata, true);
      const { stream, expected, proposals } = await appendRequest(call, context.maxAppendSize);
      const stored = await store(context, call.getPeer(), () =>
        context.log.append(stream, expected, proposals),
      );
      if (stored.kind === 'wrong') return wrongVersionResponse(expected, stored.current);
      return success(stream, stored);
    });
}

async function appendRequest(
  call: ServerReadableStream<AppendReq, AppendResp>,
  limit: number,
): Promise<Readonly<{ stream: string; expected: Expected; proposals: readonly Proposal[] }>> {
  let options: AppendReq.Options | undefined;
  const proposals: Proposal[] = [];
  let size = 0;
  for await (const chunk of call) {
    const request = chunk as AppendReq;
    const message: ProposedMessage | undefined = request.getProposedMessage();
    if (options === undefined) {
      options = request.getOptions();
      if (!options) throw thrown();
    } else if (message) {
      const proposed = proposal(message);
      size += proposedSize(proposed);
      if (size > limit) throw appendTooLarge(limit);
      proposals.push(proposed);
    } else {
      throw thrown();
    }
  }
  if (!options) throw thrown();
  return { stream: streamOf(options), expected: expectedOf(options), proposals };
}

function success(stream: string, stored: Exclude<Stored, { kind: 'wrong' }>) {
  const done = recorded(stream, stored);
  if (!done) return undefined;
  const body = new streams.AppendResp.Success();
  if (done.revision < 0) body.setNoStream(new shared.Empty());
  else body.setCurrentRevision(String(done.revision));
  const position = new streams.AppendResp.Position();
  body.setPosition(withPosition(position, done.position));
  return new streams.AppendResp().setSuccess(body);
}

/** Unary appends answer a lost race in the response, with the fields of old clients filled too. */
function wrongVersionResponse(expected: Expected, current: number): AppendResp {
  const body = new streams.AppendResp.WrongExpectedVersion();
  if (current < 0) {
    body.setCurrentNoStream(new shared.Empty()).setNoStream2060(new shared.Empty());
  } else {
    body.setCurrentRevision(String(current)).setCurrentRevision2060(current);
  }
  if (expected === 'any') body.setExpectedAny(new shared.Empty()).setAny2060(new shared.Empty());
  else if (expected === 'no_stream') body.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') {
    body.setExpectedStreamExists(new shared.Empty()).setStreamExists2060(new shared.Empty());
  } else body.setExpectedRevision(String(expected)).setExpectedRevision2060(expected);
  return new streams.AppendResp().setWrongExpectedVersion(body);
}

export function deleteCall(context: Context): handleUnaryCall<DeleteReq, DeleteResp> {
  return (call, callback) =>
    void answer(callback, async () => {
      const position = await remove(context, call, call.request.getOptions(), false);
      if (position === undefined) return undefined;
      const at = withPosition(new streams.DeleteResp.Position(), position);
      return new streams.DeleteResp().setPosition(at);
    });
}

export function tombstoneCall(context: Context): handleUnaryCall<TombstoneReq, TombstoneResp> {
  return (call, callback) =>
    void answer(callback, async () => {
      const position = await remove(context, call, call.request.getOptions(), true);
      if (position === undefined) return undefined;
      const at = withPosition(new streams.TombstoneResp.Position(), position);
      return new streams.TombstoneResp().setPosition(at);
    });
}

async function remove(
  context: Context,
  call: Readonly<{ metadata: Metadata; getPeer: () => string }>,
  options: DeleteReq.Options | TombstoneReq.Options | undefined,
  hard: boolean,
): Promise<number | undefined> {
  checkCall(context, call.metadata, true);
  if (!options) throw thrown();
  const stream = streamOf(options);
  const expected = expectedOf(options);
  const stored = await store(context, call.getPeer(), () =>
    context.log.remove(stream, expected, hard),
  );
  if (stored.kind === 'wrong') {
    throw wrongExpectedVersion(stream, versionNumber(expected), stored.current);
  }
  return recorded(stream, stored)?.position;
}

/** Throws what cannot be answered; undefined when nothing is to be said. */
function recorded(stream: string, stored: Exclude<Stored, { kind: 'wrong' }>) {
  switch (stored.kind) {
    case 'stored':
      return stored;
    case 'deleted':
      throw streamDeleted(stream);
    case 'not-ready':
      throw notReady();
    case 'unavailable':
      throw unavailable();
    case 'timed-out':
      throw timedOut('commit');
    case 'silent':
      return undefined;
  }
}

/** The numbers the server has for what is expected, as it writes them into trailers. */
function versionNumber(expected: Expected): bigint {
  const numbers = { any: -2n, no_stream: -1n, stream_exists: -4n };
  return typeof expected === 'number' ? BigInt(expected) : numbers[expected];
}

function streamOf(options: Pick<AppendReq.Options, 'getStreamIdentifier'>): string {
  const name = Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
  if (name === '' || name === '$$') throw thrown();
  return name;
}

function expectedOf(
  options: AppendReq.Options | DeleteReq.Options | TombstoneReq.Options,
): Expected {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  if (options.hasAny()) return 'any';
  throw thrown();
}

function withPosition<P extends DeleteResp.Position>(message: P, position: number): P {
  message.setCommitPosition(String(position));
  message.setPreparePosition(String(position));
  return message;
}

/** Undefined is silence: the call stays open until the caller gives up. */
async function answer<Response>(
  callback: sendUnaryData<Response>,
  work: () => Promise<Response | undefined>,
): Promise<void> {
  try {
    const response = await work();
    if (response !== undefined) callback(null, response);
  } catch (error) {
    callback(error as Error);
  }
}
