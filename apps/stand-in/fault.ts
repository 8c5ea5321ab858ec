/**
 * Something that goes wrong with calls of one kind: the next `skip` (default 0) are spared, then it
 * happens `times` times (default 1). Faults wait in the order they were added; a call meets at most
 * the first that is for its kind.
 *
 * - `cut`: the connection dies and the call does nothing. `cut-after-store`: it dies after an append
 *   was stored, before the reply. `cut-after-events`: after `events` events of a read.
 * - `lose-reply`: stored, never answered. `delay-reply`: stored, answered `ms` later; reads start
 *   `ms` later.
 * - `unavailable`: the call fails with UNAVAILABLE. `not-ready`: the server's own answer while it
 *   has no leader.
 * - `time-out`, `time-out-after-store`: the server's answer when a commit takes too long.
 */
export type Fault =
  | Readonly<{ on: 'append'; does: AppendFault; ms?: number; times?: number; skip?: number }>
  | Readonly<{
      on: 'read' | 'subscribe';
      does: ReadFault;
      ms?: number;
      events?: number;
      times?: number;
      skip?: number;
    }>;

export type AppendFault =
  | 'cut'
  | 'cut-after-store'
  | 'lose-reply'
  | 'delay-reply'
  | 'unavailable'
  | 'not-ready'
  | 'time-out'
  | 'time-out-after-store';

export type ReadFault = 'cut' | 'cut-after-events' | 'delay-reply' | 'unavailable' | 'not-ready';
