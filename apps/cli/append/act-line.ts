import { createHash } from 'node:crypto';
import { readJson, UnreadableLine } from '#apps/cli/conform/json-line';
import { Failure } from '#apps/cli/failure';
import { categories, collections } from '#events/streams';
import { repeatedMember } from '#libs/signing/json-text';

/** One act of a file as the service takes it. `by` is who acts, where the line says so. */
export type Act = Readonly<{
  path: string;
  body: Readonly<Record<string, unknown>>;
  by: string | undefined;
  key: string;
}>;

/**
 * Reads one line: `{ stream | category + id, type, by?, key?, … }`. `type` is the command
 * (`RecoverRough`), `key` its idempotency key; all else is the body of the act. `earlier` is how
 * many lines before it say the very same, so that a file may repeat itself. Throws a
 * {@link Failure}.
 */
export function readAct(line: string, earlier: number): Act {
  const said = recordOf(line);
  const { stream, category: named, id: given, type, by, key, ...body } = said;
  if (typeof type !== 'string' || !/^[A-Z][A-Za-z]{1,60}$/.test(type)) {
    throw new Failure('bad-line', 'type is not the name of a command');
  }
  if (by !== undefined && typeof by !== 'string') {
    throw new Failure('bad-line', 'by is not the id of a party');
  }
  if (key !== undefined && typeof key !== 'string') {
    throw new Failure('bad-line', 'key is not text');
  }
  const { category, id } = targetOf(stream, named, given);
  return {
    ...requestOf(category, id, type, body),
    by,
    key: key ?? keyOf(line, earlier),
  };
}

function recordOf(line: string): Readonly<Record<string, unknown>> {
  const value = read(line);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new Failure('bad-line', 'the line is not a JSON object');
}

function read(line: string): unknown {
  try {
    return readJson(line);
  } catch (error) {
    if (!(error instanceof UnreadableLine)) throw error;
    if (error.code !== 'duplicate-key')
      throw new Failure('bad-line', `the line is ${error.message}`);
    throw new Failure('duplicate-key', `${repeatedMember(line)} stands twice in one object`);
  }
}

function targetOf(stream: unknown, category: unknown, id: unknown) {
  if (typeof stream === 'string' && category === undefined && id === undefined) {
    const [category = '', ...rest] = stream.split('-');
    return { category, id: rest.join('-') };
  }
  if (stream === undefined && typeof category === 'string' && typeof id === 'string') {
    return { category, id };
  }
  throw new Failure('bad-line', 'the line names neither a stream nor a category and an id');
}

/** The paths of the API: commands by their names, those of parties by what they are for. */
function requestOf(
  category: string,
  id: string,
  type: string,
  body: Readonly<Record<string, unknown>>,
): Pick<Act, 'path' | 'body'> {
  const known = categories.find((each) => each === category);
  if (known === undefined || id === '') {
    throw new Failure('bad-line', `“${category}” with an id is no stream of a ledger`);
  }
  const collection = collections[known];
  const base = `/v1/${collection}/${segment(id)}`;
  switch (type) {
    case 'RegisterParty':
      return { path: `/v1/${collection}`, body: { id, ...body } };
    case 'GrantRole':
      return { path: `${base}/roles`, body };
    case 'WithdrawRole':
      return { path: `${base}/roles/withdraw`, body };
    case 'RevokeApiKey': {
      const { keyId, ...rest } = body;
      return { path: `${base}/keys/${segment(String(keyId))}/revoke`, body: rest };
    }
    case 'IssueApiKey':
      throw new Failure('bad-line', 'a key is shown once: make it with adamant key create');
    default:
      return { path: `${base}/${kebab(type)}`, body };
  }
}

function segment(text: string): string {
  if (text.isWellFormed()) return encodeURIComponent(text);
  throw new Failure('bad-line', 'an id holds a lone surrogate');
}

function kebab(type: string): string {
  return type.replaceAll(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function keyOf(line: string, earlier: number): string {
  const digest = createHash('sha256').update(line.trim()).digest('hex');
  return `append-${digest}-${earlier}`;
}
