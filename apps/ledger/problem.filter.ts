import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '#apps/ledger/metrics';
import type { FieldFault, ProblemBody } from '#apps/ledger/problem';
import { Problem, problemBody, problemOfStatus } from '#apps/ledger/problem';
import { statusOfRefusal } from '#apps/ledger/refusal-status';
import { Refused } from '#libs/decider/decider';
import { TooManyDocuments } from '#libs/documents/pdf-thread';
import { MalformedEvent } from '#libs/ledger/published';
import {
  CorruptRecord,
  IdReused,
  StoreUnavailable,
  TooLarge,
  WrongRevision,
} from '#libs/store/errors';
import { ViewsBehind, ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';

/** How often in ms an outage is logged while it lasts. */
const sayEvery = 1000;

/**
 * The one place where an error becomes an answer: RFC 9457 problems with a stable code. What is
 * not known here is a fault of ours: it is logged and answered without a word of it.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly metrics: Metrics;
  private saidAt = -sayEvery;

  constructor(metrics: Metrics) {
    this.metrics = metrics;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    const problem = problemOf(error, request);
    if (problem.status === 500) request.log.error({ err: error }, 'internal error');
    if (isOutage(error)) this.say(request, error);
    this.metrics.refused(problem.code);
    if (problem.status === 503) void reply.header('Retry-After', '1');
    if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="adamant"');
    void reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  /** Callers are told to try again; why, and which file or server it is, is for the operator. */
  private say(request: FastifyRequest, error: Error): void {
    const now = performance.now();
    if (now - this.saidAt < sayEvery) return;
    this.saidAt = now;
    request.log.error({ err: error }, 'cannot serve');
  }
}

function isOutage(error: unknown): error is Error {
  return error instanceof StoreUnavailable || error instanceof ViewsUnavailable;
}

/** An error as the answer tells it. */
export function problemOf(error: unknown, request: Pick<FastifyRequest, 'headers'>): ProblemBody {
  if (error instanceof Problem) {
    return problemBody(error.status, error.code, error.message, error.errors);
  }
  if (error instanceof Refused) {
    const { code, message } = error;
    return problemBody(statusOfRefusal(code), code, message, faultsOf(error));
  }
  if (error instanceof WrongRevision) {
    const status = request.headers['if-match'] === undefined ? 409 : 412;
    return problemBody(status, error.code, error.message, [
      { field: 'If-Match', message: `the revision is now ${error.actual}` },
    ]);
  }
  if (error instanceof IdReused) {
    return problemBody(
      422,
      'idempotency-key-reused',
      'the idempotency key was used for something else',
      [{ field: 'Idempotency-Key', message: 'was used for something else' }],
    );
  }
  if (error instanceof TooManyDocuments) {
    return problemBody(503, error.code, 'too many documents are being set; try again');
  }
  if (error instanceof TooLarge) return problemBody(413, error.code, error.message);
  if (error instanceof CorruptRecord) {
    return problemBody(500, error.code, 'the ledger holds a record that cannot be trusted');
  }
  if (error instanceof MalformedEvent) {
    return problemBody(500, error.code, 'what this would record is no event; nothing was recorded');
  }
  if (error instanceof StoreUnavailable) {
    return problemBody(503, error.code, 'the ledger cannot take this now; try again');
  }
  if (
    error instanceof ViewsBehind ||
    error instanceof ViewsNotReady ||
    error instanceof ViewsUnavailable
  ) {
    return problemBody(503, error.code, 'the views cannot answer this yet; try again');
  }
  const detail = 'something went wrong here; nothing was said about why';
  return problemOfStatus(statusOf(error)) ?? problemBody(500, 'internal-error', detail);
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
}

/**
 * What a refusal is about: the field it names, else the key for what its party may not do, else the
 * id in the path, whose state does not allow it.
 */
function faultsOf({ code, message, details }: Refused): readonly FieldFault[] {
  const { field } = details;
  if (typeof field === 'string') return [{ field, message }];
  return [{ field: statusOfRefusal(code) === 403 ? 'Authorization' : 'id', message }];
}
