import type {
  HallmarkRecognised,
  HallmarkReturned,
  JewelleryItemMade,
  MeleeTakenIn,
  StoneTakenIn,
} from '#events/jewellery';
import type { TitleShare } from '#events/values';
import type { AuthorityKnown } from '#libs/certificate/certificate-command';
import type { Command } from '#libs/decider/decider';
import type { PackingCommand } from '#libs/trade/packing';
import type { RetailCommand } from '#libs/trade/retail-command';
import type { DeclareOrigin, TradeCommand } from '#libs/trade/trade-command';

export type MakeItem = Command<'MakeItem'> & JewelleryItemMade['data'];

/** By policy only: a stone is set in it, held and owned as said. */
export type TakeInStone = Command<'TakeInStone'> &
  StoneTakenIn['data'] &
  Readonly<{ custodian: string; owner: string | null; shares?: readonly TitleShare[] }>;

/** By policy only: melee is set in it. */
export type TakeInMelee = Command<'TakeInMelee'> &
  MeleeTakenIn['data'] &
  Readonly<{ custodian: string; owner: string | null; shares?: readonly TitleShare[] }>;

/** The holder, a jeweller, takes the stone with this id out. */
export type LetStoneGo = Command<'LetStoneGo'> & Readonly<{ stone: string; reason?: string }>;

/** The holder breaks the item up; its stones are loose. */
export type BreakUpItem = Command<'BreakUpItem'> & Readonly<{ reason: string }>;

/** An assay office strikes its mark. */
export type ApplyHallmark = Command<'ApplyHallmark'> &
  Readonly<{ fineness: number; mark: string; uin?: string; known?: AuthorityKnown }>;

/** By policy only: the UIN is another item's. */
export type ReturnHallmark = Command<'ReturnHallmark'> & HallmarkReturned['data'];

/** By policy only, on the stream of a UIN: the item wants it. */
export type AssignUin = Command<'AssignUin'> &
  Readonly<{ uin: string; item: string; cause: string }>;

/** An authority of `state` lets the mark of another count there from `validFrom` on. */
export type RecogniseHallmark = Command<'RecogniseHallmark'> &
  Pick<HallmarkRecognised['data'], 'state' | 'markCountry' | 'basis' | 'validFrom'> &
  Readonly<{ known?: AuthorityKnown }>;

export type JewelleryCommand =
  | TradeCommand
  | PackingCommand
  | MakeItem
  | DeclareOrigin
  | TakeInStone
  | TakeInMelee
  | LetStoneGo
  | BreakUpItem
  | ApplyHallmark
  | ReturnHallmark
  | AssignUin
  | RecogniseHallmark
  | RetailCommand;
