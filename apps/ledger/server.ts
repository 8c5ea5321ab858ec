import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import { LogController } from 'fastify';
import { readBody } from '#apps/ledger/json-body';
import type { Parts } from '#apps/ledger/open-parts';
import { Problem, problemOfStatus } from '#apps/ledger/problem';
import { longestId } from '#events/streams';

/** A client that sends more slowly than this (ms for the whole request) is cut off. */
const slowest = 30_000;

/** What is answered before there is a request to route: its path is too long, or it is none. */
function problemBefore(status: number | undefined) {
  const problem = problemOfStatus(status ?? 400) ?? problemOfStatus(400);
  return { status: problem?.status ?? 400, title: problem?.title, text: JSON.stringify(problem) };
}

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
    /** Node would refuse it without a word; {@link equip} says why. */
    http: { requireHostHeader: false },
    routerOptions: { maxParamLength: longestId + 50 },
    frameworkErrors: (error: FastifyError, _: FastifyRequest, reply: FastifyReply) => {
      const { status, text } = problemBefore(error.statusCode);
      void reply.code(status).type('application/problem+json').send(text);
    },
    clientErrorHandler: ({ code }: NodeJS.ErrnoException, socket: Duplex) => {
      if (!socket.writable) return;
      const { status, title, text } = problemBefore(
        code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400,
      );
      socket.end(
        `HTTP/1.1 ${status} ${title}\r\nConnection: close\r\nContent-Type: application/problem+json` +
          `\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
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
  instance.addHook('onRequest', ({ raw }, _, done) => {
    const hosts = raw.rawHeaders.filter((text, n) => n % 2 === 0 && /^host$/i.test(text)).length;
    done(hosts === 1 || (hosts === 0 && raw.httpVersion === '1.0') ? undefined : notOneHost());
  });
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

/** RFC 9112, section 3.2. */
function notOneHost(): Problem {
  return new Problem(400, 'bad-request', 'the request must name one host', [
    { field: 'Host', message: 'must stand once' },
  ]);
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
