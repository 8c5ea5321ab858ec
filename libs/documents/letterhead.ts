import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { daysOf } from '#libs/decider/when';

/** Who issues a document, as its head says it. */
export type Letterhead = Readonly<{ party: string; name: string; address: readonly string[] }>;

/**
 * The head of what a party issues on a day (`YYYY-MM-DD`), from the events in force of its stream:
 * the address it had declared last by then, null when there was none.
 */
export function letterheadIn(
  events: readonly Recorded<LedgerEvent>[],
  party: string,
  day: string,
): Letterhead | null {
  let name: string | undefined;
  let address: readonly string[] | undefined;
  for (const { type, data, meta } of events) {
    if (type === 'PartyRegistered') name = data.name;
    if (type === 'AddressDeclared' && daysOf(meta.at).first <= day) address = data.lines;
  }
  return name !== undefined && address ? { party, name, address } : null;
}
