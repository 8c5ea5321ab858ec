import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { emptyStream, seal, type Head } from '#libs/store/envelope';
import type { Append } from '#apps/cli/bench/workload';

/** As much of `pg` as is used. */
export type Pool = Readonly<{
  query: (
    query: string | Readonly<{ name: string; text: string; values: readonly unknown[] }>,
  ) => Promise<Readonly<{ rows: readonly unknown[]; rowCount: number }>>;
  on: (event: 'error', listener: () => void) => void;
  end: () => Promise<void>;
}>;
export type Pg = Readonly<{
  Pool: new (options: Readonly<Record<string, unknown>>) => Pool;
}>;

export type Server = Readonly<{
  /** Version as the server says it. */
  version: string;
  pid: number;
  connection: Readonly<{ host: string; port: number; user: string; database: string }>;
  url: string;
  stop: () => Promise<void>;
}>;

/** Whom the server runs as when this process is root, which it refuses to run as. */
export const nobody = 65_534;

/** Settings that keep the server durable and out of its own way. */
const durable = [
  'fsync=on',
  'synchronous_commit=on',
  'shared_buffers=512MB',
  'max_wal_size=4GB',
  'checkpoint_timeout=30min',
  'max_connections=100',
];

/**
 * Starts a PostgreSQL of its own in `folder`, from the programs in the folder `binaries`; throws
 * when there are none.
 */
export async function startPostgres(
  folder: string,
  binaries = findBinaries(),
  settings: readonly string[] = durable,
): Promise<Server> {
  if (binaries === undefined) throw new Error('no initdb in PATH or under /usr/lib/postgresql');
  const data = join(folder, 'postgres');
  mkdirSync(data, { recursive: true });
  const owner = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if (owner.uid !== undefined) {
    chmodSync(folder, 0o755);
    chownSync(data, nobody, nobody);
  }
  const run = (name: string, args: readonly string[]) =>
    execFileSync(join(binaries, name), args, { ...owner, cwd: data, stdio: 'pipe' }).toString();
  const empty = ['--username', 'bench', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'];
  run('initdb', ['--pgdata', data, '--lc-messages', 'C', ...empty]);
  const port = await freePort();
  const options = settings.flatMap((setting) => ['-c', setting]);
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', data, ...options],
    { ...owner, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill('SIGINT');
    await ended;
  };
  const killed = () => void server.kill('SIGKILL');
  process.once('exit', killed);
  void ended.then(() => process.off('exit', killed));
  await readiness(server.stderr);
  return {
    version: run('postgres', ['--version']).trim(),
    pid: server.pid ?? 0,
    connection: { host: data, port, user: 'bench', database: 'postgres' },
    url: `postgresql://bench@127.0.0.1:${port}/postgres`,
    stop,
  };
}

/** Resolves when the server takes connections; rejects with what it said when it ends before. */
function readiness(log: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    log.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000);
      if (/database system is ready to accept connections/.test(said)) resolve();
    });
    log.once('end', () => reject(new Error(said)));
  });
}

export function findBinaries(): string | undefined {
  const packaged = '/usr/lib/postgresql';
  const versions = existsSync(packaged) ? readdirSync(packaged).sort().reverse() : [];
  return [
    ...versions.map((version) => join(packaged, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const schema = `
  CREATE TABLE events (
    position bigserial PRIMARY KEY,
    stream text NOT NULL,
    revision integer NOT NULL,
    id uuid NOT NULL UNIQUE,
    hash text NOT NULL,
    leaf text NOT NULL,
    UNIQUE (stream, revision)
  )`;

/** Expected revision, chain and id are checked by one statement, prepared once per connection. */
const insert = `
  WITH head AS (SELECT revision, hash FROM events WHERE stream = $1 ORDER BY revision DESC LIMIT 1)
  INSERT INTO events (stream, revision, id, hash, leaf)
  SELECT $1, $2::integer + 1, $3::uuid, $4, $5
  WHERE coalesce((SELECT revision FROM head), -1) = $2 AND coalesce((SELECT hash FROM head), '') = $6
  RETURNING position`;

/** Connections the server ends while they close are no failure. */
export function openPool(pg: Pg, { connection }: Server, connections: number): Pool {
  const pool = new pg.Pool({ ...connection, max: connections });
  pool.on('error', () => undefined);
  return pool;
}

/** A ledger written by hand on PostgreSQL: the same statements, leaves and checks as ours. */
export async function handWritten(pg: Pg, server: Server, connections: number) {
  const pool = openPool(pg, server, connections);
  await pool.query(schema);
  const heads = new Map<string, Head>();
  const append: Append = async ({ stream, event }) => {
    const head = heads.get(stream) ?? emptyStream;
    const recordedAt = '2026-11-22T09:00:00.000Z';
    const [entry] = seal('bench.example/log', stream, head, recordedAt, [event]);
    if (!entry) return;
    const { id, hash, leaf, prev, revision } = entry;
    const values = [stream, head.revision, id, hash, leaf, prev];
    const { rowCount } = await pool.query({ name: 'append', text: insert, values });
    if (rowCount !== 1) throw new Error(`${stream} was not at revision ${head.revision}`);
    heads.set(stream, { revision, hash });
  };
  return { append, close: () => pool.end() };
}
