import { PostgresDialect, sql } from 'kysely';
import { kyselyViews } from '#libs/views/kysely';
import { ViewsUnavailable } from '#libs/views/errors';
import type { Office } from '#libs/views/office';
import { hurried, retried } from '#libs/views/postgres-errors';
import { openPool, readingPool, writingPool } from '#libs/views/postgres-pool';
import { fence } from '#libs/views/postgres-office';
import { columnRows, stored, told } from '#libs/views/postgres-rows';
import { postgresTransact } from '#libs/views/postgres-transact';
import type { Sql, SqlDialect, SqlTransaction } from '#libs/views/tables';
import type { Projection, Views } from '#libs/views/views';

export type PostgresOptions = Readonly<{
  /** `postgres://user:password@host:port/database`, with `?sslmode=` and the like. */
  url: string;
  projections: readonly Projection[];
  /** Only reads. */
  readOnly?: boolean;
  /** Most connections that read at once; writing takes up to three more. */
  connections?: number;
  /** Batches are written only while this is held. */
  office?: Office;
}>;

/** In ms: what a reader waits for its rows, what writes one part of a batch may take. */
const readTimeout = 15_000;
const writeTimeout = 120_000;

/** What a swap makes new readers wait, at most, for one that is reading, in ms. */
const shortWait = 40;

/**
 * Views in a PostgreSQL database, which any number of processes share; it is connected to when
 * first asked. Throws `TypeError` for an address that is none, and `ViewsUnavailable`, neither of
 * which ever holds a password.
 */
export function postgresViews(options: PostgresOptions): Views {
  const { url, projections, readOnly = false, connections = 8, office } = options;
  const place = placeOf(url);
  const reader = openPool(url, { connections, statementTimeout: readTimeout });
  const writer = openPool(url, { connections: 3, statementTimeout: writeTimeout });
  return kyselyViews({
    reader: new PostgresDialect({ pool: readingPool(reader, place) }),
    writer: readOnly ? undefined : new PostgresDialect({ pool: writingPool(writer, place) }),
    projections,
    dialect: dialect(place),
    transact: postgresTransact(writer, place, office && fence(office)),
  });
}

/** The address without user and password. */
function placeOf(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new TypeError('the address of the views is not postgres://HOST/DATABASE');
  }
  return `postgres://${parsed.host}${parsed.pathname}`;
}

const types = { text: sql`text collate "C"`, integer: sql`bigint`, json: sql`json` } as const;

function dialect(place: string): SqlDialect {
  return {
    place,
    columnType: ({ type }) => types[type === 'bigint' ? 'integer' : type],
    tableEnding: () => sql``,
    stored,
    told,
    rows: columnRows(),
    alone: (db, locked, act) =>
      (locked === 'shown' ? hurried : retried)(place, () =>
        db.transaction().execute(async (trx) => {
          await (locked === 'schema' ? lockSchema(trx, place) : lockSets(trx));
          if (locked === 'shown' || locked === 'hidden') await hurry(trx);
          return act(trx);
        }),
      ),
    replaceView: async (trx, name, table) => {
      await trx.schema.createView(name).orReplace().as(trx.selectFrom(table).selectAll()).execute();
    },
    finish: async (db, tables, act) => {
      await db.transaction().execute(async (trx) => {
        await sql`set local statement_timeout = 0`.execute(trx);
        await act(trx);
        for (const table of tables) await sql`analyze ${sql.table(table)}`.execute(trx);
      });
    },
  };
}

/** Commits of sets wait meanwhile, readers do not. */
async function lockSets(trx: SqlTransaction): Promise<void> {
  await sql`lock table view_sets in exclusive mode`.execute(trx);
}

/** Whoever comes to read waits behind who waits for those that are reading. */
async function hurry(trx: SqlTransaction): Promise<void> {
  await sql`set local lock_timeout = ${sql.raw(String(shortWait))}`.execute(trx);
}

/** An advisory lock: there may be no table yet. Its number is any that nobody else takes. */
async function lockSchema(trx: Sql, place: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(7235417210394)`.execute(trx);
  const { rows } = await sql<{ encoding: string }>`
    select current_setting('server_encoding') as encoding`.execute(trx);
  if (rows[0]?.encoding === 'UTF8') return;
  throw new ViewsUnavailable(place, 'failed', `its encoding is ${rows[0]?.encoding}, not UTF8`);
}
