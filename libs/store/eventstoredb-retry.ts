import { setTimeout as pause } from 'node:timers/promises';
import { isPassing } from '#libs/store/eventstoredb-failure';

/** All in ms. */
export type Timing = Readonly<{
  /** Longest wait for an answer. */
  patience: number;
  /** How long something is tried before it is given up. */
  budget: number;
  /** The longest pause between two tries. */
  longestPause: number;
  /** How often retention is looked for. */
  guardEvery: number;
}>;

const firstPause = 20;

/** Waits before try `n` (from 1): longer each time, and never for all callers the same. */
export async function backOff(n: number, longest: number, signal?: AbortSignal): Promise<void> {
  const most = Math.min(longest, firstPause * 2 ** Math.min(n, 16));
  await pause(most * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
}

/**
 * Tries until it is answered, the budget is spent or `signal` aborts; what cannot pass is thrown at
 * once. Answers also how many tries it took.
 */
export async function persist<T>(
  { budget, longestPause }: Timing,
  attempt: () => Promise<T>,
  signal?: AbortSignal,
): Promise<Readonly<{ answer: T; tries: number }>> {
  const until = performance.now() + budget;
  for (let tries = 1; ; tries++) {
    try {
      return { answer: await attempt(), tries };
    } catch (error) {
      if (!isPassing(error) || performance.now() > until || signal?.aborted) throw error;
      await backOff(tries, longestPause, signal);
    }
  }
}
