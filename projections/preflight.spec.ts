import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Paper } from '#events/evidence';
import { stoneStream } from '#events/streams';
import { mineOrigin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import { preflightOf } from '#projections/preflight';
import { rulebooks } from '#projections/rulebooks';
import { sanctions } from '#projections/sanctions';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

/** What the law asks for, told apart from the rule book: regulation of 2025, non-Russian goods. */
type Need = 'kimberley' | 'origin-proof' | 'us-statement' | 'attestation';

type Stone = Readonly<{
  form: 'rough' | 'polished';
  mct: number;
  from: 'BW' | 'RU';
  has: readonly Need[];
}>;
type Shipment = Readonly<{ to: string; stones: readonly Stone[] }>;

const destinations = ['EU', 'US', 'UK', 'CA', 'JP', 'CH', 'LI'] as const;
const day = '2025-06-01';

/** The labels. Half a carat is where each of them begins to ask; Japan asks nothing of origin. */
function needsOf(to: string, { form, mct }: Stone): readonly Need[] {
  const papers: Need[] = form === 'rough' ? ['kimberley'] : [];
  if (mct < 500 || to === 'JP') return papers;
  if (to === 'US') return [...papers, 'us-statement'];
  if (to === 'CA') return [...papers, 'attestation'];
  return form === 'rough' && to === 'EU' ? papers : [...papers, 'origin-proof'];
}

/** In the EU the certificate of rough is its proof; in the UK, CH and LI it proves polished too. */
const isMet = (to: string, need: Need, has: readonly Need[]) =>
  has.includes(need) || (need === 'origin-proof' && to !== 'EU' && has.includes('kimberley'));

/** Rough comes straight from Russia: no floor. */
const isBarred = ({ from, form, mct }: Stone) => from === 'RU' && (form === 'rough' || mct >= 500);

const papers: Readonly<Record<Need, Paper>> = {
  kimberley: {
    kind: 'kimberley-certificate',
    number: 'BW0012345',
    origin: { kind: 'single', country: 'BW' },
  },
  'origin-proof': { kind: 'supplier-declaration', supplier: 'KGK' },
  'us-statement': { kind: 'us-self-certification', statement: 'loose' },
  attestation: { kind: 'cbsa-attestation', signatory: 'J. Roy' },
};

/** The need a paper of an obstacle belongs to. */
function needOf(papersAsked: readonly (readonly string[])[]): Need {
  const kinds = papersAsked.flat();
  if (kinds.includes('us-statement-loose')) return 'us-statement';
  if (kinds.includes('cbsa-attestation')) return 'attestation';
  if (kinds.every((kind) => kind.startsWith('kimberley') || kind === 'g7-certificate')) {
    return 'kimberley';
  }
  return 'origin-proof';
}

const shipments: fc.Arbitrary<Shipment> = fc.record({
  to: fc.constantFrom(...destinations),
  stones: fc.array(
    fc.record({
      form: fc.constantFrom('rough' as const, 'polished' as const),
      mct: fc.constantFrom(200, 480, 499, 500, 510, 999, 1_000, 2_500),
      from: fc.constantFrom('BW' as const, 'BW' as const, 'BW' as const, 'RU' as const),
      has: fc.subarray(Object.keys(papers) as Need[]),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

async function flown({ to, stones }: Shipment) {
  const { events, record } = ledgerOf();
  const document = { type: 'paper', sha256: 'a'.repeat(64) };
  stones.forEach(({ form, mct, from, has }, n) => {
    const stream = stoneStream(`s${n}`);
    const origin = mineOrigin(from, 'a-mine', 'segregated');
    const data = { form, weight: weighing(mct), origin, basis: 'bought' } as const;
    record(stream, { type: 'HistoryOpened', data }, { on: '2024-10-10' });
    const cut = { kind: 'processing-record', country: 'IN', operation: 'polished' } as const;
    const attached: Paper[] = has.map((need) => papers[need]);
    if (form === 'polished') attached.push({ ...cut, on: '2024-10-11' });
    attached.forEach((paper, m) => {
      const evidence = { evidenceNo: `EV-${m}`, paper, document };
      record(stream, { type: 'EvidenceAttached', data: evidence }, { on: '2024-10-12' });
    });
    const place = { country: form === 'rough' ? from : 'IN' };
    record(
      stream,
      { type: 'CustodyAccepted', data: { from: 'a', to: 'b' } },
      { on: '2024-11-10', place },
    );
  });
  const views = await replay([sanctions, rulebooks], events, day);
  const subjects = stones.map((_, n) => stoneStream(`s${n}`));
  return preflightOf(views, subjects, to, day);
}

describe('a pre-flight', () => {
  it('finds every paper that is missing and every ban in 300 labelled shipments, and nothing else', async () => {
    let missed = 0;
    let falseAlarms = 0;
    let found = 0;
    for (const shipment of fc.sample(shipments, { numRuns: 300, seed: 7 })) {
      const { items, ready } = await flown(shipment);
      let obstacles = 0;
      shipment.stones.forEach((stone, n) => {
        const said = items[n]?.obstacles ?? [];
        obstacles += said.length;
        const barred = said.some(({ outcome }) => outcome === 'PROHIBITED');
        if (isBarred(stone)) {
          if (barred) found += 1;
          else missed += 1;
          return;
        }
        if (barred) falseAlarms += 1;
        if (stone.from === 'RU') return;
        const wanted = needsOf(shipment.to, stone).filter(
          (need) => !isMet(shipment.to, need, stone.has),
        );
        const asked = new Set(said.map((each) => needOf(each.papers)));
        for (const need of wanted) {
          if (asked.delete(need)) found += 1;
          else missed += 1;
        }
        falseAlarms += asked.size;
      });
      expect(ready).toBe(obstacles === 0);
    }
    expect(found).toBeGreaterThan(200);
    expect(missed).toBe(0);
    expect(falseAlarms / found).toBeLessThanOrEqual(0.05);
  });

  it('names the record and the ways to close each gap, under all measures of the destination', async () => {
    const stone = { form: 'polished', mct: 1_200, from: 'BW', has: [] } as const;
    const { days, items, ready, outcome } = await flown({ to: 'EU', stones: [stone] });
    expect(Object.keys(days)).toEqual(['EU', 'EUBY']);
    expect({ ready, outcome }).toEqual({ ready: false, outcome: 'REQUIRES_EVIDENCE' });
    expect(items[0]?.obstacles).toEqual([
      expect.objectContaining({
        jurisdiction: 'EU',
        rule: 'EU-E3',
        citation: 'Art. 3p(8)',
        papers: [['documentary-evidence'], ['g7-certificate']],
      }),
    ]);
  });

  it('is not ready for goods of which what decides is unknown', async () => {
    const { events, record } = ledgerOf();
    const origin = mineOrigin('BW', 'a-mine', 'segregated');
    const data = { form: 'polished', weight: weighing(900), origin, basis: 'x' } as const;
    record('stone-s0', { type: 'HistoryOpened', data });
    const views = await replay([sanctions, rulebooks], events, day);
    const { ready, items } = await preflightOf(views, ['stone-s0'], 'US', day);
    expect(ready).toBe(false);
    expect(items[0]?.obstacles.some(({ facts }) => facts.includes('processing'))).toBe(true);
    await expect(preflightOf(views, ['stone-s1'], 'US', day)).rejects.toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
    expect(await preflightOf(views, ['stone-s0'], 'NZ', day)).toMatchObject({
      ready: false,
      outcome: 'UNDETERMINED',
    });
    await expect(preflightOf(views, ['stone-s0'], 'ZZ', day)).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-jurisdiction' }),
    );
    expect((await preflightOf(views, [], 'US', day)).ready).toBe(false);
  });
});
