import type { Leaf, Statement } from '#events/envelope';
import { canonicalJson } from '#libs/signing/canonical-json';
import { leafHash, linkIn, type Entry } from '#libs/store/envelope';
import { CorruptRecord } from '#libs/store/errors';
import type { RecordedEvent } from '#libs/store/store';

/** An event as the server takes it. The data are plain JSON, the metadata its UTF-8 bytes. */
export type Proposed = Readonly<{ id: string; type: string; data: object; metadata: Uint8Array }>;

/** A place in the server's log; events written by us have both numbers the same. */
export type Place = Readonly<{ commit: bigint; prepare: bigint }>;

/** An event as the server gives it: anybody may have written it. */
export type Found = Readonly<{
  stream: string;
  revision: number;
  id: string;
  type: string;
  data: unknown;
  metadata: unknown;
  place: Place;
}>;

/** The leaf without the event's data, and its hash. */
type Metadata = Omit<Leaf, 'statement'> & Readonly<{ statement: unknown; hash: string }>;

/**
 * The server's id for a leaf: a UUID (RFC 9562, version 8) of its hash. The server compares ids and
 * never contents when an append is repeated; so the same id means the same bytes.
 */
export function serverId(hash: string): string {
  const hex = Buffer.from(hash, 'base64').toString('hex', 0, 16);
  const variant = '89ab'[parseInt(hex[16] ?? '0', 16) & 3] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The statement's data become the event's data, all the rest of the leaf its metadata. */
export function proposedOf({ leaf, hash }: Entry): Proposed {
  const { statement, ...rest } = JSON.parse(leaf) as Leaf;
  const { data, ...said } = statement;
  const metadata = bytesOf({ ...rest, statement: said, hash });
  return { id: serverId(hash), type: said.type, data: data as object, metadata };
}

const encoder = new TextEncoder();

/** The client takes nothing but a plain `Uint8Array` for bytes. */
export function bytesOf(json: object): Uint8Array {
  return encoder.encode(JSON.stringify(json));
}

/**
 * The leaf of these parts, and its bytes when they are those of the hash. Members stand in the order
 * they were written in, which is that of RFC 8785; only where the server's JSON was written anew by
 * others, or numbers are names, they are put in order first.
 */
function leafOf(
  { id, recordedAt, sigs, statement, v }: Omit<Metadata, 'hash'>,
  data: unknown,
  hash: string,
) {
  const { at, by, ...others } = statement as Omit<Statement, 'data'>;
  const leaf = { id, recordedAt, sigs, statement: { at, by, data, ...others }, v };
  for (const write of [JSON.stringify, canonicalJson]) {
    const text = write(leaf);
    if (leafHash(text) === hash) return { leaf, text };
  }
  return { leaf, text: undefined };
}

export type Link = Readonly<{ event: RecordedEvent; prev: string; hash: string }>;

/**
 * Puts the leaf together again and compares it with its recorded hash. Throws `CorruptRecord` for
 * whatever is not an event of `ledger` at its place.
 */
export function linkOf(found: Found, stream: string, ledger: string, place: string): Link {
  const position = found.place.commit;
  const broken = (problem: string, cause?: unknown) =>
    new CorruptRecord(place, position, `${stream}@${found.revision}: ${problem}`, { cause });
  if (found.type === '$streamDeleted') throw broken('the stream was deleted');
  try {
    const { hash, ...rest } = found.metadata as Metadata;
    const { leaf, text } = leafOf(rest, found.data, hash);
    if (text === undefined || serverId(hash) !== found.id) {
      throw broken('the event is not the one recorded');
    }
    const { event, prev } = linkIn(leaf, text, position);
    const isInPlace = event.stream === stream && event.revision === found.revision;
    if (!isInPlace || event.type !== found.type) throw broken('the event is not at its place');
    if (leaf.statement.ledger !== ledger) throw broken('the event is of another ledger');
    return { event: event as RecordedEvent, prev, hash };
  } catch (error) {
    if (error instanceof CorruptRecord) throw error;
    throw broken('the event is not readable', error);
  }
}
