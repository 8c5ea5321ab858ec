import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { heal } from '#libs/ledger/heal';
import type { Ledger } from '#libs/ledger/ledger';
import type { Views } from '#libs/views/views';
import type { Unfinished } from '#projections/unfinished';
import { unfinishedNow } from '#projections/unfinished';

/** How often in ms it is looked for, and how many are carried out at a time. */
const interval = 1000;
const most = 100;

/** Waits so many ms, or until the signal aborts; then it may reject. */
type Pause = (ms: number, signal: AbortSignal) => Promise<unknown>;

/** Starts to carry out what a crash left open; answers how to stop. */
export function startHealing(
  ledger: Ledger,
  views: Views,
  log: Pick<Logger, 'warn' | 'debug'>,
  pause: Pause = (ms, signal) => sleep(ms, undefined, { signal }),
): () => Promise<void> {
  const stop = new AbortController();
  const ended = healing(ledger, views, log, pause, stop.signal);
  return async () => {
    stop.abort();
    await ended;
  };
}

/**
 * What is found open twice in a row is nobody's work under way any more. To follow it again changes
 * nothing that was done, so a mistake about that costs time only.
 */
async function healing(
  ledger: Ledger,
  views: Views,
  log: Pick<Logger, 'warn' | 'debug'>,
  pause: Pause,
  signal: AbortSignal,
): Promise<void> {
  let before: readonly Unfinished[] = [];
  while (!signal.aborted) {
    try {
      const open = await unfinishedNow(views.reader, most);
      const known = new Set(before.map(nameOf));
      const left = open.filter((one) => known.has(nameOf(one)));
      before = open;
      if (left.length > 0) {
        await heal(ledger, left);
        log.warn({ events: left.map(nameOf) }, 'carried out what had been left open');
      }
    } catch (error) {
      log.debug({ err: error }, 'could not look for what was left open; trying again');
    }
    await pause(interval, signal).catch(() => undefined);
  }
}

function nameOf({ stream, revision }: Unfinished): string {
  return `${stream}@${revision}`;
}
