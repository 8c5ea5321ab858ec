import { parseStream } from '#events/streams';
import type { Category } from '#events/streams';
import type { Table, ViewWriter } from '#libs/views/views';

/** Removes the rows of a table that have these values. */
export async function forgetRows<Row extends object>(
  views: ViewWriter,
  table: Table<Row>,
  where: Readonly<Partial<NoInfer<Row>>>,
): Promise<void> {
  for (const row of await views.list(table, where)) views.delete(table, row);
}

/** `forget` for tables whose rows name the stream they are of in the column `subject`. */
export function forgetSubject(
  ...tables: readonly Table[]
): (subject: string, views: ViewWriter) => Promise<void> {
  return async (subject, views) => {
    for (const table of tables) await forgetRows(views, table, { subject });
  };
}

/** `forget` for a table with one row for each stream of a category, by its id. */
export function forgetId(
  category: Category,
  table: Table,
): (stream: string, views: ViewWriter) => void {
  return (stream, views) => {
    const named = parseStream(stream);
    if (named?.category === category) views.delete(table, { id: named.id });
  };
}
