import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Content } from '#events/parcel';
import { idOf, parcelStream } from '#events/streams';
import type { Weight } from '#events/values';
import { mineOrigin } from '#libs/origin/origin';
import { evaluate } from '#libs/rulebook/evaluate';
import { replay } from '#libs/views/replay';
import { factsOf } from '#projections/way/facts';
import { sanctions, sanctionsOf } from '#projections/sanctions';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const lot = parcelStream('lot');
const origin = mineOrigin('RU', 'ru-mir', 'segregated');
const cause = '00000000-0000-7000-8000-000000000002';
const document = { type: 'paper', sha256: 'a'.repeat(64) };
const cutInIndia = {
  kind: 'processing-record',
  country: 'IN',
  operation: 'polished',
  on: '2024-02-01',
} as const;

const all = (mct: number, pieces?: number): Content => ({
  weight: weighing(mct),
  ...(pieces !== undefined && { pieces }),
});

/** Polished goods of Russian rough, cut in India. */
function melee(content: Content, sieve?: string) {
  const { events, record } = ledgerOf();
  const goods = { form: 'polished', content, origin, basis: 'bought' } as const;
  const data = { ...goods, ...(sieve !== undefined && { sieve }) };
  record(lot, { type: 'ParcelHistoryOpened', data });
  const evidence = { evidenceNo: 'EV-1', paper: cutInIndia, document };
  record(lot, { type: 'EvidenceAttached', data: evidence });
  const handed = { from: 'a', to: 'b' };
  const inIndia = { place: { country: 'IN' }, on: '2024-10-01' };
  record(lot, { type: 'CustodyAccepted', data: handed }, inIndia);
  return { events, record };
}

async function factsAbout(events: Parameters<typeof replay>[1], subject = lot) {
  const found = await sanctionsOf(await replay([sanctions], events, '2026-11-01'), subject);
  if (!found) throw new Error('no facts');
  return factsOf(found.way, 'EU');
}

async function judged(content: Content, sieve?: string) {
  const facts = await factsAbout(melee(content, sieve).events);
  return evaluate(facts, 'EU', '2025-06-01', 'import');
}

describe('a stone of a parcel', () => {
  it('weighs no more than all of it: below the threshold together, below it each', async () => {
    expect(await judged(all(499))).toMatchObject({ outcome: 'CLEAR', rule: 'EU-R6' });
    expect(await judged({ weight: { ...weighing(499), qualifier: 'lt' } })).toMatchObject({
      outcome: 'CLEAR',
    });
    for (const content of [all(500), { weight: { ...weighing(499), qualifier: 'gt' } as Weight }]) {
      expect(await judged(content)).toMatchObject({
        outcome: 'UNDETERMINED',
        factsMissing: ['stoneMct'],
      });
    }
  });

  it('is bounded by no average, and is the parcel where it is alone in it', async () => {
    expect(await judged(all(600, 200))).toMatchObject({ outcome: 'UNDETERMINED' });
    expect(await judged(all(40_000, 10))).toMatchObject({ outcome: 'UNDETERMINED' });
    expect(await judged(all(600, 1))).toMatchObject({ outcome: 'PROHIBITED', rule: 'EU-R4' });
  });

  it('weighs no more than falls through its sieve, where the class has an upper end', async () => {
    expect(await judged(all(100_000), '+6.5-11')).toMatchObject({ outcome: 'CLEAR' });
    expect(await judged(all(100_000), '-2')).toMatchObject({ outcome: 'CLEAR' });
    expect(await judged(all(100_000), '+6.5')).toMatchObject({ outcome: 'UNDETERMINED' });
  });

  it('is of unknown weight where all weigh more than any stone can', async () => {
    expect((await factsAbout(melee(all(200_000_000)).events)).stoneMct).toBeNull();
  });

  it('keeps what is known of it when the parcel is cleaned, divided, cut or mixed', async () => {
    type Act = Readonly<{ kind: 'split' | 'cut' | 'mix' | 'clean'; at: number; share: number }>;
    const acts: fc.Arbitrary<readonly Act[]> = fc.array(
      fc.record({
        kind: fc.constantFrom('split', 'cut', 'mix', 'clean'),
        at: fc.nat(),
        share: fc.integer({ min: 1, max: 99 }),
      }),
      { maxLength: 8 },
    );
    const stones = fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(stones, { minLength: 1, maxLength: 3 }),
        acts,
        async (begun, done) => {
          const { events, record } = ledgerOf();
          type Lot = {
            stream: ReturnType<typeof parcelStream>;
            holds: number[];
            polished: boolean;
            parts: number;
          };
          const lots = begun.map((holds, n): Lot => {
            const stream = parcelStream(`lot-${n}`);
            const content = all(sum(holds), holds.length);
            const data = { form: 'rough', content, origin, basis: 'bought' } as const;
            record(stream, { type: 'ParcelHistoryOpened', data });
            return { stream, holds, polished: false, parts: 0 };
          });
          const opened = (from: Lot, holds: number[], polished: boolean) => {
            from.parts += 1;
            const stream = parcelStream(`${idOf(from.stream)}.${from.parts}`);
            const parent = { stream: from.stream, revision: 0 };
            const content = all(sum(holds), holds.length);
            const kept = { content, custodian: 'a', owner: 'a', origin };
            const data = { parent, cause, ...kept, ...(polished && { form: 'polished' as const }) };
            record(stream, { type: 'ParcelOpened', data });
            lots.push({ stream, holds, polished, parts: 0 });
          };
          for (const { kind, at, share } of done) {
            const of = lots[at % lots.length];
            if (!of || of.holds.length === 0) continue;
            const less = (mct: number) => Math.max(1, Math.floor((mct * share) / 100));
            if (kind === 'split')
              opened(of, of.holds.splice(0, less(of.holds.length)), of.polished);
            if (kind === 'cut' && !of.polished) opened(of, of.holds.splice(0).map(less), true);
            if (kind === 'clean' && !of.polished) {
              const weightBefore = weighing(sum(of.holds));
              of.holds = of.holds.map((mct) => Math.max(1, mct - 1));
              const weightAfter = weighing(sum(of.holds));
              const data = { weightBefore, weightAfter, method: 'acid' };
              record(of.stream, { type: 'RoughCleaned', data });
            }
            if (kind === 'mix') {
              const into = lots.find((each) => each !== of && each.polished === of.polished);
              if (!into || into.holds.length === 0) continue;
              const from = { stream: of.stream, revision: 0 };
              const content = all(sum(of.holds), of.holds.length);
              const data = { from, cause, content, custodian: 'a', owner: 'a', origin };
              record(into.stream, { type: 'MixReceived', data });
              into.holds.push(...of.holds.splice(0));
            }
          }
          for (const { stream, holds } of lots) {
            const { stoneMct } = await factsAbout(events, stream);
            for (const mct of holds) {
              expect(mct).toBeGreaterThanOrEqual(stoneMct?.min ?? 0);
              expect(mct).toBeLessThanOrEqual(stoneMct?.max ?? Infinity);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('what a laboratory grew was grown where it is said to be, in a part of natural goods too', async () => {
  const { events, record } = melee(all(5_000, 50));
  const part = { n: 1, content: all(75, 3) };
  const found = { instrument: 'SYNTHdetect', grownIn: 'CN', part };
  record(lot, { type: 'LaboratoryGrownDetected', data: found });
  const grown = parcelStream('lot.1');
  const parent = { stream: lot, revision: 3 };
  const kept = { custodian: 'a', owner: 'a', origin, form: 'polished' as const };
  const data = { parent, cause, content: all(75, 3), laboratoryGrown: true as const, ...kept };
  record(grown, { type: 'ParcelOpened', data });
  expect(await factsAbout(events, grown)).toMatchObject({
    hs: '710491',
    material: 'synthetic',
    minedIn: ['CN'],
  });
  expect(await factsAbout(events)).toMatchObject({ material: 'natural', minedIn: ['RU'] });
  const half = { ...data, parent: { stream: grown, revision: 0 }, content: all(25, 1) };
  record(parcelStream('lot.1.1'), { type: 'ParcelOpened', data: half });
  expect((await factsAbout(events, parcelStream('lot.1.1'))).minedIn).toEqual(['CN']);
});

describe('lots that are mixed', () => {
  /** Two lots of rough, each on one day in Russia and on another, if told, elsewhere; one into the other. */
  async function mixedOf(...left: readonly (string | null)[]) {
    const { events, record } = ledgerOf();
    const streams = [lot, parcelStream('other')] as const;
    const content = all(5_000, 50);
    for (const [n, stream] of streams.entries()) {
      const data = { form: 'rough', content, origin, basis: 'bought' } as const;
      record(stream, { type: 'ParcelHistoryOpened', data });
      const went = [['RU', '2023-06-01'], ...(left[n] ? [['AE', left[n]]] : [])] as const;
      for (const [country = '', on = ''] of went) {
        const handed = { from: 'a', to: 'b' };
        record(stream, { type: 'CustodyAccepted', data: handed }, { place: { country }, on });
      }
    }
    const from = { stream: streams[1], revision: events.length };
    const data = { from, cause, content, custodian: 'b', owner: null, origin };
    record(lot, { type: 'MixReceived', data });
    return factsAbout(events);
  }

  it('left Russia when the last of them did', async () => {
    const [early, late] = ['2023-07-01', '2024-02-01'];
    for (const days of [[early, late] as const, [late, early] as const]) {
      expect((await mixedOf(...days)).leftRussiaOn).toBe(late);
    }
  });

  it('have not left Russia on any day while one of them may be there', async () => {
    expect((await mixedOf('2023-07-01', null)).leftRussiaOn).toBeNull();
    expect((await mixedOf(null, '2023-07-01')).leftRussiaOn).toBeNull();
  });
});

const sum = (holds: readonly number[]) => holds.reduce((a, b) => a + b, 0);
