import type { Event } from '#events/event';
import type { ReliedOn } from '#events/relied-on';

/**
 * Somebody who did not state what looked wrong says why the flag ends. `explained`: nothing is wrong;
 * `corrected`: the records were; `confirmed`: it is wrong, and what followed is told by other events.
 * The stream is the flag's, named after its rule and its first events.
 */
export type FlagClosed = Event<
  'FlagClosed',
  Readonly<{
    rule: string;
    outcome: 'explained' | 'corrected' | 'confirmed';
    reason: string;
    /** The streams the flag was seen on, as they stood when it was closed. */
    reliedOn: readonly ReliedOn[];
  }>
>;

export type FlagEvent = FlagClosed;
