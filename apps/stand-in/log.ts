import { randomUUID } from 'node:crypto';
import { admission, type Expected } from '#apps/stand-in/admission';
import { openJournal } from '#apps/stand-in/journal';
import { recordSize, type LogEvent, type Proposal } from '#apps/stand-in/log-event';
import { logIndex, type LogView } from '#apps/stand-in/log-index';
import type { StandInOptions } from '#apps/stand-in/options';
import { recentIds } from '#apps/stand-in/recent-ids';
import { deletedMetadata, revivedMetadata } from '#apps/stand-in/retention';
import {
  genesis,
  statistics,
  statisticsStream,
  streamMetadata,
  tombstoneRecord,
  type Unplaced,
} from '#apps/stand-in/system-events';
import { decodeTransaction, encodeTransaction } from '#apps/stand-in/transaction';

/** What became of an append or a delete. `revision` or `current` -1: the stream has no events. */
export type Outcome =
  | Readonly<{ kind: 'stored'; revision: number; position: number }>
  | Readonly<{ kind: 'wrong'; current: number }>
  | Readonly<{ kind: 'deleted' }>
  /** Repeats an append that is not on disk yet: the server says nothing, the caller times out. */
  | Readonly<{ kind: 'unanswered' }>;

/** The one log of all nodes. */
export type Log = Readonly<{
  append: (stream: string, expected: Expected, proposals: readonly Proposal[]) => Promise<Outcome>;
  /** A soft delete hides the events; a hard one (tombstone) ends the stream for good. */
  remove: (stream: string, expected: Expected, hard: boolean) => Promise<Outcome>;
  read: LogView;
  /** The same, of its first `limit` events only. */
  view: (limit: () => number) => LogView;
  /** Every event readers can see, in order. */
  events: () => readonly LogEvent[];
  /** Calls back after each commit; answers how to stop. */
  onCommit: (wake: () => void) => () => void;
  /** Makes readers look again. */
  wake: () => void;
  /** Forgets the ids kept for `any`, as a restart or a change of leader does. */
  forgetIds: () => void;
  close: () => Promise<void>;
}>;

/** Before the first event stand the records that no reader sees. */
const firstPosition = 193;

export async function openLog(options: StandInOptions): Promise<Log> {
  const { data, now = Date.now, rememberedIds = 50_000, statisticsEvery = 64 } = options;
  const { journal, frames = [] } = data === undefined ? {} : await openJournal(data);
  const index = logIndex(now);
  const read = index.view(() => Infinity);
  const recent = recentIds(rememberedIds);
  const wakes = new Set<() => void>();
  let end = firstPosition;
  let appends = 0;

  for (const frame of frames) for (const event of decodeTransaction(frame)) add(event);
  index.commit(index.added());
  if (index.added() === 0) await write(genesis());

  function add(event: LogEvent): void {
    index.add(event);
    end = event.position + recordSize(event);
  }

  /** Records together; answers when it is on disk and readers see it. */
  async function write(unplaced: readonly Unplaced[]): Promise<readonly LogEvent[]> {
    const created = now();
    const events = unplaced.map((event) => {
      const placed = { ...event, position: end, created };
      add(placed);
      recent.add(event.id, event);
      return placed;
    });
    const count = index.added();
    if (journal) await journal.write(encodeTransaction(events));
    index.commit(count);
    wake();
    return events;
  }

  function wake(): void {
    for (const each of wakes) each();
  }

  /** Every so often the server has something to say before the client's events. */
  function ownEvents(): readonly Unplaced[] {
    appends += 1;
    if (appends % statisticsEvery !== 0) return [];
    return [statistics(index.state(statisticsStream).current + 1, appends)];
  }

  function decide(
    stream: string,
    expected: Expected,
    ids: readonly string[],
  ): Outcome | Readonly<{ kind: 'write'; revives: boolean; current: number }> {
    const state = index.state(stream);
    const decision = admission(stream, state, expected, ids, recent.find);
    switch (decision.kind) {
      case 'write':
        return { ...decision, current: state.current };
      case 'deleted':
        return decision;
      case 'wrong':
        return { kind: 'wrong', current: state.current };
      case 'repeat': {
        const { position, seen } = index.recorded(stream, decision.last);
        return seen
          ? { kind: 'stored', revision: decision.last, position }
          : { kind: 'unanswered' };
      }
    }
  }

  async function append(
    stream: string,
    expected: Expected,
    proposals: readonly Proposal[],
  ): Promise<Outcome> {
    const ids = proposals.map(({ id }) => id);
    const decision = decide(stream, expected, ids);
    if (decision.kind !== 'write') return decision;
    const { current } = decision;
    if (proposals.length === 0) return { kind: 'stored', revision: current, position: end };
    const own = ownEvents();
    const written = await write([
      ...own,
      ...proposals.map((proposal, i) => ({ ...proposal, stream, revision: current + 1 + i })),
      ...(decision.revives ? [metadata(stream, revived(stream, current + 1))] : []),
    ]);
    const last = written[own.length + proposals.length - 1];
    return { kind: 'stored', revision: current + proposals.length, position: last?.position ?? 0 };
  }

  async function remove(stream: string, expected: Expected, hard: boolean): Promise<Outcome> {
    const id = randomUUID();
    const decision = decide(stream, expected, [id]);
    if (decision.kind !== 'write') return decision;
    const record = hard ? tombstoneRecord(stream, id) : metadata(stream, deletedMetadata());
    const [written] = await write([record]);
    return { kind: 'stored', revision: record.revision, position: written?.position ?? 0 };
  }

  function metadata(stream: string, data: Uint8Array): Unplaced {
    return streamMetadata(stream, index.state(`$$${stream}`).current + 1, data);
  }

  function revived(stream: string, from: number): Uint8Array {
    return revivedMetadata(index.metadataOf(stream), from);
  }

  return {
    append,
    remove,
    read,
    view: index.view,
    events: () =>
      Array.from({ length: read.size() }, (_, place) => read.event(place)).filter(
        (event) => event !== undefined,
      ),
    onCommit(listener) {
      wakes.add(listener);
      return () => wakes.delete(listener);
    },
    wake,
    forgetIds: recent.forget,
    close: async () => journal?.close(),
  };
}
