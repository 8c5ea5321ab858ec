import type { Ledger } from '#libs/ledger/ledger';

/**
 * Carries out what a crash kept from following: for each place the event there is followed again,
 * which changes nothing that was done before. Throws what `Ledger.follow` throws.
 */
export async function heal(
  ledger: Ledger,
  places: readonly Readonly<{ stream: string; revision: number }>[],
): Promise<void> {
  for (const { stream, revision } of places) {
    for (const event of await ledger.store.read(stream, { from: revision, limit: 1 })) {
      await ledger.follow(event);
    }
  }
}
