import {
  BrokenChain,
  CorruptRecord,
  IdReused,
  StoreUnavailable,
  WrongRevision,
} from '#libs/store/errors';
import type { Outcome, Request } from '#libs/store/sqlite-log';

/** What the writer thread is started with. */
export type WriterOptions = Readonly<{ path: string; ledger: string; maxBytes?: number }>;

/**
 * Many appends as flat lists, which cross threads at half the price of objects. Append `n` has
 * `counts[n]` entries; each entry is three texts in a row: id, leaf, hash. `failed` counts the
 * commits that the caller knew to have failed: what was sent before it knew of the last one must
 * not be carried out, for it was meant to stand behind that.
 */
export type Appends = Readonly<{
  failed: number;
  streams: readonly string[];
  expected: readonly number[];
  prevs: readonly string[];
  counts: readonly number[];
  texts: readonly string[];
}>;

/** An error as plain data; class and fields are put back on the other side. */
export type Failure =
  | Readonly<{ is: 'wrong-revision'; stream: string; expected: number; actual: number }>
  | Readonly<{ is: 'id-reused'; id: string }>
  | Readonly<{ is: 'broken-chain'; stream: string; message: string }>
  | Readonly<{ is: 'corrupt-record'; file: string; position?: bigint; message: string }>
  | Readonly<{ is: 'store-unavailable'; reason: StoreUnavailable['reason']; message: string }>;

/**
 * Answers of one commit, in the order the appends were sent; `position` is 0 for a refused one.
 * `failed` counts the commits that failed so far.
 */
export type Answers = Readonly<{
  is: 'answers';
  failed: number;
  revisions: readonly number[];
  positions: readonly number[];
  failures: readonly (readonly [index: number, failure: Failure])[];
}>;

export type FromWriter =
  Answers | Readonly<{ is: 'ready' }> | Readonly<{ is: 'broken'; failure: Failure }>;

export type ToWriter = Appends | 'close';

/** The channel on which threads of this process learn that `path` has grown. */
export const channelOf = (path: string) => `adamant ledger ${path}`;

export function requestsOf({ streams, expected, prevs, counts, texts }: Appends): Request[] {
  let next = 0;
  const text = () => texts[next++] ?? '';
  return streams.map((stream, n) => {
    let prev = prevs[n] ?? '';
    const entries = Array.from({ length: counts[n] ?? 0 }, () => {
      const entry = { id: text(), prev, leaf: text(), hash: text() };
      prev = entry.hash;
      return entry;
    });
    return { stream, expectedRevision: expected[n] ?? -1, entries };
  });
}

export function answersOf(outcomes: readonly Outcome[], failed: number): Answers {
  const failures: [number, Failure][] = [];
  const revisions: number[] = [];
  const positions: number[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const refused = 'error' in outcome;
    if (refused) failures.push([index, failureOf(outcome.error)]);
    revisions.push(refused ? -1 : outcome.revision);
    positions.push(refused ? 0 : outcome.position);
  }
  return { is: 'answers', failed, revisions, positions, failures };
}

export function failureOf(error: unknown): Failure {
  if (error instanceof WrongRevision) {
    const { stream, expected, actual } = error;
    return { is: 'wrong-revision', stream, expected, actual };
  }
  if (error instanceof IdReused) return { is: 'id-reused', id: error.id };
  if (error instanceof BrokenChain) {
    return { is: 'broken-chain', stream: error.stream, message: error.problem };
  }
  if (error instanceof CorruptRecord) {
    const { file, position, problem: message } = error;
    return { is: 'corrupt-record', file, message, ...(position !== undefined && { position }) };
  }
  if (error instanceof StoreUnavailable) {
    return { is: 'store-unavailable', reason: error.reason, message: error.message };
  }
  return { is: 'store-unavailable', reason: 'failed', message: String(error) };
}

export function errorOf(failure: Failure): Error {
  switch (failure.is) {
    case 'wrong-revision':
      return new WrongRevision(failure.stream, failure.expected, failure.actual);
    case 'id-reused':
      return new IdReused(failure.id);
    case 'broken-chain':
      return new BrokenChain(failure.stream, failure.message);
    case 'corrupt-record':
      return new CorruptRecord(failure.file, failure.position, failure.message);
    case 'store-unavailable':
      return new StoreUnavailable(failure.reason, failure.message);
  }
}
