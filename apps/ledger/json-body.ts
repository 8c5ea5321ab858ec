import { isUtf8 } from 'node:buffer';
import { Problem } from '#apps/ledger/problem';
import { closingQuote, repeatedMember } from '#libs/signing/json-text';

const deepest = 16;

/**
 * Names every object has reach its prototype or class, or slip past checks, when a body is copied
 * field by field; no field of ours is called so.
 */
const isForbidden = (name: string) => name in Object.prototype;

/**
 * Reads a request body as I-JSON (RFC 7493): UTF-8, no member twice, no lone surrogates, nested at
 * most 16 deep. An empty body is an empty object. Throws a 400 {@link Problem} that says where.
 */
export function readBody(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new Problem(400, 'invalid-utf8', 'the body is not UTF-8');
  const text = bytes.toString('utf8');
  if (text === '') return {};
  const { colons, depth } = outline(text);
  if (depth > deepest) {
    throw new Problem(400, 'too-deep', `the body is nested deeper than ${deepest}`);
  }
  const body = parse(text);
  if (members(body, '') !== colons) {
    const field = repeatedMember(text) ?? '';
    throw new Problem(400, 'duplicate-key', `${field} stands twice in one object`, [
      { field, message: 'stands twice' },
    ]);
  }
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'malformed-json', 'the body is not JSON');
  }
}

/** Colons outside strings (one for each member written) and the deepest nesting of brackets. */
function outline(text: string): { colons: number; depth: number } {
  let colons = 0;
  let depth = 0;
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22:
        i = closingQuote(text, i);
        break;
      case 0x3a:
        colons += 1;
        break;
      case 0x5b:
      case 0x7b:
        open += 1;
        if (open > depth) depth = open;
        break;
      case 0x5d:
      case 0x7d:
        open -= 1;
        break;
    }
  }
  return { colons, depth };
}

/** Counts members of all objects; refuses forbidden names and ill-formed strings on the way. */
function members(value: unknown, path: string): number {
  if (typeof value === 'string') {
    if (value.isWellFormed()) return 0;
    throw new Problem(400, 'lone-surrogate', `${path} holds a lone surrogate`, [
      { field: path, message: 'holds a lone surrogate' },
    ]);
  }
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  const isList = Array.isArray(value);
  for (const [name, inner] of Object.entries(value)) {
    const field = isList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    if (!isList) {
      count += 1;
      if (isForbidden(name) || !name.isWellFormed()) {
        throw new Problem(400, 'forbidden-key', 'the body holds a name that is not allowed', [
          { field: field.toWellFormed(), message: 'is not allowed' },
        ]);
      }
    }
    count += members(inner, field);
  }
  return count;
}
