import { describe, expect, it } from '@jest/globals';
import { effective } from '#libs/decider/effective';
import type { RecordedEvent } from '#libs/store/store';
import { memoryStore } from '#libs/store/memory';
import { replay } from '#libs/views/replay';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { reconciliation } from '#projections/statistics/reconcile';
import { statistics } from '#projections/statistics/statistics';
import { allFigures } from '#projections/statistics/totals';
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
    const views = await replay([flags], events, '2026-11-21');
    expect(await flagsBy(views, { rule: 'title-without-paper' }, 9)).toEqual([]);
  });

  it('reconciles: in = out + stock + loss, and production as it is filed', async () => {
    const store = memoryStore({ ledger: 'test.example/log' });
    await generate({ store }, { stones: 120, seed: 'books' });
    const events: RecordedEvent[] = [];
    for await (const batch of store.readAll(0n)) events.push(...batch);
    const books = reconciliation();
    for (const event of effective(events)) books.take(event);
    const views = await replay([statistics], events, '2026-11-21');
    const { differences, recovered } = books.close(await allFigures(views));
    expect(differences).toEqual([]);
    expect(recovered.least).toBeGreaterThan(0);
  });
});
