import Database from 'better-sqlite3';

/**
 * One side of something that two streams say of one another. Both sides have the same `key`; side 0
 * is the one that did it, side 1 the one that answered. `value` is what they must agree on.
 */
export type Claim = Readonly<{ key: string; side: 0 | 1; value: string; position: bigint }>;

/** What is wrong between streams, at the position of the side that says it. */
export type Disagreement = Readonly<{
  key: string;
  position: bigint;
  what: 'differs' | 'twice' | 'unanswered' | 'from-nowhere';
}>;

/**
 * Collects claims in a database of its own, in memory or in a temporary file as SQLite sees fit: a
 * ledger may be larger than memory.
 */
export function openClaims() {
  const db = new Database('');
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -131072');
  db.exec(`
    CREATE TABLE claims (key TEXT, side INTEGER, value TEXT, position TEXT) STRICT;
    CREATE TABLE streams (name TEXT) STRICT;
    BEGIN;
  `);
  const put = db.prepare<[string, number, string, string]>(
    'INSERT INTO claims VALUES (?, ?, ?, ?)',
  );
  const putStream = db.prepare<[string]>('INSERT INTO streams VALUES (?)');

  return {
    add({ key, side, value, position }: Claim): void {
      put.run(key, side, value, String(position));
    },
    addStream(name: string): void {
      putStream.run(name);
    },
    /** Up to `limit` streams behind the `after`-th that was added. */
    streams(after: number, limit: number): readonly string[] {
      return db
        .prepare<[number, number], string>(
          'SELECT name FROM streams WHERE rowid > ? ORDER BY rowid LIMIT ?',
        )
        .pluck()
        .all(after, limit);
    },
    /** Every key of which the two sides are not one and the same, by key. */
    *disagreements(): Generator<Disagreement> {
      db.exec('CREATE INDEX by_key ON claims (key, side)');
      const rows = db
        .prepare<[], readonly [string, number, number, number, string]>(
          `SELECT key, sum(side = 0), sum(side = 1), count(DISTINCT value), max(position)
             FROM claims GROUP BY key
            HAVING sum(side = 0) <> 1 OR sum(side = 1) <> 1 OR count(DISTINCT value) <> 1
            ORDER BY key`,
        )
        .raw()
        .iterate();
      for (const [key, done, answered, values, at] of rows) {
        const position = BigInt(at);
        if (done > 1 || answered > 1) yield { key, position, what: 'twice' };
        else if (answered === 0) yield { key, position, what: 'unanswered' };
        else if (done === 0) yield { key, position, what: 'from-nowhere' };
        else if (values > 1) yield { key, position, what: 'differs' };
      }
    },
    close: () => void db.close(),
  };
}
