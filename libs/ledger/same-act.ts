import type { Event, Recorded } from '#events/event';
import type { Command } from '#libs/decider/decider';
import { canonicalJson } from '#libs/signing/canonical-json';
import type { RecordedEvent } from '#libs/store/store';

/**
 * The command as it stood when it was recorded: its time had begun by then, whatever this clock
 * shows, and `at` that was not said but taken from the clock may differ from one try to the next.
 */
export function asOf(command: Command, recorded: RecordedEvent | undefined): Command {
  if (!recorded) return command;
  const { at, now } = command.meta;
  const isFromClock = at.precision === 'instant' && at.time === now;
  const then = { now: recorded.recordedAt, at: isFromClock ? recorded.meta.at : at };
  return { ...command, meta: { ...command.meta, ...then } };
}

/** The same act, though the reference data it was judged by has been replaced since. */
export function saysTheSame({ type, data, meta }: Recorded, again: Event): boolean {
  const said = canonicalJson({ type, data: withoutVersion(data), meta });
  return said === canonicalJson({ ...again, data: withoutVersion(again.data) });
}

/** Leaves out which reference data a judgement rested on: a SHA-256, of a file or of a text of it. */
function withoutVersion(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutVersion);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      isVersion(name, inner) ? [] : [[name, withoutVersion(inner)]],
    ),
  );
}

const hashes = ['data', 'textSha256'];

/** The hash itself, or a judgement that says nothing else. */
function isVersion(name: string, value: unknown): boolean {
  if (typeof value === 'string') return hashes.includes(name);
  if (typeof value !== 'object' || value === null) return false;
  const said = Object.entries(value);
  return (
    said.length === 1 && said.every(([inner, hash]) => typeof hash === 'string' && inner === 'data')
  );
}
