import type { Database, Statement } from 'better-sqlite3';
import type { Step } from '#libs/views/transact';

/** How a transaction ended; see `Transact` for `unmet`. With an error nothing was written. */
export type Ended = Readonly<{ unmet: number; error?: unknown }>;

const mostStatements = 500;

/** Carries the steps of one transaction after another out on a connection of its own. */
export function stepRunner(database: Database) {
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  const rollback = database.prepare('rollback');
  const statements = new Map<string, Statement<[readonly unknown[]]>>();
  let at = 0;
  let unmet = -1;
  let failed: Readonly<{ error: unknown }> | undefined;
  return { take, end, cancel };

  /** Begins a transaction or goes on with it; after a failure the rest of it is passed over. */
  function take(steps: readonly Step[]): void {
    if (failed || unmet >= 0) return;
    try {
      if (!database.inTransaction) begin.run();
      for (const { sql, parameters, changesOne } of steps) {
        const { changes } = prepared(sql).run(parameters);
        if (changesOne && changes !== 1) {
          unmet = at;
          return;
        }
        at += 1;
      }
    } catch (error) {
      failed = { error };
    }
  }

  function end(): Ended {
    try {
      if (database.inTransaction) (failed || unmet >= 0 ? rollback : commit).run();
    } catch (error) {
      failed = { error };
      if (database.inTransaction) rollback.run();
    }
    const ended = { unmet, ...failed };
    [at, unmet, failed] = [0, -1, undefined];
    return ended;
  }

  /** As if it had never begun. */
  function cancel(): void {
    if (database.inTransaction) rollback.run();
    [at, unmet, failed] = [0, -1, undefined];
  }

  function prepared(sql: string): Statement<[readonly unknown[]]> {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare<[readonly unknown[]]>(sql);
    if (statements.size >= mostStatements) statements.clear();
    statements.set(sql, statement);
    return statement;
  }
}
