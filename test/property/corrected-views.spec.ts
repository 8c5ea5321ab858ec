import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generate } from '#apps/cli/generate/generate';
import type { Draft } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';
import { memoryViews } from '#libs/views/memory';
import { catchUp } from '#libs/views/projector';
import { projections } from '#projections/projections';
import { dump, firstDifference } from '#test/support/dump';
import { foldAnew } from '#test/support/effective-fold';
import { finishedStore, ledgerOf } from '#test/support/recorded';

const today = '2026-11-21';

let generated: readonly RecordedEvent[] = [];
beforeAll(async () => {
  const store = memoryStore({ ledger: 'test' });
  await generate({ store }, { stones: 3, seed: 8 });
  const all: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) all.push(...batch);
  generated = all;
});

/** Behind every so many events one that was recorded before is corrected or annulled. */
const strike = fc.record({
  every: fc.integer({ min: 1, max: 12 }),
  back: fc.integer({ min: 1, max: 60 }),
  annuls: fc.boolean(),
  mct: fc.integer({ min: 1, max: 5000 }),
});

type Strike = typeof strike extends fc.Arbitrary<infer S> ? S : never;
const fallback: Strike = { every: 5, back: 1, annuls: true, mct: 1 };

/** Wherever the trade would allow it or not: what a projector makes of it must be the same. */
function withCorrections(strikes: readonly Strike[]) {
  const { events, record } = ledgerOf();
  let until = 0;
  let n = 0;
  for (const { stream, type, data, meta } of generated) {
    record(stream, { type, data } as Draft<LedgerEvent>, meta);
    if (events.length < until) continue;
    const { every, back, annuls, mct } = strikes[n++ % strikes.length] ?? fallback;
    until = events.length + every;
    const target = events.at(-back);
    if (!target || target.stream.startsWith('party-')) continue;
    const of = { id: target.meta.id, revision: target.revision };
    if (annuls) {
      record(target.stream, {
        type: 'EventAnnulled',
        data: { target: of, reason: 'not so', reached: 0 },
      });
      continue;
    }
    const to = { mct, qualifier: 'eq', basis: 'weighed' };
    const places = ['RU', 'BW', 'BE'].map((country) => ({ country }));
    const changes = [
      ...('weight' in target.data ? [{ field: 'data.weight', from: null, to }] : []),
      ...('content' in target.data ? [{ field: 'data.content.weight', from: null, to }] : []),
      { field: 'place', from: null, to: places[mct % 3] },
    ];
    record(target.stream, {
      type: 'RecordCorrected',
      data: { target: of, changes, reason: 'misread', reached: 0 },
    });
  }
  return events;
}

async function keptUp(events: readonly RecordedEvent[], sizes: readonly number[], cuts: number) {
  const views = memoryViews(projections);
  await views.next(projections);
  await views.swap(projections);
  const signal = new AbortController().signal;
  const ends = Array.from({ length: cuts }, (_, n) => Math.ceil(((n + 1) * events.length) / cuts));
  for (const end of ends) {
    const store = finishedStore(events.slice(0, end), sizes);
    const set = await views.live(projections);
    await catchUp(store, set, projections, { signal, today: () => today, eventsPerCommit: 40 });
  }
  return dump(views.reader, projections);
}

describe('views of a ledger with corrections', () => {
  it('rest on what goods came out of as it was then, not on what became of it', async () => {
    const { events, record } = ledgerOf();
    const weight = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' }) as const;
    const lot = 'parcel-lot';
    const [when, place] = [{ time: '2024-05-01', precision: 'day' } as const, { country: 'RU' }];
    const dug = { mineId: 'ru-ebelyakh', from: when, to: when, content: { weight: weight(5000) } };
    record(lot, { type: 'ProductionLotRecovered', data: dug }, { place });
    const out = { n: 1, weight: weight(900) };
    const cause = record(lot, { type: 'StoneSingledOut', data: out }, { place });
    const origin = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
    const held = { custodian: 'alrosa', owner: 'alrosa', origin, form: 'rough' } as const;
    const parent = { stream: lot, revision: 1 };
    const data = { parent, cause: cause.meta.id, ...held, weight: weight(900) };
    const opened = record('stone-lot~1', { type: 'StoneOpened', data }, { place });
    const moved = { from: 'alrosa', to: 'broker' };
    record(lot, { type: 'CustodyAccepted', data: moved }, { place: { country: 'BE' } });
    const target = { id: opened.meta.id, revision: 0 };
    const changes = [{ field: 'data.colour', from: null, to: 'yellow' }];
    record('stone-lot~1', {
      type: 'RecordCorrected',
      data: { target, changes, reason: 'misread', reached: 0 },
    });
    const anew = await dump(await foldAnew(projections, events, today), projections);
    expect(firstDifference(await keptUp(events, [1], events.length), anew)).toBeUndefined();
    expect(anew['sanctions']?.join()).toContain('"transited":[]');
  });

  it('equal a fold of what is in force, however they were kept up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(strike, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 25 }),
        async (strikes, sizes, cuts) => {
          const events = withCorrections(strikes);
          const anew = await dump(await foldAnew(projections, events, today), projections);
          const kept = await keptUp(events, sizes, cuts);
          expect(firstDifference(kept, anew)).toBeUndefined();
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});
