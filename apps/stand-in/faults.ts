import type { Fault } from '#apps/stand-in/fault';

/** The faults still to come. */
export type Faults = Readonly<{
  add: (fault: Fault) => void;
  clear: () => void;
  /** How many calls the faults will still meet. */
  left: () => number;
  /** The fault a call of this kind meets, used up by it. */
  take: (on: Fault['on']) => Fault | undefined;
}>;

type Waiting = { readonly fault: Fault; skip: number; times: number };

export function faults(): Faults {
  let waiting: readonly Waiting[] = [];

  function take(on: Fault['on']): Fault | undefined {
    if (waiting.length === 0) return undefined;
    const met = waiting.find(({ fault }) => fault.on === on);
    if (!met) return undefined;
    if (met.skip > 0) {
      met.skip -= 1;
      return undefined;
    }
    met.times -= 1;
    if (met.times <= 0) waiting = waiting.filter((other) => other !== met);
    return met.fault;
  }

  return {
    add(fault) {
      waiting = [...waiting, { fault, skip: fault.skip ?? 0, times: fault.times ?? 1 }];
    },
    clear() {
      waiting = [];
    },
    left: () => waiting.reduce((sum, { times }) => sum + times, 0),
    take,
  };
}
