import { v7 as uuidV7 } from 'uuid';
import { Failure } from '#apps/cli/failure';

/** Where a running service is, and the key that opens it. */
export type Remote = Readonly<{ url: string; key: string }>;

const patience = 30_000;

/**
 * Sends an act to the service and answers what it said. Throws a {@link Failure} with the code of
 * its problem (RFC 9457), or `unreachable`.
 */
export function post(
  remote: Remote,
  path: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  return postAct(remote, path, body, uuidV7());
}

/** The same under an idempotency key: a repeat is answered as the first. */
export async function postAct(
  { url, key }: Remote,
  path: string,
  body: Readonly<Record<string, unknown>>,
  idempotencyKey: string,
): Promise<Readonly<Record<string, unknown>>> {
  let response: Response;
  try {
    response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
  } catch (error) {
    throw new Failure('unreachable', `no service answers at ${url}: ${causeOf(error)}`);
  }
  const answer = asRecord(await response.json().catch(() => undefined));
  if (response.ok && answer) return answer;
  const code = typeof answer?.['code'] === 'string' ? answer['code'] : 'bad-answer';
  const detail = answer?.['detail'];
  throw new Failure(code, typeof detail === 'string' ? detail : `HTTP ${response.status}`);
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

/** What answers may be no service of ours: nothing is taken for granted. */
function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
