import { describe, expect, it } from '@jest/globals';
import { localDay } from '#libs/rulebook/clock';
import { judge } from '#libs/rulebook/judge';
import { builtInRules } from '#libs/rulebook/rules-used';
import { replay } from '#libs/views/replay';
import type { ViewReader } from '#libs/views/views';
import { mineOrigin } from '#libs/origin/origin';
import { preflightOf } from '#projections/preflight';
import { projections } from '#projections/projections';
import { sanctionsPage } from '#projections/sanctions-list';
import { sanctionsPageThen } from '#projections/sanctions-then';
import { sanctionsOf, verdictsOf } from '#projections/sanctions';
import { factsOf } from '#projections/way/facts';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';
import { unlikeVerdicts } from '#test/support/unlike-verdicts';

const gem = 'stone-gem';
const other = 'stone-other';
const ring = 'jewellery-ring';
const now = '2025-06-01';
const weight = weighing(1_200);
const india = { country: 'IN' };
const document = { type: 'record', sha256: 'a'.repeat(64) };

/** Two stones polished in India, one of them mined in Russia, and a ring made there. */
function workshop() {
  const ledger = ledgerOf();
  const { record } = ledger;
  for (const [stone, country] of [
    [gem, 'RU'],
    [other, 'BW'],
  ] as const) {
    const origin = mineOrigin(country, 'a-mine', 'segregated');
    const data = { form: 'polished', weight, origin, basis: 'bought' } as const;
    record(stone, { type: 'HistoryOpened', data }, { on: '2025-01-01', place: india });
    const cut = { kind: 'processing-record', country: 'IN', operation: 'polished' } as const;
    const paper = { ...cut, on: '2025-01-01' };
    const evidence = { evidenceNo: 'EV-1', paper, document };
    record(stone, { type: 'EvidenceAttached', data: evidence }, { on: '2025-01-02' });
    const moved = { from: 'a', to: 'b' };
    record(stone, { type: 'CustodyAccepted', data: moved }, { on: '2025-01-03', place: india });
  }
  const data = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4_000 } as const;
  record(ring, { type: 'JewelleryItemMade', data }, { on: '2025-02-01', place: india });
  return { ...ledger, set, unset };

  function set(stone: string): void {
    const origin = mineOrigin(stone === gem ? 'RU' : 'BW', 'a-mine', 'segregated');
    const said = { on: '2025-02-02', place: india };
    const { meta } = record(
      stone,
      { type: 'StoneSet', data: { item: 'ring', weight, origin } },
      said,
    );
    const taken = { stone: stone.slice('stone-'.length), weight, origin, cause: meta.id };
    record(ring, { type: 'StoneTakenIn', data: taken }, said);
  }

  function unset(stone: string): void {
    const said = { on: '2025-03-01', place: india };
    const held = { custodian: 'alrosa', owner: 'alrosa' };
    const data = { stone: stone.slice('stone-'.length), ...held };
    const { meta } = record(ring, { type: 'StoneLetGo', data }, said);
    const back = { item: 'ring', cause: meta.id, ...held };
    record(stone, { type: 'StoneUnset', data: back }, said);
  }
}

const rules = builtInRules('EU');

/** What each surface says of the stone, as `outcome rule`, and the article it names. */
async function said(views: ViewReader) {
  const found = await sanctionsOf(views, gem);
  if (!found) throw new Error('the stone is not known');
  const facts = factsOf(found.way, 'EU');
  const single = judge(facts, 'EU', localDay(rules.jurisdiction.clock, now));
  const stored = (await verdictsOf(views, gem)).find(({ jurisdiction }) => jurisdiction === 'EU');
  const which = { jurisdiction: 'EU', now, limit: 10 };
  const then = { readerFor: () => Promise.resolve(views), rules, law: {} };
  const lists = [
    await sanctionsPage(views, which),
    await sanctionsPage(views, { ...which, on: '2025-07-01' }),
    await sanctionsPageThen(views, which, then),
  ].map(({ items }) => items.find(({ subject }) => subject === gem));
  const { items } = await preflightOf(views, [gem], 'EU', now);
  const ban = items[0]?.obstacles.find(({ jurisdiction }) => jurisdiction === 'EU');
  return {
    verdicts: [single, stored, ...lists].map((each) => `${each?.outcome} ${each?.rule}`),
    preflight: ban?.rule ?? items[0]?.outcome,
    setIn: [found, ...lists, items[0]].map((each) => each?.setIn),
  };
}

const five = <T>(each: T) => Array<T>(5).fill(each);

describe('a stone that is set', () => {
  it('is judged as the article on every surface, which says so, and loose once it is taken out', async () => {
    const { events, set, unset } = workshop();
    const loose = { verdicts: five('PROHIBITED EU-R3'), preflight: 'EU-R3', setIn: five(null) };
    expect(await said(await replay(projections, events, now))).toEqual(loose);
    set(gem);
    expect(await said(await replay(projections, events, now))).toEqual({
      verdicts: five('CLEAR EU-R5'),
      preflight: 'CLEAR',
      setIn: five('ring'),
    });
    unset(gem);
    expect(await said(await replay(projections, events, now))).toEqual(loose);
  });

  it('is judged as the article is after what becomes known of another stone in it', async () => {
    const { events, record, set } = workshop();
    set(other);
    set(gem);
    const before = await replay(projections, events, now);
    expect(await unlikeVerdicts(before, now)).toEqual([]);
    record(gem, { type: 'GoodsTransited', data: { shipment: 's', country: 'RU', cause: 'c' } });
    const after = await replay(projections, events, now);
    expect(await unlikeVerdicts(after, now)).toEqual([]);
    const found = (await verdictsOf(after, other)).find(
      ({ jurisdiction }) => jurisdiction === 'EU',
    );
    expect(found).toMatchObject({ outcome: 'PROHIBITED', rule: 'EU-R1' });
  });
});
