import type { Pool, PoolClient } from 'pg';
import { ViewsUnavailable } from '#libs/views/errors';
import { retried } from '#libs/views/postgres-errors';
import type { Step, Transact } from '#libs/views/transact';

/**
 * All steps are on their way at once: two round trips, however many there are. When the connection
 * breaks before the answer to the commit, nobody knows whether it was done; carried out again, its
 * first steps then find that somebody moved on, and the projector begins where the rows stand. Where
 * `fence` is not met, nothing is written: throws `ViewsUnavailable` (`deposed`).
 */
export function postgresTransact(pool: Pool, place: string, fence?: Step): Transact {
  return async (steps) => {
    const all = fence ? [fence, ...steps] : [...steps];
    const unmet = await retried(place, () => transacted(pool, all));
    if (!fence || unmet < 0) return unmet;
    if (unmet > 0) return unmet - 1;
    throw new ViewsUnavailable(place, 'deposed', 'another process keeps them now');
  };
}

async function transacted(pool: Pool, steps: readonly Step[]): Promise<number> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const unmet = await carriedOut(client, steps);
    await client.query(unmet < 0 ? 'commit' : 'rollback');
    return unmet;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The first step that did not change its one row: those behind it may fail for the same cause. */
async function carriedOut(client: PoolClient, steps: readonly Step[]): Promise<number> {
  const begun = client.query('begin');
  const sent = steps.map(({ sql, parameters }) => client.query(sql, parameters as unknown[]));
  const done = await Promise.allSettled([begun, ...sent]);
  const unmet = steps.findIndex(({ changesOne }, n) => {
    const result = done[n + 1];
    return changesOne && result?.status === 'fulfilled' && result.value.rowCount !== 1;
  });
  if (unmet >= 0) return unmet;
  const failed = done.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  return -1;
}
