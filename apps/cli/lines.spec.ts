import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { linesOf } from '#apps/cli/lines';

async function read(...chunks: readonly Buffer[]): Promise<readonly (string | undefined)[]> {
  const lines: (string | undefined)[] = [];
  for await (const line of linesOf(Readable.from(chunks))) lines.push(line);
  return lines;
}

describe('lines', () => {
  it('end with LF or CR LF, the last with the text', async () => {
    expect(await read(Buffer.from('a\r\n\nb\nc'))).toEqual(['a', '', 'b', 'c']);
  });

  it('keep U+2028 and U+2029, which JSON strings may hold', async () => {
    expect(await read(Buffer.from('a\u2028b\u2029c\nd'))).toEqual(['a\u2028b\u2029c', 'd']);
  });

  it('hold characters whole that arrive in two pieces', async () => {
    const bytes = Buffer.from('алмаз 金剛石\n');
    for (let at = 1; at < bytes.length; at++) {
      expect(await read(bytes.subarray(0, at), bytes.subarray(at))).toEqual(['алмаз 金剛石']);
    }
  });

  it('are undefined where the bytes are not UTF-8, and the next is read', async () => {
    expect(await read(Buffer.from([0x61, 0xff, 0x0a, 0x62]))).toEqual([undefined, 'b']);
  });

  it('keep a byte order mark for the reader to judge', async () => {
    expect(await read(Buffer.from('\uFEFFa'))).toEqual(['\uFEFFa']);
  });
});
