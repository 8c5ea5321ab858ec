import { setTimeout as pause } from 'node:timers/promises';
import { ViewsUnavailable } from '#libs/views/errors';
import { isMissingTable } from '#libs/views/register';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, and what the network says. */
const reasons: readonly (readonly [RegExp, ViewsUnavailable['reason']])[] = [
  [/^(40001|40P01|55P03)$/, 'locked'],
  [/^57014$/, 'timeout'],
  [/^(53100|53200|54\w{3})$/, 'full'],
  [/^25006$/, 'read-only'],
  [/^(3D000|3F000)$/, 'missing'],
  [/^(28\w{3}|42501)$/, 'refused'],
  [/^(XX001|XX002)$/, 'corrupt'],
  [/^(08\w{3}|57P0\d|53300)$/, 'unreachable'],
  [
    /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|ENOTFOUND|EAI_AGAIN)$/,
    'unreachable',
  ],
];

/** Words of the driver for what has no code. */
const words: readonly (readonly [RegExp, ViewsUnavailable['reason']])[] = [
  [/after calling end on the pool|driver has already been destroyed/, 'closed'],
  [/connection terminated|connection error|client was closed|timeout e/i, 'unreachable'],
  [/read timeout/i, 'timeout'],
  [/password must be a string|SASL|SSL|certificate/, 'refused'],
];

/** What the views say when the server or the way to it fails; anything else stays as it is. */
export function unavailable(place: string, error: unknown): unknown {
  if (error instanceof ViewsUnavailable || isMissingTable(error)) return error;
  const { code = '', message = '' } = error as Partial<NodeJS.ErrnoException>;
  const [, reason] =
    reasons.find(([pattern]) => pattern.test(code)) ??
    words.find(([pattern]) => code === '' && pattern.test(message)) ??
    [];
  if (reason !== undefined) return failure(reason);
  return /^[0-9A-Z]{5}$/.test(code) ? failure('failed') : error;

  function failure(why: ViewsUnavailable['reason']): ViewsUnavailable {
    return new ViewsUnavailable(place, why, message || code, { cause: error });
  }
}

/**
 * Does it again while it loses against another transaction or on the way to the server; `act` must
 * be a single read, or a transaction that may have been committed though nobody was told.
 */
export function retried<T>(place: string, act: () => Promise<T>): Promise<T> {
  return again(place, act, 5, (n) => 20 * 2 ** n);
}

/** {@link retried}, and again and again when a lock did not come in the short time it has. */
export function hurried<T>(place: string, act: () => Promise<T>): Promise<T> {
  return again(place, act, 100, () => 50);
}

/** `pauseMs` is asked after the first (0), second (1) … try. */
async function again<T>(
  place: string,
  act: () => Promise<T>,
  tries: number,
  pauseMs: (n: number) => number,
): Promise<T> {
  for (let n = 0; ; n++) {
    try {
      return await act();
    } catch (error) {
      const known = unavailable(place, error);
      if (n === tries - 1 || !isPassing(known)) throw known;
    }
    await pause(pauseMs(n));
  }
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof ViewsUnavailable)) return false;
  return error.reason === 'unreachable' || error.reason === 'locked';
}
