import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach } from '@jest/globals';
import type { StandInOptions } from '#apps/stand-in/options';
import { startStandIn, type StandIn } from '#apps/stand-in/stand-in';

let open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  const closing = open.toReversed();
  open = [];
  for (const close of closing) await close();
});

/** A stand-in and a real client of it; both go when the test ends. */
export async function standInAndClient(
  options: StandInOptions = {},
): Promise<Readonly<{ standIn: StandIn; client: EventStoreDBClient }>> {
  const standIn = await startStandIn(options);
  open.push(() => standIn.stop());
  return { standIn, client: clientOf(standIn.url) };
}

/** A real client that goes when the test ends. */
export function clientOf(url: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  open.push(() => client.dispose());
  return client;
}

export const happened = (id: string = randomUUID(), n = 0) =>
  jsonEvent({ id, type: 'Happened', data: { n } });

/** Everything an async iterable gives. */
export async function all<Each>(events: AsyncIterable<Each>): Promise<Each[]> {
  const got: Each[] = [];
  for await (const event of events) got.push(event);
  return got;
}
