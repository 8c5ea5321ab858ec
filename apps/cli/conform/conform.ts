import { canonicalJson } from '#libs/signing/canonical-json';
import { readJson, UnreadableLine } from '#apps/cli/conform/json-line';
import { judge } from '#apps/cli/conform/rulebook';

type Suite = (record: unknown) => unknown;

const bySuite: Readonly<Record<string, Suite>> = {
  rulebook: judge,
  'canonical-json': canonical,
};

/** The suites an outside test can ask for. */
export const conformSuites: readonly string[] = Object.keys(bySuite);

/**
 * The function that answers one JSON line of a suite with one JSON line. A line that cannot be
 * read or judged is answered with its `id`, where it has one, and an `error`; nothing is skipped.
 * Undefined for a suite that does not exist.
 */
export function conform(suite: string): ((line: string) => string) | undefined {
  const answer = Object.hasOwn(bySuite, suite) ? bySuite[suite] : undefined;
  if (answer === undefined) return undefined;
  return (line) => JSON.stringify(answerTo(line, answer));
}

function answerTo(line: string, answer: Suite): unknown {
  try {
    return answer(readJson(line));
  } catch (error) {
    if (!(error instanceof UnreadableLine)) throw error;
    return { id: null, error: { code: error.code, message: error.message } };
  }
}

/**
 * `{ id, value }`, or `{ id, json }` with the JSON text inside a string, gives
 * `{ id, canonical }`: the RFC 8785 text. What RFC 8785 forbids gives an `error`.
 */
function canonical(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return { id: null, error: { code: 'bad-text', message: 'a line is an object with a value' } };
  }
  const { id = null, value, json } = record as Readonly<Record<string, unknown>>;
  try {
    return { id, canonical: canonicalJson(typeof json === 'string' ? readJson(json) : value) };
  } catch (error) {
    if (error instanceof UnreadableLine) {
      return { id, error: { code: error.code, message: error.message } };
    }
    if (!(error instanceof TypeError)) throw error;
    return { id, error: { code: 'not-canonical', message: error.message } };
  }
}
