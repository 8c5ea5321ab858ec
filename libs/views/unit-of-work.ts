import { keyOf, keyText, matches, ordered } from '#libs/views/rows';
import type { Change, Changes, Options, Row, Where } from '#libs/views/rows';
import { checkAsked } from '#libs/views/shape';
import type { Projection, Table, ViewSet, ViewWriter } from '#libs/views/views';

/** What an engine gives a unit of work to stand on. */
export type Backend = Readonly<{
  fetch: (table: Table, key: Row) => Promise<Row | undefined>;
  query: (table: Table, where: Where, options: Options) => Promise<readonly Row[]>;
  /** One transaction; throws `ViewsChanged` and writes nothing when the set has moved. */
  flush: (changes: Changes, positions: ReadonlyMap<Projection, bigint>) => Promise<void>;
  /** Where rows are written as text: how those that are only appended wait for it. */
  packing?: (table: Table) => Packing;
}>;

type Packing = Readonly<{ pack: (row: Row) => Row; unpack: (packed: Row) => Row }>;

/** Rows of one table kept in memory: what the batch changed, and what was used lately. */
type Shelf = {
  readonly table: Table;
  /** Memory that lives as long as a batch costs the garbage collector: rows nobody gets are packed. */
  readonly packing: Packing;
  changed: Map<string, Change>;
  /** Changed before and being written now. */
  leaving: ReadonlyMap<string, Change>;
  /** `null` for a row that is known not to exist. */
  recent: Map<string, Row | null>;
  older: Map<string, Row | null>;
  /** Nothing of the table is anywhere but here, so a row not found here does not exist. */
  complete: boolean;
};

/** Rows of one table used lately: two halves, the older of which is let go when one is full. */
const half = 8192;

/**
 * A set of views kept by one projector: rows are read once, folded in memory and written with the
 * positions in one transaction, one upsert per key and batch, however often a key was put.
 */
export function unitOfWork(backend: Backend, start: ReadonlyMap<Projection, bigint>): ViewSet {
  const positions = new Map(start);
  const shelves = new Map<Table, Shelf>();
  let written: Promise<void> = Promise.resolve();
  let isWriting = false;
  /** Rows that could not be written are lost to this set: it writes nothing more. */
  let failure: Readonly<{ reason: unknown }> | undefined;
  for (const [{ tables }, position] of start) {
    for (const table of tables) {
      const isKept = table.appendOnly !== true;
      shelves.set(table, {
        table,
        packing: isKept ? asTheyAre : (backend.packing?.(table) ?? asTheyAre),
        changed: new Map(),
        leaving: new Map(),
        recent: new Map(),
        older: new Map(),
        complete: position === 0n && isKept,
      });
    }
  }
  return { position, writer, commit };

  function position(projection: Projection): bigint {
    const found = positions.get(projection);
    if (found === undefined) throw new TypeError(`${projection.name} is not part of this set`);
    return found;
  }

  function writer(projection: Projection, today: string): ViewWriter {
    const own = new Map(
      projection.tables.map((table) => [table, shelves.get(table)] as const),
    ) as ReadonlyMap<unknown, Shelf | undefined>;
    return {
      today,
      get: (table, key) => take(shelfOf(table), key as Row) as never,
      list: (table, where, options = {}) =>
        find(shelfOf(table), where as Where, options as Options) as never,
      put: (table, row) => put(shelfOf(table), row as Row),
      delete: (table, key) => remove(shelfOf(table), key as Row),
    };

    function shelfOf(table: object): Shelf {
      const shelf = own.get(table);
      if (shelf) return shelf;
      throw new TypeError(`${(table as Table).name} is not a table of ${projection.name}`);
    }
  }

  function take(shelf: Shelf, key: Row): Promise<Row | undefined> | Row | undefined {
    const text = keyText(shelf.table, key);
    const change = shelf.changed.get(text) ?? shelf.leaving.get(text);
    if (change) return change.row && shelf.packing.unpack(change.row);
    const recent = shelf.recent.get(text);
    if (recent !== undefined) return recent ?? undefined;
    const older = shelf.older.get(text);
    if (older !== undefined) {
      keep(shelf, text, older);
      return older ?? undefined;
    }
    if (shelf.complete) return undefined;
    return backend.fetch(shelf.table, key).then((row) => {
      if (shelf.table.appendOnly !== true) keep(shelf, text, row ?? null);
      return row;
    });
  }

  async function find(shelf: Shelf, where: Where, options: Options): Promise<readonly Row[]> {
    const { table, changed, packing } = shelf;
    checkAsked(table, where, options);
    await written;
    if (changed.size === 0) return backend.query(table, where, options);
    const more = options.limit === undefined ? {} : { limit: options.limit + changed.size };
    const stored = await backend.query(table, where, { ...options, ...more });
    const rows = stored.filter((row) => !changed.has(keyText(table, row)));
    for (const { row: kept } of changed.values()) {
      const row = kept && packing.unpack(kept);
      if (row && matches(row, where, options)) rows.push(row);
    }
    return ordered(table, rows, options);
  }

  /** What was put until now is taken at once; what is put while it is written is the next batch. */
  function commit(reached: bigint): Promise<void> {
    if (failure) return Promise.reject(failure.reason);
    if (isWriting) return Promise.reject(new TypeError('the commit before is not finished'));
    const next = new Map<Projection, bigint>();
    for (const [projection, old] of positions) next.set(projection, old < reached ? reached : old);
    const changes = new Map<Table, ReadonlyMap<string, Change>>();
    for (const shelf of shelves.values()) {
      if (shelf.changed.size === 0) continue;
      shelf.leaving = shelf.changed;
      shelf.changed = new Map();
      changes.set(shelf.table, shelf.leaving);
    }
    isWriting = true;
    const done = write(changes, next);
    written = done.catch(() => undefined);
    return done;
  }

  async function write(changes: Changes, next: ReadonlyMap<Projection, bigint>): Promise<void> {
    try {
      await backend.flush(changes, next);
      for (const [projection, now] of next) positions.set(projection, now);
      for (const shelf of shelves.values()) settle(shelf);
    } catch (reason) {
      failure = { reason };
      throw reason;
    } finally {
      isWriting = false;
    }
  }
}

const asTheyAre: Packing = { pack: (row) => row, unpack: (row) => row };

function put({ table, packing, changed }: Shelf, row: Row): void {
  const kept = packing.pack(row);
  changed.set(keyText(table, row), { key: kept, row: kept });
}

/** What was never stored need not be removed: rows that come and go within a batch cost nothing. */
function remove(shelf: Shelf, key: Row): void {
  const text = keyText(shelf.table, key);
  if (isStored(shelf, text)) shelf.changed.set(text, { key: keyOf(shelf.table, key) });
  else shelf.changed.delete(text);
}

/** Whether a row is stored, or may be as far as it is known here. */
function isStored({ leaving, recent, older, complete }: Shelf, text: string): boolean {
  const change = leaving.get(text);
  if (change) return change.row !== undefined;
  const row = recent.get(text) ?? older.get(text);
  return row === undefined ? !complete : row !== null;
}

/** Once written, the changed rows are what is stored. */
function settle(shelf: Shelf): void {
  if (shelf.leaving.size === 0) return;
  if (shelf.table.appendOnly !== true) {
    for (const [text, { row }] of shelf.leaving) keep(shelf, text, row ?? null);
  }
  shelf.leaving = new Map();
}

function keep(shelf: Shelf, text: string, row: Row | null): void {
  shelf.recent.set(text, row);
  if (shelf.recent.size < half) return;
  if (shelf.older.size > 0) shelf.complete = false;
  shelf.older = shelf.recent;
  shelf.recent = new Map();
}
