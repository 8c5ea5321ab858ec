import type { ParcelHistoryOpened, ParcelScreened } from '#events/melee';
import type { Content } from '#events/parcel';
import type { MeleeReturned } from '#events/setting';
import type { Command } from '#libs/decider/decider';

/** The holder starts the record of an older parcel. Without `owner` the title is unknown. */
export type OpenParcelHistory = Command<'OpenParcelHistory'> &
  Omit<ParcelHistoryOpened['data'], 'sieves'>;

/** The party that began cutting the parcel made polished goods; the ledger numbers them. */
export type ProducePolishedParcel = Command<'ProducePolishedParcel'> &
  Readonly<{ content: Content; assortment?: string; sieve?: string }>;

/** The custodian had a sample of polished goods screened (ISO 6893). */
export type ScreenParcel = Command<'ScreenParcel'> & ParcelScreened['data'];

/** The custodian takes what an instrument found to be laboratory-grown out of the parcel. */
export type TakeOutLaboratoryGrown = Command<'TakeOutLaboratoryGrown'> &
  Readonly<{ instrument: string; finding?: string; grownIn?: string; content: Content }>;

/** The custodian, a jeweller, sets some of the goods in a piece of jewellery. */
export type SetMelee = Command<'SetMelee'> & Readonly<{ item: string; content: Content }>;

/** By policy only: the item could not take in what the event `cause` set. */
export type ReturnMelee = Command<'ReturnMelee'> & Omit<MeleeReturned['data'], 'content'>;

export type MeleeCommand =
  | OpenParcelHistory
  | ProducePolishedParcel
  | ScreenParcel
  | TakeOutLaboratoryGrown
  | SetMelee
  | ReturnMelee;
