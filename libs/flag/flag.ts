import type { Draft, Recorded, When } from '#events/event';
import type { FlagEvent } from '#events/flag';
import { checkStatement, needRole } from '#libs/decider/acts';
import type { Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import type { FlagCommand } from '#libs/flag/flag-command';

/** A flag that was closed; before that its stream is empty, as flags are found and not stated. */
export type ClosedFlag = Readonly<{ closed: When }>;

/** Why a red flag ends. */
export const flag: Decider<ClosedFlag | null, FlagCommand, FlagEvent> = {
  initial: null,
  evolve: (_, { meta }: FlagEvent | Recorded<FlagEvent>) => ({ closed: meta.at }),
  decide,
};

/**
 * Operators, authorities and auditors end flags: closing one is the only thing an auditor appends.
 * Nobody ends a flag that rests on a statement of its own.
 */
function decide(command: FlagCommand, state: ClosedFlag | null): readonly Draft<FlagEvent>[] {
  const { meta, outcome, reason, known } = command;
  checkStatement(command, state?.closed ?? null);
  needRole(meta, 'operator', 'authority', 'auditor');
  if (state) {
    throw new Refused('flag-closed', `the flag was closed at ${state.closed.time}`);
  }
  if (!known?.flag) {
    throw new Refused('unknown-flag', 'nothing in these streams raises the flag', {
      field: 'streams',
    });
  }
  const { rule, statedBy } = known.flag;
  if (statedBy.includes(meta.by)) {
    throw new Refused('own-flag', `${meta.by} stated what raised the flag`, { by: meta.by });
  }
  return [{ type: 'FlagClosed', data: { rule, outcome, reason, reliedOn: known.reliedOn } }];
}
