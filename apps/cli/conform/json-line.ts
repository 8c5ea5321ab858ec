/** Why a line could not be read. */
export class UnreadableLine extends Error {
  override readonly name = 'UnreadableLine';
  readonly code: 'malformed-json' | 'duplicate-key';

  constructor(code: UnreadableLine['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Deeper values are refused: whoever reads an answer's `id` may recurse. */
const deepest = 500;

/**
 * Reads JSON as I-JSON does (RFC 7493): a member that stands twice in one object is an error, not
 * a choice. Throws {@link UnreadableLine}.
 */
export function readJson(text: string): unknown {
  const value = parse(text);
  if (memberCount(value) !== colons(text)) {
    throw new UnreadableLine('duplicate-key', 'a member stands twice in one object');
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableLine('malformed-json', 'not JSON');
  }
}

/** Members written: in valid JSON each has one colon outside strings. */
const colons = (text: string) =>
  text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, '').replace(/[^:]/g, '').length;

function memberCount(root: unknown): number {
  let level = [root].filter(holdsMore);
  let count = 0;
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > deepest)
      throw new UnreadableLine('malformed-json', `deeper than ${deepest} levels`);
    const next: object[] = [];
    for (const value of level) {
      const held: readonly unknown[] = Object.values(value);
      if (!Array.isArray(value)) count += held.length;
      for (const each of held) if (holdsMore(each)) next.push(each);
    }
    level = next;
  }
  return count;
}

const holdsMore = (value: unknown): value is object => typeof value === 'object' && value !== null;
