/** Numbers that only the seed decides. Never for secrets. */
export type Random = Readonly<{
  /** From 0 up to, not including, 1. */
  next: () => number;
  /** A whole number, both ends included. */
  int: (least: number, most: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(values: readonly T[]) => T;
  /** One of the values, each as often as its weight says. */
  weighted: <T>(values: readonly Readonly<{ weight: number; value: T }>[]) => T;
  /** Around `median`; `spread` is the standard deviation of the logarithm. */
  logNormal: (median: number, spread: number) => number;
  /** Lower-case hexadecimal digits. */
  hex: (digits: number) => string;
  /** A UUID of version 7 for a moment in milliseconds since 1970. */
  uuid: (milliseconds: number) => string;
}>;

/** sfc32 of PractRand, started from a text; equal texts give equal numbers on every machine. */
export function randomOf(seed: string): Random {
  let [a, b, c] = [fnv1a(`a${seed}`), fnv1a(`b${seed}`), fnv1a(`c${seed}`)];
  let counter = 1;
  for (let i = 0; i < 12; i++) word();
  return { next, int, chance, pick, weighted, logNormal, hex, uuid };

  function word(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  }

  function next(): number {
    return word() / 2 ** 32;
  }

  function int(least: number, most: number): number {
    return least + Math.floor(next() * (most - least + 1));
  }

  function chance(probability: number): boolean {
    return next() < probability;
  }

  function pick<T>(values: readonly T[]): T {
    const value = values[int(0, values.length - 1)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }

  function weighted<T>(values: readonly Readonly<{ weight: number; value: T }>[]): T {
    const all = values.reduce((sum, { weight }) => sum + weight, 0);
    let left = next() * all;
    const chosen = values.find(({ weight }) => (left -= weight) < 0) ?? values.at(-1);
    if (chosen === undefined) throw new RangeError('nothing to pick from');
    return chosen.value;
  }

  /** The sum of twelve uniform numbers stands in for a normal one (Irwin–Hall). */
  function logNormal(median: number, spread: number): number {
    let normal = -6;
    for (let i = 0; i < 12; i++) normal += next();
    return median * Math.exp(normal * spread);
  }

  function hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += word().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  function uuid(milliseconds: number): string {
    const time = milliseconds.toString(16).padStart(12, '0');
    const variant = '89ab'[int(0, 3)] ?? '8';
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
  }
}

function fnv1a(text: string): number {
  let sum = 0x811c9dc5;
  for (const character of text) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return sum >>> 0;
}
