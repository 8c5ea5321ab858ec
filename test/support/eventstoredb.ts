import { expect } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { emptyStream, seal, type Entry, type Head } from '#libs/store/envelope';
import { StoreUnavailable } from '#libs/store/errors';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { headAfter, named } from '#test/contract/event-store';

/** The address of a ledger that nobody used before, on the server at `url`. */
export function withNewPrefix(url: string): string {
  const prefix = `prefix=t${randomBytes(8).toString('hex')}`;
  return url.includes('?') ? `${url}&${prefix}` : `${url}?${prefix}`;
}

/** Waits so short a time in a test as a server on the same machine needs. */
export const hasty = { patience: 400, budget: 20_000, longestPause: 50, guardEvery: 60_000 };

const recordedAt = '2026-11-22T09:00:00.000Z';

export const sealed = (store: EventStore, stream: string, head: Head, ...names: string[]) =>
  seal(
    store.ledger,
    stream,
    head,
    recordedAt,
    names.map((name) => named(name)),
  );

export async function drained(batches: AsyncIterable<readonly RecordedEvent[]>) {
  const events: RecordedEvent[] = [];
  for await (const batch of batches) events.push(...batch);
  return events;
}

/** Appends to streams of its own until every one is acknowledged, as a caller would after an error. */
async function writer(store: EventStore, stream: string, count: number): Promise<Entry[]> {
  const acknowledged: Entry[] = [];
  let head: Head = emptyStream;
  for (let n = 0; n < count; n++) {
    const entries = sealed(store, stream, head, `${stream}/${n}`);
    for (;;) {
      try {
        await store.append(stream, head.revision, entries);
        break;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
      }
    }
    acknowledged.push(...entries);
    head = headAfter(entries);
  }
  return acknowledged;
}

/**
 * Writers at work and somebody who follows, while `disturb` does its worst: what was acknowledged is
 * recorded, once, with the bytes that were sent; the follower saw it once and in order.
 */
export async function survives(
  store: EventStore,
  disturb: () => Promise<void>,
  { writers = 8, each = 20 }: Readonly<{ writers?: number; each?: number }> = {},
): Promise<void> {
  const before = await store.end();
  const stop = new AbortController();
  const seen: RecordedEvent[] = [];
  const following = (async () => {
    for await (const batch of store.follow(before, stop.signal)) {
      seen.push(...batch);
      if (seen.length >= writers * each) stop.abort();
    }
  })();
  const run = randomBytes(4).toString('hex');
  const [acknowledged] = await Promise.all([
    Promise.all(
      Array.from({ length: writers }, (_, n) => writer(store, `stone-${run}-${n}`, each)),
    ),
    disturb(),
  ]);
  await following;
  const all = await drained(store.readAll(before));
  expect(all.map(({ leaf }) => leaf).sort()).toEqual(
    acknowledged.flatMap((entries) => entries.map(({ leaf }) => leaf)).sort(),
  );
  expect(seen.map(({ position }) => position)).toEqual(all.map(({ position }) => position));
  expect(all.every((event, i) => event.position > (all[i - 1]?.position ?? before))).toBe(true);
  for (const [n, entries] of acknowledged.entries()) {
    const read = await store.read(`stone-${run}-${n}`);
    expect(read.map(({ leaf }) => leaf)).toEqual(entries.map(({ leaf }) => leaf));
  }
}
