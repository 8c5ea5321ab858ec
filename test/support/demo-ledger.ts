import { appendStories } from '#apps/cli/demo/append-stories';
import type { Story } from '#apps/cli/demo/story';
import { openLedger } from '#libs/ledger/ledger';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';

/** The day and the moment at which the recorded stories are told. */
export const toldOn = '2026-11-22';
const now = `${toldOn}T00:00:00.000Z`;

/** Everything a ledger holds after some stories, with one fixed clock and counted ids. */
export async function recordedStories(
  stories: readonly Story[],
): Promise<readonly RecordedEvent[]> {
  const store = memoryStore({ ledger: 'adamant.local/ledger' });
  const clock = () => now;
  await appendStories(openLedger(store, clock), stories, { clock, nextId: countedIds() });
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  return events;
}

/** UUIDs of version 7 that count: `019aa8b7-4c00-7000-8000-000000000001` and on. */
export function countedIds(): () => string {
  let n = 0;
  return () => `019aa8b7-4c00-7000-8000-${(n += 1).toString(16).padStart(12, '0')}`;
}
