import type { SettingReturned, StoneUnset } from '#events/setting';
import type { Command } from '#libs/decider/decider';

/** The custodian, a jeweller, sets the stone in the piece of jewellery with the id `item`. */
export type SetStone = Command<'SetStone'> & Readonly<{ item: string; position?: string }>;

/** By policy only: the item could not take the stone in. */
export type ReturnSetting = Command<'ReturnSetting'> & SettingReturned['data'];

/** By policy only: the item let the stone go. */
export type UnsetStone = Command<'UnsetStone'> & StoneUnset['data'];

export type SettingCommand = SetStone | ReturnSetting | UnsetStone;
