import { randomUUID } from 'node:crypto';
import { metadataType, tombstone, tombstoneType, type LogEvent } from '#apps/stand-in/log-event';

/** A record that has no place in the log yet. */
export type Unplaced = Omit<LogEvent, 'position' | 'created'>;

const none = new Uint8Array();

/** What a server writes before the first client comes. */
export function genesis(): readonly Unplaced[] {
  return [
    event('$epoch-information', 0, '$epoch-information', { epochNumber: 0 }),
    event('$user-admin', 0, '$UserCreated', { loginName: 'admin', groups: ['$admins'] }),
    event('$users', 0, '$User', 'admin'),
    event(`$$${statisticsStream}`, 0, metadataType, { $maxAge: 86_400 }),
  ];
}

/** Servers keep writing of themselves between what clients append. */
export const statisticsStream = '$stats-127.0.0.1:2113';

export function statistics(revision: number, appends: number): Unplaced {
  return event(statisticsStream, revision, '$statsCollected', { 'es-writer-appends': appends });
}

/** `$metadata` as the server itself writes it, when streams are deleted and revived. */
export function streamMetadata(stream: string, revision: number, data: Uint8Array): Unplaced {
  return { ...event(`$$${stream}`, revision, metadataType, {}), data };
}

/** The record that ends a stream for good. */
export function tombstoneRecord(stream: string, id: string): Unplaced {
  return { ...event(stream, tombstone, tombstoneType, {}), id, json: false, data: none };
}

function event(stream: string, revision: number, type: string, data: unknown): Unplaced {
  return {
    id: randomUUID(),
    stream,
    revision,
    type,
    json: true,
    data: Buffer.from(JSON.stringify(data)),
    metadata: none,
  };
}
