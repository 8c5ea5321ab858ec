import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backup, snapshot } from '#libs/store/backup';
import { readRecord, recordOf } from '#libs/store/backup-record';
import { restore, type RestoreOptions } from '#libs/store/backup-restore';
import { emptyStream } from '#libs/store/envelope';
import { examine } from '#libs/store/fsck-ledger';
import { append, ledger, ledgerFile } from '#test/support/ledger-file';
import { growRandomly, leavesOf } from '#test/support/random-ledger';

const at = ledgerFile();
const now = '2026-11-22T12:00:00.000Z';
let file = '';
let elsewhere = '';

beforeEach(() => {
  file = join(at.folder, 'backups', 'monday.db');
  elsewhere = join(at.folder, 'elsewhere', 'ledger.db');
});

const url = () => `sqlite:${at.file}`;
const backUp = (to = file) => backup({ url: url(), ledger, file: to, now });
const bringBack = (options: Partial<RestoreOptions> = {}) =>
  restore({ file, url: `sqlite:${elsewhere}`, ledger, ...options });

async function grow(seed: string, events: number): Promise<void> {
  const store = await at.start();
  await growRandomly(store, seed, events);
  await store.close();
}

/** One more event in a stream of its own. */
async function oneMore(name: string): Promise<void> {
  const store = await at.start();
  await append(store, `stone-${name}`, emptyStream, name);
  await store.close();
}

async function leavesIn(path: string): Promise<readonly string[]> {
  const store = await at.start({ file: path, readOnly: true });
  return leavesOf(store);
}

/** Changes one bit of the ledger's name in each leaf, also where SQLite left an old copy of it. */
function garble(path: string): void {
  const bytes = readFileSync(path);
  for (let at = 0; (at = bytes.indexOf('"ledger":"t', at)) >= 0;) bytes.write('u', (at += 10));
  writeFileSync(path, bytes);
}

describe('a backup', () => {
  it('taken while the service writes is the ledger as it was at one moment', async () => {
    const store = await at.start();
    await growRandomly(store, 'before', 300);
    const growing = growRandomly(store, 'meanwhile', 0).then(async () => {
      let head = emptyStream;
      for (let i = 0; i < 400; i++) head = await append(store, 'stone-late', head, `name ${i}`);
    });
    const record = await backUp();
    await growing;
    const leaves = await leavesOf(store);
    expect(await leavesIn(file)).toEqual(leaves.slice(0, record.size));
    const { root, end } = await examine({ url: `sqlite:${file}`, ledger });
    expect(record).toMatchObject({ ledger, size: Number(end), position: end, root, takenAt: now });
    expect(readRecord(recordOf(file))).toEqual(record);
    expect(readdirSync(join(at.folder, 'backups'))).toEqual(['monday.db', 'monday.db.json']);
  });

  it('is never written over another', async () => {
    await grow('twice', 20);
    await backUp();
    const bytes = readFileSync(file);
    await expect(backUp()).rejects.toMatchObject({ code: 'backup-exists' });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('that was broken off is begun anew', async () => {
    await grow('broken off', 20);
    await backUp(join(at.folder, 'first.db'));
    renameSync(join(at.folder, 'first.db'), join(at.folder, 'second.db-part'));
    garble(join(at.folder, 'second.db-part'));
    const { size } = await backUp(join(at.folder, 'second.db'));
    expect(size).toBe((await leavesIn(at.file)).length);
  });

  it('is not made of a damaged ledger', async () => {
    await grow('damaged', 40);
    garble(at.file);
    await expect(backUp()).rejects.toMatchObject({ code: 'damaged' });
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });

  it('that cannot be written names the place it was to be written to', async () => {
    await grow('no room', 20);
    const place = join(at.folder, 'gone', 'copy.db');
    expect(() => snapshot(at.file, place, ledger)).toThrow(new RegExp(`^${place} cannot be used`));
  });

  it('is not made of a ledger that lost what its last backup has', async () => {
    await grow('lost', 40);
    const early = readFileSync(at.file);
    await oneMore('later');
    await backUp();
    writeFileSync(at.file, early);
    await expect(backUp(join(at.folder, 'next.db'))).rejects.toThrow(/holds \d+ events, and once/);
  });
});

describe('a restore', () => {
  it('brings the ledger back, leaf by leaf, and it goes on', async () => {
    await grow('back', 200);
    const leaves = await leavesIn(at.file);
    await backUp();
    const { size } = await bringBack();
    expect(size).toBe(leaves.length);
    expect(await leavesIn(elsewhere)).toEqual(leaves);
    const store = await at.start({ file: elsewhere });
    await append(store, 'stone-next', emptyStream, 'next');
    await store.close();
    expect(await examine({ url: `sqlite:${elsewhere}`, ledger })).toMatchObject({ damages: [] });
    expect(readdirSync(join(at.folder, 'elsewhere')).sort()).toEqual([
      'ledger.db',
      'ledger.db-head.json',
      'ledger.db-lock',
    ]);
  });

  it('into another engine keeps everything too', async () => {
    await grow('memory', 20);
    await backUp();
    await expect(bringBack({ url: 'memory:' })).resolves.toMatchObject({ ledger });
    await expect(
      bringBack({ url: 'memory:', counted: { views: 'views.db', position: 3n } }),
    ).rejects.toThrow(/views\.db has counted .* other positions/);
  });

  it('is refused without its record, or with another', async () => {
    await grow('record', 20);
    await backUp();
    const record = readFileSync(recordOf(file), 'utf8');
    for (const [from, to] of [
      [/"size": \d+/, '"size": 3'],
      [/"root": "./, '"root": "A'],
      [/"root": "./, '"root": "B'],
    ] as const) {
      writeFileSync(recordOf(file), record.replace(from, to));
      if (readFileSync(recordOf(file), 'utf8') === record) continue;
      await expect(bringBack()).rejects.toThrow(/but its record says/);
    }
    for (const text of ['', '{}', 'null', record.replace('@v1', '@v2')]) {
      writeFileSync(recordOf(file), text);
      await expect(bringBack()).rejects.toMatchObject({ code: 'no-record' });
    }
    rmSync(recordOf(file));
    await expect(bringBack()).rejects.toMatchObject({ code: 'no-record' });
    await expect(bringBack({ ledger: 'other.example/log' })).rejects.toThrow();
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('is refused when the backup was changed, carefully or not', async () => {
    await grow('changed', 60);
    await backUp();
    const whole = readFileSync(file);
    garble(file);
    await expect(bringBack()).rejects.toMatchObject({ code: 'damaged' });
    writeFileSync(file, whole);
    const db = new Database(file);
    db.exec(`DELETE FROM events WHERE position = (SELECT max(position) FROM events);
             DELETE FROM ids WHERE position NOT IN (SELECT position FROM events);
             DELETE FROM heads WHERE position NOT IN (SELECT position FROM events)`);
    db.close();
    await expect(bringBack()).rejects.toThrow(/but its record says/);
    expect(existsSync(elsewhere)).toBe(false);
  });
});

describe('over a ledger nothing is restored', () => {
  it('that is newer: what would be lost is said', async () => {
    await grow('newer', 50);
    const { size } = await backUp();
    await oneMore('later');
    await oneMore('latest');
    const lost = new RegExp(
      `holds a newer ledger than the backup: 2 events at positions ${size + 1} to ${size + 2}, ` +
        'recorded from .* would be lost; move it away',
    );
    await expect(bringBack({ url: url() })).rejects.toThrow(lost);
    expect(await leavesIn(at.file)).toHaveLength(size + 2);
  });

  it('that is the same, a part of it, another, or not readable', async () => {
    await grow('same', 50);
    await backUp();
    await expect(bringBack({ url: url() })).rejects.toThrow(/exactly what the backup holds/);

    const early = join(at.folder, 'early.db');
    rmSync(at.file);
    rmSync(`${at.file}-head.json`);
    await at.record('one');
    await backUp(early);
    await oneMore('two');
    await backUp(join(at.folder, 'late.db'));
    const part = { url: `sqlite:${early}`, file: join(at.folder, 'late.db') };
    await expect(bringBack(part)).rejects.toThrow(/the first 1 events .* adamant copy --from/);

    await expect(bringBack({ url: url() })).rejects.toThrow(
      /holds another history from event 1 on: 2 events at positions 1 to 2/,
    );
    writeFileSync(at.file, 'no database at all'.repeat(1000));
    await expect(bringBack({ url: url() })).rejects.toThrow(/move it away first/);
    rmSync(at.file);
    writeFileSync(`${at.file}-wal`, 'left over');
    await expect(bringBack({ url: url() })).rejects.toMatchObject({ code: 'corrupt-record' });
  });

  it('whose views have counted further than the backup', async () => {
    await grow('views', 50);
    const { size } = await backUp();
    rmSync(at.file);
    const counted = { views: 'views.db', position: BigInt(size + 7) };
    await expect(bringBack({ url: url(), counted })).rejects.toThrow(
      new RegExp(
        `views.db has counted the ledger up to position ${size + 7}, but the backup ends at ` +
          `${size}: what was recorded since .* would be lost`,
      ),
    );
    expect(existsSync(at.file)).toBe(false);
    const upTo = { ...counted, position: BigInt(size) };
    await expect(bringBack({ url: url(), counted: upTo })).resolves.toMatchObject({ size });
  });

  it('of which a later backup is known', async () => {
    await grow('later', 50);
    const { size } = await backUp();
    await oneMore('later');
    await backUp(join(at.folder, 'tuesday.db'));
    rmSync(at.file);
    await expect(bringBack({ url: url() })).rejects.toThrow(
      new RegExp(`a later backup of this ledger was taken at ${now} with ${size + 1} events`),
    );
    rmSync(`${at.file}-head.json`);
    await expect(bringBack({ url: url() })).resolves.toMatchObject({ size });
  });

  it('that a service has open', async () => {
    await grow('open', 20);
    await backUp();
    const store = await at.start({ file: elsewhere });
    await expect(bringBack()).rejects.toMatchObject({ code: 'restore-refused' });
    await store.close();
  });
});
