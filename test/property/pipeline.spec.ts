import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#libs/store/store';
import { memoryStore } from '#libs/store/memory';
import { generate } from '#apps/cli/generate/generate';
import { brokenInvariants } from '#test/property/pipeline-invariants';

describe('a generated ledger', () => {
  it('keeps every invariant of the trade', async () => {
    const store = memoryStore({ ledger: 'test.example/log' });
    await generate({ store }, { stones: 120, seed: 'invariants' });
    const events: RecordedEvent[] = [];
    for await (const batch of store.readAll(0n)) events.push(...batch);
    expect(events.length).toBeGreaterThan(3000);
    expect(brokenInvariants(events)).toEqual([]);
  });
});
