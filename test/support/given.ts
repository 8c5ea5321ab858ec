import { expect } from '@jest/globals';
import type { Draft, Event, When } from '#events/event';
import type { PartyRole, Weight } from '#events/values';
import type { RefusalCode } from '#libs/decider/codes';
import type { Command, CommandMeta, Decider } from '#libs/decider/decider';
import { Refused, fold } from '#libs/decider/decider';

/** The day on which everything happens unless a spec says otherwise. */
export const today: When = { time: '2025-04-04', precision: 'day' };

/** `given(stone)(…events).when(command).thenRecorded(…)` or `.thenRefused('code')`. */
export function given<S, C extends Command, E extends Event>(decider: Decider<S, C, E>) {
  return (...history: readonly E[]) => ({
    when: (command: C) => ({
      thenRecorded(...drafts: readonly Draft<E>[]): void {
        expect(decider.decide(command, fold(decider, history))).toEqual(drafts);
      },
      thenRefused(code: RefusalCode): void {
        expect(refusalOf(() => decider.decide(command, fold(decider, history)))).toBe(code);
      },
    }),
  });
}

/** The code an act is refused with, `undefined` when it is not. Other errors pass through. */
export function refusalOf(act: () => unknown): RefusalCode | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

/** The meta of a command by `party` in `roles`, as the ledger would make it. */
export function as(party: string, roles: readonly PartyRole[] = [], at: When = today): CommandMeta {
  return { id: 'act', by: party, roles, now: '2025-04-04T12:00:00Z', at };
}

let events = 0;

/** An event that `party` stated. Ids count up, so that each is another event. */
export function stated<D extends Readonly<{ type: string; data: unknown }>>(
  party: string,
  draft: D,
  at: When = today,
): D & Pick<Event, 'meta'> {
  events += 1;
  return { ...draft, meta: { id: `event-${events}`, by: party, at } };
}

/** A weighed weight of exactly so many mct. */
export function mct(exact: number): Weight {
  return { mct: exact, qualifier: 'eq', basis: 'weighed' };
}

export function over(bound: number): Weight {
  return { mct: bound, qualifier: 'gt', basis: 'reported' };
}

export function day(time: string): When {
  return { time, precision: 'day' };
}
