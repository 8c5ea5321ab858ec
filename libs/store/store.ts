import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Entry } from '#libs/store/envelope';

/** Where in the ledger an append ended. `position` and `revision` are those of its last event. */
export type Appended = Readonly<{ revision: number; position: bigint }>;

export type RecordedEvent = Recorded<LedgerEvent>;

export type ReadOptions = Readonly<{
  /** First revision wanted; default the first (forwards) or the last (backwards). */
  from?: number;
  direction?: 'forwards' | 'backwards';
  limit?: number;
}>;

/**
 * What every engine must do; test/contract/event-store.ts is the specification. Positions start
 * after `0n`; they grow and are compared, never computed with.
 */
export type EventStore = Readonly<{
  /** The name of the log; it stands in every statement. */
  ledger: string;

  /** Positions count 1, 2, 3 … without holes, so a reader can tell a missing event. */
  dense?: boolean;

  /**
   * Appends that this process makes without waiting take effect in the order they were made, to
   * whatever streams; when one fails as `StoreUnavailable`, so do those made behind it by then.
   */
  inOrder?: boolean;

  /**
   * Appends all entries or none, durably, at `expectedRevision` (-1: the stream must not exist).
   * Entries recorded before with the same statement (their `recordedAt` aside) are answered as
   * they were. Throws `WrongRevision`, `IdReused`, `StoreUnavailable`.
   */
  append: (
    stream: string,
    expectedRevision: number,
    entries: readonly Entry[],
  ) => Promise<Appended>;

  /** One stream's events in order; empty when it does not exist. Throws `CorruptRecord`. */
  read: (stream: string, options?: ReadOptions) => Promise<readonly RecordedEvent[]>;

  /**
   * Batches of everything behind `after`, in order, up to the end as it is when asked. Throws
   * `CorruptRecord` once everything before the fault was given; behind it one can go on.
   */
  readAll: (after: bigint) => AsyncIterable<readonly RecordedEvent[]>;

  /** What `readAll` would give of corrections and annulments, where the engine finds them quickly. */
  corrections?: (after: bigint) => AsyncIterable<readonly RecordedEvent[]>;

  /** As `readAll`, then on as events arrive, until `signal` aborts (then it ends, no error). */
  follow: (after: bigint, signal: AbortSignal) => AsyncIterable<readonly RecordedEvent[]>;

  /** What endangers the record now, a sentence each; absent or empty when nothing does. */
  alarms?: () => readonly string[];

  /** The last position, `0n` when the ledger is empty. */
  end: () => Promise<bigint>;

  /** Finishes what was accepted, then lets go of files and threads. */
  close: () => Promise<void>;
}>;
