import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPool, type Pg, type Pool, type Server } from '#apps/cli/bench/postgres';
import type { Append, Work } from '#apps/cli/bench/workload';

/** Another event store, ready to be measured. */
export type Peer = Readonly<{ append: Append; close: () => Promise<void> }>;

/** How a peer is installed and opened, in a folder of its own. Versions are those measured. */
export type PeerRecipe = Readonly<{
  name: string;
  packages: readonly string[];
  /** Why its callers take turns, when they must. */
  inTurn?: string;
  open: (load: NodeJS.Require, folder: string, server: Server) => Promise<Peer>;
}>;

export const pgPackage = 'pg@8.23.1';

/** Installs packages from npm into `folder`, once; answers their loader. Throws npm's words. */
export async function install(
  folder: string,
  packages: readonly string[],
): Promise<NodeJS.Require> {
  mkdirSync(folder, { recursive: true });
  const manifest = join(folder, 'package.json');
  const done = join(folder, 'installed');
  if (!existsSync(done)) {
    writeFileSync(manifest, '{ "private": true }');
    const npm = ['install', '--no-audit', '--no-fund', '--save-exact', ...packages];
    try {
      await promisify(execFile)('npm', npm, { cwd: folder, timeout: 900_000 });
    } catch (error) {
      const { stderr = '' } = error as { stderr?: string };
      const [line = String(error)] = stderr.split('\n').filter((text) => /npm error/.test(text));
      throw new Error(line, { cause: error });
    }
    writeFileSync(done, packages.join('\n'));
  }
  return createRequire(manifest);
}

/** As much of emmett's event stores as is used. */
type Emmett = Readonly<{
  appendToStream: (
    stream: string,
    events: readonly Readonly<{ type: string; data: unknown; metadata: unknown }>[],
    options: Readonly<{ expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' }>,
  ) => Promise<Readonly<{ nextExpectedStreamVersion: bigint }>>;
  close?: () => Promise<void>;
}>;

/** Emmett counts as its answers say: the version of a stream is taken from the last append. */
function emmett(store: Emmett): Peer {
  const versions = new Map<string, bigint>();
  return {
    append: async ({ stream, event: { type, data, meta } }) => {
      const expectedStreamVersion = versions.get(stream) ?? 'STREAM_DOES_NOT_EXIST';
      const event = { type, data, metadata: meta };
      const answer = await store.appendToStream(stream, [event], { expectedStreamVersion });
      versions.set(stream, answer.nextExpectedStreamVersion);
    },
    close: async () => store.close?.(),
  };
}

/** As much of evtstore's PostgreSQL provider as is used. */
type Evtstore = Readonly<{
  createProvider: (options: unknown) => Readonly<{
    createEvents: (stream: string, id: string, version: number, events: unknown[]) => unknown[];
    append: (stream: string, id: string, version: number, events: unknown[]) => Promise<unknown>;
  }>;
  migrate: (options: unknown) => Promise<void>;
}>;

async function evtstore({ createProvider, migrate }: Evtstore, pool: Pool): Promise<Peer> {
  const names = { client: pool, events: 'evt_events', bookmarks: 'evt_bookmarks' };
  await migrate(names);
  const provider = createProvider(names);
  const versions = new Map<string, number>();
  return {
    append: async ({ stream, event }: Work) => {
      const [category = '', id = ''] = stream.split(/-(.*)/s);
      const version = versions.get(stream) ?? 0;
      const events = provider.createEvents(category, id, version, [event]);
      await provider.append(category, id, version, events);
      versions.set(stream, version + 1);
    },
    close: () => pool.end(),
  };
}

const load = <T>(require: NodeJS.Require, id: string) => require(id) as T;

/** The peers, each by its own cheapest public way to append at an expected version. */
export const peerRecipes: readonly PeerRecipe[] = [
  {
    name: 'emmett-sqlite 0.38.5',
    packages: ['@event-driven-io/emmett-sqlite@0.38.5'],
    inTurn: 'callers take turns: of overlapping appends some fail with SQLITE_MISUSE',
    open: async (require, folder) => {
      type Module = Readonly<{ getSQLiteEventStore: (options: unknown) => Emmett }>;
      const { getSQLiteEventStore } = load<Module>(require, '@event-driven-io/emmett-sqlite');
      const fileName = join(folder, 'emmett.db');
      const schema = { autoMigration: 'CreateOrUpdate' };
      return emmett(getSQLiteEventStore({ fileName, schema }));
    },
  },
  {
    name: 'emmett-postgresql 0.42.0',
    packages: ['@event-driven-io/emmett-postgresql@0.42.0', '@event-driven-io/emmett@0.42.0'],
    open: async (require, _, { url }) => {
      type Module = Readonly<{ getPostgreSQLEventStore: (url: string) => Emmett }>;
      const module = load<Module>(require, '@event-driven-io/emmett-postgresql');
      return emmett(module.getPostgreSQLEventStore(url));
    },
  },
  {
    name: 'evtstore 12.0.1 on PostgreSQL',
    packages: ['evtstore@12.0.1', pgPackage],
    open: async (require, _, server) => {
      const provider = load<Evtstore>(require, 'evtstore/provider/pg');
      return evtstore(provider, openPool(load<Pg>(require, 'pg'), server, 16));
    },
  },
];
