import { describe, expect, it } from '@jest/globals';
import { examineInvariants } from '#libs/laws/invariants';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { unseal } from '#libs/store/envelope';
import type { RecordedEvent } from '#libs/store/store';
import { replay } from '#libs/views/replay';
import { cardOf } from '#projections/history/history';
import { historyOf } from '#projections/history/told';
import { projections } from '#projections/projections';
import type { Said } from '#test/support/acting';
import { finishedStore } from '#test/support/recorded';
import { actingLedger } from '#test/support/acting';
import { mct } from '#test/support/given';

const content = { weight: mct(250), pieces: 10 };
const opened = {
  form: 'polished',
  origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
  owner: 'maker',
  basis: 'stock',
} as const;
const roles = ['jeweller', 'authority'] as const;

/** A ring that is broken up when `said` is on record and nothing has followed from it yet. */
async function brokenMeanwhile(stream: string, said: Said) {
  const { store, act, events } = await actingLedger({ maker: ['RU', ...roles] });
  const item = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 5_000 };
  await act('jewellery-ring', 'maker', { type: 'MakeItem', ...item });
  const melee = { content: { weight: mct(7_500), pieces: 300 }, sieve: '+6.5' };
  await act('parcel-lot', 'maker', { type: 'OpenParcelHistory', ...opened, ...melee });
  await act('stone-gem', 'maker', { type: 'OpenHistory', ...opened, weight: mct(1_000) });
  let isBroken = false;
  const append: typeof store.append = async (...entries) => {
    const appended = await store.append(...entries);
    if (!isBroken) {
      isBroken = true;
      await act('jewellery-ring', 'maker', { type: 'BreakUpItem', reason: 'melted' });
    }
    return appended;
  };
  const [category, id] = stream.split('-');
  const at = { time: '2025-04-04', precision: 'day' };
  const now = '2025-12-31T12:00:00Z';
  const meta = { id: '01970000-0000-7000-8000-000000000001', by: 'maker', roles, now, at };
  const asked = { category, id, command: { ...said, meta } } as unknown as LedgerCommand;
  await openLedger({ ...store, append }, () => now).execute(asked);
  return { store, events: await events() };
}

describe('what is set in an item that is broken up meanwhile', () => {
  it.each([
    ['parcel-lot', { type: 'SetMelee', item: 'ring', content }, { item: 'ring', content }],
    ['stone-gem', { type: 'SetStone', item: 'ring' }, { item: 'ring' }],
  ])('comes back whole, and every view takes it in: %s', async (stream, said, back) => {
    const { store, events } = await brokenMeanwhile(stream, said);
    const last = events.findLast((event) => event.stream === stream);
    expect(last).toMatchObject({ revision: 2, data: { ...back, code: 'broken-up' } });
    expect((await examineInvariants(store)).broken).toEqual([]);
    const views = await replay(projections, events, '2025-12-31');
    expect(await cardOf(views, stream)).toBeDefined();
  });
});

it('melee recorded as back without its goods is taken in by every view, as some of it', async () => {
  const { events } = await brokenMeanwhile('parcel-lot', {
    type: 'SetMelee',
    item: 'ring',
    content,
  });
  const old = events.map((event): RecordedEvent => {
    if (event.type !== 'MeleeReturned') return event;
    const leaf = JSON.parse(event.leaf) as { statement: { data: { content?: unknown } } };
    delete leaf.statement.data.content;
    return unseal(JSON.stringify(leaf), event.position) as RecordedEvent;
  });
  expect(old).not.toEqual(events);
  const { broken } = await examineInvariants(finishedStore(old));
  expect(broken).toEqual([]);
  const views = await replay(projections, old, '2025-12-31');
  expect(await cardOf(views, 'parcel-lot')).toMatchObject({ consumed: 0, qualifier: 'gt' });
  expect((await historyOf(views, 'parcel-lot')).at(-1)?.line).toMatch(/not taken in by ring/);
});
