import { leafHash } from '#libs/store/envelope';
import { CorruptRecord, StoreUnavailable, WrongLedger } from '#libs/store/errors';
import type { Connection } from '#libs/store/eventstoredb-connection';
import { ServerFailure } from '#libs/store/eventstoredb-failure';
import { bytesOf, serverId, type Found, type Place } from '#libs/store/eventstoredb-record';
import { persist, type Timing } from '#libs/store/eventstoredb-retry';

/** The stream whose only event tells which ledger the server holds. No category, so no ledger stream. */
export const birthStream = 'ledger';

const type = 'LedgerOpened';

type Parts = Readonly<{
  connection: Connection;
  ledger: string;
  prefix: string;
  place: string;
  readOnly: boolean;
  timing: Timing;
}>;

/**
 * Makes sure that the server's log under this prefix is of this ledger, and begins it when it is
 * new. Answers the place before which nothing of the ledger can be. Throws `WrongLedger`.
 */
export async function openLog(parts: Parts): Promise<Place> {
  const { connection, ledger, prefix, place, readOnly, timing } = parts;
  const stream = prefix + birthStream;
  const known = await first();
  if (known) return checked(known);
  if (readOnly) throw new StoreUnavailable('failed', `${place} holds no ledger under this prefix`);
  const data = { v: 1, ledger };
  const id = serverId(leafHash(JSON.stringify(data)));
  try {
    await persist(timing, () =>
      connection.append(stream, -1, [{ id, type, data, metadata: bytesOf({}) }]),
    );
  } catch (error) {
    if (!(error instanceof ServerFailure) || error.reason !== 'wrong-revision') throw error;
  }
  const born = await first();
  if (!born) throw new CorruptRecord(place, undefined, `${stream} was deleted`);
  return checked(born);

  async function first(): Promise<Found | undefined> {
    const { answer } = await persist(timing, async () => {
      for await (const [event] of connection.read(stream, { most: 1 })) return event;
      return undefined;
    });
    return answer;
  }

  /** What was deleted can be begun again, but not at revision 0. */
  function checked(event: Found): Place {
    const recorded = (event.data as Partial<typeof data> | undefined)?.ledger;
    if (event.revision !== 0 || event.type !== type || typeof recorded !== 'string') {
      throw new CorruptRecord(
        place,
        event.place.commit,
        `${stream} does not begin with ${type}: it was deleted, or is not ours`,
      );
    }
    if (recorded !== ledger) throw new WrongLedger(place, recorded, ledger);
    return event.place;
  }
}
