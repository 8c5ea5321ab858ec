import type { Connection } from '#libs/store/eventstoredb-connection';
import { isPassing } from '#libs/store/eventstoredb-failure';
import type { Found, Place } from '#libs/store/eventstoredb-record';
import type { Timing } from '#libs/store/eventstoredb-retry';

type Parts = Readonly<{
  connection: Connection;
  /** How the names of the ledger's streams begin, and the one that has no category. */
  beginnings: readonly string[];
  birth: string;
  timing: Timing;
  /** Told of each stream once, when it is found. */
  onAlarm: (alarm: string) => void;
}>;

export type RetentionGuard = Readonly<{
  /** Looks through what was written since it last looked. */
  look: () => Promise<void>;
  /** What is wrong now, a sentence each. */
  alarms: () => readonly string[];
  stop: () => Promise<void>;
}>;

const settings = '$settings';
const retention = new Set(['$maxAge', '$maxCount', '$tb']);

/**
 * Watches the metadata of ledger streams and the server's settings: a retention rule there takes
 * history out of sight at once, and out of the world at the next scavenge. It only ever tells.
 */
export function retentionGuard(parts: Parts): RetentionGuard {
  const { connection, beginnings, birth, timing, onAlarm } = parts;
  const watched = [...[...beginnings, birth].map((each) => `$$${each}`), settings];
  const alarms = new Map<string, string>();
  const stopping = new AbortController();
  let reached: Place | undefined;
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => void look().catch(() => undefined), timing.guardEvery);
  timer.unref();

  function look(): Promise<void> {
    looking ??= pass().finally(() => (looking = undefined));
    return looking;
  }

  /** Ends at the end of the log as it is now; what is slow is gone on with the next time. */
  async function pass(): Promise<void> {
    const end = await endOf(connection);
    if (!end || (reached && reached.commit >= end.commit)) return;
    const stop = new AbortController();
    let silence = setTimeout(() => stop.abort(), timing.patience);
    const signal = AbortSignal.any([stop.signal, stopping.signal]);
    try {
      for await (const told of connection.subscribe(watched, reached, signal)) {
        clearTimeout(silence);
        silence = setTimeout(() => stop.abort(), timing.patience);
        for (const event of told.events) consider(event);
        reached = told.reached ?? told.events.at(-1)?.place ?? reached;
        if (told.caughtUp || (reached && reached.commit >= end.commit)) return;
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
    } finally {
      clearTimeout(silence);
      stop.abort();
    }
  }

  /** The newest metadata of a stream counts; what cannot be read may hide anything. */
  function consider({ stream, data }: Found): void {
    const target = stream === settings ? stream : stream.slice(2);
    const isOurs = target === birth || beginnings.some((each) => target.startsWith(each));
    if (!isOurs && target !== settings) return;
    const rules = rulesIn(data);
    if (rules.length === 0) {
      alarms.delete(target);
      return;
    }
    const alarm = `${target} carries ${rules.join(', ')}: recorded events can disappear`;
    if (alarms.get(target) === alarm) return;
    alarms.set(target, alarm);
    onAlarm(alarm);
  }

  async function stop(): Promise<void> {
    clearInterval(timer);
    stopping.abort();
    await looking?.catch(() => undefined);
  }

  return { look, alarms: () => [...alarms.values()], stop };
}

async function endOf(connection: Connection): Promise<Place | undefined> {
  for await (const [last] of connection.readBack(undefined, 1)) return last?.place;
  return undefined;
}

function rulesIn(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null) return ['metadata that cannot be read'];
  return Object.entries(data).flatMap(([key, value]) => {
    if (retention.has(key) && value !== null) return [key];
    return typeof value === 'object' && value !== null ? rulesIn(value) : [];
  });
}
