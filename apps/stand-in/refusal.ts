import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

/** A call that fails, as the server words it: code, details and the trailers clients read. */
function refusal(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export function wrongExpectedVersion(
  stream: string,
  expected: bigint,
  actual: number,
): ServiceError {
  return refusal(
    status.FAILED_PRECONDITION,
    `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': actual < 0 ? '' : String(actual),
    },
  );
}

export function streamDeleted(stream: string): ServiceError {
  return refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });
}

export function notLeader(host: string, port: number): ServiceError {
  return refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
}

export function accessDenied(): ServiceError {
  return refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
}

export function unauthenticated(): ServiceError {
  return refusal(status.UNAUTHENTICATED, 'Authentication failed');
}

export function appendTooLarge(limit: number): ServiceError {
  return refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });
}

export function metadataMissing(property: string): ServiceError {
  return refusal(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });
}

export function notReady(): ServiceError {
  return refusal(status.UNAVAILABLE, 'Server Is Not Ready');
}

export function unavailable(): ServiceError {
  return refusal(status.UNAVAILABLE, 'Connection dropped');
}

export function timedOut(what: string): ServiceError {
  return refusal(status.ABORTED, `Operation timed out: ${what}`);
}

export function invalidArgument(details: string): ServiceError {
  return refusal(status.INVALID_ARGUMENT, details);
}

/** What .NET makes of an exception nobody caught. */
export function thrown(): ServiceError {
  return refusal(status.UNKNOWN, 'Exception was thrown by handler.');
}
