import type { DocumentRef, Draft, Event, Place, Recorded, When } from '#events/event';
import type { PartyRole } from '#events/values';
import type { RefusalCode } from '#libs/decider/codes';
import { effective } from '#libs/decider/effective';

/**
 * What surrounds a command. `by` and `roles` come from the credential, never from the body; `id`
 * makes the command idempotent; `now` is the ledger's clock (ISO 8601 UTC), `at` when it happened.
 */
export type CommandMeta = Readonly<{
  id: string;
  by: string;
  roles: readonly PartyRole[];
  now: string;
  at: When;
  place?: Place;
  documents?: readonly DocumentRef[];
  correlationId?: string;
  causationId?: string;
}>;

export type Command<T extends string = string> = Readonly<{ type: T; meta: CommandMeta }>;

/** The pure core of a stream category: state is a fold of events, rules live in `decide`. */
export type Decider<S, C, E extends Event> = Readonly<{
  initial: S;
  evolve: (state: S, event: E) => S;
  /** Returns what happened; throws {@link Refused} when the trade would refuse it. */
  decide: (command: C, state: S) => readonly Draft<E>[];
}>;

/** The state after what is in force of a stream's history. */
export function fold<S, C, E extends Event>(
  decider: Decider<S, C, E>,
  history: readonly (E | Recorded<E>)[],
): S {
  return effective<Event>(history).reduce(
    (state, event) => decider.evolve(state, event as E),
    decider.initial,
  );
}

/** The trade says no. `code` is stable and documented; `details` names fields and values. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: RefusalCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
