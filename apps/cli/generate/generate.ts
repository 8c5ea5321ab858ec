import { parseStream } from '#events/streams';
import { openLedger } from '#libs/ledger/ledger';
import type { Ledger } from '#libs/ledger/ledger';
import type { EventStore } from '#libs/store/store';
import { takeAim } from '#apps/cli/generate/aim';
import { type PipelineOptions, pipeline } from '#apps/cli/generate/pipeline';
import { writeBehind } from '#apps/cli/generate/write-behind';

/**
 * What a run appended: all events of all streams, and how many streams of stones (rough, pieces,
 * polished) and of parcels it opened. `seconds` is how long it took until everything was durable.
 */
export type Generated = Readonly<{
  events: number;
  stones: number;
  parcels: number;
  seconds: number;
}>;

/** How far a run is: what it appended, and the day it has come to. */
export type Progress = Readonly<{ events: number; stones: number; parcels: number; day: string }>;

const commandsPerReport = 1000;

/**
 * Carries the pipeline of the options out on the ledger's store, through the same deciders and
 * policies as any caller, with the clock of the pipeline: equal options on an empty store give
 * the same bytes in the same order, about 44 events for each stone asked for. A run that was
 * interrupted is completed by the same call. Throws `RangeError`, and what the ledger throws.
 */
export async function generate(
  { store }: Pick<Ledger, 'store'>,
  options: PipelineOptions,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Generated> {
  const began = performance.now();
  const cache = writeBehind(store);
  const counted = { events: 0, stones: 0, parcels: 0 };
  let now = '';
  const { execute } = openLedger({ ...cache.store, append }, () => now);
  let commands = 0;
  const aim = takeAim();
  for (const step of pipeline(options)) {
    ({ now } = step.command.command.meta);
    const { revision, events } = await execute(aim.at(step));
    aim.noted(step, revision - events.length + 1);
    commands += 1;
    if (commands % commandsPerReport === 0) onProgress({ ...counted, day: now.slice(0, 10) });
  }
  await cache.written();
  return { ...counted, seconds: (performance.now() - began) / 1000 };

  function append(...[stream, expectedRevision, entries]: Parameters<EventStore['append']>) {
    counted.events += entries.length;
    const { category } = parseStream(stream) ?? {};
    if (expectedRevision === -1 && category === 'stone') counted.stones += 1;
    if (expectedRevision === -1 && category === 'parcel') counted.parcels += 1;
    return cache.store.append(stream, expectedRevision, entries);
  }
}
