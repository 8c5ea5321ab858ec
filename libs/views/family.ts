import { cargoOf, childrenOf, parentsOf } from '#events/kin';
import { parseStream } from '#events/streams';
import { amended, amendmentsIn, isCorrection } from '#libs/decider/effective';
import type { RecordedEvent } from '#libs/store/store';

/** Reads a stream from its beginning. */
export type ReadStream = (stream: string) => Promise<readonly RecordedEvent[]>;

/** An event as it reads now; `annulled` is as it was recorded. */
export type Reading = Readonly<{ event: RecordedEvent; annulled: boolean }>;

/** Streams that must be projected together, and their events in the order of the ledger. */
export type Family = Readonly<{ streams: readonly string[]; readings: readonly Reading[] }>;

/**
 * Everything that depends on the streams (themselves, what they carried and what came out of their
 * goods), and what that came out of: a row may rest on rows of goods it came out of, as they were
 * then.
 */
export async function familyOf(
  streams: Iterable<string>,
  upTo: bigint,
  read: ReadStream,
): Promise<Family> {
  const known = new Map<string, readonly RecordedEvent[]>();
  await gather([...streams], (event) => [...childrenOf(event), ...cargoOf(event)]);
  await gather([...known.keys()], (event) => parentsOf(event));
  const readings = inOrder([...known.values()].flatMap((history) => readingsOf(history, upTo)));
  return { streams: [...known.keys()], readings };

  async function gather(
    open: string[],
    kinOf: (event: RecordedEvent) => readonly string[],
  ): Promise<void> {
    const seen = new Set(open);
    for (let stream = open.pop(); stream !== undefined; stream = open.pop()) {
      const history = known.get(stream) ?? (parseStream(stream) ? await read(stream) : []);
      known.set(stream, history);
      for (const kin of history.flatMap(kinOf)) {
        if (seen.has(kin)) continue;
        seen.add(kin);
        open.push(kin);
      }
    }
  }
}

/** The family's readings with those of the streams that its events name as witnesses. */
export async function witnessesOf(
  { streams, readings }: Family,
  witnesses: (event: RecordedEvent) => readonly string[],
  upTo: bigint,
  read: ReadStream,
): Promise<readonly Reading[]> {
  const named = new Set(readings.flatMap(({ event }) => witnesses(event)));
  for (const stream of streams) named.delete(stream);
  const beside: Reading[] = [];
  for (const stream of named) {
    if (parseStream(stream)) beside.push(...readingsOf(await read(stream), upTo));
  }
  return inOrder([...readings, ...beside]);
}

function inOrder(readings: readonly Reading[]): readonly Reading[] {
  return readings.toSorted((a, b) => (a.event.position < b.event.position ? -1 : 1));
}

/** A stream's events up to a position as they read by all that is known. */
export function readingsOf(history: readonly RecordedEvent[], upTo: bigint): readonly Reading[] {
  const amendments = amendmentsIn(history);
  const told = history.filter(({ position }) => position <= upTo);
  return told.map((event) => {
    const reads = amendments && !isCorrection(event) ? amended(event, amendments) : event;
    return { event: reads ?? event, annulled: reads === undefined };
  });
}
