import type { EventStore } from '#libs/store/store';
import { LedgerRolledBack } from '#libs/views/errors';
import type { Views } from '#libs/views/views';

/**
 * Views count only what the ledger holds, and a ledger never shrinks. When views are ahead of it,
 * an older ledger was put in its place: they tell of events that are gone, and would leave out the
 * first ones that come. Throws {@link LedgerRolledBack}.
 */
export async function refuseRolledBack(store: EventStore, views: Views): Promise<void> {
  const counted = await furthest(views);
  const end = await store.end();
  if (counted > end) throw new LedgerRolledBack(counted, end);
}

/** The last event that counts in any of the live views, `0n` for none. */
export async function furthest(views: Views): Promise<bigint> {
  const positions = await views.positions();
  return [...positions.values()].reduce((a, b) => (a > b ? a : b), 0n);
}
