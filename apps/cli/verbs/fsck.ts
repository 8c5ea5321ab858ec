import { addressed, placeOf, checkThere, countedBy, progressOn, rated } from '#apps/cli/address';
import { Failure } from '#apps/cli/failure';
import { json } from '#apps/cli/show/json';
import type { Terminal } from '#apps/cli/terminal';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace } from '#apps/cli/verb';
import { lastKnown, readRecord } from '#libs/store/backup-record';
import { WrongLedger } from '#libs/store/errors';
import type { Damage, Findings } from '#libs/store/fsck';
import { type StreamsMet, examineInvariants, meetStreams } from '#libs/laws/invariants';
import { examine, fileOf, openAt, type LedgerAt } from '#libs/store/fsck-ledger';
import type { TreeHead } from '#libs/tlog/tree';

type Options = PlaceOptions & Readonly<{ viewsAt?: string; against?: string }>;

/** Only reads, also beside a service. Exits with 1 when anything is damaged. */
export function fsckVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'fsck [url]',
    'read and check all that a ledger holds: every leaf, id, time and position, the chain of each ' +
      'stream, the tables beside them, that no view is ahead, and the laws of the trade over all of it',
    'fsck --data data',
    'fsck sqlite:data/ledger.db --against monday.db.json',
  )
    .option('--views-at <url>', 'the views kept of it (VIEWS_URL; default: views.db beside it)')
    .option('--against <record>', 'record of a backup: the ledger must begin with what it names');
  return withPlace(command, config).action(async (url: string | undefined, options: Options) => {
    const { viewsAt, against } = options;
    const isDataSaid = command.getOptionValueSource('data') === 'cli';
    const place = placeOf({ ledger: url, views: viewsAt }, isDataSaid, options, config);
    checkThere(place);
    const { onProgress, end } = progressOn(terminal, 'fsck');
    const began = performance.now();
    const met = meetStreams();
    try {
      const counted = await addressed(() => countedBy(place.views));
      const known = knownOf(place, against);
      const read = await addressed(() =>
        examine(place, { against: known, onProgress, onEvent: (event) => met.take(event) }),
      );
      end();
      const found = await sensible(place, read, met);
      const findings = counted ? held(found, counted) : found;
      tell(terminal, findings, (performance.now() - began) / 1000, options);
    } finally {
      end();
      met.close();
    }
  });
}

/** What was read is held against the trade's own laws, once every event of it could be read. */
async function sensible(place: LedgerAt, found: Findings, met: StreamsMet): Promise<Findings> {
  if (found.damaged > 0 || found.root === undefined) return found;
  const store = await addressed(() => openAt(place, true));
  try {
    const { broken, count, unfinished } = await examineInvariants(store, met);
    const one = unfinished === 1;
    const open = `${unfinished} ${one ? 'effect is' : 'effects are'} still to be carried out`;
    return {
      ...found,
      damages: broken,
      damaged: count,
      warnings: [...found.warnings, ...(unfinished > 0 ? [open] : [])],
    };
  } finally {
    await store.close();
  }
}

/** What the ledger once held: by the record named, and by that of its last backup. */
function knownOf({ url, ledger }: LedgerAt, against: string | undefined): readonly TreeHead[] {
  const file = fileOf(url);
  const last = file === undefined ? undefined : lastKnown(file, ledger);
  if (against === undefined) return last ? [last] : [];
  const named = readRecord(against);
  if (named.ledger !== ledger) throw new WrongLedger(against, named.ledger, ledger);
  return last ? [last, named] : [named];
}

/** Views that are ahead tell of events that the ledger has lost. */
function held(
  found: Findings,
  { views, position }: Readonly<{ views: string; position: bigint }>,
): Findings {
  if (position <= found.end) return found;
  const problem = `${views} has counted up to position ${position}, behind the end at ${found.end}`;
  return { ...found, damages: [{ problem }, ...found.damages], damaged: found.damaged + 1 };
}

function tell(
  terminal: Terminal,
  findings: Findings,
  seconds: number,
  { json: asJson }: Options,
): void {
  const { ledger, size, streams, root, recorded, damages, damaged, warnings } = findings;
  const isSound = damaged === 0 && root !== undefined;
  if (asJson) {
    const eventsPerSecond = Math.round(size / seconds);
    terminal.data(json({ sound: isSound, ...findings, seconds, eventsPerSecond }));
  } else {
    terminal.say(`ledger ${ledger}: ${rated('events', size, seconds)}, ${streams} streams`);
    if (recorded) terminal.say(`recorded from ${recorded.from} to ${recorded.to}`);
    terminal.say(root === undefined ? 'no root: not every event could be read' : `root ${root}`);
    for (const warning of warnings) terminal.say(`warning: ${warning}`);
    for (const damage of damages) terminal.say(shown(damage));
    if (damaged > damages.length) terminal.say(`… and ${damaged - damages.length} more`);
    if (isSound) terminal.say('sound: every event was read and checked, and every invariant holds');
  }
  if (isSound) return;
  const [first] = damages;
  const which = first ? `, the first: ${shown(first)}` : '';
  throw new Failure('damaged', `${damaged} ${damaged === 1 ? 'fault' : 'faults'}${which}`);
}

function shown({ position, problem }: Damage): string {
  return position === undefined ? problem : `position ${position}: ${problem}`;
}
