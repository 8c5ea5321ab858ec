import { v5 as uuidV5 } from 'uuid';
import type { Event } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream, partyStream } from '#events/streams';
import type { CorrectionCommand } from '#libs/correction/correction-command';
import type { Command, Decider } from '#libs/decider/decider';
import { Refused, fold } from '#libs/decider/decider';
import { consequential } from '#libs/ledger/consequences';
import {
  type LedgerCommand,
  deciderOf,
  isContestAsked,
  isCorrectionAsked,
  mentionsOf,
  streamOf,
} from '#libs/ledger/ledger-command';
import { followContest } from '#libs/ledger/contest-follow';
import { decideCorrection } from '#libs/ledger/correct';
import { follow, followOf } from '#libs/ledger/follow';
import { knownThen } from '#libs/ledger/known-then';
import { type FindFlag, type Read, asReliedOn, lookUp } from '#libs/ledger/look-up';
import { badId, requireOwnId } from '#libs/ledger/own-id';
import { requirePublished } from '#libs/ledger/published';
import { reachOf } from '#libs/ledger/reach';
import type { CorrectionDraft } from '#libs/ledger/restand';
import { asOf, saysTheSame } from '#libs/ledger/same-act';
import { requireTaker } from '#libs/ledger/takers';
import { type Head, emptyStream, leafHash, seal } from '#libs/store/envelope';
import { IdReused, WrongRevision } from '#libs/store/errors';
import type { EventStore, RecordedEvent } from '#libs/store/store';

/** Where a command ended; `position` and `revision` are those of its last event. */
export type Done = Readonly<{
  stream: string;
  revision: number;
  position: bigint;
  events: readonly Readonly<{ type: string; revision: number }>[];
  /** The command had been carried out before; nothing was appended now. */
  replayed: boolean;
}>;

/** The one way in: every command of every surface goes through `execute`. */
export type Ledger = Readonly<{
  store: EventStore;

  /**
   * Decides the command on its stream's history, appends what happened and carries out what
   * follows on other streams. `expected.revision` makes it fail instead of retrying when the
   * stream is elsewhere. Throws {@link Refused}, `WrongRevision`, `StoreUnavailable`, `TooLarge`, and
   * `MalformedEvent` when a decider erred.
   */
  execute: (command: LedgerCommand, expected?: Readonly<{ revision: number }>) => Promise<Done>;

  /** Carries out, again if need be, what follows from a recorded event: changes nothing twice. */
  follow: (event: RecordedEvent) => Promise<void>;
}>;

/**
 * `clock` gives the ledger's own time, ISO 8601 UTC; `flagIn` finds a flag in the streams that raise
 * it. Without it no flag is known, and none is closed.
 */
export function openLedger(
  store: EventStore,
  clock: () => string,
  flagIn: FindFlag = async () => null,
): Ledger {
  const knownParties = new Set<string>();
  const ledger: Ledger = { store, execute, follow: (event) => follow(ledger, clock, event) };
  return ledger;

  async function execute(
    command: LedgerCommand,
    expected?: Readonly<{ revision: number }>,
  ): Promise<Done> {
    await requireParties(command);
    const done = await retryLostRace(command, expected);
    if (done.events.some(({ type }) => consequential.has(type))) {
      const from = done.revision - done.events.length + 1;
      const recorded = await store.read(done.stream, { from, limit: done.events.length });
      for (const event of recorded) await ledger.follow(event);
    }
    return done;
  }

  /** Once more on fresh history, which may show that the race was lost to this very command. */
  async function retryLostRace(
    command: LedgerCommand,
    expected: Readonly<{ revision: number }> | undefined,
  ): Promise<Done> {
    try {
      return await decideAndAppend(command, expected);
    } catch (error) {
      if (!(error instanceof WrongRevision || error instanceof IdReused)) throw error;
    }
    try {
      return await decideAndAppend(command, expected);
    } catch (error) {
      throw error instanceof IdReused ? keyReused(command.command) : error;
    }
  }

  async function decideAndAppend(
    asked: LedgerCommand,
    expected: Readonly<{ revision: number }> | undefined,
  ): Promise<Done> {
    const { id, category, command } = asked;
    const stream = streamOf(asked);
    if (!parseStream(stream)) throw badId(id);
    const history = await store.read(stream);
    const decider = deciderOf(category);
    const before = history.findIndex(({ meta }) => meta.id === command.meta.id);
    if (before >= 0) return replay(asked, decider, history, before);
    if (expected && expected.revision !== history.length - 1) {
      throw new WrongRevision(stream, expected.revision, history.length - 1);
    }
    const drafts = await decide(asked, decider, history);
    const last = history.at(-1);
    if (drafts.length === 0) {
      if (!last) throw new Refused('not-found', `there is no ${category} ${id}`, { id });
      const { revision, position } = last;
      return { stream, revision, position, events: [], replayed: true };
    }
    if (!last || category === 'report') requireOwnId(asked);
    const events = drafts.map((draft, n) => withMeta(draft, command, n));
    requirePublished(stream, events);
    const entries = seal(store.ledger, stream, headOf(last), clock(), events);
    const appended = await store.append(stream, last?.revision ?? -1, entries);
    return {
      stream,
      ...appended,
      events: entries.map(({ revision }, n) => ({ type: events[n]?.type ?? '', revision })),
      replayed: false,
    };
  }

  async function decide(
    asked: LedgerCommand,
    decider: Decider<unknown, Command, LedgerEvent>,
    history: readonly RecordedEvent[],
  ): Promise<readonly Pick<LedgerEvent, 'type' | 'data'>[]> {
    if (isCorrectionAsked(asked)) {
      const drafts = await corrected(asked.command, history, store.read);
      if (asked.command.type !== 'FollowCorrection') {
        await requireFollowers(asked.command, history, drafts);
      }
      return drafts;
    }
    if (isContestAsked(asked)) return followContest(asked.command, history);
    await requireTaker(asked, store.read);
    const looked = await lookUp(asked, store.read, flagIn);
    return decider.decide(looked.command, fold(decider, history));
  }

  async function corrected(
    command: CorrectionCommand,
    history: readonly RecordedEvent[],
    read: Read,
    lenient?: boolean,
  ): Promise<readonly CorrectionDraft[]> {
    return decideCorrection(command, history, await knownThen(history, read, flagIn), lenient);
  }

  /** What other streams would refuse to follow is refused before anything is recorded. */
  async function requireFollowers(
    command: CorrectionCommand,
    history: readonly RecordedEvent[],
    drafts: readonly CorrectionDraft[],
  ): Promise<void> {
    for (const { stream, told, changes } of reachOf(history, drafts)) {
      const { meta } = command;
      const asked = followOf(meta, told, changes);
      const others = await store.read(stream);
      await requireFollowers(asked, others, await corrected(asked, others, store.read, false));
    }
  }

  /** The same command again: answers as it did then, or refuses when it says something else. */
  async function replay(
    asked: LedgerCommand,
    decider: Decider<unknown, Command, LedgerEvent>,
    history: readonly RecordedEvent[],
    before: number,
  ): Promise<Done> {
    const command = asOf(asked.command, history[before]);
    const then = { ...asked, command } as LedgerCommand;
    const drafts = await decidedThen(then, decider, history.slice(0, before), history[before]);
    const recorded = history.slice(before, before + drafts.length);
    const same =
      recorded.length === drafts.length &&
      recorded.every((event, n) => {
        const draft = drafts[n];
        return draft !== undefined && saysTheSame(event, withMeta(draft, command, n));
      });
    const last = recorded.at(-1);
    if (!same || !last) throw keyReused(command);
    return {
      stream: last.stream,
      revision: last.revision,
      position: last.position,
      events: recorded.map(({ type, revision }) => ({ type, revision })),
      replayed: true,
    };
  }

  /** What the command brings about on the history it met, with what it relied on then. */
  async function decidedThen(
    asked: LedgerCommand,
    decider: Decider<unknown, Command, LedgerEvent>,
    history: readonly RecordedEvent[],
    recorded: RecordedEvent | undefined,
  ) {
    if (isCorrectionAsked(asked)) {
      const position = recorded?.position ?? 0n;
      const readThen: Read = async (stream) => {
        return (await store.read(stream)).filter((event) => event.position < position);
      };
      return corrected(asked.command, history, readThen);
    }
    if (isContestAsked(asked)) return followContest(asked.command, history);
    const read = recorded ? asReliedOn(recorded, store.read) : store.read;
    const { command } = await lookUp(asked, read, flagIn);
    return decider.decide(command, fold(decider, history));
  }

  /** Parties never disappear, so one that was seen once is known for good. */
  async function requireParties(command: LedgerCommand): Promise<void> {
    for (const { party, field } of mentionsOf(command)) {
      if (knownParties.has(party)) continue;
      const stream = partyStream(party);
      const known = parseStream(stream) && (await store.read(stream, { limit: 1 })).length > 0;
      if (!known) throw new Refused('unknown-party', `no party ${party} is registered`, { field });
      knownParties.add(party);
    }
  }
}

function withMeta(draft: Pick<LedgerEvent, 'type' | 'data'>, { meta }: Command, n: number): Event {
  const { by, at, place, documents, correlationId, causationId } = meta;
  return {
    ...draft,
    meta: {
      id: n === 0 ? meta.id : uuidV5(String(n), meta.id),
      by,
      at,
      ...(place && { place }),
      ...(documents && { documents }),
      ...(correlationId !== undefined && { correlationId }),
      ...(causationId !== undefined && { causationId }),
    },
  };
}

function headOf(last: RecordedEvent | undefined): Head {
  return last ? { revision: last.revision, hash: leafHash(last.leaf) } : emptyStream;
}

function keyReused({ meta }: Command): Refused {
  return new Refused(
    'idempotency-key-reused',
    'this id was used for something else; take a new one for a new act',
    { id: meta.id },
  );
}
