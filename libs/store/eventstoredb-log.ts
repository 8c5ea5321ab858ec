import { CorruptRecord } from '#libs/store/errors';
import type { Connection } from '#libs/store/eventstoredb-connection';
import { isPassing } from '#libs/store/eventstoredb-failure';
import { linkOf, type Found, type Place } from '#libs/store/eventstoredb-record';
import { backOff, persist, type Timing } from '#libs/store/eventstoredb-retry';
import type { KnownStreams } from '#libs/store/known-streams';
import type { RecordedEvent } from '#libs/store/store';

type Parts = Readonly<{
  connection: Connection;
  known: KnownStreams;
  ledger: string;
  prefix: string;
  /** How the names of ledger streams begin, and the place in the log before all of them. */
  beginnings: readonly string[];
  origin: Place;
  place: string;
  timing: Timing;
  closing: AbortSignal;
}>;

export type LedgerLog = Readonly<{
  /** The position of the ledger's last event, `0n` when there is none. */
  end: () => Promise<bigint>;
  /** The server's last position now, whoever wrote there. */
  top: () => Promise<bigint>;
  readAll: (after: bigint) => AsyncGenerator<readonly RecordedEvent[]>;
  /** Everything behind `after`, for ever, whatever becomes of the connection. */
  behind: (after: bigint, signal: AbortSignal) => AsyncGenerator<readonly RecordedEvent[]>;
}>;

/** How many events back the end is looked for at a time: mostly the last one is the ledger's. */
const looks = [1, 32, 512] as const;

/** The ledger's events in the order of the server's log, among everything else that is in it. */
export function ledgerLog(parts: Parts): LedgerLog {
  const { connection, known, ledger, prefix, beginnings, origin, place, timing, closing } = parts;

  /** Up to `upTo` the log was searched: its last ledger event is at `last`. */
  let searched = { upTo: origin.commit, last: 0n };

  function isOurs({ stream }: Found): boolean {
    for (const each of beginnings) if (stream.startsWith(each)) return true;
    return false;
  }

  async function end(): Promise<bigint> {
    const { answer } = await persist(timing, searchBack, closing);
    return answer;
  }

  async function searchBack(): Promise<bigint> {
    const before = searched;
    let top: bigint | undefined;
    let from: Place | undefined;
    for (let look = 0; ; look++) {
      let oldest: Place | undefined;
      for await (const batch of connection.readBack(from, looks[look] ?? 512)) {
        for (const event of batch) {
          const { commit } = event.place;
          top ??= commit;
          if (commit <= before.upTo) return found(top, before.last);
          if (isOurs(event)) return found(top, commit);
          oldest = event.place;
        }
      }
      if (!oldest) return found(top ?? 0n, before.last);
      from = oldest;
    }
  }

  function found(upTo: bigint, last: bigint): bigint {
    if (upTo > searched.upTo) searched = { upTo, last };
    return last;
  }

  async function top(): Promise<bigint> {
    const { answer } = await persist(timing, lastCommit, closing);
    return answer;
  }

  async function lastCommit(): Promise<bigint> {
    for await (const [last] of connection.readBack(undefined, 1)) {
      if (last) return last.place.commit;
    }
    return origin.commit;
  }

  /**
   * Reads the log as it is, which costs the client less than a subscription that leaves out what is
   * not the ledger's; once more from where it was when a read fails.
   */
  async function* readAll(after: bigint): AsyncGenerator<readonly RecordedEvent[]> {
    const until = await end();
    let last = after;
    let at = placeOf(after);
    let deadline = performance.now() + timing.budget;
    for (let failures = 0, ends = 0; last < until;) {
      try {
        for await (const found of connection.readOn(at)) {
          const { readable, fault } = read(found, last, until);
          at = found.at(-1)?.place ?? at;
          if (readable.length > 0) yield readable;
          if (fault) throw fault;
          last = readable.at(-1)?.position ?? last;
          if (last >= until) return;
          if (found.length > 1) failures = ends = 0;
          deadline = performance.now() + timing.budget;
        }
        ends += 1;
        if (ends > 1) throw new CorruptRecord(place, until, 'the event is gone');
      } catch (error) {
        if (!isPassing(error) || closing.aborted || performance.now() > deadline) throw error;
        failures += 1;
        await backOff(failures, timing.longestPause, closing);
      }
    }
  }

  function placeOf(position: bigint): Place {
    return position > origin.commit ? { commit: position, prepare: position } : origin;
  }

  /** Subscribes, and again from where it was when the subscription ends. */
  async function* behind(after: bigint, leaving: AbortSignal) {
    const signal = AbortSignal.any([leaving, closing]);
    let at = placeOf(after);
    let last = after;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        for await (const { events, reached } of connection.subscribe(beginnings, at, signal)) {
          const { readable, fault } = read(events, last);
          last = readable.at(-1)?.position ?? last;
          at = reached ?? events.at(-1)?.place ?? at;
          failures = 0;
          if (readable.length > 0) yield readable;
          if (fault) throw fault;
        }
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
      await backOff(failures, timing.longestPause, signal);
    }
  }

  /** The ledger's own among them; what is not readable is told beside everything before it. */
  function read(events: readonly Found[], last: bigint, until?: bigint) {
    const readable: RecordedEvent[] = [];
    for (const each of events) {
      const { commit } = each.place;
      if (!isOurs(each) || commit <= last || (until !== undefined && commit > until)) continue;
      try {
        const stream = each.stream.slice(prefix.length);
        const { event, hash } = linkOf(each, stream, ledger, place);
        if (until === undefined) known.saw(stream, event.revision, event.meta.id, hash);
        readable.push(event);
      } catch (fault) {
        return { readable, fault };
      }
    }
    return { readable };
  }

  return { end, top, readAll, behind };
}
