import type { Network } from '#test/simulation/network';
import type { Scheduler } from '#test/simulation/scheduler';

/** What everything in a simulated world stands on. */
export type World = Readonly<{
  time: Scheduler;
  net: Network;
  /** Something happened that never may. */
  fault: (what: string) => void;
}>;
