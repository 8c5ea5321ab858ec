import Database from 'better-sqlite3';

/**
 * One side of something that two streams say of one another. Both sides have the same `key`; side 0
 * is the one that did it, side 1 the one that answered. `value` is what they must agree on, each
 * part behind the name of the invariant it is of (`I1 eq 5000`). `revision` is that of the event
 * that says it.
 */
export type Claim = Readonly<{
  key: string;
  side: 0 | 1;
  value: readonly string[];
  position: bigint;
  revision: number;
}>;

/** What is wrong between streams, at the last event that says it; `law` is the invariant. */
export type Disagreement = Readonly<{
  key: string;
  position: bigint;
  place: string;
  law: string;
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
  db.pragma('cache_size = -65536');
  db.exec(`
    CREATE TABLE claims (
      key TEXT, side INTEGER, value TEXT, position TEXT, place TEXT
    ) STRICT;
    CREATE TABLE streams (name TEXT) STRICT;
    BEGIN;
  `);
  const put = db.prepare<[string, number, string, string, string]>(
    'INSERT INTO claims VALUES (?, ?, ?, ?, ?)',
  );
  const putStream = db.prepare<[string]>('INSERT INTO streams VALUES (?)');

  return {
    /** What an event of `stream` says. */
    add({ key, side, value, position, revision }: Claim, stream: string): void {
      put.run(key, side, value.join('\n'), String(position), `${stream}@${revision}`);
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
      const keys = db
        .prepare<[], string>(
          `SELECT key FROM claims GROUP BY key
            HAVING sum(side = 0) <> 1 OR sum(side = 1) <> 1 OR count(DISTINCT value) <> 1
            ORDER BY key`,
        )
        .pluck();
      const sides = db.prepare<[string], Side>('SELECT * FROM claims WHERE key = ? ORDER BY side');
      for (const key of keys.all()) {
        const found = disagreement(key, sides.all(key));
        if (found) yield found;
      }
    },
    close: () => void db.close(),
  };
}

type Side = Readonly<{ side: number; value: string; position: string; place: string }>;

function disagreement(key: string, sides: readonly Side[]): Disagreement | undefined {
  const last = sides.reduce((a, b) => (BigInt(b.position) > BigInt(a.position) ? b : a));
  const done = sides.filter(({ side }) => side === 0).length;
  const answered = sides.length - done;
  const [one = [], other = []] = sides.map(({ value }) => value.split('\n'));
  const differing = one.find((part, n) => part !== other[n]) ?? other[one.length];
  const lawOf = (part = 'I4') => part.slice(0, part.indexOf(' '));
  const at = { key, position: BigInt(last.position), place: last.place };
  if (done > 1 || answered > 1) return { ...at, what: 'twice', law: 'I4' };
  if (answered === 0) return { ...at, what: 'unanswered', law: lawOf(one[0]) };
  if (done === 0) return { ...at, what: 'from-nowhere', law: lawOf(one[0]) };
  return differing === undefined ? undefined : { ...at, what: 'differs', law: lawOf(differing) };
}
