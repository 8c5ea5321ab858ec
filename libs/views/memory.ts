import { ViewsChanged, ViewsNotReady, ViewsUnavailable } from '#libs/views/errors';
import { keyText, matches, ordered, owners } from '#libs/views/rows';
import type { Changes, Options, Row, Where } from '#libs/views/rows';
import { checkAsked } from '#libs/views/shape';
import { unitOfWork } from '#libs/views/unit-of-work';
import type { Backend } from '#libs/views/unit-of-work';
import type { Projection, Table, Views, ViewSet } from '#libs/views/views';

type Rows = ReadonlyMap<Table, Map<string, Row>>;
type Generation = { readonly rows: Rows; position: bigint; commits: number };

/**
 * Views in memory: for tests, and to replay a few streams as they were known at some position.
 * `through` may put a way between whoever keeps a set and its rows, such as a network.
 */
export function memoryViews(
  projections: readonly Projection[],
  through: (rows: Backend) => Backend = (rows) => rows,
): Views {
  const tables = owners(projections);
  const current = new Map<Projection, Generation>();
  const building = new Map<Projection, Generation>();
  let open = true;

  return {
    reader: {
      get: (table, key) => liveRows(table).get(keyText(table as Table, key as Row)) as never,
      list: async (table, where, options = {}) => {
        checkAsked(table as Table, where as Where, options as Options);
        return select(table as Table, liveRows(table), where as Where, options as Options) as never;
      },
    },
    positions: async () => {
      usable();
      return new Map([...current].map(([{ name }, { position }]) => [name, position]));
    },
    live: async (wanted) => {
      usable();
      const missing = wanted.filter((projection) => !current.has(projection));
      if (missing.length > 0) throw new ViewsNotReady(missing.map(({ name }) => name));
      return opened(current, wanted);
    },
    next: async (wanted) => {
      usable();
      for (const projection of wanted) {
        if (!building.has(projection)) building.set(projection, empty(projection));
      }
      return opened(building, wanted);
    },
    prepare: async () => usable(),
    swap: async (wanted) => {
      usable();
      const behind = wanted.some((projection) => {
        const next = building.get(projection);
        return !next || next.position < (current.get(projection)?.position ?? 0n);
      });
      if (behind) return false;
      for (const projection of wanted) {
        const next = building.get(projection);
        if (next) current.set(projection, next);
        building.delete(projection);
      }
      return true;
    },
    abandon: async (wanted) => {
      for (const projection of wanted) building.delete(projection);
    },
    close: async () => {
      open = false;
    },
  };

  function usable(): void {
    if (!open) throw new ViewsUnavailable('memory', 'closed', 'they were closed');
  }

  function liveRows(table: object): Map<string, Row> {
    usable();
    const projection = tables.get(table as Table);
    if (!projection) throw new TypeError(`no projection keeps ${(table as Table).name}`);
    const rows = current.get(projection)?.rows.get(table as Table);
    if (!rows) throw new ViewsNotReady([projection.name]);
    return rows;
  }

  function opened(from: Map<Projection, Generation>, wanted: readonly Projection[]): ViewSet {
    const sets = new Map<Projection, Generation>();
    for (const projection of wanted) {
      const generation = from.get(projection);
      if (generation) sets.set(projection, generation);
    }
    const commits = new Map([...sets].map(([projection, set]) => [projection, set.commits]));
    return unitOfWork(
      through({
        fetch: async (table, key) => rowsOf(table).get(keyText(table, key)),
        query: async (table, where, options) => select(table, rowsOf(table), where, options),
        flush: async (changes, positions) => {
          usable();
          for (const [projection, set] of sets) {
            const known = from.get(projection) === set && set.commits === commits.get(projection);
            if (!known) throw new ViewsChanged(projection.name);
          }
          write(changes);
          for (const [projection, set] of sets) {
            set.position = positions.get(projection) ?? set.position;
            set.commits += 1;
            commits.set(projection, set.commits);
          }
        },
      }),
      new Map([...sets].map(([projection, set]) => [projection, set.position])),
    );

    function rowsOf(table: Table): Map<string, Row> {
      const projection = tables.get(table);
      const rows = projection && sets.get(projection)?.rows.get(table);
      if (!rows) throw new TypeError(`${table.name} is not part of this set`);
      return rows;
    }

    function write(changes: Changes): void {
      for (const [table, changed] of changes) {
        const rows = rowsOf(table);
        for (const [key, { row }] of changed) {
          if (row) rows.set(key, row);
          else rows.delete(key);
        }
      }
    }
  }
}

function empty(projection: Projection): Generation {
  return {
    rows: new Map(projection.tables.map((table) => [table, new Map<string, Row>()])),
    position: 0n,
    commits: 0,
  };
}

function select(
  table: Table,
  rows: ReadonlyMap<string, Row>,
  where: Where,
  options: Options,
): readonly Row[] {
  return ordered(
    table,
    [...rows.values()].filter((row) => matches(row, where, options)),
    options,
  );
}
