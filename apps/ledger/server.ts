import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LogController } from 'fastify';
import { readBody } from '#apps/ledger/json-body';
import type { Parts } from '#apps/ledger/open-parts';
import { Problem, problemBody } from '#apps/ledger/problem';
import { longestId } from '#events/streams';

/** A client that sends more slowly than this (ms for the whole request) is cut off. */
const slowest = 30_000;

const unreadable = JSON.stringify(problemBody(400, 'bad-request', 'the request cannot be read'));

/** Limits of the HTTP server under Nest, its request ids and its log. */
export function serverOptions({ config }: Pick<Parts, 'config'>, log: Logger) {
  return {
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    bodyLimit: config.BODY_LIMIT,
    requestTimeout: slowest,
    return503OnClosing: false,
    routerOptions: { maxParamLength: longestId + 50 },
    frameworkErrors: (_: Error, __: FastifyRequest, reply: FastifyReply) => {
      void reply.code(400).type('application/problem+json').send(unreadable);
    },
    clientErrorHandler: (_: Error, socket: Socket) => {
      if (!socket.writable) return;
      socket.end(
        'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/problem+json' +
          `\r\nContent-Length: ${unreadable.length}\r\n\r\n${unreadable}`,
      );
    },
  } as const;
}

/** The JSON reader, the request id in every answer, durations and the access log. */
export function equip(instance: FastifyInstance, { metrics }: Pick<Parts, 'metrics'>): void {
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      try {
        done(null, isUtf8Json(request) ? readBody(body as Buffer) : unsupported());
      } catch (error) {
        done(error as Error);
      }
    },
  );
  instance.addHook('onSend', (request, reply, payload, done) => {
    void reply.header('X-Request-Id', request.id);
    done(null, payload);
  });
  instance.addHook('onResponse', (request, reply, done) => {
    finished(request, reply);
    done();
  });

  function finished(request: FastifyRequest, reply: FastifyReply): void {
    const { method } = request;
    const { statusCode: status, elapsedTime: ms } = reply;
    const route = request.routeOptions.url ?? 'unknown';
    metrics.answered(method, route, status, ms);
    request.log.debug({ method, route, status, ms }, 'answered');
  }
}

function isUtf8Json({ headers }: FastifyRequest): boolean {
  const [, charset] = /;\s*charset="?([^;"\s]+)/i.exec(headers['content-type'] ?? '') ?? [];
  return charset === undefined || charset.toLowerCase() === 'utf-8';
}

function unsupported(): never {
  throw new Problem(415, 'unsupported-media-type', 'the body must be in UTF-8', [
    { field: 'Content-Type', message: 'must be application/json in UTF-8' },
  ]);
}
