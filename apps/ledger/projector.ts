import { parentPort, workerData } from 'node:worker_threads';
import type { FromProjector, ProjectorPlaces, ToProjector } from '#apps/ledger/projecting';
import { openStore } from '#libs/store/open-store';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import type { Office } from '#libs/views/office';
import { openViews, takeOffice } from '#libs/views/open-views';
import { project, rebuild, review } from '#libs/views/projector';
import { refuseRolledBack } from '#libs/views/rolled-back';
import { flags } from '#projections/flags/flags';
import { projections } from '#projections/projections';

/** Events under which a batch was all there was, and how long in ms to let more gather then. */
const fullBatch = 256;
const rest = 100;

/**
 * How often in ms a process that does not keep the views looks where they are, when a read waits and
 * otherwise, and how often it looks before it sees whether nobody keeps them any more.
 */
const look = { whenAwaited: 10, otherwise: 100, perStanding: 5 };

const officeName = 'followers';

/**
 * The projector's thread: of all processes that share the views, one follows the ledger and writes
 * them, the others watch how far they are; when it is gone, another takes over. Tells the service
 * when the views can be read (`open`), which of the two it does, and how far they are.
 */
const { ledgerUrl, ledger, viewsUrl, credentials } = workerData as ProjectorPlaces;
const stop = new AbortController();
const { signal } = stop;
let isAwaited = false;
let wake: (() => void) | undefined;
parentPort?.on('message', (message: ToProjector) => {
  if (message === 'stop') stop.abort();
  isAwaited = true;
  wake?.();
});

const store = await openStore(ledgerUrl, {
  ledger,
  readOnly: true,
  ...(credentials && { credentials }),
});
try {
  while (!signal.aborted) {
    const office = (await takeOffice(viewsUrl, officeName)) ?? (await watch());
    if (office) await keep(office);
  }
} finally {
  await store.close();
  parentPort?.close();
}

/** Writes the views until told to stop or until the office is lost. */
async function keep(office: Office): Promise<void> {
  const views = openViews(viewsUrl, { projections, office });
  const options = {
    signal: AbortSignal.any([signal, office.lost]),
    today,
    onBatch: ({ position }: Readonly<{ position: bigint }>) => tell(position),
  };
  try {
    await refuseRolledBack(store, views);
    tell('open');
    tell('leads');
    const live = await views.positions();
    const missing = projections.filter(({ name }) => !live.has(name));
    if (missing.length > 0) await rebuild(store, views, missing, options);
    if (!options.signal.aborted) {
      // What became late while nobody kept the views is told with the first position; verdicts may take longer.
      await review(views, [flags], today());
      tell(least(await views.positions()));
    }
    await project(paced(store, options.signal), views, projections, options);
  } catch (error) {
    if (!office.lost.aborted) throw error;
  } finally {
    await views.close();
    await office.resign();
  }
}

/** Tells how far the views are that another process keeps, until nobody does or told to stop. */
async function watch(): Promise<Office | undefined> {
  const views = openViews(viewsUrl, { projections, readOnly: true });
  try {
    await refuseRolledBack(store, views);
    tell('open');
    tell('follows');
    for (let looked = 0; !signal.aborted; looked++) {
      const positions = await views.positions();
      const areBuilt = projections.every(({ name }) => positions.has(name));
      if (areBuilt) tell(least(positions));
      const isAsked = isAwaited;
      isAwaited = false;
      await pause(isAsked ? look.whenAwaited : look.otherwise);
      const office = looked % look.perStanding === 0 && (await takeOffice(viewsUrl, officeName));
      if (office) return office;
    }
    return undefined;
  } finally {
    await views.close();
  }
}

/** To the hour: no jurisdiction's day begins between two. */
function today(): string {
  return `${new Date().toISOString().slice(0, 13)}:00Z`;
}

function tell(message: FromProjector): void {
  parentPort?.postMessage(message);
}

function least(positions: ReadonlyMap<string, bigint>): bigint {
  return [...positions.values()].reduce((a, b) => (b < a ? b : a));
}

/**
 * The same store, followed in larger steps: a commit costs the same for one event as for dozens,
 * and would take from the appends what it costs. Nobody waits for it: a read that does is told of.
 */
function paced(followed: EventStore, until: AbortSignal): EventStore {
  return { ...followed, follow: (after, ended) => gathered(followed.follow(after, ended), until) };
}

async function* gathered(
  batches: AsyncIterable<readonly RecordedEvent[]>,
  until: AbortSignal,
): AsyncGenerator<readonly RecordedEvent[]> {
  for await (const batch of batches) {
    isAwaited = false;
    yield batch;
    if (batch.length < fullBatch && !isAwaited && !until.aborted) await pause(rest);
  }
}

/** Ends early when a read waits or the thread is to stop. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    wake = end;

    function end(): void {
      clearTimeout(timer);
      wake = undefined;
      resolve();
    }
  });
}
