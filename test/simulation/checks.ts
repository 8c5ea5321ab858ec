import { inspect, isDeepStrictEqual } from 'node:util';
import { consequences } from '#libs/ledger/consequences';
import type { RecordedEvent } from '#libs/store/store';
import type { ViewReader } from '#libs/views/views';
import { replay } from '#libs/views/replay';
import { unfinishedNow } from '#projections/unfinished';
import { brokenInvariants } from '#test/property/pipeline-invariants';
import type { Answer } from '#test/simulation/clients';
import { kept } from '#test/simulation/tally';

/** What a world left behind once it has come to rest. */
export type Remains = Readonly<{
  /** As the ledger's engine gives it. */
  events: readonly RecordedEvent[];
  views: ViewReader;
  answers: readonly Answer[];
  /** The day up to which the views were reviewed. */
  today: string;
}>;

/** Everything that is wrong with it; empty when nothing is. */
export async function faultsOf(remains: Remains): Promise<readonly string[]> {
  const { events, views, answers } = remains;
  return [
    ...brokenInvariants(events),
    ...effectFaults(events),
    ...(await unfinishedNow(views, 100)).map(
      ({ stream, revision }) => `${stream}@${revision} is unfinished`,
    ),
    ...answerFaults(events, answers),
    ...(await viewFaults(remains)),
  ];
}

/** Events that only follow from others, on other streams. */
export const effectTypes: ReadonlySet<string> = new Set([
  'StoneOpened',
  'ParcelOpened',
  'MixReceived',
  'MixRefused',
  'MixReturned',
  'StoneTakenIn',
  'StoneNotTakenIn',
  'SettingReturned',
  'StoneUnset',
  'UinAssigned',
  'UinRefused',
  'HallmarkReturned',
  'GoodsPacked',
  'PackingRefused',
  'GoodsLeftOut',
  'GoodsUnpacked',
]);

/** Each effect of each event is there once, and there is no effect without its cause. */
function effectFaults(events: readonly RecordedEvent[]): readonly string[] {
  const faults: string[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  const effects = new Map<string, number>();
  for (const { meta } of events) effects.set(meta.id, (effects.get(meta.id) ?? 0) + 1);
  const wanted = new Set<string>();
  for (const event of events) {
    const before = streams.get(event.stream) ?? [];
    const now = event.recordedAt;
    for (const { id, command } of consequences(event, before, now)) {
      const times = effects.get(command.meta.id) ?? 0;
      wanted.add(command.meta.id);
      const place = `${command.type} of ${id} after ${event.stream}@${event.revision}`;
      if (times !== 1) faults.push(`${place} was carried out ${times} times`);
    }
    streams.set(event.stream, [...before, event]);
  }
  for (const { type, meta, stream } of events) {
    if (effectTypes.has(type) && !wanted.has(meta.id))
      faults.push(`${type} in ${stream} follows from nothing`);
  }
  return faults;
}

/** What a caller was told is in the log, once, and behind everything the caller knew when asking. */
function answerFaults(
  events: readonly RecordedEvent[],
  answers: readonly Answer[],
): readonly string[] {
  const faults: string[] = [];
  const byId = new Map(events.map((event) => [event.meta.id, event]));
  for (const { id, done, follows, copies } of answers) {
    const event = byId.get(id);
    if (!done) {
      if (event && copies() === 1) faults.push(`${id} was refused and is at ${event.position}`);
      continue;
    }
    if (done.events.length === 0) continue;
    const last = events.find(({ position }) => position === done.position);
    const isThere =
      event?.stream === done.stream &&
      last?.stream === done.stream &&
      last.revision === done.revision &&
      event.revision === done.revision - done.events.length + 1;
    if (!isThere) faults.push(`${id} was acknowledged and is not at ${done.position}`);
    if (event && event.position <= follows) faults.push(`${id} is before what its caller knew`);
  }
  return faults;
}

async function viewFaults({ events, views, today }: Remains): Promise<readonly string[]> {
  const due = await replay(kept, events, today);
  const faults: string[] = [];
  for (const table of kept.flatMap(({ tables }) => tables)) {
    const [have, want] = [await views.list(table, {}), await due.list(table, {})];
    const places = Array.from({ length: Math.max(have.length, want.length) }, (_, n) => n);
    const n = places.find((place) => !isDeepStrictEqual(have[place], want[place]));
    if (n === undefined) continue;
    faults.push(`${table.name} has ${inspect(have[n])} where a replay has ${inspect(want[n])}`);
  }
  return faults;
}
