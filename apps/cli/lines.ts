import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * The lines of UTF-8 text, ended by LF, CR or both; undefined for a line that is not UTF-8.
 * Latin-1 keeps each byte, so that U+2028, which `readline` takes for an end, stands inside a line.
 */
export async function* linesOf(input: Readable): AsyncGenerator<string | undefined> {
  input.setEncoding('latin1');
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    yield decoded(Buffer.from(line, 'latin1'));
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decoded(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
