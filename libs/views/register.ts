import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { ViewsChanged } from '#libs/views/errors';
import { liveName, tableName } from '#libs/views/tables';
import type { Sql, SqlDialect, SqlTransaction } from '#libs/views/tables';
import type { Step } from '#libs/views/transact';
import type { Projection, Table } from '#libs/views/views';

/**
 * One generation of one projection's tables. `commits` counts the transactions that changed it:
 * whoever commits names the count he started from, so two projectors never mix their rows.
 */
export type SetRow = Readonly<{
  projection: string;
  version: number;
  generation: number;
  state: 'building' | 'live' | 'retired';
  position: bigint;
  commits: number;
  tables: readonly string[];
}>;

const register = 'view_sets';

/** Creates the register of sets where it is missing. */
export async function createRegister(db: Sql, { columnType }: SqlDialect): Promise<void> {
  const text = columnType({ type: 'text' }) as RawBuilder<never>;
  const integer = columnType({ type: 'integer' }) as RawBuilder<never>;
  await db.schema
    .createTable(register)
    .ifNotExists()
    .addColumn('projection', text, (c) => c.notNull())
    .addColumn('version', integer, (c) => c.notNull())
    .addColumn('generation', integer, (c) => c.notNull())
    .addColumn('state', text, (c) => c.notNull())
    .addColumn('position', integer, (c) => c.notNull())
    .addColumn('commits', integer, (c) => c.notNull())
    .addColumn('tables', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('view_sets_key', ['projection', 'generation'])
    .execute();
}

/** Every set there is; none when nothing was ever built. */
export async function allSets(db: Sql): Promise<readonly SetRow[]> {
  try {
    const rows = await db.selectFrom(register).selectAll().orderBy('generation').execute();
    return rows.map((row): SetRow => ({
      projection: String(row['projection']),
      version: Number(row['version']),
      generation: Number(row['generation']),
      state: row['state'] as SetRow['state'],
      position: BigInt(row['position'] as bigint | string),
      commits: Number(row['commits']),
      tables: JSON.parse(String(row['tables'])) as readonly string[],
    }));
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

/** The set in the making, begun now when there is none. */
export async function beginSet(db: Sql, { name, version, tables }: Projection): Promise<SetRow> {
  const sets = (await allSets(db)).filter(({ projection }) => projection === name);
  const building = sets.find((set) => set.version === version && set.state === 'building');
  if (building) return building;
  const row: SetRow = {
    projection: name,
    version,
    generation: Math.max(0, ...sets.map(({ generation }) => generation)) + 1,
    state: 'building',
    position: 0n,
    commits: 0,
    tables: tables.map((table) => table.name),
  };
  await db
    .insertInto(register)
    .values({ ...row, tables: JSON.stringify(row.tables) })
    .execute();
  return row;
}

/** Moves a set on, unless somebody else moved, replaced or retired it meanwhile. */
export function advance(db: Sql, row: SetRow, position: bigint): Step {
  const { sql: text, parameters } = db
    .updateTable(register)
    .set({ position, commits: row.commits + 1 })
    .where('projection', '=', row.projection)
    .where('generation', '=', row.generation)
    .where('commits', '=', row.commits)
    .where('state', '=', row.state)
    .compile();
  return { sql: text, parameters, changesOne: true };
}

/** Makes the set live and retires the others; `false` when it is behind the live one. */
export async function promoteSet(db: SqlTransaction, row: SetRow): Promise<boolean> {
  const live = db
    .selectFrom(`${register} as other`)
    .select(sql`coalesce(max(other.position), 0)`.as('position'))
    .where('other.projection', '=', row.projection)
    .where('other.state', '=', 'live');
  const same = db
    .updateTable(register)
    .set({ state: 'live' })
    .where('projection', '=', row.projection)
    .where('generation', '=', row.generation)
    .where('state', '=', 'building');
  const { numUpdatedRows } = await same.where('position', '>=', live).executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) {
    const still = await db
      .selectFrom(register)
      .select('state')
      .where('projection', '=', row.projection)
      .where('generation', '=', row.generation)
      .executeTakeFirst();
    if (still?.['state'] === 'building') return false;
    throw new ViewsChanged(row.projection);
  }
  await db
    .updateTable(register)
    .set({ state: 'retired' })
    .where('projection', '=', row.projection)
    .where('generation', '!=', row.generation)
    .where('state', '=', 'live')
    .execute();
  return true;
}

/** Gives up what is in the making. */
export async function abandonSet(db: Sql, { name }: Projection): Promise<void> {
  await db
    .updateTable(register)
    .set({ state: 'retired' })
    .where('projection', '=', name)
    .where('state', '=', 'building')
    .execute();
}

/** Drops the tables of retired sets; what a crash left undone is done the next time. */
export async function sweepSets(db: Sql): Promise<void> {
  const sets = await allSets(db);
  for (const set of sets.filter(({ state }) => state === 'retired')) {
    const shown = sets.some(
      ({ projection, version, state }) =>
        projection === set.projection && version === set.version && state === 'live',
    );
    for (const name of set.tables) {
      const table: Table = { name, columns: {}, key: [] };
      if (!shown) await db.schema.dropView(liveName(set, table)).ifExists().execute();
      await db.schema
        .dropTable(tableName(set, table, set.generation))
        .ifExists()
        .execute();
    }
    await db
      .deleteFrom(register)
      .where('projection', '=', set.projection)
      .where('generation', '=', set.generation)
      .execute();
  }
}

/**
 * SQLite only says it, PostgreSQL has a code for it (`undefined_table`). By what the error says of
 * itself: a driver's native part may throw errors of another realm, which are no `Error` of ours.
 */
export function isMissingTable(error: unknown): boolean {
  const { message = '', code } = error as Partial<NodeJS.ErrnoException>;
  return code === '42P01' || /no such table/.test(message);
}
