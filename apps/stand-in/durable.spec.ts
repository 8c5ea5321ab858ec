import { spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { NO_STREAM } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLog } from '#apps/stand-in/log';
import { all, clientOf, happened, standInAndClient } from '#test/support/stand-in';

let folder: string;
let data: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adamant-stand-in-'));
  data = join(folder, 'log.bin');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The stand-in as a process of its own, once it listens. */
async function process(...args: string[]) {
  const file = fileURLToPath(import.meta.resolve('#apps/stand-in/main'));
  const child = spawn(
    globalThis.process.execPath,
    ['--conditions=source', '--no-warnings', file, '--port', '0', ...args],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | string | null>((resolve) =>
    child.on('exit', (code, signal) => resolve(signal ?? code)),
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () =>
    JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
  const { url } = await line();
  return { child, ended, line, url: String(url) };
}

describe('a stand-in with a file', () => {
  it('is after a restart what it was, ids for `any` aside', async () => {
    const first = await standInAndClient({ data });
    await first.client.appendToStream('stone-1', [happened(), happened()]);
    await first.client.setStreamMetadata('stone-1', { maxCount: 1 });
    await first.client.appendToStream('stone-2', happened());
    await first.client.tombstoneStream('stone-2');
    const before = first.standIn.log.events();
    await first.standIn.stop();
    const second = await standInAndClient({ data });
    expect(second.standIn.log.events()).toEqual(
      before.map((event) => ({
        ...event,
        data: Buffer.from(event.data),
        metadata: Buffer.from(event.metadata),
      })),
    );
    expect(await all(second.client.readStream('stone-1'))).toHaveLength(1);
    const next = await second.client.appendToStream('stone-1', happened());
    expect(next.nextExpectedRevision).toBe(2n);
    expect(next.position?.commit).toBeGreaterThan(BigInt(before.at(-1)?.position ?? 0));
  });

  it('cuts off a torn last record, whatever is left of it', async () => {
    const log = await openLog({ data });
    await log.append('stone-1', 'no_stream', [proposed('a')]);
    const whole = statSync(data).size;
    await log.append('stone-1', 0, [proposed('b'), proposed('c')]);
    await log.close();
    const full = statSync(data).size;
    const bytes = readFileSync(data);
    for (const size of [full - 1, whole + 9, whole + 8, whole + 3, whole]) {
      rmSync(data);
      appendFileSync(data, bytes);
      truncateSync(data, size);
      const opened = await openLog({ data });
      expect(opened.events().filter(({ stream }) => stream === 'stone-1')).toHaveLength(1);
      expect(statSync(data).size).toBe(whole);
      await opened.close();
    }
  });

  it('takes zeros or rubbish behind the last record for torn', async () => {
    const log = await openLog({ data });
    await log.append('stone-1', 'no_stream', [proposed('a')]);
    const events = log.events().length;
    await log.close();
    for (const tail of [Buffer.alloc(64), Buffer.from('rubbish behind the log')]) {
      appendFileSync(data, tail);
      const opened = await openLog({ data });
      expect(opened.events()).toHaveLength(events);
      await opened.close();
    }
  });

  it('takes a last record that is not what was written for torn', async () => {
    const log = await openLog({ data });
    const events = log.events().length;
    const whole = statSync(data).size;
    await log.append('stone-1', 'no_stream', [proposed('a')]);
    await log.close();
    const bytes = readFileSync(data);
    bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
    writeFileSync(data, bytes);
    const opened = await openLog({ data });
    expect(opened.events()).toHaveLength(events);
    await opened.close();
    expect(statSync(data).size).toBe(whole);
  });

  it('shows nothing to readers before it is on disk, and a repeat of it is not answered', async () => {
    const log = await openLog({ data });
    const first = log.append('stone-1', 'no_stream', [proposed('a')]);
    expect(log.read.readable('stone-1').kind).toBe('missing');
    expect(await log.append('stone-1', 'no_stream', [proposed('a')])).toEqual({
      kind: 'unanswered',
    });
    expect(await first).toMatchObject({ kind: 'stored', revision: 0 });
    expect(await log.append('stone-1', 'no_stream', [proposed('a')])).toEqual(await first);
    await log.close();
  });
});

describe('a stand-in that is killed', () => {
  it('has everything it acknowledged', async () => {
    const running = await process('--data', data);
    const client = clientOf(running.url);
    const acknowledged: string[] = [];
    let lost = 0;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 1000; n += 1) {
        const event = happened();
        try {
          await client.appendToStream(`stone-${writer}`, event, {
            expectedRevision: n === 0 ? NO_STREAM : BigInt(n - 1),
          });
        } catch {
          lost += 1;
          return;
        }
        acknowledged.push(event.id);
        if (acknowledged.length === 200) running.child.kill('SIGKILL');
      }
    });
    expect(await running.ended).toBe('SIGKILL');
    await Promise.all(writers);
    expect(lost).toBe(8);
    const log = await openLog({ data });
    const ids = new Set(log.events().map(({ id }) => id));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    await log.close();
  });

  it('takes commands from its input and ends when asked to', async () => {
    const running = await process('--nodes', '2');
    running.child.stdin.write('{"do":"elect","node":1}\n{"do":"explode"}\n');
    expect(await running.line()).toMatchObject({ ok: true, leader: 1 });
    expect(await running.line()).toEqual({ error: 'TypeError: unknown command "explode"' });
    running.child.stdin.write('{"do":"stop"}\n');
    expect(await running.line()).toMatchObject({ ok: true, stopped: true });
    expect(await running.ended).toBe(0);
  });
});

function proposed(name: string) {
  const id = `00000000-0000-4000-8000-00000000000${name}`;
  return { id, type: 'Happened', json: true, data: Buffer.from('{}'), metadata: Buffer.alloc(0) };
}
