/** Why the server, or the way to it, did not do what was asked. */
export class ServerFailure extends Error {
  override readonly name = 'ServerFailure';
  readonly reason:
    | 'wrong-revision'
    | 'deleted'
    | 'too-large'
    | 'denied'
    | 'unsupported'
    /** Nothing is known of the outcome; the same may be tried again. Silent: no answer at all. */
    | 'unknown'
    | 'silent';

  /** The most bytes the server takes, where that was the reason. */
  readonly limit: number | undefined;

  constructor(
    reason: ServerFailure['reason'],
    message: string,
    options?: ErrorOptions & Readonly<{ limit?: number }>,
  ) {
    super(message, options);
    this.reason = reason;
    this.limit = options?.limit;
  }
}

/** Whether the same may be tried again. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof ServerFailure && (error.reason === 'unknown' || error.reason === 'silent')
  );
}

/** gRPC status codes that will not change by asking again. */
const lasting: Readonly<Record<number, ServerFailure['reason']>> = {
  3: 'unsupported',
  7: 'denied',
  12: 'unsupported',
  16: 'denied',
};

/** The client's names of what went wrong. */
const byType: Readonly<Record<string, ServerFailure['reason']>> = {
  'wrong-expected-version': 'wrong-revision',
  'stream-deleted': 'deleted',
  'maximum-append-size-exceeded': 'too-large',
  'access-denied': 'denied',
  'invalid-argument': 'unsupported',
  unsupported: 'unsupported',
};

/** The client's word for a stream that is not there. */
export function isMissing(error: unknown): boolean {
  return textOf(error, 'type') === 'stream-not-found';
}

/**
 * Any error of the client or of gRPC, by its `type` or its numeric `code`: messages are often empty,
 * and the first call to a server that is not there fails with a raw gRPC error. Not the leader,
 * cancelled, timed out, unavailable, garbled: of all those nothing is known.
 */
export function failureOf(error: unknown): ServerFailure {
  if (error instanceof ServerFailure) return error;
  const type = textOf(error, 'type');
  const reason = byType[type ?? ''] ?? (type === 'not-leader' ? undefined : lasting[codeOf(error)]);
  const message = textOf(error, 'message') || type || 'no reason given';
  const limit = Number((error as { maxAppendSize?: unknown } | undefined)?.maxAppendSize) || 0;
  return new ServerFailure(reason ?? 'unknown', message, { cause: error, limit });
}

function codeOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('code' in error)) return -1;
  return typeof error.code === 'number' ? error.code : -1;
}

function textOf(error: unknown, name: 'type' | 'message'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value = (error as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}
