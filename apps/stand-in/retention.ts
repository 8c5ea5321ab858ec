import type { LogEvent } from '#apps/stand-in/log-event';

/** What a stream's metadata lets readers of the stream see. `$all` does not heed it. */
export type Retention = Readonly<{
  /** `$tb`: revisions below are hidden. */
  truncateBefore: number;
  /** `$maxCount`. */
  maxCount: number;
  /** `$maxAge`, in milliseconds. */
  maxAge: number;
}>;

const everything: Retention = { truncateBefore: 0, maxCount: Infinity, maxAge: Infinity };

/** The `$tb` of a soft-deleted stream is 2^63-1. */
export const softDeleted = 2 ** 63;

const known = new WeakMap<LogEvent, Retention>();

/** Reads the newest `$metadata` event; unreadable metadata hides nothing. */
export function retentionOf(metadataEvent: LogEvent | undefined): Retention {
  if (!metadataEvent) return everything;
  const cached = known.get(metadataEvent);
  if (cached) return cached;
  const fields = parseObject(metadataEvent.data);
  const retention = {
    truncateBefore: numberOr(fields['$tb'], 0),
    maxCount: numberOr(fields['$maxCount'], Infinity),
    maxAge: numberOr(fields['$maxAge'], Infinity) * 1000,
  };
  known.set(metadataEvent, retention);
  return retention;
}

/** The metadata a soft delete leaves, and what an append to such a stream makes of it. */
export function deletedMetadata(): Uint8Array {
  return Buffer.from('{"$tb":9223372036854775807}');
}

export function revivedMetadata(metadataEvent: LogEvent | undefined, from: number): Uint8Array {
  const fields = metadataEvent ? parseObject(metadataEvent.data) : {};
  return Buffer.from(JSON.stringify({ ...fields, $tb: from }));
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? value : otherwise;
}

function parseObject(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
