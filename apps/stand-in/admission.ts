import type { Recorded } from '#apps/stand-in/recent-ids';

/** The revision a client expects a stream to have; `no_stream` when it should not exist. */
export type Expected = number | 'no_stream' | 'any' | 'stream_exists';

/** What the server knows of a stream, with appends that are not yet on disk. */
export type StreamState = Readonly<{
  /** The last revision; -1 for none. */
  current: number;
  tombstoned: boolean;
  softDeleted: boolean;
  hasMetadata: boolean;
  /** The id at a revision, if it can still be read. */
  idAt: (revision: number) => string | undefined;
}>;

export type Admission =
  | Readonly<{ kind: 'write'; revives: boolean }>
  /** Recorded before, up to this revision: nothing is written. */
  | Readonly<{ kind: 'repeat'; last: number }>
  | Readonly<{ kind: 'wrong' }>
  | Readonly<{ kind: 'deleted' }>;

/**
 * EventStoreDB's rule for appends. Contents are never compared, only ids, and only where the
 * expected revision lies behind the stream's: at the current revision the same ids are written
 * again. For `any` and `stream_exists` the bounded memory of recent ids decides.
 */
export function admission(
  stream: string,
  state: StreamState,
  expected: Expected,
  ids: readonly string[],
  recent: (id: string) => Recorded | undefined,
): Admission {
  if (state.tombstoned) return { kind: 'deleted' };
  if (expected === 'stream_exists') {
    if (state.softDeleted) return { kind: 'deleted' };
    if (state.current < 0 && !state.hasMetadata) return { kind: 'wrong' };
  }
  if (expected === 'any' || expected === 'stream_exists') {
    return remembered(stream, state, ids, recent);
  }
  const revision = expected === 'no_stream' ? -1 : expected;
  if (revision > state.current) return { kind: 'wrong' };
  if (revision === state.current) return { kind: 'write', revives: state.softDeleted };
  return behind(stream, state, revision, ids, recent);
}

function remembered(
  stream: string,
  state: StreamState,
  ids: readonly string[],
  recent: (id: string) => Recorded | undefined,
): Admission {
  let last = -1;
  for (const [index, id] of ids.entries()) {
    const found = recent(id);
    if (found?.stream !== stream) {
      return index === 0 ? { kind: 'write', revives: state.softDeleted } : { kind: 'wrong' };
    }
    last = found.revision;
  }
  return ids.length === 0
    ? { kind: 'write', revives: state.softDeleted }
    : { kind: 'repeat', last };
}

function behind(
  stream: string,
  state: StreamState,
  revision: number,
  ids: readonly string[],
  recent: (id: string) => Recorded | undefined,
): Admission {
  let last = revision;
  for (const [index, id] of ids.entries()) {
    last += 1;
    const found = recent(id);
    if (found?.stream === stream && found.revision === last) continue;
    if (state.idAt(last) === id) continue;
    const revives = index === 0 && revision === -1 && state.softDeleted;
    return revives ? { kind: 'write', revives } : { kind: 'wrong' };
  }
  return last === revision ? { kind: 'wrong' } : { kind: 'repeat', last };
}
