import { inOrder } from '#libs/store/copy-write';
import { CorruptRecord, WrongLedger } from '#libs/store/errors';
import type { Progress } from '#libs/store/fsck';
import { openAudit, type Audit } from '#libs/store/fsck-chain';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { hashLeaf, treeHasher, type TreeHead } from '#libs/tlog/tree';

/**
 * Two ledgers of which one should begin with the other part. `size` events are the same in both;
 * `source` and `target` are the events that follow there, absent where nothing does.
 */
export class PartedLedgers extends Error {
  override readonly name = 'PartedLedgers';
  readonly code = 'parted-ledgers';
  readonly size: number;
  readonly source: RecordedEvent | undefined;
  readonly target: RecordedEvent | undefined;

  constructor(size: number, source: RecordedEvent | undefined, target: RecordedEvent | undefined) {
    super(
      `the two ledgers part at event ${size + 1}: ` +
        `the source has ${nameOf(source)}, the target ${nameOf(target)}`,
    );
    this.size = size;
    this.source = source;
    this.target = target;
  }
}

export type Copied = Readonly<{
  /** Both sides were read to their end: the trees are equal. */
  source: TreeHead;
  target: TreeHead;
  /** Where the copied events end on either side. */
  sourceEnd: bigint;
  targetEnd: bigint;
  /** Events appended now, and those that were there before. */
  copied: number;
  already: number;
}>;

export type CopyOptions = Readonly<{
  /** Goes on with what arrives at the source until this aborts. */
  follow?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}>;

/**
 * Copies a ledger into another store: ids, order, recorded times and leaf bytes are kept. What the
 * target holds already must be the beginning of the source, so a copy that was interrupted, at any
 * moment, is completed by the next. Every event of the source is examined before it is appended,
 * and at the end what was appended is read back. Copies up to the source's end as it was at the
 * beginning.
 *
 * Throws `PartedLedgers`, `CorruptRecord` (of the source), `WrongLedger`, `OutOfOrder`, and what
 * the stores throw.
 */
export async function copyLedger(
  source: EventStore,
  target: EventStore,
  { follow, onProgress }: CopyOptions = {},
): Promise<Copied> {
  if (source.ledger !== target.ledger) {
    throw new WrongLedger('the target', target.ledger, source.ledger);
  }
  const audit = openAudit(source.ledger);
  const held = eventsOf(target.readAll(0n));
  const trees = { source: treeHasher(), target: treeHasher() };
  const ends = { source: 0n, target: 0n };
  try {
    const end = await source.end();
    const writer = inOrder(target);
    let there = await held.next();
    for await (const batch of source.readAll(0n)) await take(batch);
    while (!there.done) await takeMore(there.value);
    if (follow) for await (const batch of source.follow(ends.source, follow)) await take(batch);
    await writer.settled();
    const already = trees.target.size();
    for await (const event of eventsOf(target.readAll(ends.target))) add('target', event);
    if (trees.target.size() > trees.source.size()) await readOn();
    const [from, to] = [trees.source.head(), trees.target.head()];
    if (from.root !== to.root) throw await difference(source, target);
    return {
      source: from,
      target: to,
      sourceEnd: ends.source,
      targetEnd: ends.target,
      copied: from.size - already,
      already,
    };

    /** A target that is ahead may be fed by another copy: the source has grown since it was read. */
    async function takeMore(ahead: RecordedEvent): Promise<void> {
      const size = trees.source.size();
      for await (const batch of source.readAll(ends.source)) await take(batch);
      if (trees.source.size() === size) throw new PartedLedgers(size, undefined, ahead);
    }

    /** The same at the end. */
    async function readOn(): Promise<void> {
      for await (const event of eventsOf(source.readAll(ends.source))) {
        add('source', event, examined(audit, event).hash);
        if (trees.source.size() === trees.target.size()) return;
      }
    }

    async function take(batch: readonly RecordedEvent[]): Promise<void> {
      for (const event of batch) {
        const entry = examined(audit, event);
        if (there.done) await writer.write(entry);
        else {
          if (there.value.leaf !== event.leaf) {
            throw new PartedLedgers(trees.source.size(), event, there.value);
          }
          add('target', there.value);
          there = await held.next();
        }
        add('source', event, entry.hash);
      }
      await writer.flush();
      onProgress?.({ position: ends.source, end, events: trees.source.size() });
    }
  } finally {
    await held.return();
    audit.close();
  }

  function add(side: 'source' | 'target', event: RecordedEvent, hash?: string): void {
    trees[side].add(hash === undefined ? hashLeaf(event.leaf) : Buffer.from(hash, 'base64'));
    ends[side] = event.position;
  }
}

/** What is read of a source is taken for sound only once it was examined. */
function examined(audit: Audit, event: RecordedEvent) {
  const { hash, prev, problems } = audit.take(event);
  const [problem] = problems;
  if (problem !== undefined) throw new CorruptRecord('the source', event.position, problem);
  const { stream, revision, leaf, meta } = event;
  return { id: meta.id, stream, revision, prev, leaf, hash };
}

async function difference(source: EventStore, target: EventStore): Promise<Error> {
  const parted = await compareLedgers(source, target);
  return parted ?? new CorruptRecord('the target', undefined, 'it reads back otherwise each time');
}

/** Holds two ledgers against each other; `undefined` when they are the same. */
export async function compareLedgers(
  source: EventStore,
  target: EventStore,
): Promise<PartedLedgers | undefined> {
  const there = eventsOf(target.readAll(0n));
  let size = 0;
  try {
    for await (const event of eventsOf(source.readAll(0n))) {
      const other = await there.next();
      if (other.done) return new PartedLedgers(size, event, undefined);
      if (other.value.leaf !== event.leaf) return new PartedLedgers(size, event, other.value);
      size += 1;
    }
    const more = await there.next();
    return more.done ? undefined : new PartedLedgers(size, undefined, more.value);
  } finally {
    await there.return();
  }
}

async function* eventsOf(
  batches: AsyncIterable<readonly RecordedEvent[]>,
): AsyncGenerator<RecordedEvent, void, undefined> {
  for await (const events of batches) yield* events;
}

function nameOf(event: RecordedEvent | undefined): string {
  if (!event) return 'nothing more';
  const { meta, stream, revision, position } = event;
  return `${meta.id} (${stream} at revision ${revision}, position ${position})`;
}
