import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';

/** How a column is kept: `json` is stored as text and given back parsed. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'json';

/**
 * A table of one projection, declared once for every engine. Names are snake_case, a table's name
 * is its own over all projections; a trailing `?` in a column's type makes it nullable.
 */
export type Table<Row extends object = Record<string, unknown>> = {
  readonly name: string;
  readonly columns: Readonly<Record<keyof Row & string, ColumnType | `${ColumnType}?`>>;
  readonly key: readonly (keyof Row & string)[];
  /**
   * Besides the key, only columns named here can be asked by. For readers: a rebuild makes the
   * indexes at its end, so a projection that projects lists by leading columns of `key` only.
   */
  readonly indexes?: readonly (readonly (keyof Row & string)[])[];
  /** Rows are put once and hardly ever got again: they are not kept in memory once written. */
  readonly appendOnly?: true;
};

export type ListOptions<Row extends object> = Readonly<{
  /**
   * Default: the key's columns. Text is ordered by code point. A nullable column only with a bound,
   * which leaves nulls out.
   */
  orderBy?: readonly (keyof Row & string)[];
  descending?: boolean;
  limit?: number;
  /** Rows whose `column` starts with the text (prefix search). */
  startsWith?: Readonly<{ column: keyof Row & string; text: string }>;
  /** Rows whose `column` is not null and not above `value`. */
  atMost?: Readonly<{ column: keyof Row & string; value: string | number | bigint }>;
  /** Rows whose `column` is not null and below `value`: where a page before ended, when descending. */
  below?: Readonly<{ column: keyof Row & string; value: string | number | bigint }>;
}>;

/**
 * Reads rows; what a projection put in the running batch is seen by its own reads. Rows are shared
 * and never changed in place. A `get` answers at once when the row is in memory.
 */
export type ViewReader = Readonly<{
  get: <Row extends object>(
    table: Table<Row>,
    key: Readonly<Partial<NoInfer<Row>>>,
  ) => Promise<Row | undefined> | Row | undefined;
  list: <Row extends object>(
    table: Table<Row>,
    where: Readonly<Partial<NoInfer<Row>>>,
    options?: ListOptions<NoInfer<Row>>,
  ) => Promise<readonly Row[]>;
}>;

/** Changes rows in memory; they are written with the projection's position in one transaction. */
export type ViewWriter = ViewReader &
  Readonly<{
    /**
     * What time it is, for what depends on the calendar: a moment in UTC, or a day (`YYYY-MM-DD`)
     * that is the same everywhere.
     */
    today: string;
    put: <Row extends object>(table: Table<Row>, row: NoInfer<Row>) => void;
    delete: <Row extends object>(table: Table<Row>, key: Readonly<Partial<NoInfer<Row>>>) => void;
  }>;

/**
 * A pure fold from events to rows of its own tables. `version` is raised whenever the same events
 * would give other rows: it is part of the tables' names, so a new version is built beside the old.
 */
export type Projection = Readonly<{
  name: string;
  version: number;
  tables: readonly Table[];
  handles: readonly LedgerEvent['type'][];
  /**
   * Given events as they read by what was corrected; with `forget`, none that was annulled. `anew`
   * are the streams that were forgotten and are projected anew, if that is why it is given: an
   * event of another stream, a witness, then counts only for what it does to the rows of these.
   */
  project: (
    event: Recorded<LedgerEvent>,
    views: ViewWriter,
    anew?: ReadonlySet<string>,
  ) => Promise<void> | void;
  /**
   * Removes every row that the stream's events put, so that they can be projected anew after a
   * correction, with those of all goods it came out of and of all that came out of it. A
   * projection without is of what was recorded: no correction changes what it is given.
   */
  forget?: (stream: string, views: ViewWriter) => Promise<void> | void;
  /** Streams that bear on the rows of the event's own stream though no goods passed between them. */
  witnesses?: (event: Recorded<LedgerEvent>) => readonly string[];
  /** Brings up to date what rests on the forgotten stream and on others that were not forgotten. */
  settle?: (stream: string, views: ViewWriter) => Promise<void> | void;
  /** For one that shows annulled events as well: given them as they were recorded. */
  projectAnnulled?: (event: Recorded<LedgerEvent>, views: ViewWriter) => Promise<void> | void;
  /**
   * Does a part, of some hundred rows, of what no event does: brings rows up to `views.today` that
   * only the calendar changes, or finishes what an event began. Answers how many rows it went
   * through, 0 when nothing was left to do; it is called until then.
   */
  review?: (views: ViewWriter) => Promise<number>;
  /** The events that begin something a review has to finish. */
  reviewAfter?: readonly LedgerEvent['type'][];
}>;

/**
 * One set of tables of some projections while they are being kept, either the live ones or the
 * next generation. One projector at a time: see {@link ViewSet.commit}.
 */
export type ViewSet = Readonly<{
  /** The last event that counts in this projection's rows, `0n` for none. */
  position: (projection: Projection) => bigint;
  /** Refuses tables of other projections. */
  writer: (projection: Projection, today: string) => ViewWriter;
  /**
   * Writes all changed rows and `position` (of each projection that is behind it) in one
   * transaction. Rows may be read and put meanwhile: they belong to the next commit, which waits
   * for this one to be awaited. Throws `ViewsChanged` when somebody else committed or swapped
   * meanwhile. After a failure nothing was written and the set is no longer of use.
   */
  commit: (position: bigint) => Promise<void>;
}>;

/** What every engine does; test/contract/views.ts is the specification. */
export type Views = Readonly<{
  /** Reads the live rows, one consistent state per call. Throws `ViewsNotReady`. */
  reader: ViewReader;

  /** The live position by projection name; a projection that has no live set is absent. */
  positions: () => Promise<ReadonlyMap<string, bigint>>;

  /** The live set, to follow the ledger. Throws `ViewsNotReady` when one has none. */
  live: (projections: readonly Projection[]) => Promise<ViewSet>;

  /** The next generation beside the live one: begun, or taken up where it was left. */
  next: (projections: readonly Projection[]) => Promise<ViewSet>;

  /**
   * Gives the next generation what its readers need, indexes above all. It takes a while and
   * disturbs nobody; a swap that comes without does it first.
   */
  prepare: (projections: readonly Projection[]) => Promise<void>;

  /**
   * Makes the next generation the live one, in one small transaction. Answers `false`, and
   * changes nothing, when it is behind the live one: readers never go back in time.
   */
  swap: (projections: readonly Projection[]) => Promise<boolean>;

  /** Throws away what `next` began; the live rows stay. */
  abandon: (projections: readonly Projection[]) => Promise<void>;

  close: () => Promise<void>;
}>;
