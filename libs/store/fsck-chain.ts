import Database from 'better-sqlite3';
import { leafHash } from '#libs/store/envelope';
import { readLeaf } from '#libs/store/fsck-leaf';
import type { RecordedEvent } from '#libs/store/store';

/** One event examined: its RFC 6962 leaf hash (base64) and everything that is wrong with it. */
export type Examined = Readonly<{
  hash: string;
  /** The hash of the event before it in its stream, as it states. */
  prev: string;
  problems: readonly string[];
}>;

/** Examines the events of a ledger, which have to come in its order from the first on. */
export type Audit = Readonly<{
  take: (event: RecordedEvent) => Examined;
  /** Streams met so far. */
  streams: () => number;
  close: () => void;
}>;

type Head = readonly [revision: number, hash: string];

/**
 * Holds every event against those before it: no id twice, and in each stream revisions without a
 * gap, each naming the hash of the one before. What has to be remembered for it, an id of every
 * event and a head of every stream, is kept in a database of its own that SQLite keeps in memory
 * or in a temporary file: a ledger may be larger than memory.
 */
export function openAudit(ledger: string): Audit {
  const db = new Database('');
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -131072');
  db.exec(`
    CREATE TABLE heads (stream TEXT PRIMARY KEY, revision INTEGER, hash TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE ids (id TEXT PRIMARY KEY, position TEXT) STRICT, WITHOUT ROWID;
    BEGIN;
  `);
  const headOf = db
    .prepare<[string], Head>('SELECT revision, hash FROM heads WHERE stream = ?')
    .raw();
  const setHead = db.prepare<[string, number, string]>(
    `INSERT INTO heads VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET revision = excluded.revision, hash = excluded.hash`,
  );
  const addId = db.prepare<[string, string]>(
    'INSERT INTO ids VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const positionOf = db.prepare<[string], string>('SELECT position FROM ids WHERE id = ?').pluck();
  const count = db.prepare<[], number>('SELECT count(*) FROM heads').pluck();

  function take(event: RecordedEvent): Examined {
    const hash = leafHash(event.leaf);
    const read = readLeaf(event, ledger);
    if ('problem' in read) return { hash, prev: '', problems: [read.problem] };
    const { id, statement } = read.leaf;
    const { stream, prev } = statement;
    const revision = statement.expectedRevision + 1;
    const problems: string[] = [];
    if (addId.run(id, String(event.position)).changes === 0) {
      problems.push(`its id ${id} is also that of position ${positionOf.get(id) ?? '?'}`);
    }
    const [last, before] = headOf.get(stream) ?? [-1, ''];
    if (revision !== last + 1) {
      problems.push(`revision ${revision} of ${stream} stands where ${last + 1} belongs`);
    } else if (prev !== before) {
      problems.push(`it does not name the hash of the event before it in ${stream}`);
    }
    setHead.run(stream, revision, hash);
    return { hash, prev, problems };
  }

  return { take, streams: () => count.get() ?? 0, close: () => void db.close() };
}
