import codes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import anyMessages from 'google-protobuf/google/protobuf/any_pb.js';
import empties from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Expected } from '#apps/stand-in/admission';

const { Code } = codes;

/** Errors of batch appends travel in the response, told apart by the type of their details. */
function status(code: number, message: string, typeName: string, details: Uint8Array): Status {
  const any = new anyMessages.Any();
  any.pack(details, typeName);
  return new statuses.Status().setCode(code).setMessage(message).setDetails(any);
}

export function wrongVersionStatus(expected: Expected, current: number): Status {
  const details = new shared.WrongExpectedVersion();
  const empty = new empties.Empty();
  if (current < 0) details.setCurrentNoStream(empty);
  else details.setCurrentStreamRevision(String(current));
  if (expected === 'any') details.setExpectedAny(empty);
  else if (expected === 'no_stream') details.setExpectedNoStream(empty);
  else if (expected === 'stream_exists') details.setExpectedStreamExists(empty);
  else details.setExpectedStreamPosition(String(expected));
  return status(
    Code.ALREADY_EXISTS,
    'WrongExpectedVersion',
    'event_store.client.WrongExpectedVersion',
    details.serializeBinary(),
  );
}

export function deletedStatus(stream: string): Status {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
  return status(
    Code.NOT_FOUND,
    'StreamDeleted',
    'event_store.client.StreamDeleted',
    new shared.StreamDeleted().setStreamIdentifier(identifier).serializeBinary(),
  );
}

export function tooLargeStatus(limit: number): Status {
  return status(
    Code.INVALID_ARGUMENT,
    'MaximumAppendSizeExceeded',
    'event_store.client.MaximumAppendSizeExceeded',
    new shared.MaximumAppendSizeExceeded().setMaxappendsize(limit).serializeBinary(),
  );
}

export function timeoutStatus(): Status {
  const details = new shared.Timeout().serializeBinary();
  return status(Code.DEADLINE_EXCEEDED, 'Timeout', 'event_store.client.Timeout', details);
}

export function accessDeniedStatus(): Status {
  const details = new shared.AccessDenied().serializeBinary();
  return status(Code.PERMISSION_DENIED, 'AccessDenied', 'event_store.client.AccessDenied', details);
}

export function badRequestStatus(message: string): Status {
  const details = new shared.BadRequest().setMessage(message).serializeBinary();
  return status(Code.INVALID_ARGUMENT, 'BadRequest', 'event_store.client.BadRequest', details);
}

/** The server leaves the code of this one unset. */
export function notHandledStatus(message: string): Status {
  return status(Code.OK, message, 'google.protobuf.Empty', new empties.Empty().serializeBinary());
}
