import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { EventAnnulled } from '#events/correction';
import type { Event } from '#events/event';
import { correctionsIn } from '#libs/store/corrections';
import { emptyStream, seal } from '#libs/store/envelope';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { named } from '#test/contract/event-store';

const recordedAt = '2026-11-22T09:00:00.000Z';

/** What every engine must do where it finds corrections in a way of its own. */
export function findsCorrections(open: () => Promise<EventStore>): void {
  let store: EventStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  it('finds corrections and annulments by their type alone, from any position on', async () => {
    const { meta } = named('x');
    const target = { id: meta.id, revision: 0 };
    const annulled = (): EventAnnulled => ({
      type: 'EventAnnulled',
      data: { target, reason: '"type":"RecordCorrected"},"v":1}', reached: 0 },
      meta: { ...meta, id: uuid() },
    });
    const facts: readonly Event[] = [
      named('"type":"EventAnnulled"},"v":1}'),
      annulled(),
      named('EventAnnulled'),
      annulled(),
    ];
    const entries = seal(store.ledger, 'stone-sun', emptyStream, recordedAt, facts);
    await store.append('stone-sun', -1, entries);
    const found = await all(correctionsIn(store, 0n));
    expect(found.map(({ revision }) => revision)).toEqual([1, 3]);
    expect(await all(correctionsIn(store, found[0]?.position ?? 0n))).toEqual(found.slice(1));
  });
}

async function all(batches: AsyncIterable<readonly RecordedEvent[]>): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of batches) events.push(...batch);
  return events;
}
