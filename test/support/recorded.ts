import type { DocumentRef, Draft, Place, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { isCorrection } from '#libs/decider/effective';
import { seal, emptyStream, unseal } from '#libs/store/envelope';
import type { Head } from '#libs/store/envelope';
import type { EventStore, RecordedEvent } from '#libs/store/store';

/** What surrounds a recorded fact; the day stands for an `at` of that precision. */
type Said = Readonly<{
  by?: string;
  on?: string;
  at?: When;
  place?: Place;
  documents?: readonly DocumentRef[];
}>;

/** A ledger of hand-written facts, sealed as the store does it, one position after another. */
export function ledgerOf(ledger = 'test') {
  const events: RecordedEvent[] = [];
  const heads = new Map<string, Head>();
  return { events, record };

  function record(stream: string, draft: Draft<LedgerEvent>, said: Said = {}): RecordedEvent {
    const position = BigInt(events.length + 1);
    const id = `00000000-0000-7000-8000-${position.toString().padStart(12, '0')}`;
    const at = said.at ?? { time: said.on ?? '2024-06-01', precision: 'day' };
    const { place, documents } = said;
    const meta = {
      id,
      by: said.by ?? 'alrosa',
      at,
      ...(place && { place }),
      ...(documents && { documents }),
    };
    const head = heads.get(stream) ?? emptyStream;
    const recordedAt = new Date(Date.UTC(2026, 0, 1) + events.length * 1000).toISOString();
    const [entry] = seal(ledger, stream, head, recordedAt, [{ ...draft, meta }]);
    if (!entry) throw new Error('nothing sealed');
    heads.set(stream, { revision: entry.revision, hash: entry.hash });
    const event = unseal(entry.leaf, position) as RecordedEvent;
    events.push(event);
    return event;
  }
}

/** A ledger that never grows, given out in batches of the sizes told, again and again. */
export function finishedStore(
  events: readonly RecordedEvent[],
  sizes: readonly number[] = [1000],
): EventStore {
  const last = events.at(-1)?.position ?? 0n;
  return {
    ledger: 'test',
    dense: true,
    append: () => Promise.reject(new Error('this ledger is finished')),
    read: (stream) => Promise.resolve(events.filter((event) => event.stream === stream)),
    readAll,
    corrections: async function* (after) {
      yield events.filter((event) => event.position > after && isCorrection(event));
    },
    follow: async function* (after, signal) {
      yield* readAll(after);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
    end: () => Promise.resolve(last),
    close: () => Promise.resolve(),
  };

  async function* readAll(after: bigint): AsyncGenerator<readonly RecordedEvent[]> {
    let at = Number(after);
    for (let n = 0; at < events.length; n++) {
      const size = Math.max(1, sizes[n % sizes.length] ?? 1);
      yield events.slice(at, at + size);
      at += size;
    }
  }
}
