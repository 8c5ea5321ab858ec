import type { PostgresPool, PostgresQueryResult } from 'kysely';
import { Pool, types } from 'pg';
import { retried, unavailable } from '#libs/views/postgres-errors';

export type PoolOptions = Readonly<{ connections: number; statementTimeout: number }>;

/** In ms: how long a connection may take, a lock be waited for, a transaction stand idle. */
const connectTimeout = 10_000;
const lockTimeout = 10_000;
const idleTimeout = 30_000;

const json = 114;

/**
 * Connections to the database at `url`. JSON comes as text: what reads rows parses it. A connection
 * that breaks is replaced by the next that is asked for.
 */
export function openPool(url: string, { connections, statementTimeout }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectTimeout,
    statement_timeout: statementTimeout,
    lock_timeout: lockTimeout,
    idle_in_transaction_session_timeout: idleTimeout,
    application_name: 'adamant',
    keepAlive: true,
    pipeline: true,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        oid === json ? String : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The part of a pool that Kysely uses, to read: each statement on any connection, tried again. */
export function readingPool(pool: Pool, place: string): PostgresPool {
  const client = {
    query: (text: string, parameters: readonly unknown[]) =>
      retried(place, () => pool.query(text, [...parameters])),
    release: () => undefined,
  };
  return { connect: async () => ({ ...client }) as never, end: () => pool.end() };
}

/** The same, to write: statements of one transaction on one connection, errors typed. */
export function writingPool(pool: Pool, place: string): PostgresPool {
  return { connect, end: () => pool.end() };

  async function connect() {
    const client = await attempt(() => pool.connect());
    let broken: Error | undefined;
    return {
      query: async <R>(text: string, parameters: readonly unknown[]) => {
        try {
          return (await client.query(text, [...parameters])) as unknown as PostgresQueryResult<R>;
        } catch (error) {
          const known = unavailable(place, error);
          if (isLost(known)) broken = error as Error;
          throw known;
        }
      },
      release: () => client.release(broken),
    } as never;
  }

  async function attempt<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw unavailable(place, error);
    }
  }
}

function isLost(error: unknown): boolean {
  const { reason } = error as Readonly<{ reason?: string }>;
  return reason === 'unreachable' || reason === 'timeout';
}
