import Database from 'better-sqlite3';
import { describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { leafHash } from '#libs/store/envelope';
import { CorruptRecord } from '#libs/store/errors';
import { sqliteStore } from '#libs/store/sqlite';
import { all, ledger, ledgerFile } from '#test/support/ledger-file';

const at = ledgerFile();

/** Changes the closed file with plain SQL, as no store ever would. */
function tamper(sql: string): void {
  const db = new Database(at.file);
  db.exec(sql);
  db.close();
}

function overwrite(found: string, replacement: string): void {
  const bytes = readFileSync(at.file);
  const place = bytes.indexOf(found);
  expect(place).toBeGreaterThan(0);
  bytes.write(replacement, place);
  writeFileSync(at.file, bytes);
}

describe('a damaged file', () => {
  const corrupt = (position?: bigint) => ({
    name: 'CorruptRecord',
    file: at.file,
    position,
    message: expect.stringContaining(at.file),
  });

  it('is refused when it is no database, empty, or a folder', async () => {
    writeFileSync(at.file, 'no database at all'.repeat(1000));
    await expect(sqliteStore({ file: at.file, ledger })).rejects.toMatchObject(corrupt());
    writeFileSync(at.file, '');
    await expect(sqliteStore({ file: at.file, ledger })).rejects.toMatchObject(corrupt());
    rmSync(at.file);
    mkdirSync(at.file);
    await expect(sqliteStore({ file: at.file, ledger })).rejects.toThrow(
      /ledger\.db cannot be used.*folder/,
    );
  });

  it('is refused when it is the database of something else', async () => {
    tamper('CREATE TABLE stones (id TEXT)');
    await expect(sqliteStore({ file: at.file, ledger })).rejects.toThrow(/not a ledger/);
  });

  it('is refused when it was truncated, and no new ledger is begun in its place', async () => {
    await at.record(...Array.from({ length: 50 }, (_, i) => `stone ${i}`));
    truncateSync(at.file, 20_000);
    await expect(sqliteStore({ file: at.file, ledger })).rejects.toMatchObject(corrupt());
    await expect(sqliteStore({ file: at.file, ledger, readOnly: true })).rejects.toMatchObject(
      corrupt(),
    );
    rmSync(at.file);
    writeFileSync(`${at.file}-wal`, 'left over');
    await expect(sqliteStore({ file: at.file, ledger })).rejects.toMatchObject(corrupt());
  });

  it('names the position of an event whose bytes were changed', async () => {
    await at.record('one', 'two', 'three');
    overwrite('"name":"two"', '"name":"too"');
    const store = await at.start({ readOnly: true });
    await expect(store.read('stone-sun')).rejects.toMatchObject(corrupt(2n));
    await expect(all(store)).rejects.toMatchObject(corrupt(2n));
    expect(await store.read('stone-sun', { from: 2 })).toHaveLength(1);
  });

  it('names the position of an event that is no longer JSON, even to a writer', async () => {
    await at.record('one', 'two', 'three');
    overwrite('"name":"two"', '"name":"tw\\"');
    const reader = await at.start({ readOnly: true });
    await expect(all(reader)).rejects.toMatchObject(corrupt(2n));
    await expect(sqliteStore({ file: at.file, ledger })).rejects.toMatchObject(corrupt(2n));
  });

  it('finds a change that was made with its checks', async () => {
    await at.record('one', 'two', 'three');
    const db = new Database(at.file);
    const leaf = String(db.prepare('SELECT leaf FROM events WHERE position = 2').pluck().get());
    const forged = leaf.replace('two', 'too');
    db.prepare('UPDATE events SET leaf = ?, crc = ?, hash = ? WHERE position = 2').run(
      forged,
      crc32(forged),
      leafHash(forged),
    );
    db.close();
    const store = await at.start({ readOnly: true });
    await expect(store.read('stone-sun')).rejects.toMatchObject(corrupt(2n));
  });

  it('finds an event in the place of another', async () => {
    await at.record('one', 'two', 'three');
    tamper(`UPDATE events SET (leaf, crc, hash) = (SELECT leaf, crc, hash FROM events WHERE position = 2)
            WHERE position = 3`);
    const store = await at.start({ readOnly: true });
    await expect(store.read('stone-sun')).rejects.toMatchObject(corrupt(3n));
  });

  it('finds an event that is gone', async () => {
    await at.record('one', 'two', 'three');
    tamper('DELETE FROM events WHERE position = 2');
    const store = await at.start({ readOnly: true });
    await expect(all(store)).rejects.toMatchObject(corrupt(2n));
    await expect(store.read('stone-sun')).rejects.toMatchObject(corrupt(2n));
  });

  it('finds a garbled page', async () => {
    await at.record(...Array.from({ length: 50 }, (_, i) => `stone ${i}`));
    const bytes = readFileSync(at.file);
    const page = 4096 * Math.floor(bytes.indexOf('"name":"stone 30"') / 4096);
    bytes.fill(0xff, page, page + 4096);
    writeFileSync(at.file, bytes);
    const store = await at.start({ readOnly: true });
    await expect(all(store)).rejects.toThrow(CorruptRecord);
    await expect(all(store)).rejects.toThrow(/ledger\.db, position \d+/);
  });
});
