import { hash } from 'node:crypto';
import type { Leaf, Statement } from '#events/envelope';
import { longestLeaf } from '#events/envelope';
import type { Event, Meta, Recorded } from '#events/event';
import { upcast } from '#events/upcast';
import { canonicalJson } from '#libs/signing/canonical-json';
import { TooLarge } from '#libs/store/errors';

/** The end of a stream: its last revision (-1 when empty) and that leaf's hash ('' when empty). */
export type Head = Readonly<{ revision: number; hash: string }>;

export const emptyStream: Head = { revision: -1, hash: '' };

/** An event ready to append: its place in the stream is fixed, its bytes are final. */
export type Entry = Readonly<{
  id: string;
  stream: string;
  revision: number;
  prev: string;
  leaf: string;
  hash: string;
}>;

/** RFC 6962 leaf hash, SHA-256(0x00 ‖ leaf bytes), base64. */
export function leafHash(leaf: string): string {
  return hash('sha256', `\0${leaf}`, 'base64');
}

/**
 * Builds the envelopes of events that follow `head` in `stream`: the one place where it is done.
 * Throws {@link TooLarge} for a leaf over 48 kB and `TypeError` for data that is not JSON.
 */
export function seal(
  ledger: string,
  stream: string,
  head: Head,
  recordedAt: string,
  events: readonly Event[],
): readonly Entry[] {
  const entries: Entry[] = [];
  let { revision, hash: prev } = head;
  for (const { type, data, meta } of events) {
    const { id, ...said } = meta;
    const statement: Statement = {
      ...said,
      ledger,
      stream,
      expectedRevision: revision,
      prev,
      type,
      data,
    };
    const leaf = canonicalJson({ v: 1, id, recordedAt, statement, sigs: [] } satisfies Leaf);
    const bytes = Buffer.byteLength(leaf);
    if (bytes > longestLeaf) throw new TooLarge(stream, bytes, longestLeaf);
    revision += 1;
    const entry = { id, stream, revision, prev, leaf, hash: leafHash(leaf) };
    entries.push(entry);
    prev = entry.hash;
  }
  return entries;
}

/** Reads stored leaf bytes back; throws `SyntaxError` or `TypeError` when they are not a leaf. */
export function unseal(leaf: string, position: bigint): Recorded {
  return unsealLink(leaf, position).event;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** {@link unseal}, with the hash of the event before it in its stream. */
export function unsealLink(
  leaf: string,
  position: bigint,
): Readonly<{ event: Recorded; prev: string }> {
  return linkIn(JSON.parse(leaf) as Leaf, leaf, position);
}

/** {@link unsealLink} of a leaf that was parsed already. */
export function linkIn(
  { id, recordedAt, statement }: Leaf,
  leaf: string,
  position: bigint,
): Readonly<{ event: Recorded; prev: string }> {
  const { stream, expectedRevision, prev, type, data, by, at, place, documents, seen } = statement;
  const { correlationId, causationId } = statement;
  const meta: Writable<Meta> = { id, by, at };
  if (place) meta.place = place;
  if (documents) meta.documents = documents;
  if (seen) meta.seen = seen;
  if (correlationId !== undefined) meta.correlationId = correlationId;
  if (causationId !== undefined) meta.causationId = causationId;
  const event = {
    type,
    data: upcast(type, data),
    meta,
    stream,
    revision: expectedRevision + 1,
    position,
    recordedAt,
    leaf,
  };
  return { event, prev };
}
