import type { StoneForm } from '#events/stone';
import type { IdentityRestored } from '#events/identity';
import type { Origin, TitleShare, Weight } from '#events/values';
import type { Command } from '#libs/decider/decider';

/** The custodian says that this record, `stoneId`, is of the stone `survivor`, and gives it up. */
export type GiveUpIdentity = Command<'GiveUpIdentity'> &
  Readonly<{ stoneId: string; survivor: string }>;

/** The custodian agrees that the record of the stone `merged` is of this one. */
export type AgreeToMerge = Command<'AgreeToMerge'> & Readonly<{ merged: string; reason: string }>;

/** By policy only: this record, `survivor`, takes the record of `merged` in, or refuses it. */
export type MergeIdentity = Command<'MergeIdentity'> &
  Readonly<{
    survivor: string;
    merged: string;
    cause: string;
    weight: Weight;
    origin: Origin;
    form: StoneForm;
    custodian: string;
    owner: string | null;
    shares?: readonly TitleShare[];
  }>;

/** By policy only: the survivor refused, so this record stands as before. */
export type RestoreIdentity = Command<'RestoreIdentity'> & IdentityRestored['data'];

/** The custodian says that this record stood for two stones; the other weighs `weight`. */
export type SplitIdentity = Command<'SplitIdentity'> & Readonly<{ weight: Weight; reason: string }>;

export type IdentityCommand =
  GiveUpIdentity | AgreeToMerge | MergeIdentity | RestoreIdentity | SplitIdentity;
