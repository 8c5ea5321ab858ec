import { commandOf } from '#apps/cli/demo/story';
import type { Step, Story } from '#apps/cli/demo/story';
import { registrations, rolesOf } from '#apps/cli/demo/parties';
import type { Done, Ledger } from '#libs/ledger/ledger';

/** Where time and new event ids come from. */
export type Sources = Readonly<{ clock: () => string; nextId: () => string }>;

/** Carries the stories out, the parties first, each step as its own act. Throws `Refused`. */
export async function appendStories(
  ledger: Ledger,
  stories: readonly Story[],
  sources: Sources,
): Promise<void> {
  for (const step of [...registrations, ...stories.flatMap(({ steps }) => steps)]) {
    await carryOut(ledger, step, sources);
  }
}

/** One step as its own act. */
export async function carryOut(
  ledger: Ledger,
  step: Step,
  { clock, nextId }: Sources,
): Promise<Done> {
  const surroundings = { id: nextId(), now: clock(), roles: rolesOf(step.by) };
  return ledger.execute(commandOf(step, surroundings));
}
