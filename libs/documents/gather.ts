import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { partyStream } from '#events/streams';
import type { GoodsFile } from '#libs/documents/goods-file';
import type { Letterhead } from '#libs/documents/letterhead';
import { letterheadIn } from '#libs/documents/letterhead';
import { warrantedIn } from '#libs/documents/warranty-statement';

/** Gives the events in force of a stream, as known when the document wants them. */
export type EventsOf = (stream: string) => Promise<readonly Recorded<LedgerEvent>[]>;

/** What the views say of goods, with the events of their stream and the names these mention. */
export async function withEvents<Said extends Pick<GoodsFile, 'subject' | 'names'>>(
  said: Said,
  eventsOf: EventsOf,
): Promise<Said & Pick<GoodsFile, 'events'>> {
  const events = await eventsOf(said.subject);
  const names = { ...said.names };
  for (const { to } of warrantedIn(events)) {
    const [first] = await eventsOf(partyStream(to));
    names[to] ??= first?.type === 'PartyRegistered' ? first.data.name : to;
  }
  return { ...said, events, names };
}

/** The head of what a party issues on a day; null when it has declared no address by then. */
export async function letterheadOf(
  party: string | null,
  day: string,
  eventsOf: EventsOf,
): Promise<Letterhead | null> {
  return party === null ? null : letterheadIn(await eventsOf(partyStream(party)), party, day);
}
