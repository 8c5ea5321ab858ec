import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { emptyStream, type Head } from '#libs/store/envelope';
import { WrongLedger } from '#libs/store/errors';
import { openStore } from '#libs/store/open-store';
import { sqliteStore } from '#libs/store/sqlite';
import { all, append, ledger, ledgerFile } from '#test/support/ledger-file';

const at = ledgerFile();

describe('a ledger file', () => {
  it('holds what was acknowledged after it is closed and opened again', async () => {
    await at.record('a', 'b');
    const store = await at.start();
    const [first, second] = await store.read('stone-sun');
    expect([first?.position, second?.position]).toEqual([1n, 2n]);
    const leaf = JSON.parse(second?.leaf ?? '') as { statement: { prev: string } };
    expect(leaf.statement.prev).not.toBe('');
    await expect(append(store, 'stone-sun', emptyStream, 'c')).rejects.toThrow('at revision 1');
  });

  it('is one file when it is closed', async () => {
    await at.record('a');
    expect(readdirSync(at.folder).sort()).toEqual(['ledger.db', 'ledger.db-lock']);
  });

  it('is opened by its address, and other addresses are refused', async () => {
    const store = await openStore(`sqlite:${at.file}`, { ledger });
    await store.close();
    for (const url of ['postgres://x', 'sqlite:', 'memory:x', 'ledger.db', '']) {
      await expect(openStore(url, { ledger })).rejects.toThrow(TypeError);
    }
  });

  it('bears the name it was made with', async () => {
    await at.record('a');
    const other = sqliteStore({ file: at.file, ledger: 'other.example/log' });
    await expect(other).rejects.toThrow(WrongLedger);
    await expect(other).rejects.toThrow(/test\.example\/log.*other\.example\/log/);
    const reader = sqliteStore({ file: at.file, ledger: 'other.example/log', readOnly: true });
    await expect(reader).rejects.toThrow(WrongLedger);
  });

  it('is written by one store at a time', async () => {
    const locked = { reason: 'locked', message: expect.stringContaining(at.file) };
    const store = await at.start();
    await expect(sqliteStore({ file: at.file, ledger })).rejects.toMatchObject(locked);
    const script = `
      import { openStore } from '#libs/store/open-store';
      await openStore(${JSON.stringify(`sqlite:${at.file}`)}, { ledger: '${ledger}' }).catch((error) =>
        console.log(error.reason));`;
    expect(execFileSync(process.execPath, nodeArguments(script), { encoding: 'utf8' })).toBe(
      'locked\n',
    );
    await append(store, 'stone-sun', emptyStream, 'still writing');
    await store.close();
    await (await at.start()).read('stone-sun');
  });

  it('is closed behind appends that nobody waited for, before the process ends', async () => {
    const script = `
      import { openStore } from '#libs/store/open-store';
      import { emptyStream, seal } from '#libs/store/envelope';
      const store = await openStore(${JSON.stringify(`sqlite:${at.file}`)}, { ledger: '${ledger}' });
      const meta = { by: 'alrosa', at: { time: '2026', precision: 'year' } };
      for (let n = 0; n < 200; n++) {
        const id = \`00000000-0000-4000-8000-\${String(n).padStart(12, '0')}\`;
        const event = { type: 'StoneNamed', data: { name: id }, meta: { id, ...meta } };
        const stream = 'stone-' + n;
        void store.append(stream, -1, seal(store.ledger, stream, emptyStream, '2026', [event]));
      }
      await store.close();
      process.stdout.write('closed');`;
    const child = spawn(process.execPath, nodeArguments(script), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const chunk of child.stdout) said += String(chunk);
    expect(said).toBe('closed');
    const store = await at.start();
    expect(await all(store)).toHaveLength(200);
  }, 30_000);

  it('loses nothing acknowledged when the writing process is killed', async () => {
    const script = `
      import { openStore } from '#libs/store/open-store';
      import { emptyStream, seal } from '#libs/store/envelope';
      const store = await openStore(${JSON.stringify(`sqlite:${at.file}`)}, { ledger: '${ledger}' });
      const at = { time: '2026', precision: 'year' };
      for (let n = 0; ; n++) await Promise.all([0, 1, 2, 3].map(async (k) => {
        const id = \`00000000-0000-4000-8000-\${String(n * 4 + k).padStart(12, '0')}\`;
        const event = { type: 'StoneNamed', data: { name: id }, meta: { id, by: 'alrosa', at } };
        const stream = 'stone-' + (n * 4 + k);
        await store.append(stream, -1, seal(store.ledger, stream, emptyStream, '2026', [event]));
        process.stdout.write(id + '\\n');
      }));`;
    const child = spawn(process.execPath, nodeArguments(script), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.length > 10_000) child.kill('SIGKILL');
    }
    const acknowledged = said.split('\n').slice(0, -1);
    const store = await at.start();
    const found = new Set((await all(store)).map((event) => event.meta.id));
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(200);
  }, 30_000);
});

describe('readers', () => {
  it('read and follow beside the writer, and append nothing', async () => {
    const writer = await at.start();
    const head = await append(writer, 'stone-sun', emptyStream, 'a');
    const reader = await at.start({ readOnly: true });
    expect(await reader.read('stone-sun')).toHaveLength(1);
    const stop = new AbortController();
    const following = (async () => {
      for await (const batch of reader.follow(1n, stop.signal)) {
        stop.abort();
        return batch.map((event) => event.revision);
      }
      return [];
    })();
    await append(writer, 'stone-sun', head, 'b');
    expect(await following).toEqual([1]);
    expect(await reader.read('stone-sun')).toHaveLength(2);
    await expect(append(reader, 'stone-sun', emptyStream, 'c')).rejects.toMatchObject({
      reason: 'read-only',
    });
    await writer.close();
    expect(await reader.read('stone-sun')).toHaveLength(2);
  });

  it('make no ledger', async () => {
    await expect(sqliteStore({ file: at.file, ledger, readOnly: true })).rejects.toThrow(at.file);
    expect(readdirSync(at.folder)).toEqual([]);
  });
});

describe('when it cannot serve', () => {
  it('refuses appends over the limit of the queue and takes them again afterwards', async () => {
    const store = await at.start({ queueLimit: 10 });
    const answers = await Promise.allSettled(
      Array.from({ length: 30 }, (_, i) => append(store, `stone-${i}`, emptyStream, 'a')),
    );
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused).toHaveLength(20);
    expect(refused[0]?.reason).toMatchObject({ reason: 'overloaded' });
    await append(store, 'stone-99', emptyStream, 'a');
    expect(await all(store)).toHaveLength(11);
  });

  it('refuses appends when the file may not grow, and keeps what it has', async () => {
    const store = await at.start({ maxBytes: 200_000 });
    let head: Head = emptyStream;
    const fill = async () => {
      for (;;) head = await append(store, 'stone-sun', head, 'x'.repeat(20_000));
    };
    const full = { reason: 'full', message: expect.stringContaining(at.file) };
    await expect(fill()).rejects.toMatchObject(full);
    await expect(append(store, 'stone-sun', head, 'x'.repeat(20_000))).rejects.toMatchObject(full);
    expect(await store.read('stone-sun')).toHaveLength(head.revision + 1);
    await store.close();
    const roomier = await at.start();
    await append(roomier, 'stone-sun', head, 'x'.repeat(20_000));
    expect(await all(roomier)).toHaveLength(head.revision + 2);
  });

  it('says that a file or folder may not be written', async () => {
    const readOnly = { reason: 'read-only', message: expect.stringContaining(at.file) };
    await at.record('a');
    chmodSync(at.file, 0o444);
    chmodSync(`${at.file}-lock`, 0o444);
    await expect(asNobody(() => sqliteStore({ file: at.file, ledger }))).rejects.toMatchObject(
      readOnly,
    );
    chmodSync(`${at.file}-lock`, 0o666);
    await expect(asNobody(() => sqliteStore({ file: at.file, ledger }))).rejects.toMatchObject(
      readOnly,
    );
    chmodSync(at.folder, 0o555);
    at.file = join(at.folder, 'new.db');
    await expect(asNobody(() => sqliteStore({ file: at.file, ledger }))).rejects.toMatchObject({
      reason: 'read-only',
      message: expect.stringContaining('new.db'),
    });
    chmodSync(at.folder, 0o755);
  });

  it('reads a closed ledger in a folder that may not be written', async () => {
    await at.record('a');
    for (const path of [at.file, `${at.file}-lock`]) chmodSync(path, 0o444);
    chmodSync(at.folder, 0o555);
    const reading = asNobody(async () => {
      const store = await at.start({ readOnly: true });
      return store.read('stone-sun');
    });
    expect(await reading).toHaveLength(1);
    chmodSync(at.folder, 0o755);
  });
});

/** Runs `act` without root's rights, which would ignore permissions. */
async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0 || !process.seteuid) return act();
  const nobody = 65_534;
  chmodSync(at.root, 0o755);
  for (const name of readdirSync(at.folder)) chownSync(join(at.folder, name), nobody, nobody);
  chownSync(at.folder, nobody, nobody);
  process.seteuid(nobody);
  try {
    return await act();
  } finally {
    process.seteuid(0);
  }
}

function nodeArguments(script: string): string[] {
  return ['--conditions=source', '--eval', script];
}
