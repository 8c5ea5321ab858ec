import { Kysely } from 'kysely';
import type { Dialect } from 'kysely';
import { ViewsChanged, ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';
import { migrate } from '#libs/views/migrate';
import {
  abandonSet,
  advance,
  allSets,
  beginSet,
  isMissingTable,
  promoteSet,
  sweepSets,
} from '#libs/views/register';
import type { SetRow } from '#libs/views/register';
import { owners } from '#libs/views/rows';
import type { Changes, Options, Row, Where } from '#libs/views/rows';
import { rowReader } from '#libs/views/row-reader';
import { checkAsked, shapeOf } from '#libs/views/shape';
import { createIndexes, createTables, liveName, tableName } from '#libs/views/tables';
import type { Sql, SqlDialect, SqlTransaction } from '#libs/views/tables';
import type { Step, Transact } from '#libs/views/transact';
import { unitOfWork } from '#libs/views/unit-of-work';
import type { Projection, Table, ViewSet, Views } from '#libs/views/views';

export type KyselyOptions = Readonly<{
  reader: Dialect;
  /** Absent: read only. */
  writer: Dialect | undefined;
  projections: readonly Projection[];
  dialect: SqlDialect;
  /** How batches are written. */
  transact: Transact;
}>;

/** Views in any SQL database Kysely speaks to. */
export function kyselyViews(options: KyselyOptions): Views {
  const { projections, dialect, transact } = options;
  const tables = owners(projections);
  const reading: Sql = new Kysely({ dialect: options.reader });
  const writing: Sql | undefined = options.writer && new Kysely({ dialect: options.writer });
  const { fetch, query } = rowReader(dialect);
  let migrated: Promise<void> | undefined;

  return {
    reader: {
      get: (table, key) =>
        read(table as Table, (name) => fetch(reading, name, table as Table, key as Row)) as never,
      list: async (table, where, wanted = {}) => {
        checkAsked(table as Table, where as Where, wanted as Options);
        return read(table as Table, (name) =>
          query(reading, name, table as Table, where as Where, wanted as Options),
        ) as never;
      },
    },
    positions: async () => {
      const sets = await liveSets(reading, projections);
      return new Map([...sets].map(([{ name }, { position }]) => [name, position]));
    },
    live: async (wanted) => {
      const db = await writer();
      const sets = await liveSets(db, wanted);
      const missing = wanted.filter((projection) => !sets.has(projection));
      if (missing.length > 0) throw new ViewsNotReady(missing.map(({ name }) => name));
      return opened(db, sets);
    },
    next: async (wanted) => {
      const db = await writer();
      await sweep(db);
      const sets = await dialect.alone(db, 'sets', (trx) => begun(trx, wanted));
      return opened(db, sets);
    },
    prepare: async (wanted) => {
      const db = await writer();
      const sets = await chosenSets(db, wanted, 'building');
      const names = [...sets].flatMap(([projection, { generation }]) =>
        projection.tables.map((table) => tableName(projection, table, generation)),
      );
      await dialect.finish(db, names, (trx) => indexed(trx, sets));
    },
    swap: async (wanted) => {
      const db = await writer();
      const sets = await chosenSets(db, wanted, 'building');
      if (sets.size < wanted.length) return false;
      await dialect.finish(db, [], (trx) => indexed(trx, sets));
      if (!(await promoted(db, sets))) return false;
      await sweep(db);
      return true;
    },
    abandon: async (wanted) => {
      const db = await writer();
      await dialect.alone(db, 'sets', async (trx) => {
        for (const projection of wanted) await abandonSet(trx, projection);
      });
      await sweep(db);
    },
    close: async () => {
      await reading.destroy();
      await writing?.destroy();
    },
  };

  async function read<T>(table: Table, ask: (name: string) => Promise<T>): Promise<T> {
    const projection = ownerOf(table);
    try {
      return await ask(liveName(projection, table));
    } catch (error) {
      if (isMissingTable(error)) throw new ViewsNotReady([projection.name], { cause: error });
      throw error;
    }
  }

  async function writer(): Promise<Sql> {
    if (!writing) {
      throw new ViewsUnavailable(dialect.place, 'read-only', 'opened for reading only');
    }
    migrated ??= migrate(writing, dialect).catch((error: unknown) => {
      migrated = undefined;
      throw error;
    });
    await migrated;
    return writing;
  }

  async function begun(
    trx: SqlTransaction,
    wanted: readonly Projection[],
  ): Promise<ReadonlyMap<Projection, SetRow>> {
    const sets = new Map<Projection, SetRow>();
    for (const projection of wanted) {
      const row = await beginSet(trx, projection);
      await createTables(trx, projection, row.generation, dialect);
      sets.set(projection, row);
    }
    return sets;
  }

  /** Several sets become live together or not at all. */
  async function promoted(db: Sql, sets: ReadonlyMap<Projection, SetRow>): Promise<boolean> {
    const behind = new Error('a set is behind the live one');
    try {
      await dialect.alone(db, 'shown', async (trx) => {
        for (const [, row] of sets) if (!(await promoteSet(trx, row))) throw behind;
        for (const [projection, { generation }] of sets) {
          for (const table of projection.tables) {
            const name = tableName(projection, table, generation);
            await dialect.replaceView(trx, liveName(projection, table), name);
          }
        }
      });
      return true;
    } catch (error) {
      if (error === behind) return false;
      throw error;
    }
  }

  /** What somebody still reads is dropped the next time. */
  async function sweep(db: Sql): Promise<void> {
    if ((await allSets(db)).every(({ state }) => state !== 'retired')) return;
    try {
      await dialect.alone(db, 'hidden', sweepSets);
    } catch (error) {
      if (!(error instanceof ViewsUnavailable && error.reason === 'locked')) throw error;
    }
  }

  function ownerOf(table: Table): Projection {
    const projection = tables.get(table);
    if (projection) return projection;
    throw new TypeError(`no projection keeps ${table.name}`);
  }

  function opened(db: Sql, sets: ReadonlyMap<Projection, SetRow>): ViewSet {
    const known = new Map(sets);
    return unitOfWork(
      {
        fetch: (table, key) => own(table, (name) => fetch(db, name, table, key)),
        query: (table, where, wanted) =>
          own(table, (name) => query(db, name, table, where, wanted)),
        packing: shapeOf,
        flush: async (changes, positions) => {
          const order = [...known.keys()];
          const unmet = await transact(stepsOf(changes, positions));
          if (unmet >= 0) throw new ViewsChanged(order[unmet]?.name ?? '');
          for (const [projection, row] of known) {
            const position = positions.get(projection) ?? row.position;
            known.set(projection, { ...row, position, commits: row.commits + 1 });
          }
        },
      },
      new Map([...sets].map(([projection, { position }]) => [projection, position])),
    );

    /** The register first: who is not up to date writes nothing. */
    function* stepsOf(
      changes: Changes,
      positions: ReadonlyMap<Projection, bigint>,
    ): Generator<Step> {
      for (const [projection, row] of known) {
        yield advance(db, row, positions.get(projection) ?? row.position);
      }
      for (const [table, changed] of changes) {
        yield* dialect.rows(db, nameOf(table), table, changed.values());
      }
    }

    /** The tables of a set that was replaced meanwhile are gone. */
    async function own<T>(table: Table, ask: (name: string) => Promise<T>): Promise<T> {
      try {
        return await ask(nameOf(table));
      } catch (error) {
        throw isMissingTable(error) ? new ViewsChanged(ownerOf(table).name) : error;
      }
    }

    function nameOf(table: Table): string {
      const projection = ownerOf(table);
      const row = known.get(projection);
      if (row) return tableName(projection, table, row.generation);
      throw new TypeError(`${table.name} is not part of this set`);
    }
  }
}

async function indexed(db: Sql, sets: ReadonlyMap<Projection, SetRow>): Promise<void> {
  for (const [projection, { generation }] of sets) await createIndexes(db, projection, generation);
}

function liveSets(db: Sql, wanted: readonly Projection[]) {
  return chosenSets(db, wanted, 'live');
}

async function chosenSets(
  db: Sql,
  wanted: readonly Projection[],
  state: SetRow['state'],
): Promise<ReadonlyMap<Projection, SetRow>> {
  const sets = new Map<Projection, SetRow>();
  const rows = (await allSets(db)).filter((row) => row.state === state);
  for (const projection of wanted) {
    const { name, version } = projection;
    const row = rows.find((set) => set.projection === name && set.version === version);
    if (row) sets.set(projection, row);
  }
  return sets;
}
