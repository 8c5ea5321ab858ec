import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected } from '#apps/stand-in/admission';
import {
  accessDeniedStatus,
  badRequestStatus,
  deletedStatus,
  notHandledStatus,
  timeoutStatus,
  tooLargeStatus,
  wrongVersionStatus,
} from '#apps/stand-in/batch-status';
import { store, type Context, type Stored } from '#apps/stand-in/context';
import { proposedSize, type Proposal } from '#apps/stand-in/log-event';
import { proposal } from '#apps/stand-in/proposal';
import { notLeader, unauthenticated, unavailable } from '#apps/stand-in/refusal';
import { uuidText } from '#apps/stand-in/uuid';

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** An append whose chunks have not all come. */
type Incomplete = {
  readonly stream: string;
  readonly expected: Expected;
  readonly proposals: Proposal[];
  readonly timer: NodeJS.Timeout | undefined;
  size: number;
};

/** No append waits longer for its last chunk. */
const writeTimeout = 2000;

/** All appends of a client on one call, told apart by correlation ids. */
export function batchAppendCall(
  context: Context,
): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> {
  return (call) => {
    const access = context.access(call.metadata);
    if (access === 'unauthenticated') {
      call.emit('error', unauthenticated());
      return;
    }
    const incomplete = new Map<string, Incomplete>();
    let underWay = 0;
    let ended = false;

    call.on('data', (request: BatchAppendReq) => {
      underWay += 1;
      void take(request).finally(() => {
        underWay -= 1;
        if (ended && underWay === 0) call.end();
      });
    });
    call.on('end', () => {
      ended = true;
      if (underWay === 0) call.end();
    });
    call.on('cancelled', () => {
      for (const { timer } of incomplete.values()) clearTimeout(timer);
      incomplete.clear();
    });
    call.on('error', () => undefined);

    async function take(request: BatchAppendReq): Promise<void> {
      const correlation = uuidText(request.getCorrelationId()) ?? '';
      const options = request.getOptions();
      const stream = options ? streamOf(options) : (incomplete.get(correlation)?.stream ?? '');
      try {
        if (options && access === 'denied') {
          reply(call, request, stream, accessDeniedStatus());
          return;
        }
        if (options) begin(correlation, request, stream, options);
        await proceed(correlation, request);
      } catch (error) {
        abandon(correlation);
        reply(call, request, stream, badRequestStatus(String(error)));
      }
    }

    function begin(
      correlation: string,
      request: BatchAppendReq,
      stream: string,
      options: BatchAppendReq.Options,
    ): void {
      if (stream === '' || stream === '$$') throw new TypeError('the stream has no name');
      const expected = expectedOf(options);
      const deadline = options.getDeadline()?.toDate().getTime() ?? Infinity;
      const left = Math.min(deadline - Date.now(), writeTimeout);
      const timeOut = () => {
        abandon(correlation);
        reply(call, request, stream, timeoutStatus());
      };
      if (left <= 0) timeOut();
      else {
        const timer = request.getIsFinal() ? undefined : setTimeout(timeOut, left);
        incomplete.set(correlation, { stream, expected, proposals: [], timer, size: 0 });
      }
    }

    /** Chunks of an append that was answered already are ignored. */
    async function proceed(correlation: string, request: BatchAppendReq): Promise<void> {
      const append = incomplete.get(correlation);
      if (!append) return;
      const { stream, expected, proposals } = append;
      for (const message of request.getProposedMessagesList()) {
        const proposed = proposal(message);
        append.size += proposedSize(proposed);
        proposals.push(proposed);
      }
      if (append.size > context.maxAppendSize) {
        abandon(correlation);
        reply(call, request, stream, tooLargeStatus(context.maxAppendSize));
        return;
      }
      if (!request.getIsFinal()) return;
      abandon(correlation);
      const leadership = context.leadership(call.metadata, true);
      if (leadership === 'no-leader') {
        reply(call, request, stream, notHandledStatus('Server Is Not Ready'));
        return;
      }
      if (leadership !== 'serves') {
        call.emit('error', notLeader(leadership.host, leadership.port));
        return;
      }
      const stored = await store(context, call.getPeer(), () =>
        context.log.append(stream, expected, proposals),
      );
      answer(call, request, stream, expected, stored);
    }

    function abandon(correlation: string): void {
      clearTimeout(incomplete.get(correlation)?.timer);
      incomplete.delete(correlation);
    }
  };
}

function answer(
  call: Call,
  request: BatchAppendReq,
  stream: string,
  expected: Expected,
  stored: Stored,
): void {
  switch (stored.kind) {
    case 'stored': {
      const { revision, position } = stored;
      return reply(call, request, stream, success(revision, position));
    }
    case 'wrong':
      return reply(call, request, stream, wrongVersionStatus(expected, stored.current));
    case 'deleted':
      return reply(call, request, stream, deletedStatus(stream));
    case 'not-ready':
      return reply(call, request, stream, notHandledStatus('Server Is Not Ready'));
    case 'timed-out':
      return reply(call, request, stream, timeoutStatus());
    case 'unavailable':
      call.emit('error', unavailable());
      return;
    case 'silent':
      return;
  }
}

function success(revision: number, position: number): BatchAppendResp.Success {
  const at = new shared.AllStreamPosition()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));
  const body = new streams.BatchAppendResp.Success().setPosition(at);
  return revision < 0
    ? body.setNoStream(new shared.Empty())
    : body.setCurrentRevision(String(revision));
}

function reply(
  call: Call,
  request: BatchAppendReq,
  stream: string,
  result: BatchAppendResp.Success | Status,
): void {
  if (call.cancelled || call.writableEnded || call.destroyed) return;
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
  const response = new streams.BatchAppendResp()
    .setCorrelationId(request.getCorrelationId())
    .setStreamIdentifier(identifier);
  if (result instanceof streams.BatchAppendResp.Success) response.setSuccess(result);
  else response.setError(result);
  call.write(response);
}

function streamOf(options: BatchAppendReq.Options): string {
  return Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
}

function expectedOf(options: BatchAppendReq.Options): Expected {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  if (options.hasAny()) return 'any';
  throw new TypeError('no expected stream position is set');
}
