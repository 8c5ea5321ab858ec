import { parseStream } from '#events/streams';
import type { PartyRole } from '#events/values';
import { Refused, fold } from '#libs/decider/decider';
import { consequences } from '#libs/ledger/consequences';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { deciderOf, streamOf } from '#libs/ledger/ledger-command';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { Stone } from '#libs/stone/stone-state';
import type { RecordedEvent } from '#libs/store/store';

export const now = '2025-04-04T12:00:00Z';

export type Goods =
  | Readonly<{ category: 'stone'; id: string; state: Stone }>
  | Readonly<{ category: 'parcel'; id: string; state: Parcel }>;

/** What one act of a party brought about, in the order it was recorded; `null` when refused. */
export type Outcome = readonly RecordedEvent[] | null;

/**
 * Streams in memory under the real deciders and the real consequences, and nothing else: what the
 * ledger does without store, clock or network, except that it never asks beforehand whether a mix
 * will be taken in, as if the other parcel always changed in between. State, commands and events
 * are frozen before a decider gets them, and every decision is taken twice.
 */
export function emptyWorld() {
  const streams = new Map<string, readonly RecordedEvent[]>();
  const goods = new Map<string, Goods>();
  let size = 0;
  return { streams, goods, act, repeat };

  /** An act of a party; anything thrown but a refusal passes through. */
  function act(asked: LedgerCommand): Outcome {
    try {
      return execute(asked);
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  }

  /** Carries out, again, what follows from a recorded event. */
  function repeat(event: RecordedEvent): readonly RecordedEvent[] {
    const before = (streams.get(event.stream) ?? []).slice(0, event.revision);
    return consequences(event, before, now).flatMap(execute);
  }

  function execute(asked: LedgerCommand): readonly RecordedEvent[] {
    const stream = streamOf(asked);
    const history = streams.get(stream) ?? [];
    const decider = deciderOf(asked.category);
    const state = frozen(fold(decider, history));
    const drafts = decider.decide(frozen(asked.command), state);
    if (JSON.stringify(drafts) !== JSON.stringify(decider.decide(asked.command, state))) {
      throw new Error('decide is not pure');
    }
    const { id, by, at } = asked.command.meta;
    const recorded = drafts.map((draft, n) => {
      size += 1;
      return frozen({
        ...draft,
        meta: { id: n === 0 ? id : `${id}+${n}`, by, at },
        stream,
        revision: history.length + n,
        position: BigInt(size),
        recordedAt: now,
        leaf: '',
      } as RecordedEvent);
    });
    if (recorded.length > 0) {
      streams.set(stream, [...history, ...recorded]);
      if (asked.category === 'stone' || asked.category === 'parcel') {
        goods.set(stream, goodsIn(stream, [...history, ...recorded]));
      }
    }
    return recorded.flatMap((event) => [event, ...repeat(event)]);
  }
}

/** A stream holds events of its own category only: its decider made them. */
function goodsIn(stream: string, history: readonly RecordedEvent[]): Goods {
  const { category, id = '' } = parseStream(stream) ?? {};
  const state = fold(deciderOf(category ?? 'stone'), history);
  return { category, id, state } as Goods;
}

export const everyTrade: readonly PartyRole[] = [
  'producer',
  'dealer',
  'cutter',
  'laboratory',
  'authority',
];

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
