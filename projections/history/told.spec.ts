import { describe, expect, it } from '@jest/globals';
import { facts } from '#apps/cli/show/facts';
import { timeline } from '#apps/cli/show/timeline';
import { unknownOrigin as origin } from '#libs/origin/origin';
import { replay } from '#libs/views/replay';
import type { Question } from '#libs/views/as-known';
import { viewsAt } from '#libs/views/as-known';
import type { ViewReader } from '#libs/views/views';
import { dossierOf } from '#projections/dossier';
import { historyOf } from '#projections/history/told';
import { ofSingleThings, projections } from '#projections/projections';
import { finishedStore, ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const gem = 'stone-gem';
const ring = 'jewellery-ring';
const cause = '00000000-0000-7000-8000-000000000004';
const weight = weighing(1_010);
const day = '2026-01-01';
const opened = { form: 'polished', weight, origin, owner: 'alrosa', basis: 'bought' } as const;

/** A stone set in a ring that is hallmarked before, sold while it is in it, and pawned afterwards. */
function ringStory() {
  const ledger = ledgerOf();
  const { record } = ledger;
  record('party-graff', {
    type: 'PartyRegistered',
    data: { name: 'Graff', country: 'GB', roles: ['dealer'] },
  });
  record(gem, { type: 'HistoryOpened', data: opened });
  const made = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4_000 } as const;
  record(ring, { type: 'JewelleryItemMade', data: made });
  record(ring, { type: 'LossReported', data: { circumstances: 'before it was set' } });
  record(gem, { type: 'StoneSet', data: { item: 'ring', weight, origin } });
  record(ring, { type: 'StoneTakenIn', data: { stone: 'gem', weight, origin, cause } });
  const sold = { from: 'alrosa', to: 'graff', basis: 'sale' } as const;
  const sale = record(ring, { type: 'TitleTransferred', data: sold }, { on: '2025-06-01' });
  return { ...ledger, sale };
}

function unset({ record }: ReturnType<typeof ledgerOf>) {
  const freed = { custodian: 'alrosa', owner: 'graff' };
  record(ring, { type: 'StoneLetGo', data: { stone: 'gem', ...freed } });
  record(gem, { type: 'StoneUnset', data: { item: 'ring', cause, ...freed } });
  record(ring, { type: 'LossReported', data: { circumstances: 'after it was unset' } });
}

async function told(views: ViewReader, subject = gem) {
  const steps = await historyOf(views, subject);
  return steps.map(({ told_of: as, line }) => `${as}: ${line}`);
}

const asked = (ledger: ReturnType<typeof ledgerOf>, question: Question, subject = gem) =>
  viewsAt(finishedStore(ledger.events), ofSingleThings, subject, question, day);

describe('the history of a stone that is set', () => {
  it('tells what happens to its article from the setting to the unsetting, and nothing else of it', async () => {
    const ledger = ringStory();
    unset(ledger);
    const views = await replay(projections, ledger.events, day);
    expect(await told(views)).toEqual([
      'itself: alrosa brought in a polished stone of 1.01 ct: bought',
      'itself: alrosa set it in ring',
      'article: stone gem of 1.01 ct set in it',
      'article: title moved from alrosa to graff by sale',
      'article: stone gem taken out',
      'itself: came out of ring to alrosa',
    ]);
    const [, , , sale] = await historyOf(views, gem);
    expect(sale).toMatchObject({
      subject: ring,
      changes: [{ field: 'owner', from: 'alrosa', to: 'graff' }],
    });
  });

  it('answers as of a day and as known then, with what was corrected since', async () => {
    const ledger = ringStory();
    const { meta, revision, position } = ledger.sale;
    const sold = 'article: title moved from alrosa to graff by sale';
    expect(await told(await asked(ledger, { validAt: '2025-05-31' }))).not.toContain(sold);
    expect(await told(await asked(ledger, { validAt: '2025-06-01' }))).toContain(sold);
    const target = { id: meta.id, revision };
    const wrong = { target, reason: 'not sold', reached: 0 };
    ledger.record(ring, { type: 'EventAnnulled', data: wrong }, { on: '2025-06-02' });
    const then = await historyOf(await asked(ledger, { knownAt: { position } }), gem);
    expect(then.at(-1)).toMatchObject({ type: 'TitleTransferred', annulled: 0 });
    const now = await historyOf(await asked(ledger, {}), gem);
    expect(now.find(({ type }) => type === 'TitleTransferred')).toMatchObject({
      annulled: 1,
      corrections: [{ reason: 'not sold' }],
    });
  });

  it('names whose step it is, the owner by its name, and a consumer as one', async () => {
    const ledger = ringStory();
    const dossier = await dossierOf(await replay(projections, ledger.events, day), gem);
    if (!dossier) throw new Error('no dossier');
    expect(facts(dossier)).toContain('  Owner      Graff [graff] since 2025-06-01, by sale');
    const lines = timeline(dossier.steps, dossier.names, (_, text) => text).join('\n');
    expect(lines).toContain('ring (which it was set in) · alrosa');
    ledger.record(
      ring,
      { type: 'RetailSold', data: { receiptNo: 'R-1', buyerRef: 'c-1' } },
      { on: '2025-07-01', by: 'graff' },
    );
    const sold = await dossierOf(await replay(projections, ledger.events, day), gem);
    if (!sold) throw new Error('no dossier');
    expect(facts(sold)).toContain(
      '  Owner      a consumer since 2025-07-01, by a retail sale: whose pseudonym the seller alone can resolve',
    );
    expect(sold.steps.at(-1)?.changes).toEqual([
      { field: 'custodian', from: 'graff', to: null },
      { field: 'owner', from: 'graff', to: null },
    ]);
  });
});

describe('the history of a stone with two records', () => {
  function merged() {
    const ledger = ledgerOf();
    const { record } = ledger;
    record(gem, { type: 'HistoryOpened', data: opened });
    record('stone-twin', { type: 'HistoryOpened', data: { ...opened, basis: 'inherited' } });
    const given = record('stone-twin', {
      type: 'IdentityGivenUp',
      data: { survivor: 'gem', weight, origin },
    });
    const one = { survivor: 'gem', merged: ['twin'], cause: given.meta.id, origin };
    record(gem, { type: 'IdentitiesMerged', data: one });
    record(gem, { type: 'StoneNamed', data: { name: 'One' } });
    return ledger;
  }

  it('has the past of the record that was given up, and leads from that to the one that stays', async () => {
    const views = await replay(projections, merged().events, day);
    expect(await told(views)).toEqual([
      'itself: alrosa brought in a polished stone of 1.01 ct: bought',
      'merged-record: alrosa brought in a polished stone of 1.01 ct: inherited',
      'merged-record: the record of stone gem is of the same stone; this one is given up',
      'itself: one record with twin from now on',
      'itself: named One',
    ]);
    expect(await told(views, 'stone-twin')).toEqual([
      'itself: alrosa brought in a polished stone of 1.01 ct: inherited',
      'itself: the record of stone gem is of the same stone; this one is given up',
      'surviving-record: one record with twin from now on',
      'surviving-record: named One',
    ]);
  });

  it('is of each alone as known before', async () => {
    const ledger = merged();
    const before = { knownAt: { position: 2n } };
    const alone = 'itself: alrosa brought in a polished stone of 1.01 ct:';
    expect(await told(await asked(ledger, before))).toEqual([`${alone} bought`]);
    const twin = 'stone-twin';
    expect(await told(await asked(ledger, before, twin), twin)).toEqual([`${alone} inherited`]);
  });

  it('names both stones where one record stood for two', async () => {
    const { events, record } = ledgerOf();
    record(gem, { type: 'HistoryOpened', data: opened });
    const two = { n: 1, weight: weighing(400), reason: 'two stones in one paper' };
    const split = record(gem, { type: 'IdentitySplit', data: two });
    const parent = { stream: gem, revision: split.revision };
    const other = { form: 'polished', weight: two.weight, custodian: 'alrosa', origin } as const;
    record('stone-gem.1', {
      type: 'StoneOpened',
      data: { ...other, parent, owner: 'alrosa', cause: split.meta.id },
    });
    const views = await replay(projections, events, day);
    const line =
      'stood for two stones; the other, gem.1 of 0.40 ct, got a record of its own: two stones in one paper';
    expect(await told(views)).toContain(`itself: ${line}`);
    expect(await told(views, 'stone-gem.1')).toEqual([
      'source: alrosa brought in a polished stone of 1.01 ct: bought',
      `source: ${line}`,
      'itself: polished stone of 0.40 ct came out of stone-gem',
    ]);
  });
});

it('says of what a laboratory grew that it was mined nowhere', async () => {
  const { events, record } = ledgerOf();
  record(gem, { type: 'HistoryOpened', data: opened });
  record(gem, { type: 'LaboratoryGrownDetected', data: { instrument: 'DiamondView' } });
  const dossier = await dossierOf(await replay(projections, events, day), gem);
  if (!dossier) throw new Error('no dossier');
  expect(facts(dossier).find((line) => line.startsWith('  Origin'))).toBe(
    '  Origin     laboratory-grown, mined nowhere',
  );
});
