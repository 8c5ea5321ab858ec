import { CorruptRecord } from '#libs/store/errors';
import { openAudit } from '#libs/store/fsck-chain';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { treeHasher, type TreeHead } from '#libs/tlog/tree';

/** One thing that is wrong; `position` is absent when it is of the ledger as a whole. */
export type Damage = Readonly<{ position?: bigint; problem: string }>;

/** What an examination of all of a ledger found. */
export type Findings = Readonly<{
  ledger: string;
  /** Events that could be read. */
  size: number;
  streams: number;
  /** Where the ledger ended when the examination began. */
  end: bigint;
  /** RFC 6962 over all leaves in order, base64; absent when one of them could not be read. */
  root?: string;
  /** The `recordedAt` of the first and the last event. */
  recorded?: Readonly<{ from: string; to: string }>;
  /** The first of them, by position. */
  damages: readonly Damage[];
  /** How many there are in all. */
  damaged: number;
  /** What is odd but no damage. */
  warnings: readonly string[];
}>;

export type FsckOptions = Readonly<{
  /** Trees this ledger must have had: its first leaves must still have their roots. */
  against?: readonly TreeHead[];
  onProgress?: (progress: Progress) => void;
  /** Is given every event that could be read, in order. */
  onEvent?: (event: RecordedEvent) => void;
}>;

/** How far a ledger was read, and where it ends. */
export type Progress = Readonly<{ position: bigint; end: bigint; events: number }>;

/** Damages listed; a ledger that is all broken is not told event by event. */
const mostListed = 1000;

/**
 * Reads a ledger from end to end and examines every event, for itself and against those before it.
 * Goes on behind an event that cannot be read. Throws only when the store cannot be asked
 * (`StoreUnavailable`); what it answers is never taken for sound unread.
 */
export async function fsck(store: EventStore, options: FsckOptions = {}): Promise<Findings> {
  const { against = [], onProgress, onEvent } = options;
  const audit = openAudit(store.ledger);
  const tree = treeHasher();
  const times = openTimes();
  const damages = openDamages();
  let last = 0n;
  let isWhole = true;

  function take(event: RecordedEvent): void {
    const { position } = event;
    if (position <= last) damages.add({ position, problem: `it comes behind position ${last}` });
    if (store.dense === true && position > last + 1n) missing(last + 1n, position - 1n);
    last = position;
    const { hash, problems } = audit.take(event);
    for (const problem of problems) damages.add({ position, problem });
    tree.add(Buffer.from(hash, 'base64'));
    times.take(event);
    onEvent?.(event);
    for (const known of against) if (tree.size() === known.size) compare(known);
  }

  function missing(from: bigint, to: bigint): void {
    isWhole = false;
    const more = to > from ? `, and all up to position ${to}` : '';
    damages.add({ position: from, problem: `the event is missing${more}` });
  }

  function compare({ size, root }: TreeHead): void {
    if (!isWhole || tree.head().root === root) return;
    damages.add({ problem: `the first ${size} events do not have the root ${root}` });
  }

  /** Answers where to go on behind what cannot be read; `undefined` when nowhere. */
  function passOver(error: unknown): bigint | undefined {
    if (!(error instanceof CorruptRecord)) throw error;
    const { position, problem } = error;
    isWhole = false;
    damages.add({ problem, ...(position !== undefined && { position }) });
    return position !== undefined && position > last ? position : undefined;
  }

  try {
    const end = await endOf(store, passOver);
    for (let after: bigint | undefined = 0n; after !== undefined;) {
      try {
        for await (const events of store.readAll(after)) {
          for (const event of events) take(event);
          onProgress?.({ position: last, end, events: tree.size() });
        }
        break;
      } catch (error) {
        after = passOver(error);
        last = after ?? last;
      }
    }
    if (last < end) {
      isWhole = false;
      damages.add({ position: end, problem: `nothing could be read behind position ${last}` });
    }
    for (const { size } of against) {
      if (tree.size() >= size || !isWhole) continue;
      damages.add({ problem: `it holds ${tree.size()} events, and once held ${size}` });
    }
    const recorded = times.span();
    return {
      ledger: store.ledger,
      size: tree.size(),
      streams: audit.streams(),
      end,
      ...(isWhole && { root: tree.head().root }),
      ...(recorded && { recorded }),
      ...damages.all(),
      warnings: [...times.warnings(), ...(store.alarms?.() ?? [])],
    };
  } finally {
    audit.close();
  }
}

async function endOf(store: EventStore, passOver: (error: unknown) => void): Promise<bigint> {
  try {
    return await store.end();
  } catch (error) {
    passOver(error);
    return 0n;
  }
}

/** Collects damages, counting those it no longer lists. */
export function openDamages() {
  const listed: Damage[] = [];
  let damaged = 0;
  return {
    add(damage: Damage): void {
      damaged += 1;
      if (listed.length < mostListed) listed.push(damage);
    },
    all: () => ({ damages: listed as readonly Damage[], damaged }),
  };
}

/**
 * Callers note the time before they append, so of two that append at once the second may have
 * noted the earlier time: worth a remark, no damage.
 */
function openTimes() {
  let from: string | undefined;
  let to = '';
  let latest = -Infinity;
  let steps = 0;
  let longest = 0;
  let where = 0n;
  return {
    take({ recordedAt, position }: RecordedEvent): void {
      from ??= recordedAt;
      to = recordedAt;
      const time = Date.parse(recordedAt);
      if (time < latest) {
        steps += 1;
        if (latest - time > longest) [longest, where] = [latest - time, position];
      } else if (time > latest) latest = time;
    },
    span: () => (from === undefined ? undefined : { from, to }),
    warnings: (): readonly string[] =>
      steps === 0
        ? []
        : [
            `${steps} events were recorded at an earlier time than one before them, ` +
              `at most ${longest / 1000} s (position ${where})`,
          ],
  };
}
