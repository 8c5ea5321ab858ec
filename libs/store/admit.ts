import { longestLeaf, type Leaf } from '#events/envelope';
import { canonicalJson } from '#libs/signing/canonical-json';
import type { Entry, Head } from '#libs/store/envelope';
import { BrokenChain, IdReused, TooLarge, WrongRevision } from '#libs/store/errors';

/** What an engine knows of the ledger so far. */
export type Known = Readonly<{
  head: (stream: string) => Head;
  /** The leaf recorded under an event id. */
  leafOf: (id: string) => string | undefined;
}>;

/**
 * Entries that do not hang together can never be appended: throws {@link BrokenChain} or
 * {@link TooLarge}. Needs nothing of the ledger, so the calling thread does it.
 */
export function checkEntries(
  stream: string,
  expectedRevision: number,
  entries: readonly Entry[],
): void {
  if (entries.length === 0) throw new BrokenChain(stream, 'there is nothing to append');
  const ids = new Set<string>();
  let revision = expectedRevision;
  let prev: string | undefined;
  for (const entry of entries) {
    revision += 1;
    if (entry.stream !== stream) throw new BrokenChain(stream, `an entry is for ${entry.stream}`);
    if (entry.revision !== revision) {
      throw new BrokenChain(stream, `revision ${entry.revision} stands where ${revision} belongs`);
    }
    if (prev !== undefined && entry.prev !== prev) {
      throw new BrokenChain(stream, `revision ${revision} does not name the hash before it`);
    }
    if (ids.has(entry.id)) throw new IdReused(entry.id);
    ids.add(entry.id);
    prev = entry.hash;
    if (entry.leaf.length * 3 > longestLeaf) checkLength(stream, entry.leaf);
  }
}

function checkLength(stream: string, leaf: string): void {
  const bytes = Buffer.byteLength(leaf);
  if (bytes > longestLeaf) throw new TooLarge(stream, bytes, longestLeaf);
}

/**
 * The rule of every append, for entries that passed {@link checkEntries}: answers how many leading
 * entries are on record with the same statement; the others follow the stream's head. Throws
 * {@link IdReused}, {@link WrongRevision} or {@link BrokenChain}.
 */
export function admit(
  stream: string,
  expectedRevision: number,
  entries: readonly Pick<Entry, 'id' | 'prev' | 'leaf'>[],
  known: Known,
): number {
  let onRecord = 0;
  for (const [index, { id, leaf }] of entries.entries()) {
    const recorded = known.leafOf(id);
    if (recorded === undefined) continue;
    if (!sameStatement(recorded, leaf)) throw new IdReused(id);
    if (onRecord === index) onRecord += 1;
  }
  const next = entries[onRecord];
  if (next === undefined) return onRecord;
  const head = known.head(stream);
  if (head.revision !== expectedRevision + onRecord) {
    throw new WrongRevision(stream, expectedRevision, head.revision);
  }
  if (head.hash !== next.prev) {
    throw new BrokenChain(stream, `revision ${head.revision + 1} does not name the hash before it`);
  }
  return onRecord;
}

/** `recordedAt` is the ledger's, and a signature may be made anew: only the statement counts. */
function sameStatement(recorded: string, offered: string): boolean {
  return recorded === offered || statementOf(recorded) === statementOf(offered);
}

function statementOf(leaf: string): string {
  return canonicalJson((JSON.parse(leaf) as Leaf).statement);
}
