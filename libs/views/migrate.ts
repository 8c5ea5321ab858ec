import { ViewsUnavailable } from '#libs/views/errors';
import { createRegister, isMissingTable } from '#libs/views/register';
import type { Sql, SqlDialect } from '#libs/views/tables';

type Migration = (db: Sql, dialect: SqlDialect) => Promise<void>;

/** What the register is made by, step by step; a step that was published is never changed. */
const migrations: readonly Migration[] = [createRegister];

const schema = 'views_schema';

/**
 * Brings the register of a database to what this program knows, once, however many processes try.
 * Throws `ViewsUnavailable` when a newer program was there before.
 */
export async function migrate(db: Sql, dialect: SqlDialect): Promise<void> {
  if ((await versionOf(db)) === migrations.length) return;
  await dialect.alone(db, 'schema', async (trx) => {
    await trx.schema
      .createTable(schema)
      .ifNotExists()
      .addColumn('version', dialect.columnType({ type: 'integer' }) as never, (c) => c.notNull())
      .execute();
    const version = (await versionOf(trx)) ?? 0;
    if (version > migrations.length) {
      const problem = `they are of version ${version}, this program knows ${migrations.length}`;
      throw new ViewsUnavailable(dialect.place, 'newer', problem);
    }
    for (const apply of migrations.slice(version)) await apply(trx, dialect);
    await trx.deleteFrom(schema).execute();
    await trx.insertInto(schema).values({ version: migrations.length }).execute();
  });
}

async function versionOf(db: Sql): Promise<number | undefined> {
  try {
    const row = await db.selectFrom(schema).select('version').executeTakeFirst();
    return row && Number(row['version']);
  } catch (error) {
    if (isMissingTable(error)) return undefined;
    throw error;
  }
}
