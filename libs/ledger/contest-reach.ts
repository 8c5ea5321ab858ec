import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import type { Origin } from '#events/values';
import { fold } from '#libs/decider/decider';
import { effective } from '#libs/decider/effective';
import { consequences } from '#libs/ledger/consequences';
import { deciderOf, streamOf } from '#libs/ledger/ledger-command';
import type { Parcel } from '#libs/parcel/parcel-state';
import { canonicalJson } from '#libs/signing/canonical-json';
import type { Stone } from '#libs/stone/stone-state';
import type { RecordedEvent } from '#libs/store/store';

type History = readonly RecordedEvent[];

/** An event that told another stream of goods, and the origin it would tell of them now. */
export type ContestReached = Readonly<{ stream: string; told: RecordedEvent; origin: Origin }>;

/**
 * What an upheld contest changes in a stream: `origin` may be true of its goods whenever they were
 * divided; or, where `told` is given, is what the event of another stream with this id brought.
 */
export type Widening = Readonly<{ origin: Origin; told?: string }>;

/** Events that carry the origin their stream had by then, and hand it on. */
const handingOn: ReadonlySet<string> = new Set(['ParcelMixed', 'IdentityGivenUp']);

/** Events with which another stream gave back what it was told of. */
const returns: ReadonlySet<string> = new Set(['MixReturned', 'IdentityRestored']);

/** Commands that tell another stream where goods come from. */
const tells: ReadonlySet<string> = new Set([
  'OpenStone',
  'OpenParcel',
  'ReceiveMix',
  'MergeIdentity',
]);

/**
 * The streams that goods of this one went into, and the origin they would have been told of, had it
 * been known. `history` ends where that became known; it is read as it is in force.
 */
export function contestReach(history: History, widening: Widening): readonly ContestReached[] {
  const stood = effective<LedgerEvent>(history) as History;
  const stands = readWith(stood, widening);
  const back = new Set(stood.filter(({ type }) => returns.has(type)).map(causeOf));
  return stood.flatMap((event, n): ContestReached[] => {
    if (n === 0 || back.has(event.meta.id)) return [];
    const known = knownWith(stands.slice(0, n), widening);
    const now = handingOn.has(event.type) ? withOrigin(event, originIn(known)) : stands[n];
    const had = consequences(event, stood.slice(0, n), event.recordedAt);
    const has = consequences(now ?? event, known, event.recordedAt);
    return has.flatMap((command, i): ContestReached[] => {
      if (!tells.has(command.command.type)) return [];
      const [was, origin] = [originOf(had[i]?.command), originOf(command.command)];
      if (!origin || canonicalJson(was ?? null) === canonicalJson(origin)) return [];
      return [{ stream: streamOf(command), told: event, origin }];
    });
  });
}

/** All that the goods of a stream could come from with it, by what of `history` is in force. */
export function originWith(history: History, widening: Widening): Origin | null {
  return originIn(
    knownWith(readWith(effective<LedgerEvent>(history) as History, widening), widening),
  );
}

/** The event by which goods came here from another stream, if they did and it stands. */
export function tellingOf(history: History, told: string): RecordedEvent | undefined {
  const isTelling = (event: RecordedEvent) =>
    tellings.has(event.type) && causeOf(event) === told && originOf(event.data) !== undefined;
  return (effective<LedgerEvent>(history) as History).find(isTelling);
}

const tellings: ReadonlySet<string> = new Set([
  'StoneOpened',
  'ParcelOpened',
  'MixReceived',
  'IdentitiesMerged',
]);

function readWith(history: History, { origin, told }: Widening): History {
  if (told === undefined) return history;
  return history.map((event) =>
    tellings.has(event.type) && causeOf(event) === told ? withOrigin(event, origin) : event,
  );
}

/** A contest of the stream's own goods is of all they ever were: known at each of their divisions. */
function knownWith(history: History, { origin, told }: Widening): History {
  const last = history.at(-1);
  if (told !== undefined || !last) return history;
  const data = { contestNo: '', outcome: 'upheld', ground: '', origin };
  return [...history, { ...last, type: 'OriginContestResolved', data } as RecordedEvent];
}

function originIn(history: History): Origin | null {
  const { category = 'stone' } = parseStream(history[0]?.stream ?? '') ?? {};
  const state = fold(deciderOf(category), history) as Stone | Parcel | null;
  if (!state) return null;
  return 'goods' in state ? state.goods.origin : state.origin;
}

function withOrigin(event: RecordedEvent, origin: Origin | null): RecordedEvent {
  if (!origin) return event;
  return { ...event, data: { ...event.data, origin } } as unknown as RecordedEvent;
}

function causeOf({ data }: RecordedEvent): unknown {
  return (data as Readonly<{ cause?: string }>).cause;
}

function originOf(said: object | undefined): Origin | undefined {
  return (said as Readonly<{ origin?: Origin }> | undefined)?.origin;
}
