import { recordSize, tombstone, type LogEvent } from '#apps/stand-in/log-event';

type Header = Readonly<{
  /** Position of the first event. */
  position: number;
  created: number;
  /** Stream, revision (null: tombstone), id, type, whether JSON, bytes of data and of metadata. */
  events: readonly (readonly [string, number | null, string, string, boolean, number, number])[];
}>;

/** The events of one append as bytes: they are recorded together or not at all. */
export function encodeTransaction(events: readonly LogEvent[]): Buffer {
  const [first] = events;
  const header = Buffer.from(
    JSON.stringify({
      position: first?.position ?? 0,
      created: first?.created ?? 0,
      events: events.map(({ stream, revision, id, type, json, data, metadata }) => [
        stream,
        revision === tombstone ? null : revision,
        id,
        type,
        json,
        data.length,
        metadata.length,
      ]),
    }),
  );
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([
    length,
    header,
    ...events.flatMap((event) => [event.data, event.metadata]),
  ]);
}

/** The opposite of {@link encodeTransaction}; the events share the bytes given. */
export function decodeTransaction(bytes: Buffer): readonly LogEvent[] {
  let at = 4 + bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', 4, at)) as Header;
  let { position } = header;
  return header.events.map(([stream, revision, id, type, json, dataBytes, metadataBytes]) => {
    const data = bytes.subarray(at, (at += dataBytes));
    const metadata = bytes.subarray(at, (at += metadataBytes));
    const event: LogEvent = {
      position,
      stream,
      revision: revision ?? tombstone,
      id,
      type,
      json,
      created: header.created,
      data,
      metadata,
    };
    position += recordSize(event);
    return event;
  });
}
