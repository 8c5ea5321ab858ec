import type { FieldChange } from '#events/correction';
import type { Command } from '#libs/decider/decider';

/** The party that stated the event with the revision `target`, or an officer, says how it reads. */
export type CorrectRecord = Command<'CorrectRecord'> &
  Readonly<{
    target: number;
    changes: readonly Omit<FieldChange, 'from'>[];
    reason: string;
  }>;

/** The party that stated the event with the revision `target`, or an officer, says it was not so. */
export type AnnulEvent = Command<'AnnulEvent'> & Readonly<{ target: number; reason: string }>;

/**
 * By policy only: what this stream was told by the event with the id `told` (the parent's sawing,
 * the mix) was corrected there, by the event with the id `cause`.
 */
export type FollowCorrection = Command<'FollowCorrection'> &
  Readonly<{
    told: string;
    cause: string;
    changes: readonly Omit<FieldChange, 'from'>[];
    reason: string;
  }>;

export type CorrectionCommand = CorrectRecord | AnnulEvent | FollowCorrection;

export function isCorrectionCommand<C extends Readonly<{ type: string }>>(
  command: C,
): command is Extract<C, CorrectionCommand> {
  return ['CorrectRecord', 'AnnulEvent', 'FollowCorrection'].includes(command.type);
}
