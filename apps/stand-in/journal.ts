import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

const headBytes = 8;

/**
 * An append-only file of frames: length, CRC-32, bytes. A frame that {@link Journal.write} resolved
 * for is on disk; frames written while the disk is busy share the next sync.
 */
export type Journal = Readonly<{
  write: (frame: Buffer) => Promise<void>;
  /** Waits for what was written. */
  close: () => Promise<void>;
}>;

type Waiting = Readonly<{ frame: Buffer; done: () => void; failed: (error: unknown) => void }>;

/**
 * Opens `file`, made when it is not there, and answers the frames in it. What follows the last whole
 * frame was never acknowledged and is cut off.
 */
export async function openJournal(
  file: string,
): Promise<Readonly<{ journal: Journal; frames: readonly Buffer[] }>> {
  const handle = await open(file, 'a+');
  const bytes = await handle.readFile();
  const { frames, end } = wholeFrames(bytes);
  if (end < bytes.length) {
    await handle.truncate(end);
    await handle.sync();
  }
  return { frames, journal: journalOn(handle) };
}

function journalOn(handle: FileHandle): Journal {
  let waiting: Waiting[] = [];
  let pumping = Promise.resolve();
  let busy = false;

  async function pump(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await handle.appendFile(Buffer.concat(group.map(({ frame }) => frame)));
        await handle.datasync();
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    busy = false;
  }

  return {
    write: (body) =>
      new Promise((done, failed) => {
        waiting.push({ frame: framed(body), done, failed });
        if (busy) return;
        busy = true;
        pumping = pump();
      }),
    async close() {
      await pumping;
      await handle.close();
    },
  };
}

function framed(body: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(headBytes + body.length);
  frame.writeUInt32LE(body.length, 0);
  frame.writeUInt32LE(crc32(body), 4);
  body.copy(frame, headBytes);
  return frame;
}

function wholeFrames(bytes: Buffer): Readonly<{ frames: readonly Buffer[]; end: number }> {
  const frames: Buffer[] = [];
  let end = 0;
  while (end + headBytes <= bytes.length) {
    const from = end + headBytes;
    const to = from + bytes.readUInt32LE(end);
    const body = bytes.subarray(from, to);
    if (to === from || to > bytes.length || crc32(body) !== bytes.readUInt32LE(end + 4)) break;
    frames.push(body);
    end = to;
  }
  return { frames, end };
}
