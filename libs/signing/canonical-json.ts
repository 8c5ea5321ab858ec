const deepest = 64;

/**
 * RFC 8785 (JCS) text of a plain JSON value. Throws `TypeError` for what RFC 8785 and I-JSON
 * forbid or JSON would silently change: lone surrogates, NaN and infinities, `undefined`, bigint,
 * functions, class instances, nesting over 64.
 */
export function canonicalJson(value: unknown): string {
  const walk = { inOrder: true };
  const copy = sorted(value, 0, walk);
  return walk.inOrder ? JSON.stringify(copy) : written(copy);
}

/** A guarded copy with sorted members: one `JSON.stringify` of it takes half of a text-wise walk. */
function sorted(value: unknown, depth: number, walk: { inOrder: boolean }): unknown {
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not JSON`);
      return value;
    case 'boolean':
      return value;
    case 'object':
      if (depth > deepest) throw new TypeError(`nested deeper than ${deepest}`);
      if (value === null) return null;
      return Array.isArray(value)
        ? Array.from(value, (item) => sorted(item, depth + 1, walk))
        : members(value, depth, walk);
    default:
      throw new TypeError(`${typeof value} is not JSON`);
  }
}

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a string holds a lone surrogate');
  return text;
}

function members(value: object, depth: number, walk: { inOrder: boolean }): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('only plain objects are JSON');
  }
  const entries = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of sortedKeys(entries)) {
    const member = sorted(entries[key], depth + 1, walk);
    if (keepsPlace(wellFormed(key))) copy[key] = member;
    else {
      walk.inOrder = false;
      Object.defineProperty(copy, key, { value: member, enumerable: true });
    }
  }
  return copy;
}

/** Sorted by UTF-16 code units, which is what `sort()` does (RFC 8785 §3.2.3). */
function sortedKeys(entries: object): readonly string[] {
  const keys = Object.keys(entries);
  for (let i = 1; i < keys.length; i++) {
    if ((keys[i - 1] ?? '') > (keys[i] ?? '')) return keys.sort();
  }
  return keys;
}

/** Whether JavaScript keeps a member where it was put: numbers move ahead, `__proto__` is special. */
function keepsPlace(key: string): boolean {
  const first = key.charCodeAt(0);
  return (first < 0x30 || first > 0x39) && key !== '__proto__';
}

/** The text of a guarded copy, member by member. */
function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  const texts = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${written(member)}`);
  return `{${texts.join(',')}}`;
}
