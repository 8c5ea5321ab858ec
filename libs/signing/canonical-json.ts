const deepest = 64;

/**
 * RFC 8785 (JCS) text of a plain JSON value. Throws `TypeError` for what RFC 8785 and I-JSON
 * forbid or JSON would silently change: lone surrogates, NaN and infinities, `undefined`, bigint,
 * functions, class instances, nesting over 64. The one walk both guards and writes.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not JSON`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (depth > deepest) throw new TypeError(`nested deeper than ${deepest}`);
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value, depth) : members(value, depth);
    default:
      throw new TypeError(`${typeof value} is not JSON`);
  }
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('a string holds a lone surrogate');
  return JSON.stringify(value);
}

function list(values: readonly unknown[], depth: number): string {
  let out = '[';
  for (let i = 0; i < values.length; i++) {
    out += (i === 0 ? '' : ',') + canonicalJson(values[i], depth + 1);
  }
  return `${out}]`;
}

/** Members sorted by UTF-16 code units, which is what `sort()` does (RFC 8785 §3.2.3). */
function members(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('only plain objects are JSON');
  }
  const entries = value as Readonly<Record<string, unknown>>;
  let out = '{';
  for (const key of Object.keys(entries).sort()) {
    out += `${out === '{' ? '' : ','}${text(key)}:${canonicalJson(entries[key], depth + 1)}`;
  }
  return `${out}}`;
}
