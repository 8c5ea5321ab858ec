import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Draft, Place } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { idOf, parcelStream, stoneStream } from '#events/streams';
import { mineOrigin } from '#libs/origin/origin';
import { judge } from '#libs/rulebook/judge';
import { factsOf } from '#projections/way/facts';
import { evolveWay } from '#projections/way/way';
import type { Way } from '#projections/way/way';
import { wayBehind } from '#projections/way/events';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

/** What happens to one stream, in its order; streams are told in any. */
type Act = Readonly<{ stream: string; draft: Draft<LedgerEvent>; place?: Place | undefined }>;

const cause = '00000000-0000-7000-8000-000000000002';
const document = { type: 'paper', sha256: 'a'.repeat(64) };
const [one, two, mix] = ['one', 'two', 'mix'].map(parcelStream) as [string, string, string];
const rough = stoneStream('rough');
const pieces = [stoneStream('rough.1'), stoneStream('rough.2')];
const lotsOf = { [one]: 'BW', [two]: 'RU', [rough]: 'BW' };
const origins = Object.fromEntries(
  Object.entries(lotsOf).map(([stream, country]) => [
    stream,
    mineOrigin(country, 'a-mine', 'segregated'),
  ]),
);
const origin = mineOrigin('BW', 'a-mine', 'segregated');

const country = fc.constantFrom('RU', 'BY', 'IN', 'BE', 'AE');
const place = fc.option(
  country.map((each): Place => ({ country: each })),
  { nil: undefined },
);

const draft: fc.Arbitrary<Draft<LedgerEvent>> = fc.oneof(
  country.map((each) => ({
    type: 'GoodsTransited' as const,
    data: { country: each, shipment: 's', cause },
  })),
  fc.constant({ type: 'CustodyAccepted' as const, data: { from: 'a', to: 'b' } }),
  fc.constantFrom('IN', 'RU', 'AE').map((each) => ({
    type: 'EvidenceAttached' as const,
    data: {
      evidenceNo: 'EV-1',
      paper: { kind: 'location-proof' as const, country: each, from: '2023-05-01' },
      document,
    },
  })),
);

const actsOn = (stream: string): fc.Arbitrary<readonly Act[]> =>
  fc.array(fc.record({ stream: fc.constant(stream), draft, place }), { maxLength: 3 });

/** Two ways to tell the same acts of several streams. */
function twice(threads: readonly (readonly Act[])[]) {
  const turns = threads.flatMap((acts, n) => acts.map(() => n));
  const told = fc.shuffledSubarray(turns, { minLength: turns.length }).map((order) => {
    const next = threads.map((acts) => [...acts]);
    return order.flatMap((n) => next[n]?.shift() ?? []);
  });
  return fc.tuple(told, told);
}

const story = fc
  .record({
    before: fc.tuple(actsOn(one), actsOn(two), actsOn(rough)),
    mixedAt: place,
    sawnAt: place,
    after: fc.tuple(actsOn(mix), ...pieces.map(actsOn)),
  })
  .chain(({ before, mixedAt, sawnAt, after }) =>
    fc.tuple(
      twice(before),
      twice([
        [received(one, mixedAt)],
        [received(two, mixedAt)],
        ...pieces.map((stream) => [opened(stream, sawnAt)]),
      ]),
      twice(after),
    ),
  )
  .map((phases) => [phases.flatMap(([told]) => told), phases.flatMap(([, told]) => told)] as const);

function received(from: string, at: Place | undefined): Act {
  const content = { weight: weighing(from === one ? 400 : 900) };
  const kept = { content, custodian: 'b', owner: null, origin: origins[from] ?? origin };
  const data = { from: { stream: from, revision: 0 }, cause, ...kept };
  return { stream: mix, draft: { type: 'MixReceived', data }, place: at };
}

function opened(stream: string, at: Place | undefined): Act {
  const kept = {
    form: 'piece' as const,
    weight: weighing(700),
    custodian: 'b',
    owner: 'b',
    origin,
  };
  const data = { parent: { stream: rough, revision: 0 }, cause, ...kept };
  return { stream, draft: { type: 'StoneOpened', data }, place: at };
}

function verdicts(acts: readonly Act[]) {
  const { record } = ledgerOf();
  const ways = new Map<string, Way>();
  const tell = (...[stream, said, more]: Parameters<typeof record>) => {
    const event = record(stream, said, more);
    const way = evolveWay(ways.get(stream), event, ways.get(wayBehind(event) ?? ''));
    if (way) ways.set(stream, way);
  };
  for (const stream of [one, two]) {
    const lot = parcelStream(`rough-${idOf(stream)}`);
    const goods = { content: { weight: weighing(stream === one ? 400 : 900) } };
    const whole = { ...goods, origin: origins[stream] ?? origin };
    const rough_ = { ...whole, form: 'rough', basis: 'x' } as const;
    tell(lot, { type: 'ParcelHistoryOpened', data: rough_ }, { place: { country: 'AE' } });
    const parent = { stream: lot, revision: 0 };
    const kept = { parent, cause, custodian: 'b', owner: 'b', form: 'polished' as const };
    const at = { place: { country: stream === one ? 'IN' : 'RU' }, on: '2024-06-02' };
    tell(stream, { type: 'ParcelOpened', data: { ...whole, ...kept } }, at);
  }
  const data = { form: 'rough', weight: weighing(2_000), origin, basis: 'x' } as const;
  tell(rough, { type: 'HistoryOpened', data }, { on: '2023-01-01' });
  for (const { stream, draft: said, place: at } of acts) {
    tell(stream, said, { on: '2024-07-01', ...(at && { place: at }) });
  }
  return [mix, ...pieces].flatMap((stream) =>
    ['EU', 'CHBY', 'US', 'UK'].map((id) => {
      const way = ways.get(stream);
      if (!way) throw new Error(`nothing is known of ${stream}`);
      const facts = factsOf(way, id);
      const { outcome, rule } = judge(facts, id, '2025-06-01');
      return { stream, id, facts, outcome, rule };
    }),
  );
}

it('verdicts on what was mixed and cut do not depend on the order in which a day is told', () => {
  fc.assert(
    fc.property(story, ([told, toldOtherwise]) => {
      expect(verdicts(toldOtherwise)).toEqual(verdicts(told));
    }),
    { numRuns: 1_000 },
  );
});
