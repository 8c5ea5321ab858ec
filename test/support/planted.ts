import type { Event, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { type Examined, examineInvariants } from '#libs/laws/invariants';
import { type Head, emptyStream, leafHash, seal } from '#libs/store/envelope';
import { ledger } from '#test/support/correcting';

type Drafts = { [T in LedgerEvent['type']]: Extract<LedgerEvent, { type: T }>['data'] };

/** What a forger says of himself and of time, where it matters. */
export type Around = Readonly<{ by?: string; at?: When; recordedAt?: string; id?: string }>;

let planted = 0;

/**
 * Appends an event to a stream past every decider, chained and sealed as it should be. Answers its
 * id, and where it stands as `STREAM@REVISION`.
 */
export async function plant<T extends LedgerEvent['type']>(
  stream: string,
  type: T,
  data: Drafts[T],
  around: Around = {},
): Promise<Readonly<{ id: string; place: string }>> {
  const { store } = ledger;
  const last = (await store.read(stream)).at(-1);
  const head: Head = last ? { revision: last.revision, hash: leafHash(last.leaf) } : emptyStream;
  planted += 1;
  const {
    id = `01970000-0000-7000-8000-${String(planted).padStart(12, '0')}`,
    by = 'alrosa',
    at = { time: '2025-04-04', precision: 'day' },
    recordedAt = '2025-04-04T12:00:00Z',
  } = around;
  const event = { type, data, meta: { id, by, at } } as Event;
  await store.append(stream, head.revision, seal(store.ledger, stream, head, recordedAt, [event]));
  return { id, place: `${stream}@${head.revision + 1}` };
}

/** What is found of the ledger: `INVARIANT STREAM@REVISION`, in order, each once. */
export async function faults(): Promise<readonly string[]> {
  const { broken }: Examined = await examineInvariants(ledger.store);
  const named = broken.map(({ problem }) => {
    const [law = ''] = problem.split(':');
    return `${law} ${/\(([^()]+)\)$/.exec(problem)?.[1] ?? ''}`;
  });
  return [...new Set(named)].sort();
}
