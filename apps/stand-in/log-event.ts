/** One record of the log as clients see it. Numbers are exact: positions stay far below 2^53. */
export type LogEvent = Readonly<{
  /** Byte offset in the log; what `$all` is ordered by. */
  position: number;
  stream: string;
  /** Number in the stream; {@link tombstone} for the record that ends it. */
  revision: number;
  id: string;
  type: string;
  json: boolean;
  /** Milliseconds since 1970. */
  created: number;
  data: Uint8Array;
  metadata: Uint8Array;
}>;

/** What a client asks to be recorded. */
export type Proposal = Pick<LogEvent, 'id' | 'type' | 'json' | 'data' | 'metadata'>;

/** Stands for the revision 2^63-1, which a deleted stream's last record carries. */
export const tombstone = Infinity;

export const linkType = '$>';
export const metadataType = '$metadata';
export const tombstoneType = '$streamDeleted';

/** The bytes a record takes in the log: two lengths, the fixed fields, and what it holds. */
export function recordSize({ stream, type, data, metadata }: Omit<LogEvent, 'position'>): number {
  return 75 + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length;
}

/** What an event counts against the limit of one append. */
export function proposedSize({ type, data, metadata }: Proposal): number {
  return data.length + metadata.length + 2 * type.length;
}
