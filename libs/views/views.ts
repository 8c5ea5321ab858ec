/** How a column is kept: `json` is stored as text and given back parsed. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'json';

/**
 * A table of one projection, declared once for every engine. Column names are snake_case; a
 * trailing `?` in the type makes it nullable.
 */
export type Table<Row extends object = Record<string, unknown>> = Readonly<{
  name: string;
  columns: Readonly<Record<keyof Row & string, ColumnType | `${ColumnType}?`>>;
  key: readonly (keyof Row & string)[];
  indexes?: readonly (readonly (keyof Row & string)[])[];
}>;

export type ListOptions<Row extends object> = Readonly<{
  orderBy?: readonly (keyof Row & string)[];
  descending?: boolean;
  limit?: number;
  /** Rows whose `column` starts with the text (prefix search). */
  startsWith?: Readonly<{ column: keyof Row & string; text: string }>;
}>;

/** Reads rows; what a projection put in the running batch is seen by its own reads. */
export type ViewReader = Readonly<{
  get: <Row extends object>(
    table: Table<Row>,
    key: Readonly<Partial<Row>>,
  ) => Promise<Row | undefined> | Row | undefined;
  list: <Row extends object>(
    table: Table<Row>,
    where: Readonly<Partial<Row>>,
    options?: ListOptions<Row>,
  ) => Promise<readonly Row[]>;
}>;

/** Changes rows in memory; they are written with the projection's position in one transaction. */
export type ViewWriter = ViewReader &
  Readonly<{
    put: <Row extends object>(table: Table<Row>, row: Row) => void;
    delete: <Row extends object>(table: Table<Row>, key: Readonly<Partial<Row>>) => void;
  }>;
