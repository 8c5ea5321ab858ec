import { canonicalJson } from '#libs/signing/canonical-json';
import { readJson, UnreadableLine } from '#apps/cli/conform/json-line';
import { judge } from '#apps/cli/conform/rulebook';

/** What a suite says of one record; `error` says why it says nothing, and where. */
export type Answer = Readonly<{
  id: unknown;
  error?: Readonly<{ code: string; message: string; field?: unknown; line?: number }>;
}>;

type Fields = Readonly<Record<string, unknown>>;
type Suite = (record: Fields) => Answer;

const bySuite: Readonly<Record<string, Suite>> = {
  rulebook: judge,
  'canonical-json': canonical,
};

/** The suites an outside test can ask for. */
export const conformSuites: readonly string[] = Object.keys(bySuite);

/**
 * The function that answers one JSON line of a suite; its answers are written as one JSON line
 * each. A line that cannot be read or judged is answered with its `id`, where it has one, and an
 * `error` that names the line (from 1 on); nothing is skipped. A text that is undefined was not
 * UTF-8; the first may begin with a byte order mark. Undefined for a suite that does not exist.
 */
export function conform(
  suite: string,
): ((text: string | undefined, line: number) => Answer) | undefined {
  const answer = Object.hasOwn(bySuite, suite) ? bySuite[suite] : undefined;
  if (answer === undefined) return undefined;
  return (text, line) => {
    const found = answerTo(line === 1 ? text?.replace(/^\uFEFF/, '') : text, answer);
    return found.error === undefined ? found : { ...found, error: { ...found.error, line } };
  };
}

function answerTo(text: string | undefined, answer: Suite): Answer {
  try {
    if (text === undefined) throw new UnreadableLine('malformed-json', 'not UTF-8');
    const record = readJson(text);
    if (isObject(record)) return answer(record);
    return { id: null, error: { code: 'bad-text', message: 'a line is a JSON object' } };
  } catch (error) {
    if (!(error instanceof UnreadableLine)) throw error;
    return { id: null, error: { code: error.code, message: error.message } };
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * `{ id, value }`, or `{ id, json }` with the JSON text inside a string, gives
 * `{ id, canonical }`: the RFC 8785 text. What RFC 8785 forbids gives an `error`.
 */
function canonical({ id = null, value, json }: Fields): Answer & Readonly<{ canonical?: string }> {
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
