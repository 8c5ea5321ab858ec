import { describe, expect, it } from '@jest/globals';
import type { Place } from '#events/event';
import { parcelStream, stoneStream } from '#events/streams';
import { mineOrigin, unknownOrigin } from '#libs/origin/origin';
import { evaluate } from '#libs/rulebook/evaluate';
import { ruleBook } from '#libs/rulebook/rule-book';
import { replay } from '#libs/views/replay';
import { factsOf } from '#projections/way/facts';
import { sanctions, sanctionsOf, verdictsOf } from '#projections/sanctions';
import { ledgerOf } from '#test/support/recorded';
import { dawn, dawnStory, newSun, weighing } from '#test/support/stone-story';

const subject = stoneStream('s');
const at = { time: '2024', precision: 'year' } as const;

function moving(mineId: string, mct: number, ...places: readonly (Place | undefined)[]) {
  const { events, record } = ledgerOf();
  record(subject, {
    type: 'RoughDiamondRecovered',
    data: { mineId, weight: weighing(mct) },
  });
  for (const place of places) {
    record(
      subject,
      { type: 'CustodyAccepted', data: { from: 'a', to: 'b' } },
      { ...(place && { place }), at: { time: '2024-07', precision: 'month' } },
    );
  }
  return replay([sanctions], events, '2026-01-01');
}

describe('facts for import measures', () => {
  it('of New Sun: cut in Russia from Russian rough, over 100 ct', async () => {
    const views = await replay([sanctions], dawnStory().events, '2026-01-01');
    const found = await sanctionsOf(views, newSun);
    expect(found?.facts).toMatchObject({
      hs: '710239',
      material: 'natural',
      stoneMct: { min: 100_001, max: null },
      minedIn: ['RU'],
      processing: { state: 'processed', in: 'RU', operation: 'polished' },
      shippedFrom: 'RU',
      transited: [],
      leftRussiaOn: null,
    });
    expect((await verdictsOf(views, newSun))[0]).toMatchObject({ outcome: 'PROHIBITED' });
    expect(await verdictsOf(views, dawn)).toEqual([]);
    expect((await sanctionsOf(views, dawn))?.facts).toMatchObject({
      hs: '710231',
      processing: { state: 'unprocessed' },
    });
  });

  it('note a stone that went through Russia, and only if it was mined elsewhere', async () => {
    const path = [{ country: 'BW' }, { unlocode: 'RUVVO' }, { country: 'AE' }];
    const views = await moving('bw-jwaneng', 500, ...path);
    expect((await sanctionsOf(views, subject))?.facts).toMatchObject({
      minedIn: ['BW'],
      transited: ['AE', 'RU'],
      shippedFrom: 'AE',
      leftRussiaOn: '2024-07-31',
    });
    const russian = await moving('ru-mir', 500, { country: 'RU' }, { country: 'AE' });
    expect((await sanctionsOf(russian, subject))?.facts).toMatchObject({
      minedIn: ['RU'],
      transited: ['AE'],
      leftRussiaOn: '2024-07-31',
    });
  });

  it('know no place once the goods moved without one being stated', async () => {
    const views = await moving('bw-jwaneng', 500, { country: 'AE' }, undefined);
    const found = await sanctionsOf(views, subject);
    expect(found?.facts.shippedFrom).toBeNull();
    expect((await verdictsOf(views, subject))[0]?.outcome).toBe('UNDETERMINED');
  });

  it('never call clear what nothing is known of', async () => {
    const { events, record } = ledgerOf();
    record(subject, {
      type: 'HistoryOpened',
      data: { form: 'polished', weight: weighing(5_000), origin: unknownOrigin, basis: 'bought' },
    });
    const views = await replay([sanctions], events, '2026-01-01');
    const found = await sanctionsOf(views, subject);
    expect(found?.facts).toMatchObject({ minedIn: null, processing: { state: 'unknown' } });
    const [eu] = await verdictsOf(views, subject);
    expect(eu?.outcome).toBe('UNDETERMINED');
  });

  it('hold every country of a mix, and that of a claim beside the known one', async () => {
    const { events, record } = ledgerOf();
    const lot = parcelStream('lot');
    record(lot, {
      type: 'ProductionLotRecovered',
      data: { mineId: 'bw-jwaneng', from: at, to: at, content: { weight: weighing(9_000) } },
    });
    record(lot, {
      type: 'MixReceived',
      data: {
        from: { stream: parcelStream('other'), revision: 3 },
        cause: '00000000-0000-7000-8000-000000000002',
        content: { weight: weighing(9_000) },
        custodian: 'alrosa',
        owner: null,
        origin: mineOrigin('RU', 'ru-mir', 'segregated'),
      },
    });
    record(lot, {
      type: 'OriginDeclared',
      data: { origin: mineOrigin('CA', 'ca-diavik', 'segregated'), purpose: 'g7' },
    });
    const views = await replay([sanctions], events, '2026-01-01');
    expect((await sanctionsOf(views, lot))?.facts).toMatchObject({
      hs: '710210',
      minedIn: ['BW', 'CA', 'RU'],
      stoneMct: { min: 0, max: 9_000 },
    });
  });

  it('carry the verdicts of every jurisdiction for the day, and the next day each can change', async () => {
    for (const today of ['2023-12-31', '2024-01-01', '2024-03-01', '2026-01-01']) {
      const views = await replay([sanctions], dawnStory().events, today);
      const found = await sanctionsOf(views, newSun);
      const expected = ruleBook().jurisdictions.map(({ id: jurisdiction }) => {
        const facts = found && factsOf(found.way, jurisdiction);
        const verdict = facts && evaluate(facts, jurisdiction, today, 'import');
        return [jurisdiction, verdict?.outcome, verdict?.rule, verdict?.nextChangeOn, '2026.1'];
      });
      const kept = await verdictsOf(views, newSun);
      expect(
        kept.map((each) => [
          each.jurisdiction,
          each.outcome,
          each.rule,
          each.next_review_on,
          each.version,
        ]),
      ).toEqual(expected);
    }
  });
});
