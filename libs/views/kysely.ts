import { Kysely } from 'kysely';
import type { Dialect } from 'kysely';
import { ViewsChanged, ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';
import {
  abandonSet,
  advanceSet,
  allSets,
  beginSet,
  createRegister,
  isMissingTable,
  promoteSet,
  sweepSets,
} from '#libs/views/register';
import type { SetRow } from '#libs/views/register';
import { owners } from '#libs/views/rows';
import type { Options, Row, Where } from '#libs/views/rows';
import { rowReader } from '#libs/views/row-reader';
import { rowWriter } from '#libs/views/row-writer';
import { checkAsked } from '#libs/views/shape';
import { createIndexes, createTables, liveName, pointTo, tableName } from '#libs/views/tables';
import type { Sql, SqlDialect } from '#libs/views/tables';
import { unitOfWork } from '#libs/views/unit-of-work';
import type { Projection, Table, ViewSet, Views } from '#libs/views/views';

export type KyselyOptions = Readonly<{
  reader: Dialect;
  /** Absent: read only. */
  writer: Dialect | undefined;
  projections: readonly Projection[];
  dialect: SqlDialect;
}>;

/** Views in any SQL database Kysely speaks to. */
export function kyselyViews(options: KyselyOptions): Views {
  const { projections, dialect } = options;
  const tables = owners(projections);
  const reading: Sql = new Kysely({ dialect: options.reader });
  const writing: Sql | undefined = options.writer && new Kysely({ dialect: options.writer });
  const { fetch, query } = rowReader();
  const write = rowWriter(dialect.mostParameters);

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
      const sets = await liveSets(writer(), wanted);
      const missing = wanted.filter((projection) => !sets.has(projection));
      if (missing.length > 0) throw new ViewsNotReady(missing.map(({ name }) => name));
      return opened(sets);
    },
    next: async (wanted) => {
      const db = writer();
      await createRegister(db, dialect.integer);
      await sweepSets(db);
      const sets = new Map<Projection, SetRow>();
      for (const projection of wanted) {
        const row = await beginSet(db, projection);
        await createTables(db, projection, row.generation, dialect);
        sets.set(projection, row);
      }
      return opened(sets);
    },
    swap: async (wanted) => {
      const db = writer();
      const sets = await chosenSets(db, wanted, 'building');
      if (sets.size < wanted.length) return false;
      for (const [projection, { generation }] of sets) {
        await createIndexes(db, projection, generation);
      }
      if (!(await promoted(db, sets))) return false;
      await sweepSets(db);
      return true;
    },
    abandon: async (wanted) => {
      const db = writer();
      for (const projection of wanted) await abandonSet(db, projection);
      await sweepSets(db);
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

  function writer(): Sql {
    if (writing) return writing;
    throw new ViewsUnavailable('the database', 'read-only', 'opened for reading only');
  }

  function ownerOf(table: Table): Projection {
    const projection = tables.get(table);
    if (projection) return projection;
    throw new TypeError(`no projection keeps ${table.name}`);
  }

  function opened(sets: ReadonlyMap<Projection, SetRow>): ViewSet {
    const db = writer();
    const known = new Map(sets);
    return unitOfWork(
      {
        fetch: (table, key) => own(table, (name) => fetch(db, name, table, key)),
        query: (table, where, wanted) =>
          own(table, (name) => query(db, name, table, where, wanted)),
        flush: async (changes, positions) => {
          const moved = await db.transaction().execute(async (trx) => {
            const after: [Projection, SetRow][] = [];
            for (const [projection, row] of known) {
              const position = positions.get(projection) ?? row.position;
              if (!(await advanceSet(trx, row, position))) {
                throw new ViewsChanged(projection.name);
              }
              after.push([projection, { ...row, position, commits: row.commits + 1 }]);
            }
            for (const [table, changed] of changes) {
              await write(trx, nameOf(table), table, changed.values());
            }
            return after;
          });
          for (const [projection, row] of moved) known.set(projection, row);
        },
      },
      new Map([...sets].map(([projection, { position }]) => [projection, position])),
    );

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

/** Several sets become live together or not at all. */
async function promoted(db: Sql, sets: ReadonlyMap<Projection, SetRow>): Promise<boolean> {
  const behind = new Error('a set is behind the live one');
  try {
    await db.transaction().execute(async (trx) => {
      for (const [projection, row] of sets) {
        if (!(await promoteSet(trx, row))) throw behind;
        await pointTo(trx, projection, row.generation);
      }
    });
    return true;
  } catch (error) {
    if (error === behind) return false;
    throw error;
  }
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
