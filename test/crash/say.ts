import { writeSync } from 'node:fs';

/**
 * Writes a line to standard output and returns when the reader's end has it. A process with worker
 * threads has a pipe there that refuses (`EAGAIN`) while it is full, as when its reader is busy.
 */
export function say(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
