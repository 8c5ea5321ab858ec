import type { ParcelEvent } from '#events/parcel';
import type { PartyEvent } from '#events/party';
import type { StoneEvent } from '#events/stone';

/** Every event of every stream category. */
export type LedgerEvent = PartyEvent | StoneEvent | ParcelEvent;
