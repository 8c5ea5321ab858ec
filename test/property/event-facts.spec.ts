import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Draft } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Paper } from '#events/evidence';
import { stoneStream } from '#events/streams';
import { mineOrigin, unknownOrigin } from '#libs/origin/origin';
import { dayAfter } from '#libs/reference/calendar';
import { judge } from '#libs/rulebook/judge';
import { ruleBook } from '#libs/rulebook/rule-book';
import { severity } from '#libs/rulebook/verdict';
import { replay } from '#libs/views/replay';
import { factsOf } from '#projections/way/facts';
import { sanctions, sanctionsOf } from '#projections/sanctions';
import type { Sanctions } from '#projections/sanctions';
import { proofs } from '#test/support/proofs';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const stone = stoneStream('s');
const jurisdictions = ruleBook().jurisdictions.map(({ id }) => id);
const days = ['2022-05-01', '2023-11-30', '2024-02-29', '2024-03-01', '2024-08-31', '2024-09-02'];
const asked = ['2024-02-01', '2024-06-25', '2024-09-01', '2025-03-01', '2026-01-01', '2026-09-01'];
const document = { type: 'paper', sha256: 'a'.repeat(64) };

const country = fc.constantFrom('RU', 'BW', 'IN', 'AE', 'BE', 'BY', 'CH');
const day = fc.constantFrom(...days);
const papers: fc.Arbitrary<Paper> = fc.oneof(
  fc.constantFrom(...proofs),
  fc.record({
    kind: fc.constant('location-proof' as const),
    country: fc.constantFrom('IN', 'AE', 'BE', 'CH'),
    from: day,
  }),
);

/** What happens to the stone on a day; each is possible wherever it stands among those of its day. */
type Act = Readonly<{ on: string }> &
  (
    | Readonly<{ type: 'move'; to: string | null }>
    | Readonly<{ type: 'paper'; paper: Paper; validTo: string | null }>
    | Readonly<{ type: 'claim'; country: string }>
  );

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ on: day, type: fc.constant('move' as const), to: fc.option(country) }),
  fc.record({
    on: day,
    type: fc.constant('paper' as const),
    paper: papers,
    validTo: fc.option(fc.constantFrom('2024-12-31', '2025-06-30')),
  }),
  fc.record({ on: day, type: fc.constant('claim' as const), country }),
);

const story = fc.record({
  form: fc.constantFrom('rough' as const, 'polished' as const),
  mined: fc.option(fc.constantFrom('RU', 'BW')),
  made: fc.constantFrom('IN', 'RU', 'BY', null),
  mct: fc.constantFrom(300, 499, 500, 700, 999, 1_000, 2_500),
  acts: fc.array(act, { maxLength: 8 }),
});
type Story = Readonly<{
  form: 'rough' | 'polished';
  mined: string | null;
  made: string | null;
  mct: number;
  acts: readonly Act[];
}>;

const inOrder = (acts: readonly Act[]) =>
  acts.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));

/** The facts the ledger knows of the stone after these acts, in this order. */
async function told({ form, mined, made, mct }: Story, acts: readonly Act[]): Promise<Sanctions> {
  const { events, record } = ledgerOf();
  const origin = mined === null ? unknownOrigin : mineOrigin(mined, 'a-mine', 'segregated');
  const opened = { form, weight: weighing(mct), origin, basis: 'bought' } as const;
  const at = (time: string) => ({ at: { time, precision: 'day' } as const });
  record(stone, { type: 'HistoryOpened', data: opened }, at('2021-01-01'));
  if (form === 'polished' && made !== null) {
    const paper = {
      kind: 'processing-record',
      country: made,
      operation: 'polished',
      on: '2021-06-01',
    } as const;
    record(
      stone,
      { type: 'EvidenceAttached', data: { evidenceNo: 'P', paper, document } },
      at('2021-06-01'),
    );
  }
  acts.forEach((each, n) => {
    const place = each.type === 'move' && each.to !== null ? { place: { country: each.to } } : {};
    record(stone, eventOf(each, n), { ...at(each.on), ...place });
  });
  const found = await sanctionsOf(await replay([sanctions], events, '2026-11-01'), stone);
  if (!found) throw new Error('no facts');
  return found;
}

function eventOf(each: Act, n: number): Draft<LedgerEvent> {
  switch (each.type) {
    case 'move':
      return { type: 'CustodyAccepted', data: { from: 'a', to: 'b' } };
    case 'claim': {
      const origin = mineOrigin(each.country, 'a-mine', 'segregated');
      return { type: 'OriginDeclared', data: { origin, purpose: 'g7' } };
    }
    case 'paper': {
      const { paper, validTo } = each;
      const valid = validTo === null ? {} : { validTo };
      return {
        type: 'EvidenceAttached',
        data: { evidenceNo: `EV-${n}`, paper, document, ...valid },
      };
    }
  }
}

function verdicts({ way }: Sanctions) {
  return jurisdictions.flatMap((id) => {
    const facts = factsOf(way, id);
    return asked.map((on) => {
      const { outcome, rule } = judge(facts, id, on);
      return { id, on, outcome, rule };
    });
  });
}

/** The same acts with those of a day shuffled; goods move from hand to hand in one order only. */
function shuffled(acts: readonly Act[], keys: readonly number[]): readonly Act[] {
  return days.flatMap((on) => {
    const today = acts
      .map((each, n) => ({ each, key: keys[n] ?? 0 }))
      .filter(({ each }) => each.on === on);
    const moves = today.filter(({ each }) => each.type === 'move').map(({ each }) => each);
    const mixed = today.toSorted((a, b) => a.key - b.key).map(({ each }) => each);
    let moved = 0;
    return mixed.map((each) => (each.type === 'move' ? (moves[moved++] ?? each) : each));
  });
}

describe('facts built by events', () => {
  it('give the same verdicts in whatever order a day went', async () => {
    const keys = fc.array(fc.nat(1_000), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(story, day, keys, async (one, on, order) => {
        const acts = one.acts.map((each) => ({ ...each, on }));
        const first = verdicts(await told(one, acts));
        expect(verdicts(await told(one, shuffled(acts, order)))).toEqual(first);
      }),
      { numRuns: 150 },
    );
  });

  it('give no better verdict when a paper is taken away', async () => {
    await fc.assert(
      fc.asyncProperty(story, fc.nat(7), async (one, pick) => {
        const acts = inOrder(one.acts);
        const on = acts.filter(({ type }) => type === 'paper');
        const gone = on[pick % Math.max(on.length, 1)];
        if (gone === undefined) return;
        const before = verdicts(await told(one, acts));
        const after = verdicts(
          await told(
            one,
            acts.filter((each) => each !== gone),
          ),
        );
        const better = after.filter(
          ({ outcome }, n) => severity[outcome] > severity[before[n]?.outcome ?? 'CLEAR'],
        );
        expect(better).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('never change a verdict before the day it is said to change', async () => {
    await fc.assert(
      fc.asyncProperty(story, fc.constantFrom(...jurisdictions), async (one, id) => {
        const { way } = await told(one, inOrder(one.acts));
        const facts = factsOf(way, id);
        let last = judge(facts, id, '2022-01-01');
        for (let on = '2022-01-02'; on < '2028-01-01'; on = dayAfter(on)) {
          const next = judge(facts, id, on);
          if (next.outcome !== last.outcome || next.rule !== last.rule) {
            expect({ on, told: (last.verdict.nextChangeOn ?? '9999') <= on }).toEqual({
              on,
              told: true,
            });
          }
          last = next;
        }
      }),
      { numRuns: 60 },
    );
  });
});
