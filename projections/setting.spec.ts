import { expect, it } from '@jest/globals';
import { articlesOf } from '#events/kin';
import { unknownOrigin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import { dealingsOf } from '#projections/counterparties';
import { cardOf } from '#projections/history/history';
import { projections } from '#projections/projections';
import { bearingOf } from '#projections/setting';
import { goodsRows } from '#projections/verdicts/tables';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const gem = 'stone-gem';
const ring = 'jewellery-ring';
const cause = '00000000-0000-7000-8000-000000000004';
const weight = weighing(1_010);
const origin = unknownOrigin;

/** A stone that is set in a ring; the ring is sold and put on hold. */
function setAndSold() {
  const ledger = ledgerOf();
  const { record } = ledger;
  record(gem, {
    type: 'HistoryOpened',
    data: { form: 'polished', weight, origin, owner: 'alrosa', basis: 'bought' },
  });
  record(ring, {
    type: 'JewelleryItemMade',
    data: { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4_000 },
  });
  record(gem, { type: 'StoneSet', data: { item: 'ring', weight, origin } });
  record(ring, { type: 'StoneTakenIn', data: { stone: 'gem', weight, origin, cause } });
  record(ring, {
    type: 'TitleTransferred',
    data: { from: 'alrosa', to: 'graff', basis: 'sale' },
  });
  record(ring, {
    type: 'HoldPlaced',
    data: { holdNo: 'H-1', reason: 'a check', officer: 'J. P.' },
  });
  record(gem, { type: 'OriginContested', data: { contestNo: 'C-1', ground: 'a doubt' } });
  return ledger;
}

it('gives a stone that is set the owner, custodian and bonds of the article', async () => {
  const views = await replay(projections, setAndSold().events, '2026-01-01');
  expect(await bearingOf(views, gem)).toMatchObject({
    setIn: 'ring',
    title: { owner: 'graff', basis: 'sale' },
    custody: { custodian: 'alrosa' },
    bonds: { standing: 'hold', holds: [{ holdNo: 'H-1' }], contests: [{ contestNo: 'C-1' }] },
  });
  expect(await cardOf(views, gem)).toMatchObject({ owner: 'graff', custodian: 'alrosa' });
  expect((await dealingsOf(views, gem)).parties).toMatchObject([
    { party: 'graff', as: ['owner'] },
    { party: 'alrosa', as: ['custodian'] },
  ]);
});

it('lists a stone that is set under the owner of the article', async () => {
  const views = await replay(projections, setAndSold().events, '2026-01-01');
  const rows = await views.list(goodsRows, { owner: 'graff' });
  expect(rows.map(({ subject }) => subject).sort()).toEqual([ring, gem]);
});

it('gives a stone that was unset what it is held and owned as itself', async () => {
  const ledger = setAndSold();
  const data = { item: 'ring', cause, custodian: 'alrosa', owner: 'graff' };
  ledger.record(ring, {
    type: 'StoneLetGo',
    data: { stone: 'gem', custodian: 'alrosa', owner: 'graff' },
  });
  ledger.record(gem, { type: 'StoneUnset', data });
  ledger.record(ring, {
    type: 'TitleTransferred',
    data: { from: 'graff', to: 'kgk', basis: 'sale' },
  });
  const views = await replay(projections, ledger.events, '2026-01-01');
  expect(await bearingOf(views, gem)).toMatchObject({
    setIn: null,
    title: { owner: 'graff', basis: 'unset' },
    bonds: { standing: 'clear', contests: [{ contestNo: 'C-1' }] },
  });
  expect(await views.get(goodsRows, { subject: gem })).toMatchObject({ owner: 'graff' });
});

it('knows the article from the event that set the stone', () => {
  expect(setAndSold().events.flatMap(articlesOf)).toEqual([ring]);
});
