import { afterAll, expect, it } from '@jest/globals';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v4, v7 } from 'uuid';
import { emptyStream, seal, type Entry, type Head } from '#libs/store/envelope';
import { createLedger, isNew, openLedger } from '#libs/store/sqlite-file';
import { openLog, type Outcome } from '#libs/store/sqlite-log';
import { openReader } from '#libs/store/sqlite-reader';
import { openScan } from '#libs/store/sqlite-scan';
import { headAfter, named } from '#test/contract/event-store';

const folder = mkdtempSync(join(tmpdir(), 'adamant-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Request = Readonly<{ stream: string; expectedRevision: number; entries: readonly Entry[] }>;

const ledger = 'test.example/log';
const smallTail = { length: 12, slice: 4 };
let files = 0;

/**
 * A commit of one event to each of some streams; or the file is opened anew; or a commit
 * fails at its events, or while it merges into a table.
 */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 9 }) },
  { weight: 1, arbitrary: fc.constant('open anew' as const) },
  { weight: 1, arbitrary: fc.constant('fail' as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('INSERT ON heads', 'INSERT ON ids', 'UPDATE ON ledger'),
  },
);

it('knows every stream and id whatever is merged, opened anew or undone', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const path = join(folder, `${(files += 1)}.db`);
      createLedger(path, ledger);
      let db = openLedger(path, ledger, false);
      let log = openLog(db, path, smallTail);
      const reading = openLedger(path, ledger, true);
      const reader = openReader(reading, path);
      const recorded = new Map<string, Entry[]>();
      const requestTo = (stream: string) => {
        const history = recorded.get(stream) ?? [];
        const head = headAfter(history, emptyStream);
        const id = history.length % 2 === 0 ? v4() : v7();
        const entries = seal(ledger, stream, head, '2026', [named(stream, id)]);
        return { stream, expectedRevision: head.revision, entries };
      };
      let total = 0;
      const accepted = (requests: readonly Request[], outcomes: readonly Outcome[]) =>
        requests.forEach(({ stream, entries }, i) => {
          total += 1;
          expect(outcomes[i]).toEqual({ revision: entries[0]?.revision, position: total });
          recorded.set(stream, [...(recorded.get(stream) ?? []), ...entries]);
        });
      for (const now of steps) {
        for (const tail of ['new_heads', 'new_ids']) {
          const unmerged = `SELECT count(*) FROM ${tail}, ledger WHERE position <= settled`;
          expect(count(db, unmerged)).toBe(0);
        }
        if (now === 'open anew') {
          db.close();
          db = openLedger(path, ledger, false);
          log = openLog(db, path, smallTail);
        } else if (now === 'fail') {
          const good = Array.from({ length: 8 }, (_, n) => requestTo(`stone-${n}`));
          const unstorable = { ...requestTo('party-x'), stream: {} as unknown as string };
          expect(() => log.commit([...good, unstorable])).toThrow();
        } else if (typeof now === 'string') {
          db.exec(`CREATE TEMP TRIGGER stop BEFORE ${now} BEGIN SELECT RAISE(ABORT, 'stop'); END`);
          const requests = Array.from({ length: 20 }, (_, n) => requestTo(`stone-${n + 15}`));
          try {
            accepted(requests, log.commit(requests));
          } catch (error) {
            expect(error).toMatchObject({ message: 'stop' });
          }
          db.exec('DROP TRIGGER stop');
        } else {
          const requests = now.map((n) => requestTo(`stone-${n}`));
          accepted(requests, log.commit(requests));
          if (now.length < 6) continue;
          const [stream = ''] = recorded.keys();
          const leaves = (recorded.get(stream) ?? []).map((entry) => entry.leaf);
          expect(reader.read(stream).map((event) => event.leaf)).toEqual(leaves);
        }
      }
      expect(log.end()).toBe(total);
      expect(openScan(reading, path).end()).toBe(total);
      for (const [stream, entries] of recorded) {
        const leaves = entries.map((entry) => entry.leaf);
        expect(reader.read(stream).map((event) => event.leaf)).toEqual(leaves);
        entries.forEach((entry) => {
          const again = { stream, expectedRevision: entry.revision - 1, entries: [entry] };
          expect(log.commit([again])).toMatchObject([{ revision: entry.revision }]);
        });
      }
      expect(log.end()).toBe(total);
      for (const connection of [reading, db]) connection.close();
    }),
    { numRuns: 60 },
  );
}, 60_000);

const count = (db: Database.Database, sql: string) =>
  db.prepare<[], number>(sql).pluck().get() ?? 0;

/** Commits `events` events, each to the stream and with the id that are given for its number. */
function filled(
  events: number,
  streamOf: (n: number) => string,
  idOf: () => string,
  path = join(folder, `${(files += 1)}.db`),
) {
  if (isNew(path)) createLedger(path, ledger);
  const db = openLedger(path, ledger, false);
  const log = openLog(db, path, smallTail);
  const heads = new Map<string, Head>();
  for (let n = 0; n < events; n++) {
    const stream = streamOf(n);
    const head = heads.get(stream) ?? emptyStream;
    const entries = seal(ledger, stream, head, '2026', [named('a', idOf())]);
    log.commit([{ stream, expectedRevision: head.revision, entries }]);
    heads.set(stream, headAfter(entries));
  }
  return db;
}

it('merges what the tail has no room for', () => {
  const db = filled(200, (n) => `stone-${(n * 7) % 200}`, v4);
  expect(count(db, 'SELECT count(*) FROM new_heads')).toBeLessThan(20);
  expect(count(db, 'SELECT count(*) FROM new_ids')).toBeLessThan(20);
  expect(count(db, 'SELECT count(*) FROM heads')).toBeGreaterThan(180);
  expect(count(db, 'SELECT count(*) FROM ids')).toBeGreaterThan(180);
  expect(count(db, 'SELECT settled FROM ledger')).toBeGreaterThan(140);
  db.close();
});

it('leaves little behind to be read again, however few streams and ids the tail gets', () => {
  const db = filled(300, (n) => `stone-${n % 3}`, v7);
  expect(count(db, 'SELECT count(*) FROM new_ids')).toBe(0);
  expect(count(db, 'SELECT count(*) FROM ids')).toBe(300);
  expect(count(db, 'SELECT settled FROM ledger')).toBeGreaterThan(240);
  db.close();
});

it('settles at the latest when it is opened, however short its runs are', () => {
  const path = join(folder, 'short-runs.db');
  for (let run = 0; run < 30; run++) filled(5, (n) => `stone-${run}-${n}`, v4, path).close();
  const db = filled(0, String, v4, path);
  expect(count(db, 'SELECT max(position) - settled FROM ledger, events')).toBeLessThan(30);
  expect(count(db, 'SELECT count(*) FROM new_ids')).toBeLessThan(30);
  expect(count(db, 'SELECT count(*) FROM heads')).toBeGreaterThan(120);
  expect(count(db, 'SELECT count(*) FROM ids')).toBeGreaterThan(120);
  db.close();
});
