import Database from 'better-sqlite3';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '#apps/ledger/config';
import { startService } from '#apps/ledger/start';
import { runCli } from '#test/support/cli-in-process';

jest.setTimeout(120_000);

const root = mkdtempSync(join(tmpdir(), 'adamant-keeping-'));
const demo = join(root, 'demo');
let folder = '';
let data = '';
let backups = 0;

beforeAll(async () => {
  const { code, err } = await runCli(['demo', '--data', demo]);
  if (code !== 0) throw new Error(err.join());
});

/** Each test has a ledger of its own, with its views. */
beforeEach(() => {
  folder = mkdtempSync(join(root, 'place-'));
  data = join(folder, 'data');
  cpSync(demo, data, { recursive: true });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const adamant = (...words: readonly string[]) => runCli(words, { ADAMANT_DATA: data });
const ledgerDb = () => join(data, 'ledger.db');
const url = () => `sqlite:${ledgerDb()}`;

async function says(...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, out, err } = await adamant(...words, '--json');
  expect({ code, err }).toEqual({ code: 0, err: [] });
  return JSON.parse(out) as Readonly<Record<string, unknown>>;
}

/** The one line of a verb that failed. */
async function fails(...words: readonly string[]): Promise<string> {
  const { code, err } = await adamant(...words);
  expect(code).toBe(1);
  expect(err).toEqual([expect.stringMatching(/^error: [\w-]+: [^\n]+$/)]);
  return err[0] ?? '';
}

async function backUp(): Promise<string> {
  const file = join(folder, `backup-${(backups += 1)}.db`);
  await says('backup', '--to', file);
  return file;
}

/** Something happens after the backup. */
async function register(id: string): Promise<void> {
  const said = ['--name', id, '--country', 'CH', '--role', 'dealer'];
  expect(await adamant('party', 'register', id, ...said)).toMatchObject({ code: 0, err: [] });
}

describe('adamant copy', () => {
  it('copies a ledger and shows the same root on both sides', async () => {
    const to = join(folder, 'copy.db');
    const { code, out } = await adamant('copy', '--from', url(), '--to', `sqlite:${to}`);
    expect(code).toBe(0);
    const [, first, second] =
      /^copied (\d+) events in .*\nsource: (.*)\ntarget: (.*)$/.exec(out)?.slice(0) ?? [];
    expect(second).toMatch(new RegExp(`^${first} events, root [A-Za-z0-9+/]{43}=$`));
    expect(out.split('\n')[2]?.replace('target', 'source')).toBe(out.split('\n')[1]);
    const again = await says('copy', '--from', url(), '--to', `sqlite:${to}`);
    expect(again).toMatchObject({ copied: 0, already: Number(first) });
    expect(again['source']).toEqual(again['target']);
    expect((await adamant('history', 'new-sun', '--data', data)).code).toBe(0);
  });

  it('refuses a target that parts from the source, and says where', async () => {
    const to = join(folder, 'other');
    await adamant('generate', '--stones', '1', '--data', to);
    const line = await fails('copy', '--from', url(), '--to', `sqlite:${join(to, 'ledger.db')}`);
    expect(line).toMatch(
      /^error: parted-ledgers: .* part at event 1: the source has .* position 1/,
    );
  });

  it('names a ledger that is not there, and an address that is none', async () => {
    const nowhere = `sqlite:${join(folder, 'nowhere.db')}`;
    expect(await fails('copy', '--from', nowhere, '--to', 'memory:')).toMatch(/^error: no-ledger:/);
    const { code, err } = await adamant('copy', '--from', url(), '--to', 'ftp:somewhere');
    expect({ code, err }).toEqual({ code: 2, err: [expect.stringMatching(/^error: usage: /)] });
  });
});

describe('adamant fsck', () => {
  it('finds a sound ledger sound', async () => {
    const { code, out } = await adamant('fsck');
    expect(code).toBe(0);
    expect(out).toMatch(/^ledger adamant\.local\/ledger: \d+ events in .* streams$/m);
    expect(out).toMatch(/^root [A-Za-z0-9+/]{43}=$/m);
    expect(out).toMatch(/^sound: /m);
    expect(await says('fsck', url())).toMatchObject({ sound: true, damages: [] });
  });

  it('lists each damage with its position, and is not content', async () => {
    const db = new Database(ledgerDb());
    db.exec(`UPDATE events SET leaf = replace(leaf, '"v":1', '"v":2') WHERE position = 9;
             DELETE FROM events WHERE position = 20`);
    db.close();
    const { code, out, err } = await adamant('fsck');
    expect(code).toBe(1);
    expect(err).toEqual([
      expect.stringMatching(/^error: damaged: \d+ faults, the first: position 9/),
    ]);
    expect(out).toMatch(/^position 9: the event is not the one recorded$/m);
    expect(out).toMatch(/^position 20: the event is missing$/m);
    expect(out).toMatch(/^no root: /m);
    expect(out).not.toContain('sound:');
    const asJson = await adamant('fsck', '--json');
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.out)).toMatchObject({ sound: false });
  });

  it('is not content with a ledger that cannot be read, or is not there', async () => {
    const db = new Database(ledgerDb());
    db.exec('DROP TABLE ids');
    db.close();
    expect(await fails('fsck')).toMatch(/^error: damaged: .*/);
    rmSync(ledgerDb());
    expect(await fails('fsck')).toMatch(/^error: no-ledger: /);
  });

  it('holds a ledger against the record of a backup', async () => {
    const file = await backUp();
    await register('later');
    expect((await adamant('fsck', '--against', `${file}.json`)).code).toBe(0);
    rmSync(ledgerDb());
    rmSync(`${ledgerDb()}-head.json`);
    rmSync(join(data, 'views.db'));
    await adamant('generate', '--stones', '9');
    expect(await fails('fsck', '--against', `${file}.json`)).toMatch(/do not have the root/);
    expect((await adamant('fsck')).code).toBe(0);
  });
});

describe('adamant backup and restore', () => {
  it('bring a ledger back whole, with the same answers', async () => {
    const before = await adamant('state', 'new-sun', '--json');
    const file = await backUp();
    const record = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Record<string, unknown>;
    const elsewhere = join(folder, 'elsewhere');
    expect(await says('restore', file, '--data', elsewhere)).toMatchObject({
      restored: record['size'],
      root: record['root'],
    });
    const after = await adamant('state', 'new-sun', '--json', '--data', elsewhere);
    expect(after.out).toBe(before.out);
    expect((await adamant('fsck', '--data', elsewhere)).code).toBe(0);
  });

  it('leave a newer ledger, or its views, as they are and say what would be lost', async () => {
    const file = await backUp();
    await register('later');
    await adamant('find', 'new-sun');
    expect(await fails('restore', file)).toMatch(
      /^error: restore-refused: .* newer ledger than the backup: 1 events at positions (\d+) to \1,/,
    );
    renameSync(ledgerDb(), join(folder, 'gone.db'));
    expect(await fails('restore', file)).toMatch(
      /^error: restore-refused: .*views\.db has counted the ledger up to position .* would be lost/,
    );
    renameSync(join(data, 'views.db'), join(folder, 'views.db'));
    expect((await adamant('restore', file)).code).toBe(0);
    expect((await adamant('state', 'new-sun')).code).toBe(0);
  });

  it('refuse a backup that is not there, and a file to be written over', async () => {
    expect(await fails('restore', join(folder, 'none.db'))).toMatch(/^error: no-backup: /);
    const file = await backUp();
    expect(await fails('backup', '--to', file)).toMatch(/^error: backup-exists: /);
  });
});

describe('a ledger that was rolled back under its views', () => {
  /** An older ledger is copied over the newer by hand. */
  async function rollBack(): Promise<void> {
    const old = join(folder, 'old.db');
    cpSync(ledgerDb(), old);
    await register('later');
    await adamant('find', 'new-sun');
    for (const end of ['', '-wal', '-shm']) rmSync(`${ledgerDb()}${end}`, { force: true });
    cpSync(old, ledgerDb());
  }

  it('is shown and rebuilt by no verb', async () => {
    await rollBack();
    for (const words of [['find', 'new-sun'], ['state', 'new-sun'], ['rebuild']]) {
      expect(await fails(...words)).toMatch(/^error: ledger-rolled-back: the views have counted/);
    }
    expect(await fails('fsck')).toMatch(/views\.db has counted up to position/);
  });

  it('is not served', async () => {
    await rollBack();
    const config = readConfig({
      LEDGER_URL: url(),
      VIEWS_URL: `sqlite:${join(data, 'views.db')}`,
      PORT: '0',
    });
    const answer = await startService(config, pino({ level: 'silent' })).then(
      async (service) => service.close(),
      (error: unknown) => error,
    );
    expect(answer).toMatchObject({ code: 'ledger-rolled-back' });
    expect(existsSync(`${ledgerDb()}-wal`)).toBe(false);
    rmSync(join(data, 'views.db'));
    const service = await startService(config, pino({ level: 'silent' }));
    await service.close();
  });
});
