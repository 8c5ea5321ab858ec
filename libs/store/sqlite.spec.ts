import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { emptyStream, seal, type Head } from '#libs/store/envelope';
import { CorruptRecord, WrongLedger } from '#libs/store/errors';
import { openStore } from '#libs/store/open-store';
import { sqliteStore, type SqliteOptions } from '#libs/store/sqlite';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { headAfter, named } from '#test/contract/event-store';

const ledger = 'test.example/log';
const root = mkdtempSync(join(tmpdir(), 'adamant-'));
let folder: string;
let file: string;
const open: EventStore[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(root, 'ledger-'));
  file = join(folder, 'ledger.db');
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});
afterAll(() => rmSync(root, { recursive: true }));

async function start(options: Partial<SqliteOptions> = {}): Promise<EventStore> {
  const store = await sqliteStore({ file, ledger, ...options });
  open.push(store);
  return store;
}

async function append(store: EventStore, stream: string, head: Head, ...names: string[]) {
  const events = names.map((name) => named(name));
  const entries = seal(store.ledger, stream, head, '2026-11-22T09:00:00.000Z', events);
  await store.append(stream, head.revision, entries);
  return headAfter(entries);
}

async function all(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  return events;
}

/** A closed ledger of one stream with the given names. */
async function recorded(...names: string[]): Promise<void> {
  const store = await sqliteStore({ file, ledger });
  await append(store, 'stone-sun', emptyStream, ...names);
  await store.close();
}

/** Changes the closed file with plain SQL, as no store ever would. */
function tamper(sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

function overwrite(found: string, replacement: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(found);
  expect(at).toBeGreaterThan(0);
  bytes.write(replacement, at);
  writeFileSync(file, bytes);
}

describe('a ledger file', () => {
  it('holds what was acknowledged after it is closed and opened again', async () => {
    await recorded('a', 'b');
    const store = await start();
    const [first, second] = await store.read('stone-sun');
    expect([first?.position, second?.position]).toEqual([1n, 2n]);
    const leaf = JSON.parse(second?.leaf ?? '') as { statement: { prev: string } };
    expect(leaf.statement.prev).not.toBe('');
    await expect(append(store, 'stone-sun', emptyStream, 'c')).rejects.toThrow('at revision 1');
  });

  it('is one file when it is closed', async () => {
    await recorded('a');
    expect(readdirSync(folder).sort()).toEqual(['ledger.db', 'ledger.db-lock']);
  });

  it('is opened by its address, and other addresses are refused', async () => {
    const store = await openStore(`sqlite:${file}`, { ledger });
    await store.close();
    for (const url of ['postgres://x', 'sqlite:', 'memory:x', 'ledger.db', '']) {
      await expect(openStore(url, { ledger })).rejects.toThrow(TypeError);
    }
  });

  it('bears the name it was made with', async () => {
    await recorded('a');
    const other = sqliteStore({ file, ledger: 'other.example/log' });
    await expect(other).rejects.toThrow(WrongLedger);
    await expect(other).rejects.toThrow(/test\.example\/log.*other\.example\/log/);
    const reader = sqliteStore({ file, ledger: 'other.example/log', readOnly: true });
    await expect(reader).rejects.toThrow(WrongLedger);
  });

  it('is written by one store at a time', async () => {
    const locked = { reason: 'locked', message: expect.stringContaining(file) };
    const store = await start();
    await expect(sqliteStore({ file, ledger })).rejects.toMatchObject(locked);
    const script = `
      import { openStore } from '#libs/store/open-store';
      await openStore(${JSON.stringify(`sqlite:${file}`)}, { ledger: '${ledger}' }).catch((error) =>
        console.log(error.reason));`;
    expect(execFileSync(process.execPath, nodeArguments(script), { encoding: 'utf8' })).toBe(
      'locked\n',
    );
    await append(store, 'stone-sun', emptyStream, 'still writing');
    await store.close();
    await (await start()).read('stone-sun');
  });

  it('loses nothing acknowledged when the writing process is killed', async () => {
    const script = `
      import { openStore } from '#libs/store/open-store';
      import { emptyStream, seal } from '#libs/store/envelope';
      const store = await openStore(${JSON.stringify(`sqlite:${file}`)}, { ledger: '${ledger}' });
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
    const store = await start();
    const found = new Set((await all(store)).map((event) => event.meta.id));
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(200);
  }, 30_000);
});

describe('readers', () => {
  it('read and follow beside the writer, and append nothing', async () => {
    const writer = await start();
    const head = await append(writer, 'stone-sun', emptyStream, 'a');
    const reader = await start({ readOnly: true });
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
    await expect(sqliteStore({ file, ledger, readOnly: true })).rejects.toThrow(file);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('when it cannot serve', () => {
  it('refuses appends over the limit of the queue and takes them again afterwards', async () => {
    const store = await start({ queueLimit: 10 });
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
    const store = await start({ maxBytes: 200_000 });
    let head: Head = emptyStream;
    const fill = async () => {
      for (;;) head = await append(store, 'stone-sun', head, 'x'.repeat(20_000));
    };
    const full = { reason: 'full', message: expect.stringContaining(file) };
    await expect(fill()).rejects.toMatchObject(full);
    await expect(append(store, 'stone-sun', head, 'x'.repeat(20_000))).rejects.toMatchObject(full);
    expect(await store.read('stone-sun')).toHaveLength(head.revision + 1);
    await store.close();
    const roomier = await start();
    await append(roomier, 'stone-sun', head, 'x'.repeat(20_000));
    expect(await all(roomier)).toHaveLength(head.revision + 2);
  });

  it('says that a file or folder may not be written', async () => {
    const readOnly = { reason: 'read-only', message: expect.stringContaining(file) };
    await recorded('a');
    chmodSync(file, 0o444);
    chmodSync(`${file}-lock`, 0o444);
    await expect(asNobody(() => sqliteStore({ file, ledger }))).rejects.toMatchObject(readOnly);
    chmodSync(`${file}-lock`, 0o666);
    await expect(asNobody(() => sqliteStore({ file, ledger }))).rejects.toMatchObject(readOnly);
    chmodSync(folder, 0o555);
    file = join(folder, 'new.db');
    await expect(asNobody(() => sqliteStore({ file, ledger }))).rejects.toMatchObject({
      reason: 'read-only',
      message: expect.stringContaining('new.db'),
    });
    chmodSync(folder, 0o755);
  });

  it('reads a closed ledger in a folder that may not be written', async () => {
    await recorded('a');
    for (const path of [file, `${file}-lock`]) chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    const reading = asNobody(async () => {
      const store = await start({ readOnly: true });
      return store.read('stone-sun');
    });
    expect(await reading).toHaveLength(1);
    chmodSync(folder, 0o755);
  });
});

describe('a damaged file', () => {
  const corrupt = (position?: bigint) => ({
    name: 'CorruptRecord',
    file,
    position,
    message: expect.stringContaining(file),
  });

  it('is refused when it is no database, empty, or a folder', async () => {
    writeFileSync(file, 'no database at all'.repeat(1000));
    await expect(sqliteStore({ file, ledger })).rejects.toMatchObject(corrupt());
    writeFileSync(file, '');
    await expect(sqliteStore({ file, ledger })).rejects.toMatchObject(corrupt());
    rmSync(file);
    mkdirSync(file);
    await expect(sqliteStore({ file, ledger })).rejects.toThrow(
      /ledger\.db cannot be used.*folder/,
    );
  });

  it('is refused when it is the database of something else', async () => {
    tamper('CREATE TABLE stones (id TEXT)');
    await expect(sqliteStore({ file, ledger })).rejects.toThrow(/not a ledger/);
    expect(basename(file)).toBe('ledger.db');
  });

  it('is refused when it was truncated, and no new ledger is begun in its place', async () => {
    await recorded(...Array.from({ length: 50 }, (_, i) => `stone ${i}`));
    truncateSync(file, 20_000);
    await expect(sqliteStore({ file, ledger })).rejects.toMatchObject(corrupt());
    await expect(sqliteStore({ file, ledger, readOnly: true })).rejects.toMatchObject(corrupt());
    rmSync(file);
    writeFileSync(`${file}-wal`, 'left over');
    await expect(sqliteStore({ file, ledger })).rejects.toMatchObject(corrupt());
  });

  it('names the position of an event whose bytes were changed', async () => {
    await recorded('one', 'two', 'three');
    overwrite('"name":"two"', '"name":"too"');
    const store = await start({ readOnly: true });
    await expect(store.read('stone-sun')).rejects.toMatchObject(corrupt(2n));
    await expect(all(store)).rejects.toMatchObject(corrupt(2n));
    expect(await store.read('stone-sun', { from: 2 })).toHaveLength(1);
  });

  it('names the position of an event that is no longer JSON, even to a writer', async () => {
    await recorded('one', 'two', 'three');
    overwrite('"name":"two"', '"name":"tw\\"');
    const reader = await start({ readOnly: true });
    await expect(all(reader)).rejects.toMatchObject(corrupt(2n));
    await expect(sqliteStore({ file, ledger })).rejects.toMatchObject(corrupt(2n));
  });

  it('finds a change that was made with its checks', async () => {
    await recorded('one', 'two', 'three');
    tamper(`UPDATE events SET (leaf, crc, hash) = (SELECT leaf, crc, hash FROM events WHERE position = 1)
            WHERE position = 2`);
    const store = await start({ readOnly: true });
    await expect(store.read('stone-sun')).rejects.toThrow(CorruptRecord);
  });

  it('finds an event that is gone', async () => {
    await recorded('one', 'two', 'three');
    tamper('DELETE FROM events WHERE position = 2');
    const store = await start({ readOnly: true });
    await expect(all(store)).rejects.toMatchObject(corrupt(2n));
    await expect(store.read('stone-sun')).rejects.toMatchObject(corrupt(2n));
  });

  it('finds a garbled page', async () => {
    await recorded(...Array.from({ length: 50 }, (_, i) => `stone ${i}`));
    const bytes = readFileSync(file);
    const page = 4096 * Math.floor(bytes.indexOf('"name":"stone 30"') / 4096);
    bytes.fill(0xff, page, page + 4096);
    writeFileSync(file, bytes);
    const store = await start({ readOnly: true });
    await expect(all(store)).rejects.toThrow(CorruptRecord);
    await expect(all(store)).rejects.toThrow(/ledger\.db, position \d+/);
  });
});

/** Runs `act` without root's rights, which would ignore permissions. */
async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0 || !process.seteuid) return act();
  const nobody = 65_534;
  chmodSync(root, 0o755);
  for (const name of readdirSync(folder)) chownSync(join(folder, name), nobody, nobody);
  chownSync(folder, nobody, nobody);
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
