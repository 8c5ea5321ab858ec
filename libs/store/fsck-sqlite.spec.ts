import Database from 'better-sqlite3';
import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Leaf } from '#events/envelope';
import { canonicalJson } from '#libs/signing/canonical-json';
import { leafHash } from '#libs/store/envelope';
import { examine } from '#libs/store/fsck-ledger';
import { ledger, ledgerFile } from '#test/support/ledger-file';
import { growRandomly } from '#test/support/random-ledger';

const at = ledgerFile();
const url = () => `sqlite:${at.file}`;

/** A closed ledger of about so many events. */
async function grown(events: number): Promise<void> {
  const store = await at.start();
  await growRandomly(store, 'fsck', events);
  await store.close();
}

function tamper(change: (db: Database.Database) => void): void {
  const db = new Database(at.file);
  change(db);
  db.close();
}

const leafAt = (db: Database.Database, position: number) =>
  String(db.prepare('SELECT leaf FROM events WHERE position = ?').pluck().get(position));

/** Writes a leaf with the CRC-32 and hash that belong to it, as a careful forger would. */
function forge(db: Database.Database, position: number, leaf: string): void {
  db.prepare('UPDATE events SET leaf = ?, crc = ?, hash = ? WHERE position = ?').run(
    leaf,
    crc32(leaf),
    leafHash(leaf),
    position,
  );
}

function change(db: Database.Database, position: number, edit: (leaf: Leaf) => unknown): void {
  forge(db, position, canonicalJson(edit(JSON.parse(leafAt(db, position)) as Leaf)));
}

/** What is found, as `position: problem`. */
async function found(): Promise<readonly string[]> {
  const { damages, damaged, root } = await examine({ url: url(), ledger });
  expect(damaged).toBe(damages.length);
  if (
    damages.some(({ problem }) => /missing|not readable|not the one|could be read/.test(problem))
  ) {
    expect(root).toBeUndefined();
  }
  return damages.map(({ position, problem }) => `${position ?? '-'}: ${problem}`);
}

describe('in a ledger file is found', () => {
  it('a garbled byte, with everything behind it still read', async () => {
    await grown(600);
    const bytes = readFileSync(at.file);
    let leaf = '';
    tamper((db) => (leaf = leafAt(db, 300)));
    const place = bytes.indexOf(leaf.slice(0, 60)) + 45;
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    writeFileSync(at.file, bytes);
    const { damages, size, end } = await examine({ url: url(), ledger });
    expect(size).toBe(Number(end) - 1);
    expect(damages[0]).toEqual({ position: 300n, problem: 'the event is not the one recorded' });
  });

  it('a removed event, and several', async () => {
    await grown(600);
    tamper((db) => db.exec('DELETE FROM events WHERE position IN (7, 299, 300)'));
    const lines = await found();
    for (const position of [7, 299, 300]) {
      expect(lines).toContain(`${position}: the event is missing`);
    }
  });

  it('events at the end that are gone', async () => {
    await at.record('one', 'two', 'three');
    tamper((db) => {
      db.exec('UPDATE ledger SET settled = (SELECT max(position) FROM events)');
      db.exec('DELETE FROM events WHERE position = (SELECT max(position) FROM events)');
    });
    await expect(examine({ url: url(), ledger })).rejects.toMatchObject({ code: 'corrupt-record' });
    tamper((db) => db.exec('UPDATE ledger SET settled = 0'));
    expect(await found()).toEqual([expect.stringMatching(/^3: ids takes it for /)]);
  });

  it('two events that changed places', async () => {
    await grown(100);
    tamper((db) => {
      const [five, six] = [leafAt(db, 5), leafAt(db, 6)];
      forge(db, 5, six);
      forge(db, 6, five);
    });
    const lines = await found();
    expect(lines).toContainEqual(
      expect.stringMatching(/^5: its columns are not what its leaf says/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^[56]: ids takes it for /));
  });

  it('a time that was changed, with all its checks made anew', async () => {
    await at.record('one', 'two', 'three');
    tamper((db) => change(db, 2, (leaf) => ({ ...leaf, recordedAt: '2020-01-01T00:00:00.000Z' })));
    expect(await found()).toEqual([
      '3: it does not name the hash of the event before it in stone-sun',
    ]);
  });

  it('a changed last event, by what is known of an earlier tree', async () => {
    await at.record('one', 'two', 'three');
    const { size, root = '' } = await examine({ url: url(), ledger });
    tamper((db) => change(db, 3, (leaf) => ({ ...leaf, recordedAt: '2020-01-01T00:00:00.000Z' })));
    expect(await found()).toEqual([]);
    const { damages } = await examine({ url: url(), ledger }, { against: [{ size, root }] });
    expect(damages).toEqual([{ problem: `the first 3 events do not have the root ${root}` }]);
    const shorter = await examine({ url: url(), ledger }, { against: [{ size: 4, root }] });
    expect(shorter.damages).toEqual([{ problem: 'it holds 3 events, and once held 4' }]);
  });

  it('a revision of another stream', async () => {
    await at.record('one', 'two', 'three');
    tamper((db) =>
      change(db, 2, (leaf) => ({
        ...leaf,
        statement: { ...leaf.statement, stream: 'stone-dawn' },
      })),
    );
    const lines = await found();
    expect(lines).toContain('2: revision 1 of stone-dawn stands where 0 belongs');
    expect(lines).toContain('3: revision 2 of stone-sun stands where 1 belongs');
    expect(lines).toContain('2: its columns are not what its leaf says');
  });

  it('an id that is there twice', async () => {
    await at.record('one', 'two', 'three');
    let id = '';
    tamper((db) => {
      ({ id } = JSON.parse(leafAt(db, 1)) as Leaf);
      change(db, 3, (leaf) => ({ ...leaf, id }));
    });
    expect(await found()).toContain(`3: its id ${id} is also that of position 1`);
  });

  it('bytes that say the same but are not canonical, and what is no leaf', async () => {
    await at.record('one', 'two', 'three', 'four', 'five');
    tamper((db) => {
      forge(db, 1, leafAt(db, 1).replace('{"id"', '{ "id"'));
      forge(db, 2, leafAt(db, 2).replace('"v":1}', '"v":1,"w":1}'));
      forge(db, 3, leafAt(db, 3).replace('"v":1}', '"v":2}'));
      forge(db, 4, leafAt(db, 4).replace('test.example/log', 'evil.example/log'));
      forge(db, 5, leafAt(db, 5).replace('"sigs":[]', '"sigs":[1]'));
    });
    const lines = await found();
    expect(lines).toContain('1: its bytes are not canonical JSON');
    for (const position of [2, 3, 5]) expect(lines).toContain(`${position}: it is no leaf`);
    expect(lines).toContain('4: it is of the ledger “evil.example/log”');
  });

  it('every table that no longer fits the events', async () => {
    await at.record(...Array.from({ length: 70 }, (_, i) => `name ${i}`));
    const store = await at.start();
    await growRandomly(store, 'tables', 40);
    await store.close();
    tamper((db) => {
      db.exec(`UPDATE ledger SET settled = (SELECT max(position) FROM events);
               INSERT INTO heads SELECT stream, max(position) FROM events GROUP BY stream
                 ON CONFLICT DO UPDATE SET position = excluded.position;
               INSERT INTO ids SELECT json_extract(leaf, '$.id'), position FROM events
                 WHERE true ON CONFLICT DO NOTHING`);
    });
    expect(await found()).toEqual([]);
    const faults: readonly (readonly [sql: string, problem: RegExp])[] = [
      [`UPDATE heads SET position = 69 WHERE stream = 'stone-sun'`, /^70: heads does not know it/],
      [`DELETE FROM heads WHERE stream = 'stone-sun'`, /^70: heads does not know it/],
      [`UPDATE heads SET position = 3 WHERE stream = 'stone-1'`, /^3: heads takes it for the end/],
      ['UPDATE ids SET position = 4 WHERE position = 5', /^4: ids takes it for /],
      ['DELETE FROM ids WHERE position = 5', /^5: ids does not know it/],
      ['UPDATE marks SET position = 5', /^5: marks takes it for revision 64 of stone-sun/],
      ['DELETE FROM marks', /^65: marks does not know it/],
      [
        'UPDATE events SET before = 1 WHERE position = 5',
        /^5: it points back to position 1, not 4/,
      ],
      ['UPDATE events SET revision = 9 WHERE position = 5', /^5: its columns are not/],
      [`UPDATE events SET hash = 'x' WHERE position = 5`, /^5: its columns are not/],
    ];
    const whole = readFileSync(at.file);
    for (const [sql, problem] of faults) {
      tamper((db) => db.exec(sql));
      expect([sql, await found()]).toEqual([
        sql,
        expect.arrayContaining([expect.stringMatching(problem)]),
      ]);
      writeFileSync(at.file, whole);
    }
  });

  it('a page that cannot be read', async () => {
    await grown(600);
    const bytes = readFileSync(at.file);
    let leaf = '';
    tamper((db) => (leaf = leafAt(db, 300)));
    const page = 4096 * Math.floor(bytes.indexOf(leaf.slice(0, 60)) / 4096);
    bytes.fill(0xff, page, page + 4096);
    writeFileSync(at.file, bytes);
    const { damages, root } = await examine({ url: url(), ledger });
    expect(root).toBeUndefined();
    expect(damages.some(({ position }) => position !== undefined && position > 250n)).toBe(true);
    expect(damages.some(({ problem }) => /database is damaged|cannot be read/.test(problem))).toBe(
      true,
    );
  });
});

it('times that step back are warned of', async () => {
  await grown(10);
  tamper((db) => change(db, 3, (leaf) => ({ ...leaf, recordedAt: '2036-01-01T00:00:00.000Z' })));
  const { warnings } = await examine({ url: url(), ledger });
  expect(warnings).toEqual([
    expect.stringMatching(/^\d+ events .* earlier time .*\(position 4\)$/),
  ]);
});
