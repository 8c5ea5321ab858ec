import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '#apps/ledger/config';
import { problemOf } from '#apps/ledger/problem.filter';
import { serverOptions } from '#apps/ledger/server';
import { MalformedEvent } from '#libs/ledger/published';
import { CorruptRecord, StoreUnavailable } from '#libs/store/errors';
import { ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';

describe('an error as it is answered', () => {
  it.each([
    [new ViewsNotReady(['secret']), 503, 'views-not-ready'],
    [new ViewsUnavailable('secret', 'closed', 'secret'), 503, 'views-unavailable'],
    [new StoreUnavailable('locked', 'secret'), 503, 'store-unavailable'],
    [new CorruptRecord('secret', 1n, 'secret'), 500, 'corrupt-record'],
    [new MalformedEvent('secret', 'secret'), 500, 'malformed-event'],
    [new TypeError('secret'), 500, 'internal-error'],
    [{ statusCode: 500, message: 'secret' }, 500, 'internal-error'],
    [{ statusCode: 413, message: 'secret' }, 413, 'body-too-large'],
    ['secret', 500, 'internal-error'],
    [undefined, 500, 'internal-error'],
  ])('%p is %i %s, without a word of why', (error, status, code) => {
    const problem = problemOf(error, { headers: {} });
    expect(problem).toMatchObject({ status, code, errors: [] });
    expect(JSON.stringify(problem)).not.toContain('secret');
  });
});

describe('what never becomes a request', () => {
  const { clientErrorHandler } = serverOptions(
    { config: readConfig({}) },
    pino({ level: 'silent' }),
  );

  it.each([
    ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout', 'request-timeout'],
    ['HPE_INVALID_METHOD', '400 Bad Request', 'bad-request'],
  ])('%s is answered %s', async (code, status, problem) => {
    const socket = new PassThrough();
    clientErrorHandler(Object.assign(new Error('secret'), { code }), socket);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head.split('\r\n')[0]).toBe(`HTTP/1.1 ${status}`);
    expect(head).toContain(`Content-Length: ${body.length}`);
    expect(JSON.parse(body)).toMatchObject({ code: problem });
  });
});
