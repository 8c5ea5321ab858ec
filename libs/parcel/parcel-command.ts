import type { When } from '#events/event';
import type { Content, MixReceived, MixReturned, ParcelOpened } from '#events/parcel';
import type { Weight } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';
import type { MeleeCommand } from '#libs/parcel/melee-command';
import type { CloseManufacturing, RecordLoss, StartManufacturing } from '#libs/stone/stone-command';
import type { RoughCommand } from '#libs/trade/rough-command';
import type { PackingCommand } from '#libs/trade/packing';
import type { DeclareOrigin, TradeCommand } from '#libs/trade/trade-command';

/** A producer recovered a lot between `from` and `to`; it is its first custodian and owner. */
export type RecoverLot = Readonly<{
  type: 'RecoverLot';
  mineId: string;
  plant?: string;
  from: When;
  to: When;
  content: Content;
  minSieveUm?: number;
  meta: CommandMeta;
}>;

/** By policy only: opens the stream of a parcel that came out of another. */
export type OpenParcel = Readonly<{ type: 'OpenParcel'; meta: CommandMeta }> & ParcelOpened['data'];

/** A part to be taken out; the ledger numbers it. */
export type PartWanted = Readonly<{ content: Content; assortment?: string; sieve?: string }>;

/** Sorts all of the parcel into parts; `loss` may be 0 mct. */
export type SortParcel = Readonly<{
  type: 'SortParcel';
  parts: readonly PartWanted[];
  loss: Weight;
  meta: CommandMeta;
}>;

/** Takes parts out; the rest stays. */
export type SplitParcel = Readonly<{
  type: 'SplitParcel';
  parts: readonly PartWanted[];
  meta: CommandMeta;
}>;

/** Puts all of this parcel, `parcelId`, into the parcel with the id `into`. */
export type MixParcel = Readonly<{
  type: 'MixParcel';
  parcelId: string;
  into: string;
  meta: CommandMeta;
}>;

/** By policy only: this parcel, `parcelId`, takes another in (or opens with it), or refuses it. */
export type ReceiveMix = Readonly<{ type: 'ReceiveMix'; parcelId: string; meta: CommandMeta }> &
  MixReceived['data'];

/** By policy only: gives a mixed parcel back because `into` refused it for the reason `code`. */
export type ReturnMix = Readonly<{ type: 'ReturnMix'; meta: CommandMeta }> &
  Omit<MixReturned['data'], 'content'>;

/** Picks one stone out of the parcel; the ledger numbers it. */
export type SingleOutStone = Readonly<{
  type: 'SingleOutStone';
  weight: Weight;
  colour?: string;
  dimensionsMm?: string;
  meta: CommandMeta;
}>;

export type ParcelCommand =
  | TradeCommand
  | PackingCommand
  | RecoverLot
  | OpenParcel
  | SortParcel
  | SplitParcel
  | MixParcel
  | ReceiveMix
  | ReturnMix
  | SingleOutStone
  | DeclareOrigin
  | StartManufacturing
  | RecordLoss
  | CloseManufacturing
  | RoughCommand
  | MeleeCommand;
