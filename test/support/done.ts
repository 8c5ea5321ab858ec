import type { Event } from '#events/event';
import type { Command, Decider } from '#libs/decider/decider';
import { fold } from '#libs/decider/decider';

let events = 0;

/** What commands carried out one after another recorded. Throws the first refusal. */
export function done<S, C extends Command, E extends Event>(
  decider: Decider<S, C, E>,
  ...commands: readonly C[]
): readonly E[] {
  return commands.reduce<readonly E[]>((history, command) => {
    const { by, at } = command.meta;
    const drafts = decider.decide(command, fold(decider, history));
    const recorded = drafts.map((draft) => {
      events += 1;
      return { ...draft, meta: { id: `done-${events}`, by, at } } as unknown as E;
    });
    return [...history, ...recorded];
  }, []);
}
