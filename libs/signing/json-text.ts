/** Where the string that opens at `start` ends; the text's end when it does not. */
export function closingQuote(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return i;
    if (code === 0x5c) i += 1;
  }
  return text.length;
}

/**
 * The first member that repeats an earlier one of its object, which parsers resolve in silence.
 * `text` is known to be JSON.
 */
export function repeatedMember(text: string): string | undefined {
  const objects: Set<string>[] = [];
  let last = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      const end = closingQuote(text, i);
      last = String(JSON.parse(text.slice(i, end + 1)));
      i = end;
    } else if (char === '{') {
      objects.push(new Set());
    } else if (char === '}') {
      objects.pop();
    } else if (char === ':') {
      const names = objects.at(-1);
      if (names?.has(last)) return last;
      names?.add(last);
    }
  }
  return undefined;
}
