import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { linkType, tombstone, type LogEvent } from '#apps/stand-in/log-event';
import type { Log } from '#apps/stand-in/log';
import { uuidHalves } from '#apps/stand-in/uuid';

/** How a client wants events. */
export type Shape = Readonly<{ resolveLinks: boolean; structuredIds: boolean }>;

/** Events never change, so the bytes are made once however many read them. */
const encoded = new WeakMap<LogEvent, Uint8Array>();

/** The response that carries `event`, as bytes. */
export function eventResponse(read: Log['read'], event: LogEvent, shape: Shape): Uint8Array {
  if (shape.resolveLinks && event.type === linkType) {
    return respond(event, linkTarget(read, event), event, shape);
  }
  if (shape.structuredIds) return respond(event, event, undefined, shape);
  const known = encoded.get(event);
  if (known) return known;
  const bytes = respond(event, event, undefined, shape);
  encoded.set(event, bytes);
  return bytes;
}

/** A link's data is `REVISION@STREAM`; what it points to may be gone. */
function linkTarget(read: Log['read'], link: LogEvent): LogEvent | undefined {
  const text = Buffer.from(link.data).toString();
  const at = text.indexOf('@');
  const found = read.readable(text.slice(at + 1));
  const revision = Number(text.slice(0, at));
  if (found.kind !== 'found' || revision < found.low || revision > found.high) return undefined;
  return found.at(revision);
}

function respond(
  { position }: LogEvent,
  event: LogEvent | undefined,
  link: LogEvent | undefined,
  shape: Shape,
): Uint8Array {
  const readEvent = new streams.ReadResp.ReadEvent();
  if (event) readEvent.setEvent(recordedEvent(event, shape));
  if (link) readEvent.setLink(recordedEvent(link, shape));
  readEvent.setCommitPosition(String(position));
  return new streams.ReadResp().setEvent(readEvent).serializeBinary();
}

function recordedEvent(event: LogEvent, shape: Shape): ReadResp.ReadEvent.RecordedEvent {
  const id = new shared.UUID();
  if (shape.structuredIds) {
    const [most, least] = uuidHalves(event.id);
    const structured = new shared.UUID.Structured();
    id.setStructured(structured.setMostSignificantBits(most).setLeastSignificantBits(least));
  } else {
    id.setString(event.id);
  }
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(id)
    .setStreamIdentifier(streamIdentifier(event.stream))
    .setStreamRevision(
      event.revision === tombstone ? '9223372036854775807' : String(event.revision),
    )
    .setPreparePosition(String(event.position))
    .setCommitPosition(String(event.position))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.json ? 'application/json' : 'application/octet-stream')
    .set('created', `${event.created}0000`);
  return recorded;
}

function streamIdentifier(stream: string) {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
}

export function streamNotFound(stream: string): Uint8Array {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(streamIdentifier(stream));
  return new streams.ReadResp().setStreamNotFound(missing).serializeBinary();
}

export function confirmation(id: string): Uint8Array {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id);
  return new streams.ReadResp().setConfirmation(confirmed).serializeBinary();
}

export function caughtUp(): Uint8Array {
  return new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()).serializeBinary();
}

export function checkpoint(position: number): Uint8Array {
  const reached = new streams.ReadResp.Checkpoint()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));
  return new streams.ReadResp().setCheckpoint(reached).serializeBinary();
}
