import type { FlagClosed } from '#events/flag';
import type { ReliedOn } from '#events/relied-on';
import type { Command } from '#libs/decider/decider';

/**
 * A flag as the streams it names raise it now: its rule and who stated its events. `null` when they
 * raise none of this id.
 */
export type FlagKnown = Readonly<{ rule: string; statedBy: readonly string[] }> | null;

/**
 * Ends the flag of the stream. `streams` are those the flag concerns: it is looked for in them, so that
 * nothing but the ledger is relied on.
 */
export type CloseFlag = Command<'CloseFlag'> &
  Pick<FlagClosed['data'], 'outcome' | 'reason'> &
  Readonly<{
    streams: readonly string[];
    /** Filled in by the one way in. */
    known?: Readonly<{ flag: FlagKnown; reliedOn: readonly ReliedOn[] }>;
  }>;

export type FlagCommand = CloseFlag;
