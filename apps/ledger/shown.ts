import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';

type Example = string | Readonly<Record<string, unknown>>;

const problem = {
  type: '/problems/invalid-body',
  title: 'Unprocessable Entity',
  status: 422,
  code: 'invalid-body',
  detail: 'weight.mct must be a whole number',
  errors: [{ field: 'weight.mct', message: 'must be a whole number' }],
};

export const done = {
  stream: 'stone-new-sun',
  revision: 7,
  position: '128',
  events: [{ type: 'CustodyReleased', revision: 7 }],
  replayed: false,
};

function answer(
  status: number | 'default',
  description: string,
  media: Readonly<Record<string, Example>>,
) {
  const content = Object.entries(media).map(([type, value]) => [
    type,
    { schema: {}, examples: { example: { value } } },
  ]);
  return ApiResponse({ status, description, content: Object.fromEntries(content) });
}

const problems = () =>
  answer('default', 'A problem (RFC 9457) with a stable code', {
    'application/problem+json': problem,
  });

/** A read: what its answer looks like, and what it looks like in other media types. */
export function shows(
  description: string,
  example: Example,
  others: Readonly<Record<string, Example>> = {},
): MethodDecorator {
  const media = typeof example === 'string' ? 'text/plain' : 'application/json';
  return applyDecorators(answer(200, description, { [media]: example, ...others }), problems());
}

type Body = new () => object;

/**
 * A write: `POST path` with a body checked against `body`, answered 201. `example` is sent as it
 * stands by a test, so that the published one is never wrong.
 */
export function acts(
  path: string,
  summary: string,
  body: Body,
  example: Readonly<Record<string, unknown>>,
  result: Readonly<Record<string, unknown>> = done,
): MethodDecorator {
  return applyDecorators(
    Post(path),
    HttpCode(201),
    ApiOperation({ summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'A UUID v4 or v7, or up to 200 visible characters; a repeat answers the same',
      schema: { type: 'string', maxLength: 200, example: '01981d5e-8a00-7000-8000-000000000001' },
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag the act rests on; 412 when the stream has moved on',
      schema: { type: 'string', example: '"6"' },
    }),
    ApiBody({ type: body, examples: { example: { value: example } } }),
    answer(201, 'Recorded; `position` is what `?at-least=` takes', { 'application/json': result }),
    problems(),
  );
}
